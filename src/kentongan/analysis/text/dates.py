"""Dates in Indonesian text, with every reading that the text allows.

"Senin (12/02)" may be 12 February or 2 December: both are kept if both are Mondays.  The year of a date
without one comes from the caller or the text and is marked as inferred; without any year it stays missing.  A
date is never completed from a clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from kentongan.analysis.text.calendar_words import MONTH_SHORT_FORMS, MONTHS, WEEKDAYS
from kentongan.analysis.text.spans import TextSpan, span_of

_EARLIEST, _LATEST = 1945, 2100
_LEAP_YEAR = 2000  # stands in for a missing year when a day is checked


class DatePrecision(StrEnum):
    """How much of a date is known."""

    DAY = "day"
    DAY_OF_YEAR = "day_of_year"  # day and month, year missing
    MONTH = "month"
    MONTH_OF_YEAR = "month_of_year"  # month, year missing
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class ReadDate:
    """One reading of a date; a missing part is None, never filled in."""

    year: int | None
    month: int | None = None
    day: int | None = None

    @property
    def precision(self) -> DatePrecision:
        """How much is known."""
        if self.month is None:
            return DatePrecision.YEAR
        if self.day is None:
            return DatePrecision.MONTH_OF_YEAR if self.year is None else DatePrecision.MONTH
        return DatePrecision.DAY_OF_YEAR if self.year is None else DatePrecision.DAY

    @property
    def exact(self) -> date | None:
        """The calendar day; None unless day, month and year are all known."""
        if self.year is None or self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)

    @property
    def is_valid(self) -> bool:
        """Whether such a day exists (29 February counts when the year is missing)."""
        try:
            date(self.year or _LEAP_YEAR, self.month or 1, self.day or 1)
        except ValueError:
            return False
        return self.year is None or _EARLIEST <= self.year <= _LATEST

    def iso(self) -> str:
        """ISO 8601 with reduced parts: 2024-12-02, 2024-12, 2024, --12-02, --12."""
        year = "-" if self.year is None else f"{self.year:04d}"
        return "-".join([year, *(f"{part:02d}" for part in (self.month, self.day) if part is not None)])


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A time of day with the zone as written ("WIB", "WITA", "WIT"; "" when none is given)."""

    hour: int
    minute: int
    zone: str = ""


@dataclass(frozen=True, slots=True)
class DateSuggestion:
    """One date of the text: its readings (day-first before month-first, earlier years first) and where it
    stands.

    `is_year_inferred`: the year is not written beside the date.  `is_weekday_mismatch`: the weekday written
    beside it fits none of the readings, which are then all kept.
    """

    alternatives: tuple[ReadDate, ...]
    evidence: tuple[TextSpan, ...]
    is_year_inferred: bool = False
    is_weekday_mismatch: bool = False
    time: ClockTime | None = None

    @property
    def ambiguous(self) -> bool:
        """Whether more than one reading is left."""
        return len(self.alternatives) > 1

    @property
    def is_ambiguous_day(self) -> bool:
        """Whether it names a day, and more than one day fits."""
        return self.ambiguous and self.alternatives[0].day is not None


