"""A report that was taken from its event waits again: the events stage found that it speaks of something else."""

from __future__ import annotations

from datetime import datetime

from kentongan.accounts.actors import Actor
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action
from kentongan.intake.actions.rows import report_to_work_on
from kentongan.intake.actions.triage import DECISION_FIELDS, record_about
from kentongan.intake.models import Report, ReportState, TriageOutcome


@action
def give_back_report(number: int, *, by: Actor, at: datetime, reason: str) -> Report:
    """Put a report that stood with an event back into the inbox. Called inside an action that takes it from there."""
    report = report_to_work_on(number, by=by)
    if report.triage_outcome not in {TriageOutcome.LINKED, TriageOutcome.NEW_EVENT}:
        raise Problem("intake.not_with_an_event", number=report.pk)
    before = report.triage_outcome
    report.state, report.triage_outcome, report.triage_reason = ReportState.RECEIVED, "", ""
    report.triaged_at, report.triaged_by = None, ""
    report.save(update_fields=DECISION_FIELDS)
    record_about(report, "report.given_back", by=by, at=at, reason=reason, outcome=before)
    return report
