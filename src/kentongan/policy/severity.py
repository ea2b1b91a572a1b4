"""The severity that the facts propose: the highest anchor of which one condition holds.

A proposal, never a verdict: a person may set another grade with a reason, and both are kept. What is unknown
meets no condition and is named, so that a low grade with unknown counts reads as "at least".
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kentongan.policy.errors import UnknownCode
from kentongan.policy.event_rule import is_context_only, require_known
from kentongan.policy.policy import PolicyOnDate
from kentongan.policy.schema.severity import Anchor, Condition, SeverityFlag


@dataclass(frozen=True)
class AnchorHit:
    """One condition that held: its grade and the condition, whose label explains it."""

    grade: int
    condition: Condition


@dataclass(frozen=True)
class SeverityProposal:
    """The proposed grade 1–5, or None where nothing known meets any anchor."""

    code: int | None
    anchors_hit: tuple[AnchorHit, ...]
    unknown: tuple[str, ...]

    @property
    def is_lower_bound(self) -> bool:
        """True while a count is unknown: the real severity may be higher."""
        return bool(self.unknown)


def severity_of(
    impact: Mapping[str, int | None],
    forms: Collection[str],
    *,
    crowd: int | None,
    policy: PolicyOnDate,
    flags: Collection[str] = (),
) -> SeverityProposal:
    """Propose a grade.

    `impact` holds counts by impact code, None for unknown; `crowd` is the number of people, None for unknown;
    `flags` are values of SeverityFlag.
    """
    require_known(impact, facet="impact", policy=policy)
    _require_sound(impact, crowd=crowd, flags=flags)
    counted_crowd = None if is_context_only(forms, policy=policy) else crowd
    hits = tuple(
        AnchorHit(anchor.grade, condition)
        for anchor in _highest_first(policy.severity)
        for condition in anchor.any_of
        if _holds(condition, impact=impact, forms=forms, crowd=counted_crowd, flags=flags)
    )
    grade = hits[0].grade if hits else None
    return SeverityProposal(code=grade, anchors_hit=hits, unknown=_unknown(impact, crowd=crowd))


def _holds(
    condition: Condition,
    *,
    impact: Mapping[str, int | None],
    forms: Collection[str],
    crowd: int | None,
    flags: Collection[str],
) -> bool:
    if condition.impacts:
        return any((impact.get(code) or 0) > 0 for code in condition.impacts)
    if condition.forms:
        return any(code in forms for code in condition.forms)
    if condition.flag is not None:
        return condition.flag in flags
    return _crowd_between(condition, crowd)


def _crowd_between(condition: Condition, crowd: int | None) -> bool:
    if crowd is None:
        return False
    at_least = condition.crowd_at_least or 0
    return crowd >= at_least and (condition.crowd_below is None or crowd < condition.crowd_below)


def _highest_first(anchors: tuple[Anchor, ...]) -> list[Anchor]:
    return sorted(anchors, key=lambda anchor: -anchor.grade)


def _unknown(impact: Mapping[str, int | None], *, crowd: int | None) -> tuple[str, ...]:
    counts = tuple(code for code, count in impact.items() if count is None)
    return (*counts, "crowd") if crowd is None else counts


def _require_sound(impact: Mapping[str, int | None], *, crowd: int | None, flags: Collection[str]) -> None:
    known = {flag.value for flag in SeverityFlag}
    for flag in flags:
        if flag not in known:
            raise UnknownCode(flag, listed_in="severity flags")
    for name, count in (*impact.items(), ("crowd", crowd)):
        if count is not None and count < 0:
            raise ValueError(f"{name} is {count}: a count is zero or more, or None when unknown")
