"""Whether facts may be an event: one leaf type, known codes, a facet of hostility, a place no finer than it is known."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, time
from decimal import Decimal
from typing import Any

from kentongan.analysis.text.masking import mask_identifiers
from kentongan.analysis.text.normalise import clean_text
from kentongan.policy.event_rule import hostile_facets
from kentongan.policy.policy import PolicyOnDate
from kentongan.policy.severity import SeverityProposal, severity_of

GROUPS = "groups"
"""The facet of a person's statement that groups stand hostile against each other."""

FLAG_ONLY = "I04"
"""Sexual violence is a flag: no number is kept or shown, and no detail."""

UNKNOWN_COUNT = "tidak_diketahui"
TEXTS = ("place_note", "summary", "severity_reason", "cause", "next_trigger", "solution_tried", "capacity")
LISTS = ("forms", "triggers", "athg", "interests", "fields")

Party = tuple[str, str]
Count = tuple[int | None, str]


@dataclass(frozen=True, slots=True)
class EventFacts:
    """What a person has decided about a happening. Precision 1 is finest; None and empty mean not known, never zero.

    `severity` is a person's grade against the rule, with its reason; None follows the rule. `actors` are kinds of
    party with the name of the group or office, never of a private person. `impacts` are counts by code, each with how
    sure it is. `groups_hostile` is a person's statement that groups of residents stand hostile against each other.
    """

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
    happens_time: time | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    groups_hostile: bool = False
    actors: tuple[Party, ...] = ()
    triggers: tuple[str, ...] = ()
    athg: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    impacts: Mapping[str, Count] = field(default_factory=dict)
    phase: str = ""
    origin: str = "tidak_diketahui"
    origin_confidence: str = ""
    uu7_definition: str = "belum_jelas"
    likelihood: int | None = None
    confidence: str = ""
    severity: int | None = None
    severity_reason: str = ""
    cause: str = ""
    next_trigger: str = ""
    next_trigger_on: date | None = None
    solution_tried: str = ""
    capacity: str = ""
    assigned_to: int | None = None
    review_on: date | None = None

    @property
    def counts(self) -> dict[str, int | None]:
        """The impacts as the rules read them: a number or None."""
        return {code: count for code, (count, _) in self.impacts.items()}


FACTS = tuple(each.name for each in fields(EventFacts))


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why facts cannot be an event: a catalogue code with the values of its sentence."""

    code: str
    values: dict[str, object]


def refusal_of(facts: EventFacts, *, policy: PolicyOnDate, area_precision: int) -> Refusal | None:
    """The first reason against the facts, or None. `area_precision` is the finest the chosen region can carry."""
    refused = next(_unknown_codes(facts, policy), None) or next(_bad_counts(facts, policy), None)
    if refused is not None:
        return refused
    if not hostile_facet(facts, policy=policy):
        return Refusal("events.not_an_event", {"forms": ", ".join(facts.forms) or "–"})
    return next(_unsound(facts, area_precision), None)


def hostile_facet(facts: EventFacts, *, policy: PolicyOnDate) -> str:
    """The code that makes the facts an event: a person's statement, else the first form or impact; empty if none."""
    if facts.groups_hostile:
        return GROUPS
    facets = hostile_facets(facts.forms, facts.counts, policy=policy)
    return facets[0] if facets else ""


def proposed_severity(facts: EventFacts, *, policy: PolicyOnDate) -> SeverityProposal:
    """What the anchors propose for these facts; unknown counts propose nothing."""
    return severity_of(facts.counts, facts.forms, crowd=facts.crowd, policy=policy)


def finest_precision(level: int) -> int:
    """The finest place precision a region level carries: a village 2 (1 with a note), anything wider 3."""
    return 1 if level == 4 else 3


def cleaned(facts: EventFacts) -> EventFacts:
    """The same facts as they may be stored: numbers that point to a person masked, lists without doubles, flag as a flag."""
    texts: dict[str, Any] = {name: masked(getattr(facts, name)) for name in TEXTS}
    lists: dict[str, Any] = {name: tuple(dict.fromkeys(getattr(facts, name))) for name in LISTS}
    impacts = {
        code: (1, "perkiraan") if code == FLAG_ONLY and count != 0 else (count, qualifier)
        for code, (count, qualifier) in facts.impacts.items()
    }
    return replace(
        facts,
        **texts,
        **lists,
        actors=tuple(dict.fromkeys((code, masked(name)) for code, name in facts.actors)),
        # A known zero is kept, because it is not the same as unknown; a flag that is down is no flag.
        impacts={code: value for code, value in impacts.items() if code != FLAG_ONLY or value[0] != 0},
    )


def masked(text: str) -> str:
    """A text without NIK, phone, plate, address or account, and without signs that a reader cannot see."""
    return mask_identifiers(clean_text(text)).text.strip()


