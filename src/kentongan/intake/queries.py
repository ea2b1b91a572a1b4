"""Reading reports, always through a scope."""

from __future__ import annotations

from django.db.models import QuerySet

from kentongan.accounts.scopes import Scope
from kentongan.edge.problems import Problem
from kentongan.intake.models import Report, ReportState, Suggestion


def inbox(scope: Scope) -> QuerySet[Report]:
    """Reports that wait for a decision, oldest first: nothing may sink unseen."""
    rows: QuerySet[Report] = Report.objects.in_scope(scope).filter(state=ReportState.RECEIVED)
    return rows.order_by("received_at", "pk")


def decided(scope: Scope) -> QuerySet[Report]:
    """Reports with a decision, newest first."""
    rows: QuerySet[Report] = Report.objects.in_scope(scope).exclude(state=ReportState.RECEIVED)
    return rows.order_by("-received_at", "-pk")


def report_in(scope: Scope, number: int) -> Report:
    """One report inside the scope; what lies outside is not even said to exist."""
    report: Report | None = Report.objects.in_scope(scope).filter(pk=number).first()
    if report is None:
        raise Problem("intake.report_unknown", number=number)
    return report


def suggestions_of(report: Report) -> dict[str, Suggestion]:
    """The newest suggestion of each kind."""
    return {suggestion.kind: suggestion for suggestion in report.suggestions.order_by("pk")}


def reports_between(scope: Scope, start: object, end: object) -> QuerySet[Report]:
    """Reports received from `start` up to but not including `end` (aware moments)."""
    rows: QuerySet[Report] = Report.objects.in_scope(scope).filter(
        received_at__gte=start, received_at__lt=end
    )
    return rows


def hashes_known(hashes: list[str]) -> dict[str, int]:
    """Which of these content hashes are stored already, with the number of their first report (for `ingest`)."""
    rows = Report.objects.in_scope(Scope.system("ingest")).filter(content_hash__in=hashes).order_by("-pk")
    return {row.content_hash: row.pk for row in rows}
