"""How the office works, in numbers that can be defended: times between recorded moments, false alarms and misses.

A time that has not ended is left out of the median and counted beside it. Under a handful of cases there is no figure.
Nothing here counts what a person or a forum sent: that would invite reports for their number.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from kentongan.response.decisions import Moments, stretches
from kentongan.response.decisions.moments import LINKS

GRAVE = 3  # the severity from which on an incident should have been seen coming


@dataclass(frozen=True, slots=True)
class Case:
    """One event as this page sees it. `occurred` is None without an outcome; `was_potential` if it began as one."""

    moments: Moments
    confirmed: bool
    refuted: bool
    incident: bool
    was_potential: bool
    severity: int | None
    occurred: bool | None


@dataclass(frozen=True, slots=True)
class Measured:
    """Times of one link. `median` and `p90` are None under the fewest cases; `missing` have no such moment (yet)."""

    n: int
    missing: int
    median: timedelta | None
    p90: timedelta | None


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many; `percent` is None under the fewest cases."""

    part: int
    whole: int
    percent: float | None


class Alarm(StrEnum):
    """What became of an alert."""

    OPEN = "open"
    HAPPENED = "happened"
    PREVENTED = "prevented"
    FALSE = "false"


def measured(times: Iterable[timedelta], *, missing: int, fewest: int) -> Measured:
    """Median and 90th percentile (nearest rank) of times that have ended."""
    ordered = sorted(times)
    if len(ordered) < max(1, fewest):
        return Measured(len(ordered), missing, None, None)
    middle = len(ordered) // 2
    median = ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
    return Measured(len(ordered), missing, median, ordered[math.ceil(0.9 * len(ordered)) - 1])


def links(cases: Sequence[Case], *, fewest: int) -> list[tuple[str, Measured]]:
    """Every link after the first report, each timed from the link before it that has a moment."""
    chains = [stretches(case.moments) for case in cases]
    made = []
    for place, name in enumerate(LINKS[1:], start=1):
        took = [chain[place].took for chain in chains]
        times = [each for each in took if each is not None]
        made.append((name, measured(times, missing=len(took) - len(times), fewest=fewest)))
    return made


def share(of: Sequence[bool], *, fewest: int) -> Share:
    part, whole = sum(of), len(of)
    return Share(part, whole, part / whole * 100 if whole >= max(1, fewest) else None)


def alarm_of(case: Case) -> Alarm | None:
    """What became of the alert of a case; None where none went out.

    An alert after which somebody acted and nothing happened is a success. It is false only where the event was
    refuted, or where it did not happen although nobody had done anything.
    """
    if case.moments.warned is None:
        return None
    if case.refuted:
        return Alarm.FALSE
    if case.occurred is None:
        return Alarm.OPEN
    if case.occurred:
        return Alarm.HAPPENED
    return Alarm.PREVENTED if case.moments.acted is not None else Alarm.FALSE


def is_miss(case: Case) -> bool:
    """A confirmed incident from "sedang" upwards which nobody had listed as a potential or warned of."""
    grave = (case.severity or 0) >= GRAVE
    return (
        case.incident and case.confirmed and grave and not case.was_potential and case.moments.warned is None
    )
