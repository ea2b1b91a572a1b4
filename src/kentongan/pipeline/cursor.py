"""Reading the outbox: each recorded action becomes the jobs that `flow.py` names, exactly once.

The cursor and the jobs move in one transaction, and a job's key is made of chain number and kind: a crash between
two batches repeats nothing and skips nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from kentongan.audit.queries import current_head, entries_after
from kentongan.edge import jobs
from kentongan.edge.transactions import one_transaction
from kentongan.pipeline.flow import FLOW
from kentongan.pipeline.models import Cursor

NAME = "flow"


def follow(*, at: datetime, flow: Mapping[str, tuple[str, ...]] = FLOW, limit: int = 500) -> int:
    """Enqueue what follows the next `limit` entries; returns how many entries were read."""
    with one_transaction():
        cursor, _ = Cursor.objects.select_for_update().get_or_create(name=NAME)
        entries = entries_after(cursor.seq, limit=limit)
        for entry in entries:
            for kind in flow.get(entry.action, ()):
                jobs.enqueue(kind, key=f"{entry.seq}:{kind}", values={"subject": entry.subject}, at=at)
        if entries:
            cursor.seq = entries[-1].seq
            cursor.save(update_fields=["seq"])
    return len(entries)


def follow_all(*, at: datetime) -> int:
    """Read the outbox to its end."""
    total = 0
    while read := follow(at=at):
        total += read
    return total


def backlog() -> int:
    """How many entries the cursor has not read yet."""
    head = current_head()
    read = Cursor.objects.filter(name=NAME).values_list("seq", flat=True).first() or 0
    return (head.seq if head else 0) - read
