"""Which verdicts may be given: the words, the two grades in their order, and what the checklist allows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from kentongan.verification.decisions.checklist import Line, unsettled

CONCLUSIONS = ("verified", "partly", "refuted", "inconclusive")


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What a person concluded. Content 1–6 is asked first, then source A–F; both stand apart.

    What cannot be settled is looked at again on `review_on`: it is monitored, never silently dropped.
    """

    verdict: str
    content_grade: int | None
    source_grade: str
    reason: str
    evidence: str = ""
    review_on: date | None = None


Fault = tuple[str, dict[str, object]]


def refusal_of(conclusion: Conclusion) -> Fault | None:
    """The first reason against a conclusion, as a catalogue code and values, or None."""
    content = conclusion.content_grade
    faults: list[tuple[bool, str, dict[str, object]]] = [
        (
            conclusion.verdict not in CONCLUSIONS,
            "verification.verdict_unknown",
            {"value": conclusion.verdict},
        ),
        (content not in range(1, 7), "verification.content_grade_unknown", {"value": content}),
        (
            conclusion.source_grade not in set("ABCDEF"),
            "verification.source_grade_unknown",
            {"value": conclusion.source_grade},
        ),
        (not conclusion.reason.strip(), "verification.reason_missing", {}),
        (
            conclusion.verdict == "inconclusive" and conclusion.review_on is None,
            "verification.review_date_missing",
            {},
        ),
        (
            conclusion.verdict == "verified" and content is not None and content > 3,
            "verification.grade_contradicts",
            {"value": content},
        ),
    ]
    return next(((code, values) for wrong, code, values in faults if wrong), None)


def refused_by_checks(verdict: str, lines: Collection[Line]) -> tuple[str, tuple[str, ...]] | None:
    """Why the checklist does not carry a verdict: a catalogue code with the items it names, or None.

    Every required item must be settled; and "verified" needs one that is proven and none that is contradicted.
    """
    open_items = unsettled(lines)
    if open_items:
        return "verification.checks_open", open_items
    if verdict != "verified":
        return None
    required = [line for line in lines if line.required]
    against = tuple(line.item for line in required if line.status == "contradicted")
    if against:
        return "verification.checks_contradict", against
    if not any(line.status == "proven" for line in required):
        return "verification.nothing_proven", tuple(line.item for line in required)
    return None