_WEEKDAY = r"(?:\b(?P<weekday>senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu|ahad)\b[, ]{0,3}(?:tanggal )?)?"
_LONG_MONTH = "|".join(MONTHS)
_ANY_MONTH = "|".join([*MONTHS, *sorted(MONTH_SHORT_FORMS, key=len, reverse=True)])
_ISO = re.compile(
    r"(?<![\d/.-])(?P<year>\d{4})-(?P<b>\d{2})-(?P<a>\d{2})(?![\d-])(?:[ T](?P<clock>\d{2}:\d{2}))?"
)
_WRITTEN = re.compile(
    _WEEKDAY
    + r"\(?(?<![\d.,/])(?:(?P<first>\d{1,2}) ?(?:-|–|s\.?d\.?|dan|hingga|sampai) ?)?(?<!\d)(?P<a>\d{1,2})[ -]"
    rf"(?P<month>{_ANY_MONTH})\b\.?(?:[, -]{{1,2}}(?:tahun )?(?P<year>\d{{4}})\b)?",
    re.IGNORECASE,
)
_NUMERIC = re.compile(
    _WEEKDAY + r"(?P<open>\( ?)?(?<![\w/.,-])(?P<a>\d{1,2})(?P<mark>[/.-])(?P<b>\d{1,2})"
    r"(?:(?P=mark)(?P<year>\d{4}|\d{2}))?(?![\w/]|[.,-]\d)(?P<close> ?\))?",
    re.IGNORECASE,
)
_MONTH = re.compile(rf"\b(?P<month>{_LONG_MONTH}) (?:tahun )?(?P<year>\d{{4}})\b", re.IGNORECASE)
_BARE_MONTH = re.compile(
    rf"\b(?:bulan|pada|awal|akhir|pertengahan|sejak|hingga) (?P<month>{_LONG_MONTH})\b", re.IGNORECASE
)
_YEAR = re.compile(r"\b(?:tahun|thn\.?) (?P<year>(?:19|20)\d{2})\b(?![/-]\d)", re.IGNORECASE)
_ANY_YEAR = re.compile(r"(?<![\w./-])(?P<year>(?:19|20)\d{2})(?![\w/]|[.-]\d)")
# "Nomor 46 Tahun 2019": the year of a regulation, neither a date nor a hint at one.
_REGULATION = re.compile(
    r"\b(?:nomor|no\.?) ?[\w./-]{1,40} tahun \d{4}\b|\b(?:uu|pp|permendagri|perpres) \d{1,3}/\d{4}",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"[ ,)]{0,3}(?:pukul|jam|pkl\.?) (\d{1,2})[.:](\d{2})(?!\d)(?: ?(WIB|WITA|WIT)\b)?", re.IGNORECASE
)


def find_dates(text: str, *, years: Iterable[int] = ()) -> tuple[DateSuggestion, ...]:
    """All dates of `text` in order of first mention; equal ones are joined, with all their places.

    `years` are the years a date without one may belong to (see `full_years` and `named_years`).
    """
    groups: dict[tuple[ReadDate, ...], list[DateSuggestion]] = {}
    candidates = tuple(sorted(set(years)))
    for suggestion in sorted(_scan(text, candidates), key=lambda one: one.evidence[0]):
        groups.setdefault(suggestion.alternatives, []).append(suggestion)
    return tuple(_joined(equal) for equal in groups.values())


def full_years(text: str) -> set[int]:
    """The years of the dates written in full."""
    readings = [reading for one in find_dates(text) for reading in one.alternatives]
    return {reading.year for reading in readings if reading.day is not None and reading.year is not None}


def named_years(text: str) -> set[int]:
    """All years the text names, but not those of regulations ("Nomor 46 Tahun 2019")."""
    regulations = _Taken(text)
    regulations.take_all(_REGULATION)
    return {int(one["year"]) for one in _ANY_YEAR.finditer(text) if regulations.is_free(one)}


