"""Reading tasks, always through a scope."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from kentongan.accounts.scopes import Scope
from kentongan.edge.problems import Problem
from kentongan.events.models import Event
from kentongan.response.models import Task, TaskClimb, TaskEvidence, TaskMove, TaskState

OPEN_STATES = (TaskState.ASSIGNED, TaskState.ACCEPTED, TaskState.IN_PROGRESS, TaskState.RETURNED)


def tasks_in(scope: Scope) -> QuerySet[Task]:
    """Tasks of the scope, the nearest deadline first."""
    rows: QuerySet[Task] = Task.objects.in_scope(scope).select_related("agency", "event")
    return rows.order_by("due_at", "pk")


def open_tasks(scope: Scope) -> QuerySet[Task]:
    return tasks_in(scope).filter(state__in=OPEN_STATES)


def overdue_tasks(scope: Scope, *, now: datetime) -> QuerySet[Task]:
    return open_tasks(scope).filter(due_at__lt=now)


def climbed_tasks(scope: Scope, *, now: datetime) -> QuerySet[Task]:
    """Overdue tasks of the scope that have climbed to a superior by their present deadline, longest overdue first."""
    climbs = TaskClimb.objects.filter(task=OuterRef("pk"), due_at=OuterRef("due_at"))
    return overdue_tasks(scope, now=now).filter(Exists(climbs))


def climbs_of(task: Task) -> QuerySet[TaskClimb]:
    """How far the present deadline of a task has climbed, lowest rung first."""
    return TaskClimb.objects.filter(task=task, due_at=task.due_at).order_by("rung")


def moves_of(task: Task) -> QuerySet[TaskMove]:
    """Every step of a task the reader was given, oldest first."""
    return TaskMove.objects.filter(task=task).select_related("agency").order_by("at", "pk")


def proofs_of(task: Task) -> QuerySet[TaskEvidence]:
    """The pictures of what was done, oldest first."""
    return TaskEvidence.objects.filter(task=task).order_by("added_at", "pk")


def proof_files() -> set[str]:
    """The names of every file that a proof owns, for the sweep that removes files of nobody."""
    kept: set[str] = set()
    for names in TaskEvidence.objects.values_list("original", "shown"):
        kept.update(name for name in names if name)
    return kept


def task_in(scope: Scope, number: int) -> Task:
    """One task inside the scope; what lies outside is not even said to exist."""
    task: Task | None = tasks_in(scope).filter(pk=number).first()
    if task is None:
        raise Problem("response.task_unknown", number=number)
    return task


def tasks_of(event: Event, scope: Scope) -> QuerySet[Task]:
    """The tasks of an event that the reader may see."""
    return tasks_in(scope).filter(event=event)


def tasks_between(scope: Scope, start: datetime, end: datetime) -> QuerySet[Task]:
    """Tasks that were open at any moment from `start` up to but not including `end`; one done on that day counts."""
    open_then = Q(finished_at__gte=start) | Q(state__in=OPEN_STATES)
    return tasks_in(scope).filter(open_then, assigned_at__lt=end)
