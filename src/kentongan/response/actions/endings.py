"""Writing how an event ends: the outcome that takes it to its watch period, and the clock that closes it."""

from __future__ import annotations

from datetime import datetime

from kentongan.accounts.access import require
from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.audit import actions as audit
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action
from kentongan.events.actions import locked_event, revise_state
from kentongan.events.models import EventState
from kentongan.response.decisions import Ending, ending_refusal, steps_to_watch, watch_until
from kentongan.response.models import Outcome


@action
def record_outcome(event_id: int, ending: Ending, *, by: Actor, at: datetime) -> Outcome:
    """Say how it ended. The event enters its watch period; its alerts are stood down (pipeline/flow.py)."""
    event = locked_event(event_id)
    require(by, Permission.OUTCOME_RECORD, area=event.area)
    refusal = ending_refusal(ending)
    if refusal is not None:
        raise Problem(refusal[0], **refusal[1])
    if Outcome.objects.filter(event=event, reopened_at=None).exists():
        raise Problem("response.outcome_recorded_already", number=event.pk)
    outcome = Outcome.objects.create(
        event=event,
        episode=Outcome.objects.filter(event=event).count() + 1,
        occurred=ending.occurred,
        spread=ending.spread,
        casualties=ending.casualties,
        why=ending.why,
        recorded_by=by.audit_name,
        recorded_at=at,
        watch_until=watch_until(at.date()),
    )
    revise_state(event, steps=steps_to_watch(event.state), by=by, at=at, reason=ending.why)
    audit.record(
        "outcome.recorded",
        actor=by.audit_name,
        at=at,
        area=event.area,
        subject=f"event:{event.pk}",
        reason=ending.why,
        detail={"occurred": ending.occurred, "spread": ending.spread},
    )
    return outcome


def close_watched(*, at: datetime) -> int:
    """Close the events whose watch period is over without recurrence; returns how many. The clock is the actor."""
    over = Outcome.objects.filter(event__state=EventState.WATCH, watch_until__lt=at.date(), reopened_at=None)
    return len([_close(event_id, at=at) for event_id in list(over.values_list("event_id", flat=True))])


@action
def _close(event_id: int, *, at: datetime) -> None:
    event = locked_event(event_id)
    if event.state != EventState.WATCH:
        return
    clock = Actor.of_system("jadwal")
    revise_state(event, steps=("closed",), by=clock, at=at, reason="masa pantau berakhir")
    audit.record("event.closed", actor=clock.audit_name, at=at, area=event.area, subject=f"event:{event.pk}")
