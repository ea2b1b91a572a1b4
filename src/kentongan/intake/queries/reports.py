"""Single reports, reports of a period, and what hangs on one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import QuerySet

from kentongan.accounts.scopes import Scope
from kentongan.edge.problems import Problem
from kentongan.intake.models import Report, Suggestion


def report_in(scope: Scope, number: int) -> Report:
    """One report inside the scope; what lies outside is not even said to exist."""
    report: Report | None = Report.objects.in_scope(scope).filter(pk=number).first()
    if report is None:
        raise Problem("intake.report_unknown", number=number)
    return report


def suggestions_of(report: Report) -> dict[str, Suggestion]:
    """The newest suggestion of each kind."""
    return {suggestion.kind: suggestion for suggestion in report.suggestions.order_by("pk")}


def reports_between(scope: Scope, start: datetime, end: datetime) -> QuerySet[Report]:
    """Reports received from `start` up to but not including `end` (aware moments)."""
    rows: QuerySet[Report] = Report.objects.in_scope(scope).filter(
        received_at__gte=start, received_at__lt=end
    )
    return rows


def reports_since(scope: Scope, start: datetime) -> QuerySet[Report]:
    """Reports received from `start` on."""
    rows: QuerySet[Report] = Report.objects.in_scope(scope).filter(received_at__gte=start)
    return rows


def copies_count(reports: Iterable[Report], scope: Scope) -> Mapping[int, int]:
    """How many arrivals say the same words as each of these reports, itself included, inside the scope alone."""
    groups = {report.pk: report.copy_of_id or report.pk for report in reports}
    if not groups:
        return {}
    firsts = set(groups.values())
    seen = Report.objects.in_scope(scope)
    # Two questions, each with an index of its own: asked as one with OR, every report of the scope is read.
    counts = Counter(seen.filter(pk__in=firsts).values_list("pk", flat=True))
    counts.update(seen.filter(copy_of__in=firsts).values_list("copy_of_id", flat=True))
    return {number: counts[first] for number, first in groups.items()}


def hashes_known(hashes: list[str]) -> dict[str, int]:
    """Which of these content hashes are stored already, with the number of their first report (for `ingest`)."""
    rows = Report.objects.in_scope(Scope.system("ingest")).filter(content_hash__in=hashes).order_by("-pk")
    return {row.content_hash: row.pk for row in rows}
