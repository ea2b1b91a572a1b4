"""Decisions of the verification stage: which verdicts may be given, and by whom not."""

from __future__ import annotations

from dataclasses import dataclass

CONCLUSIONS = ("verified", "partly", "refuted", "inconclusive")


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What a person concluded. Content 1–6 is asked first, then source A–F; both stand apart."""

    verdict: str
    content_grade: int
    source_grade: str
    reason: str
    evidence: str = ""


def refusal_of(conclusion: Conclusion) -> tuple[str, dict[str, object]] | None:
    """The first reason against a conclusion, as a catalogue code and values, or None."""
    if conclusion.verdict not in CONCLUSIONS:
        return "verification.verdict_unknown", {"value": conclusion.verdict}
    if conclusion.content_grade not in range(1, 7):
        return "verification.content_grade_unknown", {"value": conclusion.content_grade}
    if conclusion.source_grade not in set("ABCDEF"):
        return "verification.source_grade_unknown", {"value": conclusion.source_grade}
    if not conclusion.reason.strip():
        return "verification.reason_missing", {}
    if conclusion.verdict == "verified" and conclusion.content_grade > 3:
        return "verification.grade_contradicts", {"value": conclusion.content_grade}
    return None
