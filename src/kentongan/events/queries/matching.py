"""The filter of events in the language of the database: the same rows for list, inventory, map and export."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.db.models.lookups import Contains

from kentongan.accounts.scopes import Scope
from kentongan.events.decisions import EventFilter
from kentongan.events.decisions.filters import CONFIRMED as ASKED_CONFIRMED
from kentongan.events.decisions.filters import OPEN, UNCONFIRMED
from kentongan.events.models import (
    CONFIRMED,
    Event,
    EventFacet,
    EventImpact,
    EventKind,
    EventState,
    Facet,
    VerificationState,
)
from kentongan.events.queries.reading import events_in
from kentongan.places.fields import in_any_region
from kentongan.places.keys import key_of, range_of, range_of_key
from kentongan.places.models import Region
from kentongan.policy import current_policy

# States in which nobody owes an event another look.
AT_REST = (EventState.WATCH, EventState.CLOSED)
UNJUDGED = (VerificationState.UNVERIFIED, VerificationState.IN_PROGRESS)
MOST_PLACES = 60
# Counted persons: dead, badly and lightly hurt, violated, missing.
VICTIMS = ("I01", "I02", "I03", "I04", "I05")


def events_matching(scope: Scope, asked: EventFilter, *, now: datetime) -> QuerySet[Event]:
    """The events of the scope that the filter asks for, in the order it asks for."""
    condition = Q()
    for part in _conditions(asked, today=now.date()):
        condition &= part
    return events_in(scope).filter(condition).order_by(*_order(asked.sort))


def inventory(scope: Scope, asked: EventFilter | None = None, *, now: datetime) -> QuerySet[Event]:
    """Potentials that still stand: overdue reviews first, then those whose next trigger is nearest."""
    rows = events_matching(scope, asked or EventFilter(), now=now)
    standing = rows.filter(kind=EventKind.POTENTIAL).exclude(state=EventState.CLOSED)
    return standing.select_related("owner", "assigned_to").order_by(
        F("review_on").asc(nulls_last=True), F("next_trigger_on").asc(nulls_last=True), "-created_at", "-pk"
    )


def on_page(scope: Scope, numbers: Sequence[int]) -> list[Event]:
    """The events of one page in the order of their numbers: a list sorts numbers alone and reads thirty rows."""
    rows = Event.objects.in_scope(scope).select_related("owner", "assigned_to").filter(pk__in=numbers)
    found = {row.pk: row for row in rows}
    return [found[number] for number in numbers if number in found]


@dataclass(frozen=True, slots=True)
class InventoryCounts:
    """How many potentials stand, how many nobody looks after, how many reviews are past their day."""

    total: int
    unowned: int
    overdue: int


def inventory_counts(scope: Scope, *, now: datetime) -> InventoryCounts:
    """The three numbers above the inventory, in one reading."""
    counted = (
        inventory(scope, now=now)
        .order_by()
        .aggregate(
            total=Count("pk"),
            unowned=Count("pk", filter=Q(assigned_to=None)),
            overdue=Count("pk", filter=overdue_review(now.date())),
        )
    )
    return InventoryCounts(**counted)


def overdue_review(today: date) -> Q:
    """Events whose next look is past its day."""
    return Q(review_on__lt=today) & ~Q(state__in=AT_REST)


def _conditions(asked: EventFilter, *, today: date) -> Iterator[Q]:
    if asked.exactly and asked.area:
        yield _exactly(asked.area)
    for name in asked.given:
        rule = _RULES.get(name)
        if rule is not None:
            yield rule(getattr(asked, name))
    if asked.overdue:
        yield overdue_review(today)
    for word in asked.text.split():
        yield _says(word)


def _of_type(code: str) -> Q:
    return Q(type_code=code) if "." in code else Q(type_code__startswith=f"{code}.")


def _in_state(state: str) -> Q:
    return ~Q(state__in=AT_REST) if state == OPEN else Q(state=state)


def _judged(state: str) -> Q:
    if state == ASKED_CONFIRMED:
        return Q(verification__in=CONFIRMED)
    if state == UNCONFIRMED:
        return ~Q(verification__in=[*CONFIRMED, VerificationState.REFUTED])
    unjudged = state == VerificationState.UNVERIFIED
    return Q(verification__in=UNJUDGED) if unjudged else Q(verification=state)


def _with_facet(facet: Facet) -> Callable[[str], Q]:
    return lambda code: Q(Exists(EventFacet.objects.filter(event=OuterRef("pk"), facet=facet, code=code)))


def _in_area(code: str) -> Q:
    try:
        return Q(area__in_region=range_of(code))
    except ValueError:
        return Q(pk__in=[])


def _exactly(code: str) -> Q:
    try:
        return Q(area=key_of(code))
    except ValueError:
        return Q(pk__in=[])


def _of_form(code: str) -> Q:
    # The list is kept as JSON, which not every database can look into: the code in its quotes stands for it.
    return Q(Contains(Cast(F("forms"), TextField()), f'"{code}"'))


def _with_victims() -> Q:
    counted = EventImpact.objects.filter(event=OuterRef("pk"), code__in=VICTIMS, count__gt=0)
    return Q(Exists(counted))


def _says(word: str) -> Q:
    """A word of the title (its type, its place), of the summary, or the number itself."""
    digits = word.upper().removeprefix("PR-")
    if digits.isascii() and digits.isdigit() and len(digits) < 12:
        return Q(pk=int(digits)) | Q(summary__icontains=word)
    lowered = word.lower()
    types = [
        code
        for code, kind in current_policy().event_types.items()
        if lowered in kind.label.id.lower() or lowered in kind.label.en.lower() or lowered == code.lower()
    ]
    keys = Region.objects.filter(name__icontains=word).values_list("key", flat=True)[:MOST_PLACES]
    places = in_any_region("area", [range_of_key(key) for key in keys])
    return Q(summary__icontains=word) | Q(type_code__in=types) | places


def _order(sort: str) -> tuple[Any, ...]:
    orders: Mapping[str, tuple[Any, ...]] = {
        "lama": ("created_at", "pk"),
        "tanggal": ("-happens_on", "-pk"),
        "dampak": (F("severity").desc(nulls_last=True), "-created_at", "-pk"),
        "tinjau": (F("review_on").asc(nulls_last=True), "-created_at", "-pk"),
    }
    return orders.get(sort, ("-created_at", "-pk"))


_RULES: Mapping[str, Callable[[Any], Q]] = {
    "kind": lambda kind: Q(kind=kind),
    "type_code": _of_type,
    "state": _in_state,
    "verification": _judged,
    "area": _in_area,
    "since": lambda day: Q(happens_on__gte=day),
    "until": lambda day: Q(happens_on__lte=day),
    "athg": _with_facet(Facet.ATHG),
    "interest": _with_facet(Facet.INTEREST),
    "field": _with_facet(Facet.FIELD),
    "form": _of_form,
    "victims": lambda _: _with_victims(),
    "origin": lambda origin: Q(origin=origin),
    "severity": lambda grade: Q(severity__gte=grade),
    "owner": lambda agency: Q(owner_id=agency),
    "unowned": lambda _: Q(assigned_to=None),
}
