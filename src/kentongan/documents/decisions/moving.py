"""Which figures moved since a draft was written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Moved:
    """One figure, as the draft has it and as it is now."""

    key: str
    was: int
    now: int


def moved(draft: Mapping[str, Any], live: Mapping[str, Any]) -> list[Moved]:
    """The figures of the sentences that differ, in their order."""
    was, now = draft["numbers"], live["numbers"]
    return [Moved(key, was.get(key, 0), now[key]) for key in now if was.get(key, 0) != now[key]]


def late_lines(signed: Mapping[str, Any], live: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Events that the signed report does not have, or has in another state: what an addendum tells."""
    before = {each["number"]: each for each in signed["events"]}
    kept: Sequence[dict[str, Any]] = live["events"]
    return [each for each in kept if before.get(each["number"]) != each]
