"""What kind of instance this database is: real, or a demo marked as such from its first minute."""

from __future__ import annotations

from datetime import datetime

from kentongan.audit import actions as audit
from kentongan.audit.queries import current_head
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action
from kentongan.pipeline.models import DemoMark


def is_demo() -> bool:
    """Whether the database holds the synthetic province and nothing real."""
    return DemoMark.objects.filter(id=1).exists()


@action
def mark_as_demo(*, at: datetime) -> None:
    """Mark an instance as a demo, for good; refused where anybody but the set-up has acted already."""
    head = current_head()
    if head is not None and head.seq > SET_UP_ENTRIES:
        raise Problem("pipeline.not_a_demo")
    DemoMark.objects.create(id=1, marked_at=at)
    audit.record("instance.marked_as_demo", actor="sistem:peragaan", at=at)


# Loading the official regions is all that may have happened before.
SET_UP_ENTRIES = 1
