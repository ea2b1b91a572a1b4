"""Field-level merge: two people change one event, and only the fields that both changed are a conflict."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from kentongan.events.decisions.facts import FACTS, EventFacts, plain


@dataclass(frozen=True, slots=True)
class EventChanges:
    """The facts that somebody changes, by name; every other fact stays as it is."""

    values: Mapping[str, Any]

    def __post_init__(self) -> None:
        unknown = sorted(set(self.values) - set(FACTS))
        if unknown:
            raise ValueError(f"{', '.join(unknown)}: no facts of an event")

    @classmethod
    def between(cls, before: EventFacts, after: EventFacts) -> EventChanges:
        """What turns one set of facts into the other."""
        changed = {name: getattr(after, name) for name in FACTS if _differ(before, after, name)}
        # A grade and its reason are one statement: changed together or not at all.
        if {"severity", "severity_reason"} & set(changed):
            changed |= {"severity": after.severity, "severity_reason": after.severity_reason}
        return cls(changed)

    def onto(self, facts: EventFacts) -> EventFacts:
        return replace(facts, **self.values)

    def that_change(self, facts: EventFacts) -> EventChanges:
        """Only those that say something else than the facts do already."""
        return EventChanges.between(facts, self.onto(facts))

    def without(self, names: Collection[str]) -> EventChanges:
        return EventChanges({name: value for name, value in self.values.items() if name not in names})


@dataclass(frozen=True, slots=True)
class Conflict:
    """One fact that two people changed: what stands now, and what the second wants to write."""

    name: str
    theirs: Any
    mine: Any


def conflicts_in(
    changes: EventChanges, current: EventFacts, *, changed_since: Collection[str]
) -> tuple[Conflict, ...]:
    """The changes that would overwrite what somebody else wrote since the page was opened."""
    return tuple(
        Conflict(name, getattr(current, name), value)
        for name, value in changes.that_change(current).values.items()
        if name in changed_since
    )


def values_after(revisions: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """What an event said after these revisions, oldest first: each one overwrites what it names."""
    said: dict[str, Any] = {}
    for values in revisions:
        said |= values
    return said


def _differ(before: EventFacts, after: EventFacts, name: str) -> bool:
    return bool(plain(getattr(before, name)) != plain(getattr(after, name)))
