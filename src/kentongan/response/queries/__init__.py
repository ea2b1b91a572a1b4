"""Reading the response stage: tasks through a scope, outcomes and moments of events that were read through one."""

from kentongan.response.queries.moments import moments_of
from kentongan.response.queries.outcomes import outcome_of, outcomes_for, outcomes_of, standing_outcomes
from kentongan.response.queries.tasks import (
    OPEN_STATES,
    open_tasks,
    overdue_tasks,
    task_in,
    tasks_between,
    tasks_in,
    tasks_of,
)

__all__ = [
    "OPEN_STATES",
    "moments_of",
    "open_tasks",
    "outcome_of",
    "outcomes_for",
    "outcomes_of",
    "overdue_tasks",
    "standing_outcomes",
    "task_in",
    "tasks_between",
    "tasks_in",
    "tasks_of",
]
