"""When each rung of a ladder is due, counted from sending; pure, in the region's own time.

An office ladder counts office minutes only: sent on Friday at 15.50 with a wait of 15 minutes and an office
that closes at 16.00, the first rung is due on Monday five minutes after opening.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from kentongan.policy.schema.alerts import Ladder, LadderHours, OfficeHours


def due_times(ladder: Ladder, sent_at: datetime, *, office: OfficeHours) -> tuple[datetime, ...]:
    """One moment per rung, in the time zone of `sent_at`, which must be the region's own."""
    if sent_at.tzinfo is None:
        raise ValueError("sent_at has no time zone; pass the region's local time")
    if ladder.hours is LadderHours.ANY:
        return tuple(_later(sent_at, minutes=wait) for wait in ladder.waits)
    return tuple(_office_later(sent_at, timedelta(minutes=wait), office=office) for wait in ladder.waits)


def _later(moment: datetime, *, minutes: int) -> datetime:
    """Elapsed minutes; counted in UTC, so that a change of the local clock cannot stretch a wait."""
    return (moment.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(moment.tzinfo)


def _office_later(moment: datetime, wait: timedelta, *, office: OfficeHours) -> datetime:
    left = wait
    for opens, closes in _office_spans(moment, office=office):
        begins = max(opens, moment)
        if begins + left <= closes:
            return begins + left
        left -= max(closes - begins, timedelta(0))
    raise AssertionError("office hours without end produce spans without end")  # pragma: no cover


def _office_spans(moment: datetime, *, office: OfficeHours) -> Iterator[tuple[datetime, datetime]]:
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    while True:
        if midnight.isoweekday() in office.weekdays:
            opens = midnight + timedelta(minutes=office.opens_minute)
            yield opens, midnight + timedelta(minutes=office.closes_minute)
        midnight += timedelta(days=1)
