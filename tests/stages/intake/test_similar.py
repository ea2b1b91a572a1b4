"""Similar reports: derived when asked, in the same kabupaten and the last days, never outside the reader's scope."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.accounts.permissions import Permission
from kentongan.accounts.scopes import Scope
from kentongan.intake.actions import withdraw_report
from kentongan.intake.models import Report
from kentongan.intake.queries import similar_to
from kentongan.intake.queries.similar import MOST, alike
from tests.stages import chain_world as world
from tests.stages.chain_world import HOUR, NOW

pytestmark = pytest.mark.django_db
CONVOY = "Kabarnya Sabtu malam mau konvoi lewat tugu"
NEAR = "Ada ajakan konvoi Sabtu malam lewat tugu perempatan"
OTHER = "Lampu jalan mati tiga malam di tikungan pasar"
words = st.text(st.characters(codec="utf-8"), max_size=60)


def scope() -> Scope:
    return world.ratna().scope_for(Permission.REPORT_READ)


def found(report: Report) -> list[int]:
    return [each.report.pk for each in similar_to(report, scope(), now=NOW)]


def test_reports_with_words_in_common_are_found_the_most_alike_first() -> None:
    report = world.report(CONVOY)
    near, same = world.report(NEAR), world.report(CONVOY)
    world.report(OTHER)
    assert found(report) == [same.pk, near.pk]
    shares = [each.share for each in similar_to(report, scope(), now=NOW)]
    assert shares[0] == 1.0
    assert 0.3 <= shares[1] < 1.0


def test_another_kabupaten_is_not_searched() -> None:
    report = world.report(CONVOY)
    world.report(CONVOY, area=world.ELSEWHERE)
    assert found(report) == []


def test_only_the_last_days_are_searched() -> None:
    report = world.report(CONVOY)
    edge = world.report(CONVOY, at=NOW - timedelta(days=14))
    world.report(CONVOY, at=NOW - timedelta(days=14) - HOUR)
    world.report(CONVOY, at=NOW + HOUR)
    assert found(report) == [edge.pk]


def test_what_was_taken_back_or_erased_is_not_similar() -> None:
    report = world.report(CONVOY)
    withdraw_report(world.report(CONVOY), at=NOW)
    erased = world.report(CONVOY)
    Report.rows.filter(pk=erased.pk).update(
        erased_on=NOW.date(), erased_why="usang", raw_sealed=None, text_masked=""
    )
    assert found(report) == []


def test_an_unplaced_report_is_compared_with_those_of_its_desk() -> None:
    report, placed = world.report(CONVOY, area=None), world.report(CONVOY)
    assert found(report) == [placed.pk]


def test_at_most_twenty_are_named() -> None:
    report = world.report(CONVOY)
    for _ in range(MOST + 3):
        world.report(CONVOY)
    assert len(found(report)) == MOST


def test_nothing_is_stored() -> None:
    report = world.report(CONVOY)
    world.report(NEAR)
    before = Report.rows.values().order_by("pk")
    kept = list(before)
    found(report)
    assert list(Report.rows.values().order_by("pk")) == kept


def test_long_texts_are_compared_by_runs_of_words() -> None:
    text = " ".join(f"kalimat{number} tentang tugu" for number in range(20))
    assert alike(text, text) == 1.0
    shuffled = " ".join(reversed(text.split()))
    assert alike(text, shuffled) < 0.3


@given(one=words, other=words)
def test_likeness_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    assert alike(one, other) == alike(other, one)
    assert 0.0 <= alike(one, other) <= 1.0


def test_texts_of_short_words_only_have_nothing_in_common() -> None:
    assert alike("ada di ke", "ada di ke") == 0.0