def revision_values(facts: EventFacts) -> dict[str, object]:
    """The facts as plain values for a revision row."""
    return {name: plain(value) for name, value in asdict(facts).items()}


def facts_from(values: Mapping[str, Any]) -> EventFacts:
    """The facts that revision values tell; what an older revision did not know yet takes its default."""
    said = {name: _READ.get(name, _as_is)(value) for name, value in values.items() if name in FACTS}
    if not said.get("severity_reason"):
        said["severity"] = None
    return EventFacts(**said)


def plain(value: Any) -> Any:
    """A value as JSON gives it back."""
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    if isinstance(value, Mapping):
        return {str(name): plain(each) for name, each in value.items()}
    return value


def _as_is(value: Any) -> Any:
    return value


def _optional(read: Any) -> Any:
    return lambda value: None if value in (None, "") else read(value)


def _codes(value: Any) -> tuple[str, ...]:
    return tuple(str(code) for code in value)


_READ: dict[str, Any] = {
    "forms": _codes,
    "triggers": _codes,
    "athg": _codes,
    "interests": _codes,
    "fields": _codes,
    "actors": lambda value: tuple((str(code), str(name)) for code, name in value),
    "impacts": lambda value: {
        str(code): (count, str(qualifier)) for code, (count, qualifier) in value.items()
    },
    "happens_on": date.fromisoformat,
    "happens_time": _optional(time.fromisoformat),
    "latitude": _optional(Decimal),
    "longitude": _optional(Decimal),
    "next_trigger_on": _optional(date.fromisoformat),
    "review_on": _optional(date.fromisoformat),
}


def _unknown_codes(facts: EventFacts, policy: PolicyOnDate) -> Iterator[Refusal]:
    if facts.type_code not in policy.event_types:
        yield Refusal("events.type_unknown", {"value": facts.type_code})
    for code in _not_among(facts.forms, policy.facets["form"]):
        yield Refusal("events.form_unknown", {"value": code})
    if facts.kind not in policy.lifecycles["event_kind"].states:
        yield Refusal("events.code_unknown", {"value": facts.kind, "list": "event_kind"})
    for facet, codes in _codes_by_facet(facts).items():
        for code in _not_among(codes, policy.facets[facet]):
            yield Refusal("events.code_unknown", {"value": code, "list": facet})


def _codes_by_facet(facts: EventFacts) -> dict[str, list[str]]:
    """Every code of the facts by the list that must hold it on the day."""
    return {
        "actor_type": [code for code, _ in facts.actors],
        "trigger": list(facts.triggers),
        "athg": list(facts.athg),
        "affected_interest": list(facts.interests),
        "field": list(facts.fields),
        "impact": list(facts.impacts),
        "impact_qualifier": [qualifier for _, qualifier in facts.impacts.values()],
        "phase": [facts.phase] if facts.phase else [],
        "origin": [facts.origin],
        "confidence": [code for code in (facts.confidence, facts.origin_confidence) if code],
        "meets_uu7_definition": [facts.uu7_definition],
        "place_precision": [str(facts.place_precision)],
        "time_precision": [str(facts.time_precision)],
        "severity": [] if facts.severity is None else [str(facts.severity)],
        "likelihood": [] if facts.likelihood is None else [str(facts.likelihood)],
    }


def _not_among(codes: Collection[str], known: Collection[str]) -> list[str]:
    return [code for code in codes if code not in known]


def _bad_counts(facts: EventFacts, policy: PolicyOnDate) -> Iterator[Refusal]:
    for code, (count, qualifier) in facts.impacts.items():
        name = policy.facets["impact"][code].label.id
        if (count is None) != (qualifier == UNKNOWN_COUNT):
            yield Refusal("events.impact_contradicts", {"name": name})
        if count is not None and count < 0:
            yield Refusal("events.count_negative", {"value": count})
    if facts.crowd is not None and facts.crowd < 0:
        yield Refusal("events.count_negative", {"value": facts.crowd})


def _unsound(facts: EventFacts, area_precision: int) -> Iterator[Refusal]:
    if facts.place_precision < area_precision:
        yield Refusal(
            "events.precision_too_fine", {"value": facts.place_precision, "possible": area_precision}
        )
    if (facts.latitude is None) != (facts.longitude is None):
        yield Refusal("events.point_incomplete", {})
    if facts.latitude is not None and facts.longitude is not None:
        if facts.place_precision != 1:
            yield Refusal("events.point_needs_precision", {})
        if abs(facts.latitude) > 90 or abs(facts.longitude) > 180:
            yield Refusal("events.point_off_earth", {"value": f"{facts.latitude}, {facts.longitude}"})
    if facts.origin == "luar_negeri" and not facts.origin_confidence:
        yield Refusal("events.origin_how_sure", {})
    if facts.severity is not None and not facts.severity_reason.strip():
        yield Refusal("events.severity_reason_missing", {"value": facts.severity})
    if not facts.summary.strip():
        yield Refusal("events.summary_empty", {})
