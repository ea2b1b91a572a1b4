"""Deciding what becomes of a report: once, by a person, with a reason where it is declined."""

from __future__ import annotations

from datetime import datetime

from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.audit import actions as audit
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action
from kentongan.intake.actions.rows import locked_report, require_at
from kentongan.intake.decisions import triage_state
from kentongan.intake.models import Report, ReportState, TriageOutcome


@action
def triage_report(report_id: int, *, outcome: str, by: Actor, at: datetime, reason: str = "") -> Report:
    """Record what became of a report. Declining needs a person and a reason; the report itself stays as it came."""
    report = locked_report(report_id)
    require_at(by, Permission.REPORT_TRIAGE, report)
    if outcome not in TriageOutcome.values:
        raise Problem("intake.outcome_unknown", value=outcome)
    if report.state != ReportState.RECEIVED:
        raise Problem("intake.already_triaged", number=report.pk, outcome=report.get_triage_outcome_display())
    if outcome in {"out_of_scope", "spam"} and not reason.strip():
        raise Problem("intake.reason_missing", number=report.pk)
    report.state = triage_state(outcome, machine=bool(by.system))
    report.triage_outcome = outcome
    report.triaged_at, report.triaged_by, report.triage_reason = at, by.audit_name, reason
    report.save(update_fields=["state", "triage_outcome", "triaged_at", "triaged_by", "triage_reason"])
    audit.record(
        "report.triaged",
        actor=by.audit_name,
        at=at,
        area=report.area,
        subject=f"report:{report.pk}",
        reason=reason,
        detail={"outcome": outcome},
    )
    return report
