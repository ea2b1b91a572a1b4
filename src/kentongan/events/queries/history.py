"""What an event said, and when it was known: its facts now, its facts on a day, and each change in between."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kentongan.events.decisions import FACTS, GROUPS, EventFacts, facts_from, values_after
from kentongan.events.models import Event, EventRevision, EventState, Facet, VerificationState
from kentongan.events.queries.reading import facets_of, impacts_of, revisions_of

# What every event begins with, and no revision says.
FIRST_STATES = {
    "state": EventState.OPEN.value,
    "verification": VerificationState.UNVERIFIED.value,
    "source_grade": "F",
    "content_grade": 6,
}
_ROWS = frozenset(
    {"forms", "actors", "triggers", "athg", "interests", "fields", "impacts", "groups_hostile", "severity"}
)


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one revision: what it said before and what it says since; None where it said nothing."""

    name: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class RevisionLine:
    """One revision with what it changed."""

    revision: EventRevision
    changes: tuple[Change, ...]


def facts_of(event: Event) -> EventFacts:
    """The facts of an event as its rows hold them."""
    facets = facets_of(event)
    columns = {
        name: getattr(event, name if name != "assigned_to" else "assigned_to_id")
        for name in FACTS
        if name not in _ROWS
    }
    return EventFacts(
        **columns,
        forms=tuple(event.forms),
        groups_hostile=event.hostile_facet == GROUPS,
        severity=event.severity if event.severity_reason else None,
        actors=tuple(facets.get(Facet.ACTOR, ())),
        triggers=_codes(facets, Facet.TRIGGER),
        athg=_codes(facets, Facet.ATHG),
        interests=_codes(facets, Facet.INTEREST),
        fields=_codes(facets, Facet.FIELD),
        impacts=impacts_of(event),
    )


def facts_at(event: Event, revision: int) -> EventFacts:
    """The facts as a revision left them: what somebody saw who opened a page then."""
    earlier = [row.values for row in revisions_of(event) if row.number <= revision]
    said = values_after(earlier)
    # Rows that came in bulk have no first revision that says everything: they are read as they stand.
    return facts_from(said) if "type_code" in said else facts_of(event)


def values_as_of(event: Event, at: datetime) -> dict[str, Any]:
    """What was known of an event at a moment, as plain values by name; empty before it was recorded."""
    known = revisions_of(event).filter(recorded_at__lte=at)
    return values_after(known.values_list("values", flat=True))


def changes_of(event: Event) -> list[RevisionLine]:
    """Every revision with what it changed, oldest first."""
    lines: list[RevisionLine] = []
    said: dict[str, Any] = dict(FIRST_STATES)
    for revision in revisions_of(event):
        changes = tuple(
            Change(name, said.get(name), new)
            for name, new in revision.values.items()
            if said.get(name) != new or name not in said
        )
        lines.append(RevisionLine(revision, changes))
        said |= revision.values
    return lines


def _codes(facets: dict[str, list[tuple[str, str]]], facet: Facet) -> tuple[str, ...]:
    return tuple(code for code, _ in facets.get(facet, ()))
