"""What the actions on one event begin and end with: the row held, the facts checked, the revision, the entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from kentongan.accounts.access import require
from kentongan.accounts.actors import Actor
from kentongan.accounts.models import Account
from kentongan.accounts.permissions import Permission
from kentongan.audit import actions as audit
from kentongan.edge.problems import Problem
from kentongan.events.decisions import EventFacts, Refusal, finest_precision, plain, refusal_of
from kentongan.events.models import Event, EventFacet, EventImpact, EventRevision, Facet
from kentongan.places.keys import level_of_key
from kentongan.policy import current_policy, policy_on
from kentongan.policy.errors import MoveNotAllowed

FACETS = {
    "triggers": Facet.TRIGGER,
    "athg": Facet.ATHG,
    "interests": Facet.INTEREST,
    "fields": Facet.FIELD,
}


def locked_event(event_id: int) -> Event:
    """The event, held until the end of the caller's action."""
    event: Event | None = (
        Event.objects.for_action().select_for_update().filter(pk=event_id, undone_at__isnull=True).first()
    )
    if event is None:
        raise Problem("events.event_unknown", number=event_id)
    return event


def writable_event(event_id: int, *, by: Actor) -> Event:
    """The event, held, for somebody who may write there; one that was merged away is written in the remaining one."""
    event = locked_event(event_id)
    require(by, Permission.EVENT_WRITE, area=event.area)
    if event.merged_into_id is not None:
        raise Problem("events.merged_away", number=event.pk, into=event.merged_into_id)
    return event


def require_sound(facts: EventFacts, *, by: Actor, at: datetime) -> None:
    """Return quietly for facts that may be an event on that day; raise the problem that names the lack otherwise."""
    policy = policy_on(at.date())
    refusal = refusal_of(facts, policy=policy, area_precision=finest_precision(level_of_key(facts.area)))
    if refusal is not None:
        raise _problem(refusal, at=at)
    if by.system and facts.uu7_definition != "belum_jelas":
        raise Problem("events.human_only")
    assigned = facts.assigned_to
    if assigned is not None and not Account.objects.filter(pk=assigned, is_active=True).exists():
        raise Problem("events.person_unknown", number=assigned)


def revise(event: Event, values: Mapping[str, object], *, by: Actor, at: datetime, reason: str) -> None:
    """One more revision: only what changed, in plain values."""
    last = event.revisions.order_by("-number").values_list("number", flat=True).first()
    EventRevision.objects.create(
        event=event,
        number=(last or 0) + 1,
        recorded_at=at,
        recorded_by=by.audit_name,
        reason=reason,
        values={name: plain(value) for name, value in values.items()},
    )


def record(what: str, event: Event, /, *, by: Actor, at: datetime, reason: str = "", **detail: Any) -> None:
    """The entry about an event in the chain; last in an action."""
    audit.record(
        what,
        actor=by.audit_name,
        at=at,
        area=event.area,
        subject=f"event:{event.pk}",
        reason=reason,
        detail=detail,
    )


def write_facets(event: Event, facts: EventFacts, *, names: Iterable[str]) -> None:
    """Make the facet and impact rows of an event say what the facts say, for the named facts alone."""
    for name in names:
        if name == "actors":
            _replace(event, Facet.ACTOR, facts.actors)
        elif name in FACETS:
            _replace(event, FACETS[name], [(code, "") for code in getattr(facts, name)])
        elif name == "impacts":
            EventImpact.objects.filter(event=event).delete()
            EventImpact.objects.bulk_create(
                EventImpact(event=event, code=code, count=count, qualifier=qualifier)
                for code, (count, qualifier) in facts.impacts.items()
            )


def require_move(lifecycle: str, start: str, to: str, *, at: datetime) -> None:
    """Return quietly for a move the lifecycle knows; raise the problem that lists the possible ones otherwise."""
    machine = policy_on(at.date()).lifecycles[lifecycle]
    try:
        machine.require(start, to)
    except MoveNotAllowed as refused:
        possible = ", ".join(machine.label_of(state).id for state in machine.next_states(start)) or "–"
        raise Problem(
            "events.move_refused",
            start=machine.label_of(start).id,
            to=machine.label_of(to).id,
            possible=possible,
        ) from refused


def required_reason(reason: str, event: Event) -> str:
    """The reason, which may not be empty."""
    if not reason.strip():
        raise Problem("events.reason_missing", number=event.pk)
    return reason.strip()


def _replace(event: Event, facet: Facet, codes: Iterable[tuple[str, str]]) -> None:
    EventFacet.objects.filter(event=event, facet=facet).delete()
    EventFacet.objects.bulk_create(
        EventFacet(event=event, facet=facet, code=code, note=note) for code, note in codes
    )


def _problem(refusal: Refusal, *, at: datetime) -> Problem:
    """The refusal as a problem; a code that was in force once is named with what came after it."""
    code, listed_in = str(refusal.values.get("value", "")), refusal.values.get("list", "")
    lists: dict[str, Mapping[str, Any]] = {
        "events.type_unknown": current_policy().event_types,
        "events.form_unknown": current_policy().facets["form"],
        "events.code_unknown": current_policy().facets.get(str(listed_in), {}),
    }
    ever = lists.get(refusal.code, {})
    if code in ever and not ever[code].in_force(at.date(), list_from=ever.valid_from):  # type: ignore[attr-defined]
        return Problem(
            "events.code_retired",
            value=f"{code} {ever[code].label.id}",
            value_en=f"{code} {ever[code].label.en}",
            successor=ever[code].successor or "–",
        )
    return Problem(refusal.code, **refusal.values)
