"""Decisions of the events stage: whether facts may be an event, and what changes when it moves."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from kentongan.policy.event_rule import hostile_facets
from kentongan.policy.policy import PolicyOnDate
from kentongan.policy.severity import SeverityProposal, severity_of


@dataclass(frozen=True, slots=True)
class EventFacts:
    """What a person has decided about a happening. Precision 1 is finest; severity None means not yet known."""

    kind: str
    type_code: str
    forms: tuple[str, ...]
    area: int
    place_precision: int
    happens_on: date
    time_precision: int
    summary: str
    place_note: str = ""
    crowd: int | None = None
    label: int = 1


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why facts cannot be an event: a catalogue code with the values of its sentence."""

    code: str
    values: dict[str, object]


def refusal_of(facts: EventFacts, *, policy: PolicyOnDate, area_precision: int) -> Refusal | None:
    """The first reason against the facts, or None. `area_precision` is the finest the chosen region can carry."""
    if facts.type_code not in policy.event_types:
        return Refusal("events.type_unknown", {"value": facts.type_code})
    unknown = [form for form in facts.forms if form not in policy.facets["form"]]
    if unknown:
        return Refusal("events.form_unknown", {"value": unknown[0]})
    if not hostile_facet(facts, policy=policy):
        return Refusal("events.not_an_event", {"forms": ", ".join(facts.forms) or "–"})
    if facts.place_precision < area_precision:
        return Refusal(
            "events.precision_too_fine", {"value": facts.place_precision, "possible": area_precision}
        )
    if not facts.summary.strip():
        return Refusal("events.summary_empty", {})
    return None


def hostile_facet(facts: EventFacts, *, policy: PolicyOnDate) -> str:
    """The first facet of threat, force, damage or hostility that makes the facts an event; empty when there is none."""
    facets = hostile_facets(facts.forms, {}, policy=policy)
    return facets[0] if facets else ""


def proposed_severity(facts: EventFacts, *, policy: PolicyOnDate) -> SeverityProposal:
    """What the anchors propose for these facts; unknown counts propose nothing."""
    return severity_of({}, facts.forms, crowd=facts.crowd, policy=policy)


def finest_precision(level: int) -> int:
    """The finest place precision a region level carries: a village 2 (1 with a note), anything wider 3."""
    return 1 if level == 4 else 3


def revision_values(facts: EventFacts) -> dict[str, object]:
    """The facts as plain values for the revision row."""
    return {**asdict(facts), "forms": list(facts.forms), "happens_on": facts.happens_on.isoformat()}
