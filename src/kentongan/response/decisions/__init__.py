"""Decisions of the response stage, one idea a file: plain values in, a refusal or a value out."""

from kentongan.response.decisions.endings import (
    LONGEST_THANKS,
    Ending,
    ending_refusal,
    steps_to_watch,
    thanks_refusal,
    watch_until,
)
from kentongan.response.decisions.feedback import Feedback, feedback_of
from kentongan.response.decisions.moments import Moments, Stretch, stretches
from kentongan.response.decisions.proportionality import Weighing, weighing_refusal
from kentongan.response.decisions.reviews import Review, review_refusal
from kentongan.response.decisions.tasks import (
    COERCIVE_STEP,
    RESTRICTIONS,
    Assignment,
    Refusal,
    is_coercive,
    is_overdue,
    rungs_to_climb,
    task_refusal,
)

__all__ = [
    "COERCIVE_STEP",
    "LONGEST_THANKS",
    "RESTRICTIONS",
    "Assignment",
    "Ending",
    "Feedback",
    "Moments",
    "Refusal",
    "Review",
    "Stretch",
    "Weighing",
    "ending_refusal",
    "feedback_of",
    "is_coercive",
    "is_overdue",
    "review_refusal",
    "rungs_to_climb",
    "steps_to_watch",
    "stretches",
    "task_refusal",
    "thanks_refusal",
    "watch_until",
    "weighing_refusal",
]
