"""What the clock does with a deadline that passed: up one rung, once, with a row and an entry in the chain."""

from __future__ import annotations

from datetime import datetime

from kentongan.accounts.actors import Actor
from kentongan.edge.transactions import action
from kentongan.policy import policy_on
from kentongan.response.actions.rows import record
from kentongan.response.decisions import is_overdue, rungs_to_climb
from kentongan.response.models import Task, TaskClimb
from kentongan.response.queries import OPEN_STATES


def climb_overdue(*, at: datetime) -> int:
    """Let every task whose hours have passed climb; returns how many rungs were climbed. Safe to run at any time."""
    late = Task.objects.for_action().filter(state__in=OPEN_STATES, due_at__lt=at).order_by("pk")
    return sum(_climb(number, at=at) for number in list(late.values_list("pk", flat=True)))


@action
def _climb(task_id: int, *, at: datetime) -> int:
    task: Task | None = Task.objects.for_action().select_for_update().filter(pk=task_id).first()
    if task is None or not is_overdue(task.state, task.due_at, now=at):
        return 0
    rungs = policy_on(at.date()).overdue_rungs
    climbed = set(TaskClimb.objects.filter(task=task, due_at=task.due_at).values_list("rung", flat=True))
    due = rungs_to_climb(task.due_at, [rung.after_hours for rung in rungs], climbed=climbed, now=at)
    for number in due:
        office = rungs[number - 1].office
        TaskClimb.objects.create(task=task, due_at=task.due_at, rung=number, office=office, at=at)
        record("task.overdue_climbed", task, by=Actor.of_system("jadwal"), at=at, rung=number, office=office)
    return len(due)
