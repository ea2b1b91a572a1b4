"""The number of an official document: consecutive per office and year, spelled by the office's own pattern."""

from __future__ import annotations

from datetime import date
from string import Formatter

PATTERN = "{no}/{kode}/{kantor}/{bulan}/{tahun}"
PARTS = frozenset({"no", "kode", "kantor", "bulan", "tahun"})
MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def number_for(pattern: str, *, serial: int, product: str, office: str, day: date, addendum: int = 0) -> str:
    """316/LSD/BKP/XI/2026; an addendum carries its own suffix: 316.A1/LSD/BKP/XI/2026."""
    serial_words = f"{serial}.A{addendum}" if addendum else str(serial)
    return pattern.format(
        no=serial_words, kode=product, kantor=office, bulan=MONTHS[day.month - 1], tahun=day.year
    )


def pattern_fault(pattern: str) -> str:
    """Why a pattern cannot number documents, as the tail of a catalogue code; "" when it can."""
    try:
        parts = list(Formatter().parse(pattern))
    except ValueError:
        return "unreadable"
    names = [name for _, name, _, _ in parts if name is not None]
    if any(
        name not in PARTS or spec or conversion for _, name, spec, conversion in parts if name is not None
    ):
        return "unreadable"
    if "no" not in names or "tahun" not in names:
        return "incomplete"
    return ""
