"""Titles by formula: kind, place, month; never a word that somebody typed, so never a name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kentongan.events.models import Event
from kentongan.places.keys import Level
from kentongan.places.queries import region_labels
from kentongan.policy import current_policy

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


def event_title(event: Event, *, language: str = "id") -> str:
    """Kind + place + month, by formula: never a name."""
    return title_of(event.type_code, event.area, event.happens_on, language=language)


def titles(events: Iterable[Event], *, language: str = "id") -> dict[int, str]:
    """The titles of several events by their number."""
    listed = list(events)
    places = region_labels((event.area for event in listed), up_to=Level.VILLAGE)
    return {
        event.pk: _title(event.type_code, places[event.area], event.happens_on, language) for event in listed
    }


def title_of(type_code: str, area: int, day: date, *, language: str = "id") -> str:
    """The title of facts that are not, or no longer, the row's own."""
    return _title(type_code, region_labels([area], up_to=Level.VILLAGE)[area], day, language)


def _title(type_code: str, place: str, day: date, language: str) -> str:
    # From all codes there ever were: an event keeps its title when its type is retired later.
    kind = current_policy().event_types[type_code].label.in_language(language)
    return f"{kind}, {place}, {_month(day, language)}"


def _month(day: date, language: str) -> str:
    return _MONTHS["en" if language.startswith("en") else "id"][day.month - 1]
