"""Which reports speak of an event: linked, taken back, or split off into an event of their own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from kentongan.accounts.actors import Actor
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action
from kentongan.events.actions.making import create_event
from kentongan.events.actions.rows import record, required_reason, writable_event
from kentongan.events.decisions import EventFacts
from kentongan.events.models import Event, EventReport
from kentongan.intake.actions import give_back_report, triage_report, undo_triage


@action
def link_report(event_id: int, report: int, *, by: Actor, at: datetime, reason: str = "") -> Event:
    """One more report speaks of this event: it is decided as linked, and stays a report of its own."""
    event = writable_event(event_id, by=by)
    if EventReport.objects.filter(event=event, report_id=report).exists():
        raise Problem("events.report_linked_already", number=event.pk, report=report)
    # Decided first: what is wrong with the report is said in the words of the inbox.
    triage_report(report, outcome="linked", by=by, at=at, reason=reason)
    EventReport.objects.create(event=event, report_id=report)
    record("event.report_linked", event, by=by, at=at, reason=reason, report=report)
    return event


@action
def undo_link(event_id: int, report: int, *, by: Actor, at: datetime) -> Event:
    """Take a link back within the half minute, by whoever made it; the report waits again."""
    event = writable_event(event_id, by=by)
    _unlink(event, report)
    undo_triage(report, by=by, at=at)
    record("event.link_undone", event, by=by, at=at, report=report)
    return event


@action
def detach_report(event_id: int, report: int, *, by: Actor, at: datetime, reason: str) -> Event:
    """The report speaks of something else: it goes back to the inbox, with the reason."""
    event = writable_event(event_id, by=by)
    why = required_reason(reason, event)
    _give_back(event, report, by=by, at=at, reason=why)
    record("event.report_detached", event, by=by, at=at, reason=why, report=report)
    return event


@action
def split_event(
    event_id: int,
    facts: EventFacts,
    *,
    reports: Sequence[int],
    owner: int,
    by: Actor,
    at: datetime,
    reason: str,
) -> Event:
    """Two happenings stood in one event: the named reports become an event of their own. Returns the new one."""
    event = writable_event(event_id, by=by)
    why = required_reason(reason, event)
    if not reports:
        raise Problem("events.split_needs_reports", number=event.pk)
    for report in reports:
        _give_back(event, report, by=by, at=at, reason=why)
    made = create_event(facts, owner=owner, reports=reports, by=by, at=at, reason=why)
    record("event.split", event, by=by, at=at, reason=why, into=made.pk)
    return made


def _give_back(event: Event, report: int, *, by: Actor, at: datetime, reason: str) -> None:
    _unlink(event, report)
    give_back_report(report, by=by, at=at, reason=reason)


def _unlink(event: Event, report: int) -> None:
    gone, _ = EventReport.objects.filter(event=event, report_id=report).delete()
    if not gone:
        raise Problem("events.report_not_linked", number=event.pk, report=report)
