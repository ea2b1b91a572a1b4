"""One happening noted twice: the second joins the first, keeps its number and its words, and can be taken out again."""

from __future__ import annotations

from datetime import datetime

from kentongan.accounts.access import require
from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action
from kentongan.events.actions.rows import locked_event, record, required_reason, revise, writable_event
from kentongan.events.models import Event


@action
def merge_events(event_id: int, into: int, *, by: Actor, at: datetime, reason: str) -> Event:
    """Let one event go up in another, which remains; nothing is copied and nothing is lost. Returns the remaining one.

    Its reports are read with those of the remaining one; its alerts and tasks stay where they are.
    """
    if event_id == into:
        raise Problem("events.merge_with_itself", number=event_id)
    first, second = sorted((event_id, into))
    held = {first: writable_event(first, by=by), second: writable_event(second, by=by)}
    event, remaining = held[event_id], held[into]
    why = required_reason(reason, event)
    event.merged_into = remaining
    event.save(update_fields=["merged_into"])
    revise(event, {"merged_into": remaining.pk}, by=by, at=at, reason=why)
    record("event.took_in", remaining, by=by, at=at, reason=why, event=event.pk)
    record("event.merged", event, by=by, at=at, reason=why, into=remaining.pk)
    return remaining


@action
def unmerge_event(event_id: int, *, by: Actor, at: datetime, reason: str) -> Event:
    """Take a merged event out again: it stands by itself as before. Returns it."""
    event = locked_event(event_id)
    require(by, Permission.EVENT_WRITE, area=event.area)
    if event.merged_into is None:
        raise Problem("events.not_merged", number=event.pk)
    why = required_reason(reason, event)
    remaining = event.merged_into
    event.merged_into = None
    event.save(update_fields=["merged_into"])
    revise(event, {"merged_into": None}, by=by, at=at, reason=why)
    record("event.let_go", remaining, by=by, at=at, reason=why, event=event.pk)
    record("event.unmerged", event, by=by, at=at, reason=why, out_of=remaining.pk)
    return event
