"""What stands beside an event: neighbours that are watched with it, and what somebody thinks of it."""

from __future__ import annotations

from datetime import datetime

from kentongan.accounts.actors import Actor
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action
from kentongan.events.actions.rows import record, writable_event
from kentongan.events.decisions import masked
from kentongan.events.models import EventNote, EventWatch
from kentongan.places.queries import region_by_key

LONGEST_NOTE = 4000


@action
def watch_area(event_id: int, area: int, *, by: Actor, at: datetime) -> EventWatch:
    """Watch a neighbouring region while the event lasts: whoever looks after it should know."""
    event = writable_event(event_id, by=by)
    region = region_by_key(area)
    watch, is_new = EventWatch.objects.get_or_create(event=event, area=region.key)
    if is_new:
        record("event.area_watched", event, by=by, at=at, watched=region.key)
    return watch


@action
def unwatch_area(event_id: int, area: int, *, by: Actor, at: datetime) -> None:
    """Watch a region no longer."""
    event = writable_event(event_id, by=by)
    gone, _ = EventWatch.objects.filter(event=event, area=area).delete()
    if not gone:
        raise Problem("events.area_not_watched", number=event.pk)
    record("event.area_unwatched", event, by=by, at=at, watched=area)


@action
def write_note(event_id: int, box: str, text: str, *, by: Actor, at: datetime) -> EventNote:
    """Write what is known, what one makes of it, what may come, or what should be done: each in its own box."""
    event = writable_event(event_id, by=by)
    if box not in EventNote.Box.values:
        raise Problem("events.box_unknown", value=box)
    words = masked(text)
    if not words:
        raise Problem("events.note_empty")
    if len(words) > LONGEST_NOTE:
        raise Problem("events.note_too_long", length=len(words), most=LONGEST_NOTE)
    note = EventNote.objects.create(event=event, box=box, text=words, written_by=by.audit_name, written_at=at)
    record("event.noted", event, by=by, at=at, box=box)
    return note
