"""Counts per region, type and day; coverage and silence. First form: coverage."""
