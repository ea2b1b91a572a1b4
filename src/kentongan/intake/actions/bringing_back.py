"""A report that was put off comes back at once: somebody looked again, or took the putting off back."""

from __future__ import annotations

from datetime import datetime

from kentongan.accounts.actors import Actor
from kentongan.edge.transactions import action
from kentongan.intake.actions.rows import report_to_work_on
from kentongan.intake.actions.triage import already_decided, record_about
from kentongan.intake.decisions import is_waiting
from kentongan.intake.models import Report


@action
def bring_back_report(number: int, *, by: Actor, at: datetime) -> Report:
    """Put a waiting report back into the inbox before its time; one that was not put off stays as it is."""
    report = report_to_work_on(number, by=by)
    if not is_waiting(report.state, report.triage_outcome):
        raise already_decided(report)
    if report.put_off_until is not None:
        report.put_off_until = None
        report.save(update_fields=["put_off_until"])
        record_about(report, "report.brought_back", by=by, at=at)
    return report
