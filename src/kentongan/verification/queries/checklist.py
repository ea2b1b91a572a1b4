"""The checklist of an event as it stands, and its evidence."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from kentongan.events.models import Event
from kentongan.policy import policy_on
from kentongan.verification.decisions import Line
from kentongan.verification.models import Check, Evidence


def lines_of(event: Event, *, on: date) -> list[Line]:
    """Every item of the checklist with its status; one that nobody has looked at is open.

    What was looked at while the event had another type comes last and is needed by no verdict.
    """
    items = dict(policy_on(on).checklist_of(event.type_code))
    rows = {row.item: row for row in checks_of(event)}
    earlier = {item: False for item in rows if item not in items}
    return [_line(item, required, rows.get(item)) for item, required in (items | earlier).items()]


def checks_of(event: Event) -> QuerySet[Check]:
    """The lines that somebody has written, with who and when."""
    return Check.objects.filter(event=event).order_by("pk")


def evidence_of(event: Event) -> QuerySet[Evidence]:
    """The evidence, oldest first: nothing is ever taken away or changed."""
    return Evidence.objects.filter(event=event).order_by("added_at", "pk")


def kept_files() -> list[str]:
    """The names of the files that evidence points to: what a clean-up of stray files leaves alone."""
    return list(Evidence.objects.exclude(stored="").values_list("stored", flat=True))


def _line(item: str, required: bool, row: Check | None) -> Line:  # noqa: FBT001  (a fact of the list)
    if row is None:
        return Line(item, required)
    return Line(item, required, row.status, row.finding, row.checked_at)
