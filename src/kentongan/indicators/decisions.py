"""Decisions of coverage, as plain functions: when an area is silent, and what share of the expected news came in.

Four states that are never merged: news (*kabar*), nil (*nihil*), silence (*senyap*), and never heard of (*belum pernah*).
Missing is not zero.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum


class CoverageState(StrEnum):
    """What is known of an area now."""

    SILENT = "senyap"
    NEVER = "belum_pernah"
    NEWS = "kabar"
    NIL = "nihil"


WORST_FIRST = (CoverageState.SILENT, CoverageState.NEVER, CoverageState.NIL, CoverageState.NEWS)
UNHEARD = frozenset({CoverageState.SILENT, CoverageState.NEVER})


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often news is expected from an area, and how many days more are given before it is called silent."""

    every_days: int
    grace_days: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What follows from the last contact; `days` since then, None where there never was one."""

    state: CoverageState
    days: int | None


@dataclass(frozen=True, slots=True)
class Completeness:
    """Of the area-periods in which news was expected, how many were heard; `share` is None where none was expected."""

    expected: int
    heard: int

    @property
    def share(self) -> float | None:
        return self.heard / self.expected if self.expected else None


def standing_of(
    *, last_report: datetime | None, last_nil: datetime | None, rhythm: Rhythm, now: datetime, zone: tzinfo
) -> Standing:
    """The state of an area by its newest contact, counted in days of the area's own zone."""
    contacts = [moment for moment in (last_report, last_nil) if moment is not None]
    if not contacts:
        return Standing(CoverageState.NEVER, None)
    last = max(contacts)
    days = max(0, (now.astimezone(zone).date() - last.astimezone(zone).date()).days)
    if days > rhythm.every_days + rhythm.grace_days:
        return Standing(CoverageState.SILENT, days)
    return Standing(CoverageState.NIL if last == last_nil else CoverageState.NEWS, days)


def periods(start: date, end: date, *, every_days: int) -> list[tuple[date, date]]:
    """The expected periods of `start` to `end` (both included), newest first, each as first and last day.

    They are laid back from `end`, whole; a range shorter than the rhythm still asks for its one period, so that the
    figure of a single day says whether the area was heard in the rhythm that ends on that day.
    """
    if end < start:
        return []
    count = math.ceil(((end - start).days + 1) / every_days)
    step = timedelta(days=every_days)
    return [(end - step * (n + 1) + timedelta(days=1), end - step * n) for n in range(count)]


def heard_periods(
    expected: Iterable[tuple[date, date]], *, days: Iterable[date], spans: Iterable[tuple[date, date]] = ()
) -> int:
    """In how many periods something was heard: a contact on one of its days, or a nil whose span reaches into it."""
    contacts, covered = sorted(days), list(spans)
    return sum(
        _falls_between(contacts, first, last) or any(a <= last and first <= b for a, b in covered)
        for first, last in expected
    )


def _falls_between(ordered: Sequence[date], first: date, last: date) -> bool:
    place = bisect_left(ordered, first)
    return place < len(ordered) and ordered[place] <= last
