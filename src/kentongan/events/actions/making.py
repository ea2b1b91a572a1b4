"""Making an event out of what a person decided, looking at it, and taking it back within the half minute."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from kentongan.accounts.access import require
from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.audit import actions as audit
from kentongan.audit.queries import entries_about
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action
from kentongan.events.actions.rows import locked_event, record, require_sound, revise, write_facets
from kentongan.events.decisions import (
    FACTS,
    EventFacts,
    cleaned,
    hostile_facet,
    proposed_severity,
    revision_values,
)
from kentongan.events.models import Event, EventReport
from kentongan.intake.actions import triage_report, undo_triage
from kentongan.policy import policy_on

# What the row holds under the name of the fact; the rest are rows of their own, or derived.
COLUMNS = (
    *("kind", "type_code", "area", "place_precision", "place_note", "latitude", "longitude"),
    *("happens_on", "happens_time", "time_precision", "crowd", "summary", "label", "phase", "origin"),
    *("origin_confidence", "uu7_definition", "likelihood", "confidence", "severity_reason", "cause"),
    *("next_trigger", "next_trigger_on", "solution_tried", "capacity", "review_on"),
)


@action
def create_event(
    facts: EventFacts, *, owner: int, reports: Sequence[int], by: Actor, at: datetime, reason: str = ""
) -> Event:
    """Make an event from a person's decision and the reports that speak of it; unverified at first."""
    require(by, Permission.EVENT_WRITE, area=facts.area)
    facts = cleaned(facts)
    require_sound(facts, by=by, at=at)
    event: Event = Event.objects.create(owner_id=owner, created_at=at, **columns_of(facts, at=at))
    write_facets(event, facts, names=FACTS)
    values = revision_values(facts) | {
        "severity": event.severity,
        "severity_proposed": event.severity_proposed,
    }
    revise(event, values, by=by, at=at, reason=reason)
    for number in reports:
        EventReport.objects.create(event=event, report_id=number)
        triage_report(number, outcome="new_event", by=by, at=at, reason=reason)
    policy = policy_on(at.date())
    record("event.created", event, by=by, at=at, reason=reason, type=event.type_code, policy=policy.version)
    return event


def columns_of(facts: EventFacts, *, at: datetime) -> dict[str, object]:
    """The columns of an event with these facts; the severity is the person's, or else the rule's."""
    policy = policy_on(at.date())
    proposed = proposed_severity(facts, policy=policy).code
    values: dict[str, object] = {name: getattr(facts, name) for name in COLUMNS}
    return values | {
        "forms": list(facts.forms),
        "hostile_facet": hostile_facet(facts, policy=policy),
        "severity_proposed": proposed,
        "severity": facts.severity if facts.severity is not None else proposed,
        "severity_reason": facts.severity_reason if facts.severity is not None else "",
        "assigned_to_id": facts.assigned_to,
    }


@action
def look_at_event(event: Event, *, by: Actor, at: datetime) -> None:
    """Somebody opened the dossier: the look leaves a trace the looker can see."""
    audit.look("event.read", actor=by.audit_name, at=at, area=event.area, subject=f"event:{event.pk}")


@action
def undo_event(event_id: int, *, by: Actor, at: datetime) -> Event:
    """Take an event back within the half minute, by its maker alone; its reports wait again as if nothing was decided.

    Only while nothing else has happened to it: what others have built on stays, and is merged or closed instead.
    """
    event = locked_event(event_id)
    require(by, Permission.EVENT_WRITE, area=event.area)
    _require_undoable(event, by=by, at=at)
    reports = list(EventReport.objects.filter(event=event).values_list("report_id", flat=True))
    EventReport.objects.filter(event=event).delete()
    for number in reports:
        undo_triage(number, by=by, at=at)
    event.undone_at = at
    event.save(update_fields=["undone_at"])
    record("event.undone", event, by=by, at=at)
    return event


def _require_undoable(event: Event, *, by: Actor, at: datetime) -> None:
    seconds = policy_on(at.date()).thresholds["triage_undo_seconds"]
    first = event.revisions.order_by("number")[0]
    if first.recorded_by != by.audit_name:
        raise Problem("events.undo_by_maker", number=event.pk)
    if at - event.created_at > timedelta(seconds=seconds):
        raise Problem("events.undo_too_late", number=event.pk, seconds=int(seconds))
    since = entries_about(f"event:{event.pk}").exclude(action__in=["event.created", "event.read"])
    if event.revisions.count() > 1 or since.exists():
        raise Problem("events.undo_built_on", number=event.pk)
