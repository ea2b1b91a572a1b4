"""The ten-point check of a coercive measure: which point is missing, and why unverified facts cannot carry it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kentongan.response.decisions.tasks import COERCIVE_STEP, Refusal

# Only facts of an event that was checked may carry a restriction of rights.
CARRYING = frozenset({"verified", "partly"})


@dataclass(frozen=True, slots=True)
class Weighing:
    """The answers to the ten points of the safeguards, in their order. `gentler_steps` are steps 1–4 of the ladder."""

    legal_basis: str
    aim: str
    facts: str
    gentler_steps: tuple[int, ...]
    gentler: str
    rights_affected: str
    least_form: str
    ends_on: date
    review_on: date
    decided_by: str
    consulted: str
    counter_effect: str
    remedy: str


def weighing_refusal(weighing: Weighing, *, verification: str, today: date) -> Refusal | None:
    """The first point that is missing, by its number, or what makes the whole check impossible; None when sound."""
    if verification not in CARRYING:
        return "response.unverified_facts", {}
    for point, answer in _written(weighing):
        if not answer.strip():
            return "response.point_missing", {"point": point}
    if not weighing.gentler_steps or any(not 1 <= step < COERCIVE_STEP for step in weighing.gentler_steps):
        return "response.gentler_steps_missing", {}
    if weighing.ends_on <= today:
        return "response.end_not_ahead", {"value": weighing.ends_on.isoformat()}
    if not today < weighing.review_on <= weighing.ends_on:
        return "response.review_not_before_end", {"value": weighing.review_on.isoformat()}
    return None


def _written(weighing: Weighing) -> Iterator[tuple[int, str]]:
    """Each point that is words, with its number on the page."""
    yield 1, weighing.legal_basis
    yield 2, weighing.aim
    yield 3, weighing.facts
    yield 4, weighing.gentler
    yield 5, weighing.rights_affected
    yield 6, weighing.least_form
    yield 8, weighing.decided_by
    yield 8, weighing.consulted
    yield 9, weighing.counter_effect
    yield 10, weighing.remedy
