"""Looking at reports: each look of a decider leaves a trace, and the sealed text opens for a written reason."""

from __future__ import annotations

from datetime import datetime

from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.audit import actions as audit
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action
from kentongan.intake.actions.receiving import stored_context
from kentongan.intake.actions.rows import locked_report, require_at
from kentongan.intake.models import Report


@action
def look_at_report(report: Report, *, by: Actor, at: datetime) -> None:
    """A decider opened a report: the look leaves a trace. Sending one, or asking by receipt, leaves none."""
    audit.look("report.opened", actor=by.audit_name, at=at, area=report.area, subject=f"report:{report.pk}")


@action
def open_raw_text(report_id: int, *, by: Actor, at: datetime, reason: str) -> str:
    """The sealed text of a report, for a reason that is written into the chain."""
    report = locked_report(report_id)
    require_at(by, Permission.REPORT_TRIAGE, report)
    if not reason.strip():
        raise Problem("intake.open_reason_missing", number=report.pk)
    if report.erased_on is not None:
        raise Problem("intake.report_erased", number=report.pk, day=report.erased_on)
    text: str = report.raw_sealed.open(context=stored_context(report))
    audit.record(
        "report.raw_opened",
        actor=by.audit_name,
        at=at,
        area=report.area,
        subject=f"report:{report.pk}",
        reason=reason,
    )
    return text
