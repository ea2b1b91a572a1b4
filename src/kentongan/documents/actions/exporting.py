"""A table taken out of the system leaves an entry: who, which one, how many rows."""

from __future__ import annotations

from datetime import datetime

from kentongan.accounts.access import require
from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.audit import actions as audit
from kentongan.edge.transactions import action


@action
def export_recap(*, area: int, query: str, rows: int, form: str, by: Actor, at: datetime) -> None:
    """Record that somebody takes a recap away, before it is handed over."""
    require(by, Permission.RECAP_READ)
    _record("recap.exported", area=area, query=query, rows=rows, form=form, by=by, at=at)


@action
def export_performance(*, area: int, query: str, rows: int, form: str, by: Actor, at: datetime) -> None:
    """Record that somebody takes the figures of the office's own work away."""
    require(by, Permission.PERFORMANCE_READ)
    _record("performance.exported", area=area, query=query, rows=rows, form=form, by=by, at=at)


def _record(what: str, *, area: int, query: str, rows: int, form: str, by: Actor, at: datetime) -> None:
    audit.record(
        what,
        actor=by.audit_name,
        at=at,
        area=area,
        subject=what.partition(".")[0],
        detail={"query": query, "rows": rows, "form": form},
    )
