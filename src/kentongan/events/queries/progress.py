"""What a reporter may be told of a report: four plain states and a closing word, never the event itself."""

from __future__ import annotations

from kentongan.accounts.scopes import Scope
from kentongan.events.decisions import Progress, progress_of
from kentongan.events.models import EventReport
from kentongan.events.queries.reading import remaining
from kentongan.intake.models import Report


def progress_of_report(report_id: int) -> Progress:
    """How far a report has come, as codes of `reporter_state` and `closing_word`.

    Behind a receipt nobody is signed in: the caller has shown the receipt, and nothing but the two codes is told.
    """
    everything = Scope.system("a receipt asks how far its report is")
    report = Report.objects.in_scope(everything).filter(pk=report_id).first()
    if report is None:
        return Progress("received")
    link = EventReport.objects.filter(report_id=report_id).select_related("event").order_by("pk").first()
    if link is None:
        return progress_of(report.state, report.triage_outcome)
    event = remaining(link.event)
    return progress_of(
        report.state, report.triage_outcome, event_state=event.state, verification=event.verification
    )
