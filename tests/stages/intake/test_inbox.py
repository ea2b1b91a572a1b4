"""The inbox as a person sees it: the urgent first, put off until due, narrowed in the database, with a mark for polling."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest

from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.accounts.scopes import Scope
from kentongan.intake.actions import (
    answer_desk,
    keep_suggestions,
    place_report,
    put_off_report,
    reopen_report,
    take_up_report,
    triage_report,
    undo_triage,
)
from kentongan.intake.actions import withdraw_report as take_back
from kentongan.intake.decisions import Guess
from kentongan.intake.models import Report
from kentongan.intake.queries import (
    BOARDS,
    InboxFilter,
    change_mark,
    copies_count,
    decided,
    inbox,
    reports_since,
)
from tests.stages import chain_world as world
from tests.stages.chain_world import HOUR, NOW

pytestmark = pytest.mark.django_db


def scope() -> Scope:
    return world.ratna().scope_for(Permission.REPORT_READ)


def listed(**wanted: object) -> list[int]:
    return [row.pk for row in inbox(scope(), InboxFilter(**wanted), NOW)]  # type: ignore[arg-type]


def test_danger_and_what_goes_on_stand_before_the_oldest() -> None:
    old, calm = world.report("lama", at=NOW - 5 * HOUR), world.report("biasa", danger="no", ongoing="unknown")
    danger, ongoing = (
        world.report("bahaya", danger="yes", at=NOW + HOUR),
        world.report("sedang", ongoing="yes"),
    )
    assert listed() == [ongoing.pk, danger.pk, old.pk, calm.pk]


def test_a_report_put_off_stays_out_until_it_is_due() -> None:
    report = world.report()
    put_off_report(report.pk, until=NOW + 2 * HOUR, by=world.ratna(), at=NOW)
    assert listed() == []
    assert listed(put_off=True) == [report.pk]
    later = inbox(scope(), InboxFilter(), NOW + 2 * HOUR)
    assert [row.pk for row in later] == [report.pk]
    assert not inbox(scope(), InboxFilter(put_off=True), NOW + 2 * HOUR).exists()


def test_what_was_taken_out_of_the_archive_waits_again() -> None:
    report, who = world.report(), world.ratna()
    triage_report(report.pk, outcome="spam", by=who, at=NOW, reason="uji")
    assert (listed(), listed(decided=True)) == ([], [report.pk])
    reopen_report(report.pk, by=who, at=NOW, reason="dilihat lagi")
    assert (listed(), listed(board="dibuka-lagi"), listed(decided=True)) == ([report.pk], [report.pk], [])


def test_what_was_taken_back_waits_no_more_and_stands_with_the_decided() -> None:
    report = world.report()
    take_back(report, at=NOW)
    assert listed() == []
    assert [row.pk for row in decided(scope())] == [report.pk]


def test_each_board_holds_its_own() -> None:
    world.report("biasa")
    urgent, unplaced = world.report("a", danger="yes"), world.report("b", area=None)
    about = world.report("c", accused="desa")
    assert listed(board="mendesak") == [urgent.pk]
    assert listed(board="tanpa-tempat") == [unplaced.pk]
    assert listed(board="pejabat") == [about.pk]
    assert len(listed(board="papan-lama")) == 4
    assert set(BOARDS) == {"mendesak", "tanpa-tempat", "pejabat", "dibuka-lagi"}


def test_a_channel_narrows() -> None:
    world.report()
    phone = world.report("dari ponsel")
    Report.rows.filter(pk=phone.pk).update(channel="phone")
    assert listed(channel="phone") == [phone.pk]


def test_a_tile_is_the_sender_s_or_where_there_is_none_the_machine_s() -> None:
    said, guessed, other = (
        world.report("a", tile="hoaks"),
        world.report("b"),
        world.report("c", tile="pemilu"),
    )
    for report in (guessed, other):
        guess = Guess("tile", {"code": "hoaks"})
        keep_suggestions(report.pk, [guess], at=NOW, by=Actor.of_system("pembaca"))
    assert set(listed(tile="hoaks")) == {said.pk, guessed.pk}


@pytest.mark.parametrize("text", ["coretan tugu", "TUGU", "balai"])
def test_words_are_found_in_what_may_be_read(text: str) -> None:
    report = world.report("Ada coretan di tugu.", place_note="sebelah balai tugu coretan")
    world.report("Kebakaran kecil")
    assert listed(text=text) == [report.pk]


def test_a_masked_number_is_not_found_by_its_figures() -> None:
    world.report("Hubungi 081234567890")
    assert listed(text="081234567890") == []


def test_a_number_finds_its_report() -> None:
    report = world.report()
    world.report("lain")
    assert listed(text=f"LP-{report.pk}") == listed(text=f"lp{report.pk}") == [report.pk]
    assert listed(text="LP-999999999999999") == []


@pytest.mark.parametrize("text", ["%", "_", "'; drop", "a\x00b", "\ud800x", "a" * 5_000, "LP-"])
def test_any_search_text_is_answered(text: str) -> None:
    world.report("Ada coretan.")
    assert listed(text=text) == []


def test_copies_are_counted_with_the_first() -> None:
    copies = [world.report() for _ in range(3)]
    single = world.report("Lain sama sekali")
    assert copies_count([*copies, single], scope()) == {**{row.pk: 3 for row in copies}, single.pk: 1}
    assert copies_count([], scope()) == {}


def test_copies_elsewhere_are_not_counted() -> None:
    here = world.report()
    there = world.report(area=world.ELSEWHERE)
    Report.rows.filter(pk=there.pk).update(desk=None)
    assert copies_count([here], scope()) == {here.pk: 1}


def test_reports_since_a_moment_include_that_moment() -> None:
    world.report("lama", at=NOW - HOUR)
    fresh = world.report("baru")
    assert [row.pk for row in reports_since(scope(), NOW)] == [fresh.pk]


MOVES: dict[str, Callable[[Report], object]] = {
    "arrives": lambda _: world.report("baru lagi"),
    "decided": lambda report: triage_report(report.pk, outcome="forwarded", by=world.ratna(), at=NOW),
    "put off": lambda report: put_off_report(report.pk, until=NOW + HOUR, by=world.ratna(), at=NOW),
    "placed": lambda report: place_report(report.pk, area=world.OTHER_VILLAGE, by=world.ratna(), at=NOW),
    "taken up": lambda report: take_up_report(report, by=world.budi(), at=NOW),
    "answered": lambda report: answer_desk(report, text="Ya.", client_id=uuid4(), at=NOW),
    "taken back": lambda report: take_back(report, at=NOW),
    "read": lambda report: keep_suggestions(
        report.pk, [Guess("place", {})], at=NOW, by=Actor.of_system("pembaca")
    ),
}


@pytest.mark.parametrize("move", list(MOVES))
def test_the_mark_changes_with_whatever_the_inbox_shows(move: str) -> None:
    report, watching = world.report(), scope()
    before = change_mark(watching)
    MOVES[move](report)
    assert change_mark(watching) != before


def test_the_mark_stays_while_nothing_happens_and_for_other_desks() -> None:
    world.report()
    watching, elsewhere = scope(), world.stranger().scope_for(Permission.REPORT_READ)
    before = change_mark(watching), change_mark(elsewhere)
    assert change_mark(watching) == before[0]
    world.report("baru")
    assert change_mark(elsewhere) == before[1]


def test_a_decision_taken_back_is_a_change_too() -> None:
    report, who = world.report(), world.ratna()
    triage_report(report.pk, outcome="forwarded", by=who, at=NOW)
    before = change_mark(scope())
    undo_triage(report.pk, by=who, at=NOW)
    assert change_mark(scope()) != before


def test_the_mark_reads_no_row(django_assert_num_queries: Callable[[int], object]) -> None:
    world.report()
    watching = scope()
    with django_assert_num_queries(4):  # type: ignore[attr-defined]
        change_mark(watching)
