"""What speaks for a source: the verdicts of its earlier reports, counted inside the reader's scope alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import Max, Q

from kentongan.accounts.scopes import Scope
from kentongan.events.models import Event, EventReport, VerificationState
from kentongan.intake.models import Report, ReportState
from kentongan.places.fields import in_any_region
from kentongan.places.keys import Level, RegionRange, key_at, level_of_key, range_of_key

CHECKED = (VerificationState.VERIFIED, VerificationState.PARTLY, VerificationState.REFUTED)


def source_records(sources: Collection[str], scope: Scope, *, event: Event) -> Mapping[str, tuple[str, ...]]:
    """The verdicts of the checked reports of each source in the event's kabupaten, by source.

    Sources are numbered per kabupaten: the same number elsewhere is somebody else. The event that is being judged
    says nothing about its own sources. A report linked to two checked events counts with both verdicts.
    """
    if not sources:
        return {}
    regency = _regency_of(event.area)
    reports = Report.objects.in_scope(scope).filter(in_any_region("area", [regency]), source__in=sources)
    links = (
        EventReport.objects.filter(
            report__in=reports.values("pk"),
            event__verification__in=CHECKED,
            event__undone_at__isnull=True,
            event__merged_into__isnull=True,
        )
        .exclude(event=event)
        .values_list("report__source", "event__verification")
    )
    records: dict[str, list[str]] = defaultdict(list)
    for source, verdict in links:
        records[source].append(verdict)
    return {source: tuple(verdicts) for source, verdicts in records.items()}


def newest_report_of(event: Event, scope: Scope) -> datetime | None:
    """When the newest report about the event came that the reader may see, and that was not taken back."""
    linked = Report.objects.in_scope(scope).filter(
        ~Q(state=ReportState.WITHDRAWN), pk__in=event.sources.values("report_id")
    )
    newest: datetime | None = linked.order_by().values("received_at").aggregate(at=Max("received_at"))["at"]
    return newest


def _regency_of(area: int) -> RegionRange:
    return range_of_key(key_at(area, Level.REGENCY) if level_of_key(area) >= Level.REGENCY else area)
