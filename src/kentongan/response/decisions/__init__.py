"""Decisions of the response stage, one idea a file: what a task and an outcome need, and how long each link took."""

from kentongan.response.decisions.endings import (
    Ending,
    ending_refusal,
    steps_to_watch,
    watch_until,
)
from kentongan.response.decisions.moments import Moments, Stretch, stretches
from kentongan.response.decisions.tasks import Assignment, is_overdue, task_refusal

__all__ = [
    "Assignment",
    "Ending",
    "Moments",
    "Stretch",
    "ending_refusal",
    "is_overdue",
    "steps_to_watch",
    "stretches",
    "task_refusal",
    "watch_until",
]
