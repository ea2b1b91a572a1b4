"""What the actions on one task begin and end with: the row held for who may, the move kept, the entry."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kentongan.accounts.access import require
from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.audit import actions as audit
from kentongan.edge.problems import Problem
from kentongan.events.actions import require_move
from kentongan.policy import policy_on
from kentongan.response.decisions import Refusal
from kentongan.response.models import Task, TaskMove, TaskState


def refuse_if(refusal: Refusal | None) -> None:
    if refusal is not None:
        raise Problem(refusal[0], **refusal[1])


def own_task(task_id: int, *, by: Actor) -> Task:
    """The task, held, for somebody who does the tasks of its agency."""
    require(by, Permission.TASK_DO)
    task = _held(task_id)
    agencies = {post.agency_id for post in by.posts if Permission.TASK_DO in post.role.permissions}
    if task is None or task.agency_id not in agencies:
        raise Problem("response.task_unknown", number=task_id)
    return task


def given_task(task_id: int, *, by: Actor) -> Task:
    """The task, held, for somebody who gives tasks where it lies."""
    require(by, Permission.TASK_ASSIGN)
    task = _held(task_id)
    if (
        task is None
        or not Task.objects.in_scope(by.scope_for(Permission.TASK_ASSIGN)).filter(pk=task.pk).exists()
    ):
        raise Problem("response.task_unknown", number=task_id)
    require(by, Permission.TASK_ASSIGN, area=task.area)
    return task


def move(task: Task, to: TaskState, *, by: Actor, at: datetime, why: str = "") -> None:
    """One step of the lifecycle, stored with its row."""
    require_move("task", task.state, to, at=at)
    before, task.state = task.state, to
    task.save()
    keep_move(task, before, by=by, at=at, why=why)


def move_from(
    task: Task, source: TaskState, to: TaskState, *, by: Actor, at: datetime, why: str = ""
) -> None:
    """The same for a way that two states lead along, where the action means only one of them."""
    if task.state != source:
        life = policy_on(at.date()).lifecycles["task"]
        possible = [life.label_of(state).id for state in life.next_states(task.state)]
        raise Problem(
            "events.move_refused",
            start=life.label_of(task.state).id,
            to=life.label_of(to).id,
            possible=", ".join(possible) or "-",
        )
    move(task, to, by=by, at=at, why=why)


def keep_move(task: Task, before: str, *, by: Actor, at: datetime, why: str = "") -> None:
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


def record(what: str, task: Task, /, *, by: Actor, at: datetime, reason: str = "", **detail: Any) -> None:
    """The entry about a task in the chain; last in an action."""
    audit.record(
        what,
        actor=by.audit_name,
        at=at,
        area=task.area,
        subject=f"task:{task.pk}",
        reason=reason,
        detail=detail,
    )


def _held(task_id: int) -> Task | None:
    task: Task | None = Task.objects.for_action().select_for_update().filter(pk=task_id).first()
    return task
