"""The periods of a recap: what "this month" is, which one it is compared with, and into which steps it falls.

Days are days of the happening, as the place itself counts them; nothing here knows a clock or a zone.
A period is shown whole, because what is expected lies ahead. What has passed of it is compared with the same part of
the one before: 1–12 November with 1–12 October.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

DAY = timedelta(days=1)
# Up to so many days are told day by day, then week by week, then month by month.
MOST_DAYS, MOST_WEEK_DAYS, MOST_MONTH_DAYS = 14, 95, 3 * 366


class Span(StrEnum):
    """How long a period is, in the words of its address. B04, B08 and B12 are the reporting terms of the team."""

    DAY = "hari"
    WEEK = "minggu"
    MONTH = "bulan"
    THREE_MONTHS = "3-bulan"
    YEAR = "tahun"
    B04 = "b04"
    B08 = "b08"
    B12 = "b12"
    OWN = "sendiri"


TERMS: Mapping[Span, int] = {Span.B04: 1, Span.B08: 5, Span.B12: 9}
"""The first month of each term of four."""


class StepKind(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Period:
    """Days `first` to `last`, both included."""

    span: Span
    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a period cannot end on {self.last} before it begins on {self.first}")

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a period. `key` is the first day of the whole week, month or year, which may lie before `first`."""

    kind: StepKind
    key: date
    first: date
    last: date


def period_of(span: Span, *, on: date) -> Period:
    """The period of that length which holds `on`; the last three months are those that end on it."""
    first, last = _UNITS[span](on)
    return Period(span, first, last)


def so_far(period: Period, *, today: date) -> Period:
    """What has passed of a period; all of one that has not begun, of which nothing can have been heard."""
    if period.first > today:
        return period
    return replace(period, last=min(period.last, today))


def own_period(first: date, last: date) -> Period:
    """A range that somebody typed, in whichever order."""
    return Period(Span.OWN, min(first, last), max(first, last))


def earlier(period: Period) -> Period:
    """What a period is compared with: the same part of the one before, or as many days directly before it."""
    months = _MONTHS.get(period.span)
    if months is None:
        length = timedelta(days=7 if period.span is Span.WEEK else period.days)
        return Period(period.span, period.first - length, period.last - length)
    first = _months_later(period.first, -months)
    if _is_month_end(period.last):
        last = _month_end(_months_later(period.last.replace(day=1), -months))
    else:
        last = _months_later(period.last, -months)
    return Period(period.span, first, min(last, period.first - DAY))


def shifted(period: Period, by: int, *, today: date) -> Period | None:
    """The period before (`by` -1) or after (+1), for turning pages; None where it has not begun.

    The terms of the team are turned year by year.
    """
    if period.span is Span.OWN:
        length = timedelta(days=period.days) * by
        found = Period(period.span, period.first + length, period.last + length)
    else:
        found = period_of(period.span, on=_anchor(period, by, today=today))
    return found if found.first <= today and found != period else None


def _anchor(period: Period, by: int, *, today: date) -> date:
    if period.span is Span.THREE_MONTHS:
        return min(_months_later(period.last, 3 * by), today)
    if period.span in TERMS:
        return _months_later(period.first, 12 * by)
    if by < 0:
        return period.first - DAY
    return _UNITS[period.span](period.first)[1] + DAY


def steps(period: Period) -> list[Step]:
    """The days, weeks, months or years of a period, oldest first; together they are the period, without a gap."""
    kind = step_kind(period)
    parts, day = [], period.first
    while day <= period.last:
        whole_first, whole_last = _WHOLE[kind](day)
        parts.append(Step(kind, whole_first, day, min(whole_last, period.last)))
        day = whole_last + DAY
    return parts


def step_kind(period: Period) -> StepKind:
    if period.days <= MOST_DAYS:
        return StepKind.DAY
    if period.days <= MOST_WEEK_DAYS:
        return StepKind.WEEK
    return StepKind.MONTH if period.days <= MOST_MONTH_DAYS else StepKind.YEAR


def _week(day: date) -> tuple[date, date]:
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def _month(day: date) -> tuple[date, date]:
    return day.replace(day=1), _month_end(day)


def _year(day: date) -> tuple[date, date]:
    return date(day.year, 1, 1), date(day.year, 12, 31)


def _three_months(day: date) -> tuple[date, date]:
    """The three months that end on a day."""
    return _months_later(day, -3) + DAY, day


def _term(first_month: int) -> Callable[[date], tuple[date, date]]:
    return lambda day: (date(day.year, first_month, 1), _month_end(date(day.year, first_month + 3, 1)))


def _single(day: date) -> tuple[date, date]:
    return day, day


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _is_month_end(day: date) -> bool:
    return day == _month_end(day)


def _months_later(day: date, months: int) -> date:
    """The same day of another month, or its last day where it is shorter."""
    number = day.year * 12 + day.month - 1 + months
    first = date(number // 12, number % 12 + 1, 1)
    return first.replace(day=min(day.day, _month_end(first).day))


_UNITS: Mapping[Span, Callable[[date], tuple[date, date]]] = {
    Span.DAY: _single,
    Span.WEEK: _week,
    Span.MONTH: _month,
    Span.THREE_MONTHS: _three_months,
    Span.YEAR: _year,
    Span.OWN: _single,
    **{term: _term(month) for term, month in TERMS.items()},
}
_WHOLE: Mapping[StepKind, Callable[[date], tuple[date, date]]] = {
    StepKind.DAY: _single,
    StepKind.WEEK: _week,
    StepKind.MONTH: _month,
    StepKind.YEAR: _year,
}
# A week is compared with the same days of the week before; these by the calendar.
_MONTHS: Mapping[Span, int] = {
    Span.MONTH: 1,
    Span.YEAR: 12,
    Span.B04: 4,
    Span.B08: 4,
    Span.B12: 4,
}
