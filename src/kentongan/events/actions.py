"""Writing events: made by a person from reports, moved along their life, shown to those they are addressed to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from kentongan.accounts.access import require
from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.audit import actions as audit
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action
from kentongan.events.decisions import (
    EventFacts,
    finest_precision,
    hostile_facet,
    proposed_severity,
    refusal_of,
    revision_values,
)
from kentongan.events.models import Event, EventReport, EventRevision, EventShare
from kentongan.intake.actions import triage_report
from kentongan.places.keys import level_of_key
from kentongan.policy import policy_on
from kentongan.policy.errors import MoveNotAllowed


@action
def create_event(
    facts: EventFacts, *, owner: int, reports: Sequence[int], by: Actor, at: datetime, reason: str = ""
) -> Event:
    """Make an event from a person's decision and the reports that speak of it; unverified at first."""
    require(by, Permission.EVENT_WRITE, area=facts.area)
    policy = policy_on(at.date())
    refusal = refusal_of(facts, policy=policy, area_precision=finest_precision(level_of_key(facts.area)))
    if refusal is not None:
        raise Problem(refusal.code, **refusal.values)
    event: Event = Event.objects.create(
        kind=facts.kind,
        type_code=facts.type_code,
        forms=list(facts.forms),
        hostile_facet=hostile_facet(facts, policy=policy),
        area=facts.area,
        place_precision=facts.place_precision,
        place_note=facts.place_note,
        happens_on=facts.happens_on,
        time_precision=facts.time_precision,
        severity=proposed_severity(facts, policy=policy).code,
        summary=facts.summary,
        label=facts.label,
        owner_id=owner,
        created_at=at,
    )
    _revise(event, revision_values(facts), by=by, at=at, reason=reason)
    for number in reports:
        EventReport.objects.create(event=event, report_id=number)
        triage_report(number, outcome="new_event", by=by, at=at, reason=reason)
    audit.record(
        "event.created",
        actor=by.audit_name,
        at=at,
        area=event.area,
        subject=f"event:{event.pk}",
        reason=reason,
        detail={"type": event.type_code, "policy": policy.version},
    )
    return event


@action
def look_at_event(event: Event, *, by: Actor, at: datetime) -> None:
    """Somebody opened the dossier: the look leaves a trace the looker can see."""
    audit.look("event.read", actor=by.audit_name, at=at, area=event.area, subject=f"event:{event.pk}")


@action
def share_event(event_id: int, *, agency: int, until: datetime, by: Actor, at: datetime) -> EventShare:
    """Address an event to an agency until a moment: the only way an agency outside the desk sees it.

    An agency that was to see it longer keeps the longer time: a short task must not end the sight of a long alert.
    """
    event = _locked(event_id)
    require(by, Permission.EVENT_WRITE, area=event.area)
    standing = EventShare.objects.filter(event=event, agency_id=agency, withdrawn=False).first()
    until = max(until, standing.until) if standing else until
    share, _ = EventShare.objects.update_or_create(
        event=event, agency_id=agency, defaults={"until": until, "withdrawn": False}
    )
    audit.record(
        "event.shared",
        actor=by.audit_name,
        at=at,
        area=event.area,
        subject=f"event:{event.pk}",
        detail={"agency": agency, "until": until.isoformat()},
    )
    return share


@action
def withdraw_expired_shares(*, at: datetime) -> int:
    """Take back what was addressed until a moment that has passed; returns how many. The clock is the actor."""
    due = EventShare.objects.filter(withdrawn=False, until__lte=at)
    # Locked: a share that is lengthened at this moment must not be taken back.
    over = list(due.select_for_update(of=("self",)).select_related("event").order_by("pk"))
    for share in over:
        EventShare.objects.filter(pk=share.pk).update(withdrawn=True)
        audit.record(
            "event.share_expired",
            actor="sistem:jadwal",
            at=at,
            area=share.event.area,
            subject=f"event:{share.event_id}",
            detail={"agency": share.agency_id},
        )
    return len(over)


@action
def move_event(event_id: int, *, to: str, by: Actor, at: datetime, reason: str) -> Event:
    """Move an event along its life; a move that the lifecycle does not know is refused.

    A state that needs an outcome is not reached here: the response stage, which records outcomes, leads there.
    """
    event = _locked(event_id)
    require(by, Permission.EVENT_WRITE, area=event.area)
    require_move("event", event.state, to, at=at)
    if "outcome" in policy_on(at.date()).lifecycles["event"].needs(to):
        raise Problem("events.outcome_needed", number=event.pk)
    _revise(event, {"state": to}, by=by, at=at, reason=reason)
    event.state = to
    event.save(update_fields=["state"])
    audit.record(
        "event.moved",
        actor=by.audit_name,
        at=at,
        area=event.area,
        subject=f"event:{event.pk}",
        reason=reason,
        detail={"to": to},
    )
    return event


def revise_verification(
    event: Event,
    *,
    to: str,
    source_grade: str,
    content_grade: int,
    review_on: date | None,
    by: Actor,
    at: datetime,
    reason: str,
) -> None:
    """Put a verdict on the event itself. Called inside the action of the verification stage, which records it."""
    values: dict[str, object] = {
        "verification": to,
        "source_grade": source_grade,
        "content_grade": content_grade,
    }
    if review_on is not None:
        values["review_on"] = review_on.isoformat()
    _revise(event, values, by=by, at=at, reason=reason)
    event.verification, event.source_grade, event.content_grade = to, source_grade, content_grade
    event.review_on = review_on
    event.save(update_fields=["verification", "source_grade", "content_grade", "review_on"])


def revise_state(event: Event, *, steps: Sequence[str], by: Actor, at: datetime, reason: str) -> None:
    """Take an event through several moves of its lifecycle inside a later stage's action, which records them."""
    for step in steps:
        require_move("event", event.state, step, at=at)
        _revise(event, {"state": step}, by=by, at=at, reason=reason)
        event.state = step
    event.save(update_fields=["state"])


def require_move(lifecycle: str, start: str, to: str, *, at: datetime) -> None:
    """Return quietly for a move the lifecycle knows; raise the problem that lists the possible ones otherwise."""
    machine = policy_on(at.date()).lifecycles[lifecycle]
    try:
        machine.require(start, to)
    except MoveNotAllowed as refused:
        possible = ", ".join(machine.label_of(state).id for state in machine.next_states(start)) or "–"
        raise Problem(
            "events.move_refused",
            start=machine.label_of(start).id,
            to=machine.label_of(to).id,
            possible=possible,
        ) from refused


def locked_event(event_id: int) -> Event:
    """The event, held until the end of the caller's action."""
    return _locked(event_id)


def _locked(event_id: int) -> Event:
    event: Event | None = Event.objects.for_action().select_for_update().filter(pk=event_id).first()
    if event is None:
        raise Problem("events.event_unknown", number=event_id)
    return event


def _revise(event: Event, values: dict[str, object], *, by: Actor, at: datetime, reason: str) -> None:
    EventRevision.objects.create(
        event=event,
        number=event.revisions.count() + 1,
        recorded_at=at,
        recorded_by=by.audit_name,
        reason=reason,
        values=values,
    )
