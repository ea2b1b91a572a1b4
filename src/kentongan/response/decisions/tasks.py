"""Decisions about a task: what it needs before it is given, and when it is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

WAITING = frozenset({"assigned", "accepted", "in_progress", "returned"})


@dataclass(frozen=True, slots=True)
class Assignment:
    """What one agency is asked to do, on which step of the ladder, by when."""

    what: str
    measure: int
    agency: int
    due_at: datetime


def task_refusal(task: Assignment, *, at: datetime) -> tuple[str, dict[str, object]] | None:
    """The first reason against a task, as a catalogue code and values, or None."""
    if not task.what.strip():
        return "response.what_missing", {}
    if task.measure not in range(1, 5):
        return "response.measure_unknown", {"value": task.measure}
    if task.due_at <= at:
        return "response.due_in_the_past", {}
    return None


def is_overdue(state: str, due_at: datetime, *, now: datetime) -> bool:
    """Derived from the deadline, never stored."""
    return due_at < now and state in WAITING
