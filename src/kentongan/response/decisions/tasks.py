"""Decisions about a task: what it needs before it is given, when it is late, and how far its lateness has climbed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

WAITING = frozenset({"assigned", "accepted", "in_progress", "returned"})
COERCIVE_STEP = 5
STEPS = range(1, COERCIVE_STEP + 1)
# What a task may ask that takes a right from somebody, whatever step it is called.
RESTRICTIONS = ("dispersal", "closure", "curfew", "other")

Refusal = tuple[str, dict[str, object]]


@dataclass(frozen=True, slots=True)
class Assignment:
    """What one agency is asked to do, on which step of the ladder, by when, and which rights it would restrict."""

    what: str
    measure: int
    agency: int
    due_at: datetime
    restrictions: tuple[str, ...] = ()

    @property
    def is_coercive(self) -> bool:
        return is_coercive(self.measure, self.restrictions)


def is_coercive(measure: int, restrictions: Collection[str]) -> bool:
    """Enforcement, or any restriction of a right under whatever name: neither goes without its check."""
    return measure >= COERCIVE_STEP or bool(restrictions)


def task_refusal(task: Assignment, *, at: datetime) -> Refusal | None:
    """The first reason against a task, as a catalogue code and values, or None."""
    if not task.what.strip():
        return "response.what_missing", {}
    if task.measure not in STEPS:
        return "response.measure_unknown", {"value": task.measure}
    unknown = [code for code in task.restrictions if code not in RESTRICTIONS]
    if unknown:
        return "response.restriction_unknown", {"value": unknown[0][:20]}
    if task.due_at <= at:
        return "response.due_in_the_past", {}
    return None


def is_overdue(state: str, due_at: datetime, *, now: datetime) -> bool:
    """Derived from the deadline, never stored."""
    return due_at < now and state in WAITING


def rungs_to_climb(
    due_at: datetime, waits: Sequence[int], *, climbed: Collection[int], now: datetime
) -> list[int]:
    """The rungs whose hours have passed since the deadline and that were not climbed yet, lowest first, from 1.

    >>> from datetime import timezone
    >>> due = datetime(2026, 11, 19, 8, 0, tzinfo=timezone.utc)
    >>> rungs_to_climb(due, (2, 24), climbed={1}, now=due + timedelta(hours=30))
    [2]
    """
    return [
        rung
        for rung, hours in enumerate(waits, start=1)
        if rung not in climbed and now >= due_at + timedelta(hours=hours)
    ]
