"""The board: who was heard, who said nil, who is silent; derived inside the scope, leaking nothing of hidden reports."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.accounts.scopes import Scope
from kentongan.indicators.actions import ask_status, set_rhythm
from kentongan.indicators.decisions import Completeness
from kentongan.indicators.queries import (
    AreaCoverage,
    completeness,
    coverage,
    finest,
    silent_count,
    worst_first,
)
from kentongan.intake.actions import send_nil, triage_report, withdraw_report
from kentongan.intake.models import Report
from kentongan.places.keys import key_of, range_of
from tests import factories, people
from tests.stages import chain_world as world
from tests.stages.chain_world import NOW

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = date(2026, 11, 12)
VILLAGE, DISTRICT = "99.01.01.2001", "99.01.01"
IN_WALUKU = {
    "99.01.01", "99.01.01.2001", "99.01.01.2002", "99.01.02", "99.01.02.2001", "99.01.03", "99.01.03.2001",
}  # fmt: skip


def seen_by(actor: Actor) -> Scope:
    return actor.scope_for(Permission.COVERAGE_READ)


def rows(actor: Actor | None = None) -> dict[str, AreaCoverage]:
    return {row.area.code: row for row in coverage(seen_by(actor or world.ratna()), now=NOW)}


def sekar() -> Actor:
    return people.actor(people.kasi_trantib())


def nil(*, days_ago: int = 0, area: str = VILLAGE) -> None:
    send_nil(world.ratna(), area=key_of(area), client_id=uuid4(), at=NOW - days_ago * DAY)


def test_every_desa_and_kecamatan_of_the_own_area_has_one_row_and_no_other() -> None:
    assert set(rows()) == IN_WALUKU
    assert set(rows(sekar())) == {"99.01.01", "99.01.01.2001", "99.01.01.2002"}


def test_neighbours_and_addressed_agencies_have_no_row() -> None:
    agency = factories.agency("Kesbangpol Lintang", own=("99.02",), neighbours=("99.01",))
    surya = people.actor(people.analis("99.02", agency=agency, name="Surya"))
    assert all(code.startswith("99.02") for code in rows(surya))
    assert coverage(world.alya().scope_for(Permission.EVENT_READ), now=NOW) == []


def test_never_silence_nil_and_news_are_four_different_things() -> None:
    world.report(area=world.VILLAGE, at=NOW - 3 * DAY)
    nil(area="99.01.01.2002", days_ago=2)
    world.report(area=world.OTHER_VILLAGE, at=NOW - 10 * DAY)
    found = rows()
    assert [
        (found[code].state.value, found[code].days)
        for code in ("99.01.01.2001", "99.01.01.2002", "99.01.03.2001", "99.01.02.2001")
    ] == [("kabar", 3), ("nihil", 2), ("senyap", 10), ("belum_pernah", None)]


def test_a_kecamatan_is_heard_through_its_desa_and_through_itself() -> None:
    world.report(area=world.VILLAGE, at=NOW - 3 * DAY)
    world.report(area=key_of("99.01.02"), at=NOW - DAY)
    found = rows()
    assert (found["99.01.01"].state.value, found["99.01.01"].days) == ("kabar", 3)
    assert (found["99.01.02"].state.value, found["99.01.02"].days) == ("kabar", 1)
    assert found["99.01.02.2001"].state.value == "belum_pernah"


@pytest.mark.parametrize(
    ("channel", "counts"),
    [
        ("phone", True), ("form", True), ("desk", True), ("paste", True), ("sheet", True),
        ("article", False), ("mail", False),
    ],
)  # fmt: skip
def test_what_people_send_is_contact_and_what_is_written_about_them_is_not(
    channel: str, counts: bool
) -> None:
    report = world.report()
    Report.rows.filter(pk=report.pk).update(channel=channel)
    assert (rows()[VILLAGE].state.value == "kabar") is counts


def test_spam_and_what_was_taken_back_are_no_contact_but_what_is_out_of_scope_is() -> None:
    spam, outside = world.report("a"), world.report("b", area=world.OTHER_VILLAGE)
    triage_report(spam.pk, outcome="spam", by=world.ratna(), at=NOW, reason="uji")
    triage_report(outside.pk, outcome="out_of_scope", by=world.ratna(), at=NOW, reason="lampu jalan")
    withdraw_report(world.report("c"), at=NOW)
    found = rows()
    assert found[VILLAGE].state.value == "belum_pernah"
    assert found["99.01.03.2001"].state.value == "kabar"


def test_a_report_without_place_is_contact_of_no_area() -> None:
    world.report(area=None)
    assert {row.state.value for row in rows().values()} == {"belum_pernah"}


def test_an_erased_report_was_contact_all_the_same() -> None:
    report = world.report()
    Report.rows.filter(pk=report.pk).update(
        erased_on=TODAY, erased_why="masa simpan", raw_sealed=None, text_masked=""
    )
    assert rows()[VILLAGE].state.value == "kabar"


def test_a_report_about_the_desa_office_is_no_contact_for_whoever_may_not_read_it() -> None:
    nil(days_ago=5)
    world.report(accused="desa")
    assert (rows(sekar())[VILLAGE].state.value, rows(sekar())[VILLAGE].days) == ("nihil", 5)
    assert rows(sekar())[DISTRICT].days == 5
    assert (rows()[VILLAGE].state.value, rows()[VILLAGE].days) == ("kabar", 0)


def test_a_rhythm_set_for_one_area_holds_from_its_day_on() -> None:
    world.report(at=NOW - 12 * DAY)
    assert rows()[VILLAGE].state.value == "senyap"
    set_rhythm(world.VILLAGE, every_days=14, valid_from=TODAY, by=world.ratna(), at=NOW, reason="jauh")
    assert (rows()[VILLAGE].state.value, rows()[VILLAGE].every_days) == ("kabar", 14)
    set_rhythm(world.VILLAGE, every_days=3, valid_from=TODAY + DAY, by=world.ratna(), at=NOW)
    assert rows()[VILLAGE].every_days == 14


def test_two_silent_weeks_call_for_a_visit() -> None:
    world.report(at=NOW - 13 * DAY)
    world.report(area=world.OTHER_VILLAGE, at=NOW - 14 * DAY)
    assert [rows()[code].visit for code in (VILLAGE, "99.01.03.2001")] == [False, True]


def test_an_open_question_stands_until_news_comes_or_its_time_is_over() -> None:
    world.report(at=NOW - 20 * DAY)
    asked = ask_status(world.VILLAGE, by=world.ratna(), at=NOW - DAY)
    shown = rows()[VILLAGE].asked
    assert shown is not None
    assert shown.due_at == asked.due_at == NOW + DAY
    nil()
    assert rows()[VILLAGE].asked is None


def test_a_question_past_its_time_stands_no_longer() -> None:
    ask_status(world.VILLAGE, by=world.ratna(), at=NOW - 2 * DAY)
    assert rows()[VILLAGE].asked is None


def test_the_longest_silence_stands_first_and_news_last() -> None:
    world.report(at=NOW - 12 * DAY)
    world.report(area=world.OTHER_VILLAGE, at=NOW - 30 * DAY)
    nil(area="99.01.01.2002")
    ordered = worst_first(finest(list(rows().values())))
    assert [row.area.code for row in ordered] == [
        "99.01.03.2001", "99.01.01.2001", "99.01.02.2001", "99.01.01.2002",
    ]  # fmt: skip


def test_silent_areas_are_counted_once_by_their_desa() -> None:
    world.report()
    assert silent_count(seen_by(world.ratna()), now=NOW) == 3


def test_a_kecamatan_without_desa_in_the_list_stands_for_itself() -> None:
    scope = seen_by(world.ratna())
    factories.waluku()["99.01.03.2001"].delete()
    assert "99.01.03" in {row.area.code for row in finest(coverage(scope, now=NOW))}


def test_the_board_asks_the_database_the_same_number_of_times_however_many_reports(
    django_assert_max_num_queries: object,
) -> None:
    for number in range(12):
        world.report(str(number), area=world.VILLAGE if number % 2 else world.OTHER_VILLAGE)
    scope = seen_by(world.ratna())
    with django_assert_max_num_queries(7):  # type: ignore[operator]
        coverage(scope, now=NOW)


def share(start: date, end: date, *codes: str, actor: Actor | None = None) -> Completeness:
    return completeness(seen_by(actor or world.ratna()), [range_of(code) for code in codes], start, end)


def test_completeness_counts_the_desa_that_were_heard_in_their_rhythm() -> None:
    world.report(at=NOW - 2 * DAY)
    nil(area="99.01.03.2001")
    assert share(TODAY - 6 * DAY, TODAY) == Completeness(expected=4, heard=2)
    assert share(TODAY, TODAY) == Completeness(expected=4, heard=2)
    assert share(TODAY - 6 * DAY, TODAY, "99.01.01") == Completeness(expected=2, heard=1)


def test_each_period_is_heard_for_itself() -> None:
    world.report(at=NOW - 2 * DAY)
    assert share(TODAY - 20 * DAY, TODAY, VILLAGE) == Completeness(expected=3, heard=1)


def test_a_nil_speaks_for_the_days_it_covers() -> None:
    nil()
    assert share(TODAY - 8 * DAY, TODAY - 5 * DAY, VILLAGE).heard == 1


def test_completeness_hears_nothing_of_a_report_that_the_reader_may_not_see() -> None:
    world.report(accused="desa")
    assert share(TODAY, TODAY, VILLAGE, actor=sekar()) == Completeness(expected=1, heard=0)
    assert share(TODAY, TODAY, VILLAGE) == Completeness(expected=1, heard=1)


@pytest.mark.parametrize("codes", [("99.02",), ("99.02", "99.02.01")])
def test_where_nothing_is_expected_there_is_no_share(codes: tuple[str, ...]) -> None:
    factories.waluku()
    assert share(TODAY - 6 * DAY, TODAY, *codes).share is None
    assert share(TODAY, TODAY - DAY).share is None


def test_ranges_that_overlap_are_counted_once() -> None:
    factories.waluku()
    assert share(TODAY, TODAY, "99.01", "99.01.01", "99.01.01.2001").expected == 4


def test_a_desk_without_regions_has_an_empty_board() -> None:
    ratna = world.ratna()
    for region in sorted(factories.waluku().values(), key=lambda each: -len(each.code)):
        if region.level > 2:
            region.delete()
    assert coverage(seen_by(ratna), now=NOW) == []
    assert completeness(seen_by(ratna), (), TODAY, TODAY).share is None
