"""The only writers of the response stage, one idea a file."""

from kentongan.response.actions.climbing import climb_overdue
from kentongan.response.actions.endings import (
    close_watched,
    record_outcome,
    reopen_after_report,
    reopen_ended,
)
from kentongan.response.actions.proof import LARGEST_PROOF, MOST_PROOF, add_proof, open_proof, process_proof
from kentongan.response.actions.proportionality import weigh_again
from kentongan.response.actions.reviews import write_review
from kentongan.response.actions.tasks import (
    accept_task,
    assign_task,
    cancel_task,
    check_task,
    finish_task,
    reassign_task,
    return_task,
    send_back_task,
    start_task,
)

__all__ = [
    "LARGEST_PROOF",
    "MOST_PROOF",
    "accept_task",
    "add_proof",
    "assign_task",
    "cancel_task",
    "check_task",
    "climb_overdue",
    "close_watched",
    "finish_task",
    "open_proof",
    "process_proof",
    "reassign_task",
    "record_outcome",
    "reopen_after_report",
    "reopen_ended",
    "return_task",
    "send_back_task",
    "start_task",
    "weigh_again",
    "write_review",
]
