"""What goes on around a report: who works on it just now, what was asked back and answered, where it was referred."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import overload

from django.db.models import QuerySet

from kentongan.intake.models import Referral, Report, ReportMessage, ReportPresence
from kentongan.policy import policy_on


@dataclass(frozen=True, slots=True)
class Presence:
    """Who has a report open since when; `account_id` tells the reader whether it is the own."""

    name: str
    since: datetime
    account_id: int


@overload
def presence_of(reports: Report, now: datetime) -> Presence | None: ...
@overload
def presence_of(reports: Iterable[Report], now: datetime) -> Mapping[int, Presence]: ...


def presence_of(
    reports: Report | Iterable[Report], now: datetime
) -> Presence | Mapping[int, Presence] | None:
    """Who works on a report now, or on many: then by their numbers, those alone that somebody has open."""
    if isinstance(reports, Report):
        return presence_of([reports], now).get(reports.pk)
    rows = ReportPresence.objects.filter(report__in=[report.pk for report in reports], seen_at__lte=now)
    return {
        row.report_id: presence_from(row) for row in rows.select_related("account") if is_live(row, now=now)
    }


def presence_from(row: ReportPresence) -> Presence:
    return Presence(row.account.name, row.since, row.account_id)


def is_live(row: ReportPresence, *, now: datetime) -> bool:
    """A presence ends when the page has not been seen open for the policy's seconds."""
    return now < row.seen_at + timedelta(seconds=policy_on(now.date()).thresholds["presence_seconds"])


def messages_of(report: Report) -> QuerySet[ReportMessage]:
    """What desk and reporter wrote to each other, oldest first. The caller has read the report through its scope."""
    return report.messages.order_by("written_at", "pk")


def referrals_of(report: Report) -> QuerySet[Referral]:
    """Where the matter was handed to, oldest first."""
    return report.referrals.order_by("referred_at", "pk")