class _Taken:
    """Which characters already belong to a date; the more exact pattern comes first."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.marks = bytearray(len(text))

    def is_free(self, found: re.Match[str]) -> bool:
        return not any(self.marks[found.start() : found.end()])

    def take(self, found: re.Match[str]) -> None:
        self.marks[found.start() : found.end()] = b"\x01" * (found.end() - found.start())

    def take_all(self, pattern: re.Pattern[str]) -> None:
        for found in pattern.finditer(self.text):
            self.take(found)


def _scan(text: str, years: tuple[int, ...]) -> Iterator[DateSuggestion]:
    taken = _Taken(text)
    taken.take_all(_REGULATION)
    for pattern in (_ISO, _WRITTEN, _NUMERIC, _MONTH, _BARE_MONTH, _YEAR):
        for found in pattern.finditer(text):
            if not taken.is_free(found) or (pattern is _NUMERIC and not _is_date_like(found)):
                continue
            # Taken even when no such day exists: "31 Februari 2024" is not to be read as February.
            taken.take(found)
            yield from _suggestions(text, found, years=years)


def _is_date_like(found: re.Match[str]) -> bool:
    """Two numbers alone may be a score, a fraction or a time: without a year they need a weekday or
    brackets."""
    mark, year, weekday = found["mark"], found["year"], found["weekday"]
    if year is not None:
        return len(year) == 4 or mark != "."
    bracketed = found["open"] is not None and found["close"] is not None
    if weekday is not None:
        return mark == "/" or bracketed
    return mark == "/" and bracketed and len(found["a"]) == len(found["b"]) == 2


def _suggestions(text: str, found: re.Match[str], *, years: tuple[int, ...]) -> Iterator[DateSuggestion]:
    parts = found.groupdict()
    span = _trimmed(text, found)
    year = _full_year(parts.get("year"))
    for position, days in enumerate(_day_readings(parts)):
        valid = _valid_readings(days, years=(year,) if year is not None else years or (None,))
        if not valid:
            continue
        # In a range ("Senin, 23-24 Mei") the weekday belongs to the first day.
        fitting = _on_weekday(valid, parts.get("weekday") if position == 0 else None)
        yield DateSuggestion(
            alternatives=tuple(fitting or valid),
            evidence=(span,),
            is_year_inferred=year is None and valid[0].year is not None,
            is_weekday_mismatch=not fitting,
            time=_time_after(text, found, parts.get("clock")),
        )


def _valid_readings(
    days: Sequence[tuple[int | None, int | None]], *, years: Sequence[int | None]
) -> list[ReadDate]:
    every = dict.fromkeys(ReadDate(year, month, day) for year in years for month, day in days)
    return [one for one in every if one.is_valid]


def _trimmed(text: str, found: re.Match[str]) -> TextSpan:
    words = found[0]
    start = found.start() + len(words) - len(words.lstrip(" ("))
    end = found.end() - (len(words) - len(words.rstrip(" ,")))
    # Brackets are part of the evidence only as a pair.
    if text[start:end].endswith(")") and "(" not in text[start:end]:
        end -= 1
    return span_of(text, start, len(text[:end].rstrip()) if end else end)


def _full_year(written: str | None) -> int | None:
    if written is None:
        return None
    return int(written) + 2000 if len(written) == 2 else int(written)


def _day_readings(parts: dict[str, str | None]) -> list[list[tuple[int | None, int | None]]]:
    """(month, day) readings of each day named: a range names two days, a numeric date one with up to two
    readings."""
    a, b, month = parts.get("a"), parts.get("b"), _month_number(parts.get("month"))
    if a is None:
        return [[(month, None)]]
    if b is not None:
        readings: list[tuple[int | None, int | None]] = [(int(b), int(a))]
        return [readings if "clock" in parts else [*readings, (int(a), int(b))]]
    first = parts.get("first")
    return [[(month, int(day))] for day in (first, a) if day is not None]


def _month_number(word: str | None) -> int | None:
    key = (word or "").casefold()
    return MONTHS.get(key) or MONTH_SHORT_FORMS.get(key)


def _on_weekday(readings: list[ReadDate], weekday: str | None) -> list[ReadDate]:
    if weekday is None:
        return readings
    number = WEEKDAYS[weekday.casefold().replace("'", "").replace("’", "")]
    return [one for one in readings if one.exact is None or one.exact.weekday() == number]


def _time_after(text: str, found: re.Match[str], clock: str | None) -> ClockTime | None:
    if clock is not None:
        hour, minute, zone = int(clock[:2]), int(clock[3:]), ""
    else:
        after = _TIME.match(text, found.end())
        if after is None:
            return None
        hour, minute, zone = int(after[1]), int(after[2]), (after[3] or "").upper()
    return ClockTime(hour, minute, zone) if hour < 24 and minute < 60 else None


def _joined(equal: Sequence[DateSuggestion]) -> DateSuggestion:
    """One suggestion for all places where the same date stands."""
    return replace(
        equal[0],
        evidence=tuple(sorted({span for one in equal for span in one.evidence})),
        is_year_inferred=all(one.is_year_inferred for one in equal),
        is_weekday_mismatch=any(one.is_weekday_mismatch for one in equal),
        time=next((one.time for one in equal if one.time is not None), None),
    )
