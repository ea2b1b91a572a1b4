"""Decisions that named people must act, and who has acknowledged them."""
