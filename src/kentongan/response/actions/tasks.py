"""Writing tasks: assigned, taken on, returned, done with proof. Each move is a row."""

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
from kentongan.response.decisions import Assignment, task_refusal
from kentongan.response.models import Task, TaskMove, TaskState


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
    _keep_move(made, "", by=by, at=at)
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
    _move(task, TaskState.ACCEPTED, by=by, at=at)
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
    _move(task, TaskState.RETURNED, by=by, at=at, why=reason)
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
        _move(task, TaskState.IN_PROGRESS, by=by, at=at)
    task.result, task.finished_at = result, at
    _move(task, TaskState.DONE, by=by, at=at)
    audit.record("task.done", actor=by.audit_name, at=at, area=task.area, subject=f"task:{task.pk}")
    return task


def _own_task(task_id: int, by: Actor) -> Task:
    require(by, Permission.TASK_DO)
    task: Task | None = Task.objects.for_action().select_for_update().filter(pk=task_id).first()
    agencies = {post.agency_id for post in by.posts if Permission.TASK_DO in post.role.permissions}
    if task is None or task.agency_id not in agencies:
        raise Problem("response.task_unknown", number=task_id)
    return task


def _move(task: Task, to: TaskState, *, by: Actor, at: datetime, why: str = "") -> None:
    require_move("task", task.state, to, at=at)
    before, task.state = task.state, to
    task.save()
    _keep_move(task, before, by=by, at=at, why=why)


def _keep_move(task: Task, before: str, *, by: Actor, at: datetime, why: str = "") -> None:
    TaskMove.objects.create(
        task=task,
        from_state=before,
        to_state=task.state,
        agency_id=task.agency_id,
        due_at=task.due_at,
        at=at,
        by=by.audit_name,
        why=why,
    )
