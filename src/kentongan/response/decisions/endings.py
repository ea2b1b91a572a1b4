"""Decisions about how an event ends: what an outcome must say, and the way to the watch period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

WATCH_DAYS = 30  # the shorter of the two watch periods of TKS-1; recurrence is watched for that long


@dataclass(frozen=True, slots=True)
class Ending:
    """How it ended. `casualties` None means unknown, which is not zero."""

    occurred: bool
    spread: bool
    why: str
    casualties: int | None = None


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
