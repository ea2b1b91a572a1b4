"""Reading events, always through a scope."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet

from kentongan.accounts.scopes import Scope
from kentongan.edge.problems import Problem
from kentongan.events.models import Event, EventRevision, EventState
from kentongan.intake.models import Report
from kentongan.places.keys import Level
from kentongan.places.queries import region_labels
from kentongan.policy import policy_on

_MONTHS = {
    "id": (
        *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
        *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}


def events_in(scope: Scope) -> QuerySet[Event]:
    """Events of the scope, newest first."""
    rows: QuerySet[Event] = Event.objects.in_scope(scope).select_related("owner")
    return rows.order_by("-created_at", "-pk")


def open_events(scope: Scope) -> QuerySet[Event]:
    """Events that are not closed and not only watched."""
    return events_in(scope).exclude(state__in=[EventState.CLOSED, EventState.WATCH])


def event_in(scope: Scope, number: int) -> Event:
    """One event inside the scope; what lies outside is not even said to exist."""
    event: Event | None = Event.objects.in_scope(scope).select_related("owner").filter(pk=number).first()
    if event is None:
        raise Problem("events.event_unknown", number=number)
    return event


def event_title(event: Event, *, language: str = "id") -> str:
    """Kind + place + month, by formula: never a name."""
    return _title(event, region_labels([event.area], up_to=Level.VILLAGE)[event.area], language)


def revisions_of(event: Event) -> QuerySet[EventRevision]:
    """What the event said, oldest first."""
    return event.revisions.order_by("number")


def reports_of(event: Event, scope: Scope) -> QuerySet[Report]:
    """The reports behind an event that the reader may see: those of the scope, and no count of the others."""
    rows: QuerySet[Report] = Report.objects.in_scope(scope).filter(pk__in=event.sources.values("report_id"))
    return rows.order_by("received_at", "pk")


def events_between(scope: Scope, start: datetime, end: datetime) -> QuerySet[Event]:
    """Events first recorded from `start` up to but not including `end`."""
    return events_in(scope).filter(created_at__gte=start, created_at__lt=end)


def titles(events: Iterable[Event], *, language: str = "id") -> dict[int, str]:
    """The titles of several events by their number."""
    listed = list(events)
    places = region_labels((event.area for event in listed), up_to=Level.VILLAGE)
    return {event.pk: _title(event, places[event.area], language) for event in listed}


def _title(event: Event, place: str, language: str) -> str:
    kind = policy_on(event.created_at.date()).event_types[event.type_code].label.in_language(language)
    return f"{kind}, {place}, {_month(event.happens_on, language)}"


def _month(day: date, language: str) -> str:
    return _MONTHS["en" if language.startswith("en") else "id"][day.month - 1]
