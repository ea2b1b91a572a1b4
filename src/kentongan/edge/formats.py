"""How numbers, dates and durations are written, in Indonesian and in English.

Pure: values and language in, text out. The template filters of `kentongan_ui` call these and add the language
of the reader. A missing value is written as a dash, never as zero.
"""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

MISSING: Final = "–"

# The zones of the country and the words people use for them; any other zone shows its own abbreviation.
ZONE_WORDS: Final = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Jayapura": "WIT",
}
_MONTHS: Final = {
    "id": ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
_WEEKDAYS: Final = {
    "id": ("Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_AGE_UNITS: Final = {"id": ("mnt", "j", "hr"), "en": ("min", "h", "d")}


def format_date(day: date, *, language: str = "id") -> str:
    """Write a day: "12 Nov 2026"."""
    return f"{day.day} {_MONTHS[_known(language)][day.month - 1]} {day.year}"


def format_weekday_date(day: date, *, language: str = "id") -> str:
    """Write a day with its weekday: "Kam 12 Nov 2026"."""
    return f"{_WEEKDAYS[_known(language)][day.weekday()]} {format_date(day, language=language)}"


def local_clock(moment: datetime, zone: str, *, language: str = "id") -> str:
    """Write the time of day in a zone: "08.15 WIB", in English "08:15 WIB"."""
    local = in_zone(moment, zone)
    mark = "." if _known(language) == "id" else ":"
    return f"{local:%H}{mark}{local:%M} {ZONE_WORDS.get(zone) or local.tzname() or zone}"


def local_time(moment: datetime, zone: str, *, language: str = "id") -> str:
    """Write a moment in a region's own zone: "12 Nov 2026, 08.15 WIB"."""
    day = format_date(in_zone(moment, zone).date(), language=language)
    return f"{day}, {local_clock(moment, zone, language=language)}"


def local_weekday_time(moment: datetime, zone: str, *, language: str = "id") -> str:
    """Write a moment with its weekday: "Kam 12 Nov 2026, 08.15 WIB"."""
    day = format_weekday_date(in_zone(moment, zone).date(), language=language)
    return f"{day}, {local_clock(moment, zone, language=language)}"


def in_zone(moment: datetime, zone: str) -> datetime:
    """Move an aware moment to a zone; a naive one is refused, because its day would be a guess."""
    if moment.tzinfo is None:
        raise ValueError(f"moment has no time zone: {moment.isoformat()}")
    return moment.astimezone(UTC).astimezone(ZoneInfo(zone))


def format_number(value: float | Decimal | None, *, decimals: int | None = None, language: str = "id") -> str:
    """Write a number: "1.234,5", in English "1,234.5"; `decimals` fixes what is otherwise at most two."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return MISSING
    if decimals is not None:
        text = f"{value:,.{decimals}f}"
    elif isinstance(value, int):
        text = f"{value:,d}"
    else:
        text = f"{value:,.2f}".rstrip("0").rstrip(".")
    text = text.replace("-", "−") if float(value) and text.strip("-0.,") else text.lstrip("-")
    return text if _known(language) == "en" else text.translate(str.maketrans(",.", ".,"))


def format_age(span: timedelta, *, language: str = "id") -> str:
    """Write how long something lasts, in one whole unit, rounded down: "45 mnt", "3 j", "2 hr"."""
    minutes_word, hours_word, days_word = _AGE_UNITS[_known(language)]
    minutes = int(abs(span).total_seconds() // 60)
    if minutes < 1:
        return f"< 1 {minutes_word}"
    if minutes < 60:
        text = f"{minutes} {minutes_word}"
    elif minutes < 24 * 60:
        text = f"{minutes // 60} {hours_word}"
    else:
        text = f"{minutes // (24 * 60)} {days_word}"
    ahead = "dalam" if _known(language) == "id" else "in"
    return f"{ahead} {text}" if span < timedelta(0) else text


def _known(language: str) -> str:
    """Reduce a language tag to one of the two that the product writes; Indonesian is the source language."""
    return "en" if language.partition("-")[0] == "en" else "id"
