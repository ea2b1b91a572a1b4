"""Reading the response stage: tasks through a scope, outcomes and moments of events that were read through one."""

from kentongan.response.queries.feedback import feedback_of_report
from kentongan.response.queries.moments import moments_of
from kentongan.response.queries.outcomes import outcome_of, outcomes_for, outcomes_of, standing_outcomes
from kentongan.response.queries.proportionality import check_in, checks_in, checks_of
from kentongan.response.queries.recurrence import recurrence_signs
from kentongan.response.queries.reviews import lessons_in, reviews_of
from kentongan.response.queries.tasks import (
    OPEN_STATES,
    climbed_tasks,
    climbs_of,
    moves_of,
    open_tasks,
    overdue_tasks,
    proof_files,
    proofs_of,
    task_in,
    tasks_between,
    tasks_in,
    tasks_of,
)

__all__ = [
    "OPEN_STATES",
    "check_in",
    "checks_in",
    "checks_of",
    "climbed_tasks",
    "climbs_of",
    "feedback_of_report",
    "lessons_in",
    "moments_of",
    "moves_of",
    "open_tasks",
    "outcome_of",
    "outcomes_for",
    "outcomes_of",
    "overdue_tasks",
    "proof_files",
    "proofs_of",
    "recurrence_signs",
    "reviews_of",
    "standing_outcomes",
    "task_in",
    "tasks_between",
    "tasks_in",
    "tasks_of",
]
