"""Changing what an event says, field by field, so that two people can work on one event without losing a word."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from kentongan.accounts.access import require
from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action
from kentongan.events.actions.making import columns_of
from kentongan.events.actions.rows import record, require_sound, revise, writable_event, write_facets
from kentongan.events.decisions import EventChanges, EventFacts, cleaned, conflicts_in
from kentongan.events.models import Event, EventRevision
from kentongan.events.queries import facts_of


@action
def revise_event(
    event_id: int, changes: EventChanges, *, based_on: int, by: Actor, at: datetime, reason: str = ""
) -> Event:
    """Write what somebody changes on top of revision `based_on`; what others changed meanwhile is merged in.

    Where both changed the same fact to something else, nothing is written: the problem carries both values in
    `conflicts`, and the person chooses. A potential that happens keeps its number: its kind changes here.
    """
    event = writable_event(event_id, by=by)
    before = facts_of(event)
    after = cleaned(changes.onto(before))
    effective = EventChanges.between(before, after)
    _require_no_conflict(event, effective, before, based_on=based_on)
    if not effective.values:
        raise Problem("events.nothing_changed", number=event.pk)
    require(by, Permission.EVENT_WRITE, area=after.area)
    require_sound(after, by=by, at=at)
    values = _write(event, after, effective.values, at=at)
    revise(event, values, by=by, at=at, reason=reason)
    happened = (before.kind, after.kind) == ("potential", "incident")
    what = "event.happened" if happened else "event.revised"
    record(what, event, by=by, at=at, reason=reason, fields=", ".join(sorted(values)))
    return event


def _require_no_conflict(event: Event, changes: EventChanges, current: EventFacts, *, based_on: int) -> None:
    found = conflicts_in(changes, current, changed_since=_changed_since(event, based_on))
    if found:
        names = ", ".join(conflict.name for conflict in found)
        raise Problem("events.conflict", number=event.pk, fields=names, conflicts=found)


def _changed_since(event: Event, based_on: int) -> Collection[str]:
    later = EventRevision.objects.filter(event=event, number__gt=based_on).values_list("values", flat=True)
    return {name for values in later for name in values}


def _write(event: Event, after: EventFacts, changed: Collection[str], *, at: datetime) -> dict[str, object]:
    """Store the facts; returns what changed, with the grades that follow from it."""
    columns = columns_of(after, at=at)
    derived = {
        name: columns[name]
        for name in ("severity", "severity_proposed")
        if columns[name] != getattr(event, name)
    }
    for name, value in columns.items():
        setattr(event, name, value)
    event.save(update_fields=[name.removesuffix("_id") for name in columns])
    write_facets(event, after, names=changed)
    said = {name: getattr(after, name) for name in changed if name != "severity"}
    return {**said, **derived}
