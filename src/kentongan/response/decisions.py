"""Decisions of the response stage: what a task and an outcome need, and how an event ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

WATCH_DAYS = 30  # the shorter of the two watch periods of TKS-1; recurrence is watched for that long


@dataclass(frozen=True, slots=True)
class Assignment:
    """What one agency is asked to do, on which step of the ladder, by when."""

    what: str
    measure: int
    agency: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Ending:
    """How it ended. `casualties` None means unknown, which is not zero."""

    occurred: bool
    spread: bool
    why: str
    casualties: int | None = None


def task_refusal(task: Assignment, *, at: datetime) -> tuple[str, dict[str, object]] | None:
    """The first reason against a task, as a catalogue code and values, or None."""
    if not task.what.strip():
        return "response.what_missing", {}
    if task.measure not in range(1, 5):
        return "response.measure_unknown", {"value": task.measure}
    if task.due_at <= at:
        return "response.due_in_the_past", {}
    return None


def ending_refusal(ending: Ending) -> tuple[str, dict[str, object]] | None:
    """The first reason against an outcome, as a catalogue code and values, or None."""
    if not ending.why.strip():
        return "response.why_missing", {}
    if ending.spread and not ending.occurred:
        return "response.spread_without_event", {}
    return None


def steps_to_watch(state: str) -> tuple[str, ...]:
    """The moves that take an open event to its watch period."""
    return ("watch",) if state == "resolved" else ("resolved", "watch")


def watch_until(on: date) -> date:
    return on + timedelta(days=WATCH_DAYS)


def is_overdue(state: str, due_at: datetime, *, now: datetime) -> bool:
    """Derived from the deadline, never stored."""
    return due_at < now and state in {"assigned", "accepted", "in_progress", "returned"}
