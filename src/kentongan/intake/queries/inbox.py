"""The inbox: what waits, the urgent first, then the oldest, so that nothing sinks unseen; filtered in the database."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.db.models import Case, Count, Exists, IntegerField, Max, OuterRef, Q, QuerySet, Sum, Value, When

from kentongan.accounts.scopes import Scope
from kentongan.analysis.text.normalise import clean_text
from kentongan.intake.models import Report, ReportMessage, ReportPresence, ReportState, Suggestion

WAITING = Q(waits=True)
URGENT = Q(danger="yes") | Q(ongoing="yes")
# What a board holds beside "everything that waits"; the code stands in the address.
BOARDS: Mapping[str, Q] = MappingProxyType(
    {
        "mendesak": URGENT,
        "tanpa-tempat": Q(area=None),
        "pejabat": ~Q(accused=""),
        "dibuka-lagi": Q(state=ReportState.TRIAGED),
    }
)
MOST_WORDS = 6
LONGEST_SEARCH = 200  # characters
_NUMBER = re.compile(r"(?:LP-?)?(\d{1,15})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class InboxFilter:
    """What a person asked to see; empty means everything. Unknown boards, channels and tiles find nothing to narrow."""

    board: str = ""
    channel: str = ""
    tile: str = ""
    text: str = ""
    put_off: bool = False
    decided: bool = False


EVERYTHING = InboxFilter()


def inbox(
    scope: Scope,
    filter: InboxFilter | None = None,  # noqa: A002  (the word of the page)
    now: datetime | None = None,
) -> QuerySet[Report]:
    """Reports that wait for a decision: danger and what goes on still first, then the oldest.

    With `now`, reports put off stay out until they are due; `filter.put_off` shows those alone, `filter.decided` the
    decided ones, newest first.
    """
    wanted = filter or EVERYTHING
    if wanted.decided:
        return decided(scope).filter(_narrowing(wanted))
    rows: QuerySet[Report] = Report.objects.in_scope(scope).filter(WAITING, _narrowing(wanted))
    if now is not None:
        later = Q(put_off_until__gt=now)
        rows = rows.filter(later) if wanted.put_off else rows.exclude(later)
    calm = Case(When(URGENT, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.annotate(calm=calm).order_by("calm", "received_at", "pk")


def decided(scope: Scope) -> QuerySet[Report]:
    """Reports with a decision, and those taken back, newest first."""
    rows: QuerySet[Report] = Report.objects.in_scope(scope).exclude(WAITING)
    return rows.order_by("-received_at", "-pk")


def change_mark(scope: Scope) -> str:
    """A short mark that changes whenever the inbox of this scope does: what a polling page asks for first.

    It counts and sums what waits; no row is read.
    """
    waiting = Report.objects.in_scope(scope).filter(WAITING)
    numbers = waiting.values("pk")
    facts = (
        waiting.order_by()
        .values("pk", "area", "put_off_until", "state")
        .aggregate(Count("pk"), Sum("pk"), Sum("area"), Max("put_off_until"), Count("put_off_until"))
    )
    open_by = ReportPresence.objects.filter(report__in=numbers).aggregate(
        Sum("account_id"), Max("since"), Count("pk")
    )
    said = ReportMessage.objects.filter(report__in=numbers).aggregate(Max("pk"))
    guessed = Suggestion.objects.filter(report__in=numbers).aggregate(Max("pk"))
    words = "|".join(
        f"{name}={value}" for part in (facts, open_by, said, guessed) for name, value in part.items()
    )
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def _narrowing(wanted: InboxFilter) -> Q:
    chosen = BOARDS.get(wanted.board, Q())
    if wanted.channel:
        chosen &= Q(channel=wanted.channel)
    if wanted.tile:
        guessed = Suggestion.objects.filter(report=OuterRef("pk"), kind="tile", value__code=wanted.tile)
        chosen &= Q(tile=wanted.tile) | (Q(tile="") & Q(Exists(guessed)))
    return chosen & _saying(wanted.text)


def _saying(text: str) -> Q:
    """Every word somewhere in what may be read; a number alone also finds the report of that number."""
    said = clean_text(text)[:LONGEST_SEARCH]
    found = Q()
    for word in said.split()[:MOST_WORDS]:
        found &= Q(text_masked__icontains=word) | Q(title__icontains=word) | Q(place_note__icontains=word)
    number = _NUMBER.fullmatch(said)
    return found | Q(pk=int(number[1])) if number else found
