"""What a reporter is told of a report, the officer's line included; never the event itself."""

from __future__ import annotations

from kentongan.accounts.labels import Label
from kentongan.events.models import EventReport
from kentongan.events.queries import progress_of_report, remaining
from kentongan.response.decisions import Feedback, feedback_of
from kentongan.response.models import Outcome


def feedback_of_report(report_id: int) -> Feedback:
    """How far a report has come, in words of its sender. The caller has shown the receipt, or the own account.

    Every copy of a report that was joined to the same event is told the same.
    """
    link = EventReport.objects.filter(report_id=report_id).select_related("event").order_by("pk").first()
    event = remaining(link.event) if link is not None else None
    standing = Outcome.objects.filter(event=event, reopened_at=None).first() if event else None
    return feedback_of(
        progress_of_report(report_id),
        thanks=standing.thanks if standing else "",
        restricted=event is not None and event.label >= Label.TERBATAS,
    )
