"""Decisions of the verification stage: which verdicts may be given, and by whom not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

CONCLUSIONS = ("verified", "partly", "refuted", "inconclusive")


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What a person concluded. Content 1–6 is asked first, then source A–F; both stand apart.

    What cannot be settled is looked at again on `review_on`: it is monitored, never silently dropped.
    """

    verdict: str
    content_grade: int
    source_grade: str
    reason: str
    evidence: str = ""
    review_on: date | None = None


def refusal_of(conclusion: Conclusion) -> tuple[str, dict[str, object]] | None:
    """The first reason against a conclusion, as a catalogue code and values, or None."""
    faults: list[tuple[bool, str, dict[str, object]]] = [
        (
            conclusion.verdict not in CONCLUSIONS,
            "verification.verdict_unknown",
            {"value": conclusion.verdict},
        ),
        (
            conclusion.content_grade not in range(1, 7),
            "verification.content_grade_unknown",
            {"value": conclusion.content_grade},
        ),
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
            conclusion.verdict == "verified" and conclusion.content_grade > 3,
            "verification.grade_contradicts",
            {"value": conclusion.content_grade},
        ),
    ]
    return next(((code, values) for wrong, code, values in faults if wrong), None)
