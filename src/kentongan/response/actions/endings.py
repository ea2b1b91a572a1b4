"""Writing how an event ends: the outcome, the clock that closes it, and the way back when it flares up again."""

from __future__ import annotations

from datetime import datetime

from kentongan.accounts.access import require
from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.audit import actions as audit
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action
from kentongan.events.actions import locked_event, reopen_event, revise_state
from kentongan.events.models import Event, EventState
from kentongan.response.actions.rows import refuse_if
from kentongan.response.actions.tasks import cancel_task
from kentongan.response.decisions import Ending, ending_refusal, steps_to_watch, watch_until
from kentongan.response.models import Outcome, Task
from kentongan.response.queries import OPEN_STATES

_CLOCK = Actor.of_system("jadwal")
_WATCHED = (EventState.WATCH, EventState.CLOSED)


@action
def record_outcome(
    event_id: int, ending: Ending, *, by: Actor, at: datetime, cancel_reason: str = ""
) -> Outcome:
    """Say how it ended. The event enters its watch period; its alerts are stood down (pipeline/flow.py).

    Nobody is left at work behind a closed door: open tasks are finished first, or cancelled here with the reason.
    """
    event = locked_event(event_id)
    require(by, Permission.OUTCOME_RECORD, area=event.area)
    refuse_if(ending_refusal(ending))
    if Outcome.objects.filter(event=event, reopened_at=None).exists():
        raise Problem("response.outcome_recorded_already", number=event.pk)
    _settle_tasks(event, cancel_reason, by=by, at=at)
    outcome = Outcome.objects.create(
        event=event,
        episode=Outcome.objects.filter(event=event).count() + 1,
        occurred=ending.occurred,
        spread=ending.spread,
        casualties=ending.casualties,
        deaths=ending.deaths,
        injured=ending.injured,
        displaced=ending.displaced,
        why=ending.why,
        what_worked=ending.what_worked,
        thanks=ending.thanks.strip(),
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
        detail={"occurred": ending.occurred, "spread": ending.spread, "episode": outcome.episode},
    )
    return outcome


@action
def reopen_ended(event_id: int, *, by: Actor, at: datetime, reason: str) -> Event:
    """It flared up again: the event is open once more; how it ended before stays, marked with this moment."""
    event = reopen_event(event_id, by=by, at=at, reason=reason)
    standing = Outcome.objects.filter(event=event, reopened_at=None).first()
    if standing is not None:
        standing.reopened_at = at
        standing.save(update_fields=["reopened_at"])
        audit.record(
            "outcome.set_aside",
            actor=by.audit_name,
            at=at,
            area=event.area,
            subject=f"outcome:{standing.pk}",
            reason=reason,
            detail={"event": event.pk, "episode": standing.episode},
        )
    return event


@action
def reopen_after_report(event_id: int, *, at: datetime) -> bool:
    """A report was joined to an event that had ended: it is open again. Whether it was; safe to run twice."""
    event = locked_event(event_id)
    if event.state not in _WATCHED or event.merged_into_id is not None:
        return False
    reopen_ended(event_id, by=Actor.of_system("kambuh"), at=at, reason="laporan baru masuk ke peristiwa ini")
    return True


def close_watched(*, at: datetime) -> int:
    """Close the events whose watch period is over without recurrence; returns how many. The clock is the actor."""
    over = Outcome.objects.filter(event__state=EventState.WATCH, watch_until__lt=at.date(), reopened_at=None)
    return len([_close(event_id, at=at) for event_id in list(over.values_list("event_id", flat=True))])


@action
def _close(event_id: int, *, at: datetime) -> None:
    event = locked_event(event_id)
    if event.state != EventState.WATCH:
        return
    revise_state(event, steps=("closed",), by=_CLOCK, at=at, reason="masa pantau berakhir")
    audit.record("event.closed", actor=_CLOCK.audit_name, at=at, area=event.area, subject=f"event:{event.pk}")


def _settle_tasks(event: Event, cancel_reason: str, *, by: Actor, at: datetime) -> None:
    open_tasks = Task.objects.for_action().filter(event=event, state__in=OPEN_STATES).order_by("pk")
    numbers = list(open_tasks.values_list("pk", flat=True))
    if numbers and not cancel_reason.strip():
        named = ", ".join(f"TL-{number:03d}" for number in numbers)
        raise Problem("response.tasks_open", count=len(numbers), numbers=named)
    for number in numbers:
        cancel_task(number, reason=cancel_reason, by=by, at=at)
