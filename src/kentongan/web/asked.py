"""What stands in an address, read as what it was meant to be; nothing where it cannot be."""

from __future__ import annotations

MOST_DIGITS = 18  # what every database still takes as a number of a row


def asked_number(written: str) -> int | None:
    """The number of a row, or None for anything else; a number no row can have is none either."""
    known = written.isascii() and written.isdecimal() and len(written) <= MOST_DIGITS
    return int(written) if known else None
