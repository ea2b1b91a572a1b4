"""What counts as contact with an area: a report that a person sent and that is placed there, or a nil.

Articles and mails do not: a newspaper writing about a desa is no sign that anybody there can be reached. Spam and what
was taken back do not either. A report that the reader may not see is no contact for this reader, not even as a day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, QuerySet, Subquery

from kentongan.accounts.scopes import Scope
from kentongan.indicators.queries.areas import Zones
from kentongan.intake.models import Channel, NilReport, Report, ReportState, TriageOutcome
from kentongan.places.fields import in_any_region
from kentongan.places.keys import Level, RegionRange
from kentongan.places.queries import in_force

HUMAN_CHANNELS = (Channel.DESK, Channel.FORM, Channel.PHONE, Channel.PASTE, Channel.SHEET)


def news_in(scope: Scope) -> QuerySet[Report]:
    rows: QuerySet[Report] = Report.objects.in_scope(scope)
    return (
        rows.filter(area__isnull=False, channel__in=HUMAN_CHANNELS)
        .exclude(state=ReportState.WITHDRAWN)
        .exclude(triage_outcome=TriageOutcome.SPAM)
    )


def nils_in(scope: Scope) -> QuerySet[NilReport]:
    rows: QuerySet[NilReport] = NilReport.objects.in_scope(scope)
    return rows


def latest(ranges: Sequence[RegionRange], rows: QuerySet[Any]) -> dict[int, datetime]:
    """The newest moment of each area that has any. One look into the index per area: a group over all rows reads all."""
    of_area = rows.filter(area=OuterRef("key")).order_by("-received_at").values("received_at")[:1]
    wanted = in_force().filter(in_any_region("key", ranges), level__gte=Level.DISTRICT)
    moments = wanted.annotate(last=Subquery(of_area)).values_list("key", "last")
    return {key: last for key, last in moments if last is not None}


def contact_days(scope: Scope, first: date, last: date) -> dict[int, set[date]]:
    """The local days with a contact, by area; one day more on both sides is read, because days differ by zone."""
    zones = Zones()
    start, end = _moments(first, last)
    days: dict[int, set[date]] = defaultdict(set)
    both: tuple[QuerySet[Any], ...] = (news_in(scope), nils_in(scope))
    for rows in both:
        inside = rows.filter(received_at__gte=start, received_at__lt=end).order_by()
        for area, moment in inside.values_list("area", "received_at").iterator():
            days[area].add(moment.astimezone(zones.at(area)).date())
    return days


def nil_spans(scope: Scope, first: date, last: date) -> dict[int, list[tuple[date, date]]]:
    spans: dict[int, list[tuple[date, date]]] = defaultdict(list)
    rows = nils_in(scope).filter(covers_to__gte=first, covers_from__lte=last).order_by()
    for area, covers_from, covers_to in rows.values_list("area", "covers_from", "covers_to"):
        spans[area].append((covers_from, covers_to))
    return spans


def _moments(first: date, last: date) -> tuple[datetime, datetime]:
    utc = ZoneInfo("UTC")
    return (
        datetime.combine(first - timedelta(days=1), time(), utc),
        datetime.combine(last + timedelta(days=2), time(), utc),
    )
