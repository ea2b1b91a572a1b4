"""A list of events taken out of the system leaves an entry: who, which ones, how many."""

from __future__ import annotations

from datetime import datetime

from kentongan.accounts.access import require
from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.audit import actions as audit
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action

# One person may take out a working list, not the register: more needs two persons (safeguards R10).
MOST_ROWS = 1000


@action
def export_events(*, count: int, query: str, by: Actor, at: datetime) -> None:
    """Record that somebody takes a list out, before it is handed over; one that is too long is refused."""
    require(by, Permission.EVENT_READ)
    if count > MOST_ROWS:
        raise Problem("events.export_too_long", count=count, most=MOST_ROWS)
    audit.record(
        "event.exported",
        actor=by.audit_name,
        at=at,
        area=next((part.low for post in by.posts for part in post.own if part.low), None),
        subject="events",
        detail={"count": count, "query": query},
    )
