"""The checklist: what blocks a verdict, what a later answer denies, what has become old."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest

from kentongan.verification.decisions import (
    STATUSES,
    Answer,
    Line,
    flags_of,
    is_stale,
    refusal_of_check,
    refused_by_checks,
    unsettled,
)
from tests.stages.chain_world import HOUR, NOW

PROVEN = Line("tempat", True, "proven", "Foto.", NOW)
CONTRADICTED = Line("tempat", True, "contradicted", "Tidak ada tugu.", NOW)


@pytest.mark.parametrize(("status", "required"), list(product(STATUSES, [True, False])))
def test_only_required_items_that_nobody_settled_block(status: str, required: bool) -> None:
    blocks = required and status in {"open", "asked"}
    assert unsettled([Line("waktu", required, status)]) == (("waktu",) if blocks else ())


@pytest.mark.parametrize(
    ("verdict", "statuses", "code"),
    [
        ("verified", ("proven", "open"), "verification.checks_open"),
        ("refuted", ("asked", "proven"), "verification.checks_open"),
        ("inconclusive", ("cannot", "open"), "verification.checks_open"),
        ("verified", ("proven", "contradicted"), "verification.checks_contradict"),
        ("verified", ("cannot", "cannot"), "verification.nothing_proven"),
        ("verified", ("proven", "cannot"), ""),
        ("partly", ("proven", "contradicted"), ""),
        ("refuted", ("contradicted", "cannot"), ""),
        ("inconclusive", ("cannot", "cannot"), ""),
    ],
)
def test_a_verdict_rests_on_the_checklist(verdict: str, statuses: tuple[str, str], code: str) -> None:
    lines = [Line("tempat", True, statuses[0]), Line("waktu", True, statuses[1]), Line("jumlah", False)]
    refused = refused_by_checks(verdict, lines)
    assert (refused[0] if refused else "") == code


@pytest.mark.parametrize(
    ("item", "status", "finding", "code"),
    [
        ("tempat", "proven", "Foto cocok.", ""),
        ("tempat", "open", "", ""),
        ("tempat", "asked", "", ""),
        ("tempat", "proven", "  ", "verification.finding_missing"),
        ("tempat", "contradicted", "", "verification.finding_missing"),
        ("tempat", "cannot", "", "verification.finding_missing"),
        ("tempat", "benar", "Foto.", "verification.check_status_unknown"),
        ("cuaca", "proven", "Foto.", "verification.item_unknown"),
    ],
)
def test_a_settled_line_says_how(item: str, status: str, finding: str, code: str) -> None:
    assert refusal_of_check(item, status, finding, items=["tempat", "waktu"]) == code


@pytest.mark.parametrize(
    ("line", "answer", "hours", "flags"),
    [
        (PROVEN, "untrue", 1, ("denied_later",)),
        (PROVEN, "untrue", -1, ()),
        (PROVEN, "partly", 1, ()),
        (PROVEN, "unknown", 1, ()),
        (CONTRADICTED, "true", 1, ("confirmed_later",)),
        (CONTRADICTED, "untrue", 1, ()),
        (Line("tempat", True), "untrue", 1, ()),
    ],
)
def test_an_answer_after_the_line_was_settled_is_flagged(
    line: Line, answer: str, hours: int, flags: tuple[str, ...]
) -> None:
    assert flags_of(line, [Answer("tempat", answer, NOW + hours * HOUR)], newest_report=None) == flags


def test_two_offices_that_say_opposite_things_are_flagged() -> None:
    answers = [Answer("tempat", "true", NOW - HOUR), Answer("tempat", "untrue", NOW - 2 * HOUR)]
    assert flags_of(Line("tempat", True), answers, newest_report=None) == ("answers_disagree",)


def test_an_answer_about_no_item_speaks_of_the_happening() -> None:
    answers = [Answer("", "untrue", NOW + HOUR)]
    happening = Line("kejadian", True, "proven", "Dilihat.", NOW)
    assert flags_of(happening, answers, newest_report=None) == ("denied_later",)
    assert flags_of(PROVEN, answers, newest_report=None) == ()


@pytest.mark.parametrize(("hours", "flags"), [(1, ("older_than_report",)), (0, ()), (-1, ())])
def test_a_line_settled_before_the_newest_report_is_flagged(hours: int, flags: tuple[str, ...]) -> None:
    assert flags_of(PROVEN, [], newest_report=NOW + hours * HOUR) == flags


@pytest.mark.parametrize(
    ("newest_report", "age_days", "stale"),
    [
        (None, 6, False),
        (None, 7, False),
        (None, 8, True),
        (NOW, 1, True),
        (NOW - timedelta(days=9), 1, False),
    ],
)
def test_evidence_is_old_after_some_days_or_a_newer_report(
    newest_report: object, age_days: int, stale: bool
) -> None:
    added = NOW - timedelta(days=age_days)
    assert is_stale(added, newest_report=newest_report, now=NOW, days=7) is stale  # type: ignore[arg-type]
