"""Decisions about how an event ends: what an outcome must say, the way to the watch period, and the line of thanks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from kentongan.analysis.text.masking import mask_identifiers
from kentongan.events.decisions import names_suspected
from kentongan.response.decisions.tasks import Refusal

WATCH_DAYS = 30  # the shorter of the two watch periods of TKS-1; recurrence is watched for that long
LONGEST_THANKS = 280


@dataclass(frozen=True, slots=True)
class Ending:
    """How it ended. A number that is None is unknown, which is not zero; `casualties` is everybody who was hurt.

    `thanks` is the line that the reporters of this event read.
    """

    occurred: bool
    spread: bool
    why: str
    casualties: int | None = None
    deaths: int | None = None
    injured: int | None = None
    displaced: int | None = None
    what_worked: str = ""
    thanks: str = ""


def ending_refusal(ending: Ending) -> Refusal | None:
    """The first reason against an outcome, as a catalogue code and values, or None."""
    if not ending.why.strip():
        return "response.why_missing", {}
    if ending.spread and not ending.occurred:
        return "response.spread_without_event", {}
    known = (ending.deaths or 0) + (ending.injured or 0)
    if ending.casualties is not None and known > ending.casualties:
        return "response.more_hurt_than_casualties", {"parts": known, "whole": ending.casualties}
    return thanks_refusal(ending.thanks)


def thanks_refusal(line: str) -> Refusal | None:
    """Why a line may not be told to reporters: it is too long, carries an identifier, or seems to name a person."""
    if len(line) > LONGEST_THANKS:
        return "response.thanks_too_long", {"length": len(line), "most": LONGEST_THANKS}
    found = mask_identifiers(line).counts
    if found:
        return "response.thanks_identifies", {"kinds": ", ".join(sorted(found))}
    named = names_suspected(line)
    if named:
        return "response.thanks_names_somebody", {"passages": "; ".join(named)}
    return None


def steps_to_watch(state: str) -> tuple[str, ...]:
    """The moves that take an open event to its watch period."""
    return ("watch",) if state == "resolved" else ("resolved", "watch")


def watch_until(on: date) -> date:
    return on + timedelta(days=WATCH_DAYS)
