"""Tables of the response stage, one idea a file: tasks and their moves, what coercion needs, how an event ended."""

from kentongan.response.models.outcomes import AfterActionReview, Outcome
from kentongan.response.models.proportionality import ProportionalityCheck
from kentongan.response.models.tasks import (
    EvidenceState,
    Measure,
    Task,
    TaskClimb,
    TaskEvidence,
    TaskMove,
    TaskState,
)

__all__ = [
    "AfterActionReview",
    "EvidenceState",
    "Measure",
    "Outcome",
    "ProportionalityCheck",
    "Task",
    "TaskClimb",
    "TaskEvidence",
    "TaskMove",
    "TaskState",
]
