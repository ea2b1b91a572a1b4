"""Writing the response: tasks assigned, taken on, returned or done with proof; the outcome that ends an event."""

from __future__ import annotations

from datetime import datetime

from kentongan.accounts.access import require
from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.alerts.actions import begin_response
from kentongan.alerts.models import Alert
from kentongan.audit import actions as audit
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action
from kentongan.events.actions import locked_event, require_move, revise_state, share_event
from kentongan.events.models import EventState
from kentongan.response.decisions import (
    Assignment,
    Ending,
    ending_refusal,
    steps_to_watch,
    task_refusal,
    watch_until,
)
from kentongan.response.models import Outcome, Task, TaskState


@action
def assign_task(
    event_id: int, task: Assignment, *, by: Actor, at: datetime, alert: int | None = None
) -> Task:
    """Ask one agency to do one thing by a deadline; the agency sees the event it belongs to until then."""
    event = locked_event(event_id)
    require(by, Permission.TASK_ASSIGN, area=event.area)
    refusal = task_refusal(task, at=at)
    if refusal is not None:
        raise Problem(refusal[0], **refusal[1])
    if alert is not None and not Alert.objects.for_action().filter(pk=alert, event=event).exists():
        raise Problem("response.alert_of_another_event", number=alert)
    made: Task = Task.objects.create(
        event=event,
        alert_id=alert,
        agency_id=task.agency,
        area=event.area,
        measure=task.measure,
        what=task.what,
        due_at=task.due_at,
        assigned_by=by.audit_name,
        assigned_at=at,
    )
    if event.state in {EventState.OPEN, EventState.MONITORED}:
        revise_state(event, steps=("handled",), by=by, at=at, reason=task.what)
    share_event(event.pk, agency=task.agency, until=task.due_at, by=by, at=at)
    audit.record(
        "task.assigned",
        actor=by.audit_name,
        at=at,
        area=made.area,
        subject=f"task:{made.pk}",
        detail={"agency": task.agency, "event": event.pk, "measure": task.measure},
    )
    return made


@action
def accept_task(task_id: int, *, by: Actor, at: datetime) -> Task:
    """The agency takes the task on."""
    task = _own_task(task_id, by)
    _move(task, TaskState.ACCEPTED, at=at)
    if task.alert is not None:
        begin_response(task.alert, at=at)
    audit.record("task.accepted", actor=by.audit_name, at=at, area=task.area, subject=f"task:{task.pk}")
    return task


@action
def return_task(task_id: int, *, reason: str, by: Actor, at: datetime) -> Task:
    """The agency gives the task back, with a reason, to whoever assigned it."""
    task = _own_task(task_id, by)
    if not reason.strip():
        raise Problem("response.return_reason_missing", number=task.pk)
    task.return_reason = reason
    _move(task, TaskState.RETURNED, at=at)
    audit.record(
        "task.returned", actor=by.audit_name, at=at, area=task.area, subject=f"task:{task.pk}", reason=reason
    )
    return task


@action
def finish_task(task_id: int, *, result: str, by: Actor, at: datetime) -> Task:
    """The agency reports the result: no task is done without one."""
    task = _own_task(task_id, by)
    if not result.strip():
        raise Problem("response.result_missing", number=task.pk)
    if task.state == TaskState.ACCEPTED:
        _move(task, TaskState.IN_PROGRESS, at=at)
    task.result, task.finished_at = result, at
    _move(task, TaskState.DONE, at=at)
    audit.record("task.done", actor=by.audit_name, at=at, area=task.area, subject=f"task:{task.pk}")
    return task


@action
def record_outcome(event_id: int, ending: Ending, *, by: Actor, at: datetime) -> Outcome:
    """Say how it ended. The event enters its watch period; its alerts are stood down (pipeline/flow.py)."""
    event = locked_event(event_id)
    require(by, Permission.OUTCOME_RECORD, area=event.area)
    refusal = ending_refusal(ending)
    if refusal is not None:
        raise Problem(refusal[0], **refusal[1])
    if Outcome.objects.filter(event=event).exists():
        raise Problem("response.outcome_recorded_already", number=event.pk)
    outcome = Outcome.objects.create(
        event=event,
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
    over = Outcome.objects.filter(event__state=EventState.WATCH, watch_until__lt=at.date())
    return len([_close(event_id, at=at) for event_id in list(over.values_list("event_id", flat=True))])


@action
def _close(event_id: int, *, at: datetime) -> None:
    event = locked_event(event_id)
    if event.state != EventState.WATCH:
        return
    clock = Actor.of_system("jadwal")
    revise_state(event, steps=("closed",), by=clock, at=at, reason="masa pantau berakhir")
    audit.record("event.closed", actor=clock.audit_name, at=at, area=event.area, subject=f"event:{event.pk}")


def _own_task(task_id: int, by: Actor) -> Task:
    require(by, Permission.TASK_DO)
    task: Task | None = Task.objects.for_action().select_for_update().filter(pk=task_id).first()
    agencies = {post.agency_id for post in by.posts if Permission.TASK_DO in post.role.permissions}
    if task is None or task.agency_id not in agencies:
        raise Problem("response.task_unknown", number=task_id)
    return task


def _move(task: Task, to: TaskState, *, at: datetime) -> None:
    require_move("task", task.state, to, at=at)
    task.state = to
    task.save()
