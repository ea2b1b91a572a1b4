"""The band of a source: quarters of what was confirmed, from five checked reports on, and never A by luck."""

from __future__ import annotations

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.policy import policy_on
from kentongan.verification.decisions import Band, band_to_propose, source_band
from tests.factories import TODAY

VERDICTS = ["verified", "partly", "refuted", "inconclusive", "unverified", "in_progress"]


def band(confirmed: int, refuted: int, *, minimum: int = 5) -> Band:
    return source_band(["verified"] * confirmed + ["refuted"] * refuted, minimum=minimum)


@pytest.mark.parametrize(
    ("confirmed", "refuted", "letter"),
    [
        (0, 0, "F"), (4, 0, "F"), (2, 2, "F"),
        (5, 0, "B"), (9, 2, "B"), (3, 1, "F"), (6, 2, "B"),
        (7, 3, "C"), (3, 3, "C"), (4, 5, "D"), (2, 6, "D"), (1, 4, "E"), (0, 5, "E"),
        (19, 0, "B"), (20, 0, "A"), (19, 1, "A"), (18, 2, "B"), (60, 2, "B"),
    ],
)  # fmt: skip
def test_the_letter_follows_the_share_of_confirmed_reports(confirmed: int, refuted: int, letter: str) -> None:
    assert band(confirmed, refuted) == Band(letter, confirmed, confirmed + refuted)


def test_the_shipped_minimum_is_five_reports() -> None:
    assert policy_on(TODAY).thresholds["source_record_minimum_reports"] == 5


def test_what_was_confirmed_in_part_counts_as_confirmed() -> None:
    assert source_band(["partly"] * 5, minimum=5) == Band("B", 5, 5)


def test_what_could_not_be_verified_counts_for_nothing() -> None:
    assert source_band(["verified"] * 4 + ["inconclusive"] * 9, minimum=5) == Band("F", 4, 4)


@given(st.lists(st.sampled_from(VERDICTS), max_size=40))
def test_the_order_of_the_reports_does_not_matter(verdicts: list[str]) -> None:
    assert source_band(verdicts, minimum=5) == source_band(sorted(verdicts), minimum=5)


@given(st.lists(st.sampled_from(VERDICTS), max_size=40))
def test_one_more_confirmed_report_never_lowers_a_letter(verdicts: list[str]) -> None:
    before, after = (source_band(each, minimum=5) for each in (verdicts, [*verdicts, "verified"]))
    assert before.letter == "F" or after.letter <= before.letter


def test_three_of_four_right_looks_fully_reliable_in_less_than_three_of_a_hundred() -> None:
    lucky = sum(comb(20, right) * 0.75**right * 0.25 ** (20 - right) for right in (19, 20))
    assert lucky == pytest.approx(0.0243, abs=0.0001)
    assert band(19, 1).letter == "A"


@pytest.mark.parametrize(
    ("bands", "proposed"),
    [
        ([], Band("F", 0, 0)),
        ([Band("F", 2, 3)], Band("F", 0, 0)),
        ([Band("B", 5, 5), Band("C", 6, 10)], Band("C", 6, 10)),
        ([Band("B", 8, 10), Band("D", 4, 10)], Band("D", 4, 10)),
        ([Band("F", 4, 4), Band("B", 5, 5)], Band("B", 5, 5)),
    ],
)
def test_of_several_sources_the_best_known_one_proposes(bands: list[Band], proposed: Band) -> None:
    assert band_to_propose(bands) == proposed
