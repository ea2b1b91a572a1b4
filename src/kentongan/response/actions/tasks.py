"""Writing tasks from both ends: who gives one, and who does it. Each move is a row; every way back has its reason."""

from __future__ import annotations

from datetime import datetime

from kentongan.accounts.access import require
from kentongan.accounts.actors import Actor
from kentongan.accounts.models import Agency
from kentongan.accounts.permissions import Permission
from kentongan.alerts.actions import begin_response
from kentongan.alerts.models import Alert
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action
from kentongan.events.actions import locked_event, revise_state, share_event
from kentongan.events.models import Event, EventState
from kentongan.response.actions.proportionality import weigh
from kentongan.response.actions.rows import (
    given_task,
    keep_move,
    move,
    move_from,
    own_task,
    record,
    refuse_if,
)
from kentongan.response.decisions import Assignment, Weighing, task_refusal
from kentongan.response.models import Task, TaskMove, TaskState
from kentongan.response.queries import outcome_of
from kentongan.verification.decisions import may_be_asked
from kentongan.verification.queries import accusations_of, widest_level_of


@action
def assign_task(
    event_id: int,
    task: Assignment,
    *,
    by: Actor,
    at: datetime,
    alert: int | None = None,
    weighing: Weighing | None = None,
) -> Task:
    """Ask one agency to do one thing by a deadline; the agency sees the event it belongs to until then.

    What restricts somebody's rights comes with the answers of the ten-point check, or not at all.
    """
    event = locked_event(event_id)
    require(by, Permission.TASK_ASSIGN, area=event.area)
    refuse_if(task_refusal(task, at=at))
    if outcome_of(event) is not None:
        raise Problem("response.event_ended", number=event.pk)
    if alert is not None and not Alert.objects.for_action().filter(pk=alert, event=event).exists():
        raise Problem("response.alert_of_another_event", number=alert)
    _require_clear_office(event, task.agency, at=at)
    if task.is_coercive and weighing is None:
        raise Problem("response.check_missing")
    check = weigh(event, weighing, alert=alert, by=by, at=at) if task.is_coercive and weighing else None
    made: Task = Task.objects.create(
        event=event,
        alert_id=alert,
        agency_id=task.agency,
        area=event.area,
        measure=task.measure,
        restrictions=" ".join(task.restrictions),
        proportionality=check,
        what=task.what,
        due_at=task.due_at,
        assigned_by=by.audit_name,
        assigned_at=at,
    )
    keep_move(made, "", by=by, at=at)
    if event.state in {EventState.OPEN, EventState.MONITORED}:
        revise_state(event, steps=("handled",), by=by, at=at, reason=task.what)
    share_event(event.pk, agency=task.agency, until=task.due_at, by=by, at=at)
    record("task.assigned", made, by=by, at=at, agency=task.agency, event=event.pk, measure=task.measure)
    return made


@action
def reassign_task(
    task_id: int, *, agency: int, due_at: datetime, reason: str, by: Actor, at: datetime
) -> Task:
    """Give a returned task again, to the same agency or another, with a new deadline."""
    task = given_task(task_id, by=by)
    _require_reason(reason, task)
    if due_at <= at:
        raise Problem("response.due_in_the_past")
    _require_clear_office(task.event, agency, at=at)
    task.agency_id, task.due_at, task.return_reason = agency, due_at, ""
    move(task, TaskState.ASSIGNED, by=by, at=at, why=reason)
    share_event(task.event_id, agency=agency, until=due_at, by=by, at=at)
    record("task.reassigned", task, by=by, at=at, reason=reason, agency=agency)
    return task


@action
def accept_task(task_id: int, *, by: Actor, at: datetime) -> Task:
    """The agency takes the task on."""
    task = own_task(task_id, by=by)
    move(task, TaskState.ACCEPTED, by=by, at=at)
    if task.alert is not None:
        begin_response(task.alert, at=at)
    record("task.accepted", task, by=by, at=at)
    return task


@action
def start_task(task_id: int, *, by: Actor, at: datetime) -> Task:
    """The agency is at work."""
    task = own_task(task_id, by=by)
    move_from(task, TaskState.ACCEPTED, TaskState.IN_PROGRESS, by=by, at=at)
    record("task.started", task, by=by, at=at)
    return task


@action
def return_task(task_id: int, *, reason: str, by: Actor, at: datetime) -> Task:
    """The agency gives the task back, with a reason, to whoever assigned it."""
    task = own_task(task_id, by=by)
    if not reason.strip():
        raise Problem("response.return_reason_missing", number=task.pk)
    task.return_reason = reason
    move(task, TaskState.RETURNED, by=by, at=at, why=reason)
    record("task.returned", task, by=by, at=at, reason=reason)
    return task


@action
def finish_task(task_id: int, *, result: str, by: Actor, at: datetime, cost: int | None = None) -> Task:
    """The agency reports the result: no task is done without one. What it cost stays empty where nobody counted."""
    task = own_task(task_id, by=by)
    if not result.strip():
        raise Problem("response.result_missing", number=task.pk)
    if task.state == TaskState.ACCEPTED:
        move(task, TaskState.IN_PROGRESS, by=by, at=at)
    task.result, task.cost, task.finished_at = result, cost, at
    move(task, TaskState.DONE, by=by, at=at)
    record("task.done", task, by=by, at=at)
    return task


@action
def check_task(task_id: int, *, by: Actor, at: datetime) -> Task:
    """Somebody on the giving side has looked at the result; never the person who reported it."""
    task = given_task(task_id, by=by)
    done = TaskMove.objects.filter(task=task, to_state=TaskState.DONE).order_by("-pk").first()
    if done is not None and done.by == by.audit_name:
        raise Problem("response.own_result", number=task.pk)
    move(task, TaskState.CHECKED, by=by, at=at)
    record("task.checked", task, by=by, at=at)
    return task


@action
def send_back_task(task_id: int, *, reason: str, by: Actor, at: datetime) -> Task:
    """The result is not enough: the task runs again, and the agency reads why."""
    task = given_task(task_id, by=by)
    _require_reason(reason, task)
    task.finished_at = None
    move_from(task, TaskState.DONE, TaskState.IN_PROGRESS, by=by, at=at, why=reason)
    record("task.sent_back", task, by=by, at=at, reason=reason)
    return task


@action
def cancel_task(task_id: int, *, reason: str, by: Actor, at: datetime) -> Task:
    """Nobody need do it any more; what was known of it stays."""
    task = given_task(task_id, by=by)
    _require_reason(reason, task)
    move(task, TaskState.CANCELLED, by=by, at=at, why=reason)
    record("task.cancelled", task, by=by, at=at, reason=reason)
    return task


def _require_reason(reason: str, task: Task) -> None:
    if not reason.strip():
        raise Problem("response.reason_missing", number=task.pk)


def _require_clear_office(event: Event, agency: int, *, at: datetime) -> None:
    """An office that the event is about does not deal with it (safeguards R03); the refusal does not say of what."""
    office = Agency.objects.filter(pk=agency).first()
    if office is None:
        raise Problem("response.agency_unknown", number=agency)
    if not may_be_asked(office.kind, widest_level_of(office), accusations_of(event, on=at.date())):
        raise Problem("response.office_concerned", agency=office.short_name, number=event.pk)
