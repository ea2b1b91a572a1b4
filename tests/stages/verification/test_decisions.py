"""Which conclusions may be given: the whole table of verdicts and grades."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from kentongan.verification.decisions import CONCLUSIONS, Conclusion, refusal_of

REVIEW = date(2026, 11, 19)


def code(
    verdict: str,
    content: int,
    source: str,
    reason: str = "Dilihat sendiri.",
    review_on: date | None = REVIEW,
) -> str:
    found = refusal_of(Conclusion(verdict, content, source, reason, review_on=review_on))
    return found[0] if found else ""


@pytest.mark.parametrize(("verdict", "content"), list(product(CONCLUSIONS, range(1, 7))))
def test_verified_needs_a_content_grade_of_at_least_three(verdict: str, content: int) -> None:
    contradicts = verdict == "verified" and content > 3
    for source in "ABCDEF":
        assert code(verdict, content, source) == ("verification.grade_contradicts" if contradicts else "")


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        (("unverified", 2, "B"), "verification.verdict_unknown"),
        (("in_progress", 2, "B"), "verification.verdict_unknown"),
        (("benar", 2, "B"), "verification.verdict_unknown"),
        (("verified", 0, "B"), "verification.content_grade_unknown"),
        (("verified", 7, "B"), "verification.content_grade_unknown"),
        (("verified", 2, "G"), "verification.source_grade_unknown"),
        (("verified", 2, ""), "verification.source_grade_unknown"),
        (("verified", 2, "AB"), "verification.source_grade_unknown"),
        (("verified", 2, "B", "  "), "verification.reason_missing"),
    ],
)
def test_each_lack_has_its_own_refusal(given: tuple[str, int, str], refusal: str) -> None:
    assert code(*given) == refusal


@pytest.mark.parametrize("verdict", CONCLUSIONS)
def test_only_what_cannot_be_settled_needs_a_day_to_look_again(verdict: str) -> None:
    missing = "verification.review_date_missing" if verdict == "inconclusive" else ""
    assert code(verdict, 2, "B", review_on=None) == missing
