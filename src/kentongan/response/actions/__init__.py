"""The only writers of the response stage, one idea a file."""

from kentongan.response.actions.endings import close_watched, record_outcome
from kentongan.response.actions.tasks import accept_task, assign_task, finish_task, return_task

__all__ = [
    "accept_task",
    "assign_task",
    "close_watched",
    "finish_task",
    "record_outcome",
    "return_task",
]
