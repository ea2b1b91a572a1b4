"""Agencies, accounts, roles, delegation, jurisdiction, and the one scope through which rows are read."""
