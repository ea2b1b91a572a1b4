"""A report about an office is kept above it: not in a list, a count, a mark, a likeness, a copy, nor by an action."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.accounts.actors import Actor
from kentongan.accounts.models import AgencyKind
from kentongan.accounts.permissions import Permission
from kentongan.accounts.scopes import Scope, Sight
from kentongan.edge.problems import Problem
from kentongan.intake.actions import (
    Sender,
    ask_reporter,
    open_raw_text,
    place_report,
    put_off_report,
    receive_report,
    refer_report,
    take_up_report,
    triage_report,
    undo_triage,
)
from kentongan.intake.decisions import Draft
from kentongan.intake.models import Report
from kentongan.intake.queries import change_mark, copies_count, inbox, report_in, similar_to
from kentongan.places.keys import key_of, range_of
from kentongan.policy import policy_on
from tests import factories, people
from tests.stages import chain_world as world
from tests.stages.chain_world import HOUR, NOW

pytestmark = pytest.mark.django_db

VILLAGE, DISTRICT, REGENCY, PROVINCE = "99.01.01.2001", "99.01.01", "99.01", "99"
OFFICES = policy_on(NOW.date()).accused_offices
LEVELS = {PROVINCE: 1, REGENCY: 2, DISTRICT: 3, VILLAGE: 4}


def sight(*codes: str, agency_id: int = 0, neighbours: tuple[str, ...] = ()) -> Scope:
    own = tuple(range_of(code) for code in codes)
    near = tuple(range_of(code) for code in neighbours)
    return Scope((Sight(agency_id=agency_id, own=own, neighbours=near, unverified=True),))


def seen(scope: Scope) -> set[int]:
    numbers = {row.pk for row in inbox(scope)}
    assert inbox(scope).count() == len(numbers)
    return numbers


@pytest.mark.parametrize("accused", ["", *OFFICES])
@pytest.mark.parametrize("desk", list(LEVELS))
def test_a_placed_report_is_seen_from_the_level_of_its_office_upwards(accused: str, desk: str) -> None:
    report = world.report(accused=accused)
    high_enough = accused == "" or LEVELS[desk] <= OFFICES[accused].lowest_level
    assert seen(sight(desk)) == ({report.pk} if high_enough else set())


@pytest.mark.parametrize("accused", ["", *OFFICES])
@pytest.mark.parametrize("desk", list(LEVELS))
def test_an_unplaced_report_is_seen_by_its_desk_if_that_is_high_enough(accused: str, desk: str) -> None:
    report = world.report(accused=accused, area=None)
    agency = factories.agency("Kantor Penerima", own=(desk,)).pk
    Report.rows.filter(pk=report.pk).update(desk_id=agency)
    high_enough = accused == "" or LEVELS[desk] <= OFFICES[accused].lowest_level
    assert seen(sight(desk, agency_id=agency)) == ({report.pk} if high_enough else set())
    assert seen(sight(desk, agency_id=agency + 1)) == set()


@pytest.mark.parametrize("accused", ["", *OFFICES])
def test_a_neighbour_sees_no_report_at_all(accused: str) -> None:
    world.report(accused=accused)
    assert seen(sight("99.02", neighbours=(REGENCY, DISTRICT, VILLAGE))) == set()


def test_an_office_code_of_a_later_version_is_read_by_the_province_alone() -> None:
    report = world.report(accused="kantor_baru")
    assert [seen(sight(code)) for code in LEVELS] == [{report.pk}, set(), set(), set()]


@given(
    ranges=st.lists(st.sampled_from([*LEVELS, "99.02", "99.01.03"]), max_size=3),
    level=st.sampled_from([None, 1, 2, 3, 4]),
    placed=st.sampled_from([None, *LEVELS]),
    own_desk=st.booleans(),
)
def test_a_mixed_sight_sees_what_a_plain_rule_finds(
    ranges: list[str], level: int | None, placed: str | None, own_desk: bool
) -> None:
    Report.rows.all().delete()
    report = world.report(area=None)
    agency = report.desk_id if own_desk else 0
    Report.rows.update(area=key_of(placed) if placed else None, read_from_level=level)
    levels = [range_level(code) for code in ranges]
    by_area = placed is not None and any(
        range_of(code).contains(key_of(placed)) and (level is None or level >= each)
        for code, each in zip(ranges, levels, strict=True)
    )
    by_desk = own_desk and (level is None or level >= min(levels, default=4))
    expected = {report.pk} if by_area or by_desk else set()
    assert seen(sight(*ranges, agency_id=agency or 0)) == expected


def range_level(code: str) -> int:
    return code.count(".") + 1


def sekar() -> Actor:
    """Order officer of the subdistrict."""
    return people.actor(people.kasi_trantib())


def read(actor: Actor) -> Scope:
    return actor.scope_for(Permission.REPORT_READ)


def test_a_hidden_report_is_not_said_to_exist() -> None:
    hidden = world.report(accused="desa")
    with pytest.raises(Problem) as caught:
        report_in(read(sekar()), hidden.pk)
    assert caught.value.code == "intake.report_unknown"


@pytest.mark.parametrize("placed", [True, False])
@pytest.mark.parametrize(
    "attempt", ["triage", "undo", "place", "refer", "put_off", "take_up", "ask", "open_raw"]
)
def test_no_action_touches_or_admits_a_hidden_report(attempt: str, placed: bool) -> None:
    who = sekar()
    hidden = world.report(accused="desa")
    if not placed:
        Report.rows.filter(pk=hidden.pk).update(area=None, desk_id=who.posts[0].agency_id)
    tries = {
        "triage": lambda: triage_report(hidden.pk, outcome="spam", by=who, at=NOW, reason="bukan apa-apa"),
        "undo": lambda: undo_triage(hidden.pk, by=who, at=NOW),
        "place": lambda: place_report(hidden.pk, area=world.OTHER_VILLAGE, by=who, at=NOW),
        "refer": lambda: refer_report(hidden.pk, target="bpbd", by=who, at=NOW),
        "put_off": lambda: put_off_report(hidden.pk, until=NOW + HOUR, by=who, at=NOW),
        "take_up": lambda: take_up_report(hidden, by=who, at=NOW),
        "ask": lambda: ask_reporter(hidden.pk, text="Siapa Anda?", client_id=uuid4(), by=who, at=NOW),
        "open_raw": lambda: open_raw_text(hidden.pk, by=who, at=NOW, reason="ingin tahu"),
    }
    with pytest.raises(Problem) as caught:
        tries[attempt]()
    assert caught.value.code == "intake.report_unknown"
    assert Report.rows.get(pk=hidden.pk).state == "received"


def test_the_officer_above_decides_it() -> None:
    hidden = world.report(accused="desa")
    assert triage_report(hidden.pk, outcome="forwarded", by=world.ratna(), at=NOW).state == "triaged"


def test_a_hidden_copy_is_neither_counted_nor_similar() -> None:
    shown = world.report()
    world.report(accused="desa")
    low, high = read(sekar()), read(world.ratna())
    assert copies_count([shown], low) == {shown.pk: 1}
    assert copies_count([shown], high) == {shown.pk: 2}
    assert similar_to(shown, low, now=NOW) == []
    assert len(similar_to(shown, high, now=NOW)) == 1


def test_the_mark_of_a_desk_does_not_move_for_a_hidden_report() -> None:
    world.report("Yang boleh dilihat")
    low, high = read(sekar()), read(world.ratna())
    marks = change_mark(low), change_mark(high)
    hidden = world.report("Tentang kantor desa", accused="desa")
    ask_reporter(hidden.pk, text="Kapan?", client_id=uuid4(), by=world.ratna(), at=NOW)
    take_up_report(hidden, by=world.ratna(), at=NOW)
    assert change_mark(low) == marks[0]
    assert change_mark(high) != marks[1]


def test_an_unplaced_report_about_an_office_goes_to_the_nearest_desk_that_may_read_it() -> None:
    high = world.desk()
    low = factories.agency("Kecamatan Tegalwuku", kind=AgencyKind.KECAMATAN, own=(DISTRICT,))
    sent = replace(world.draft(), accused="desa")
    assert received_at_desk(sent, low.pk) == high.pk
    assert received_at_desk(replace(world.draft("Biasa saja")), low.pk) == low.pk


def test_an_unplaced_report_about_the_kabupaten_waits_where_no_desk_is_high_enough() -> None:
    high = world.desk()
    sent = replace(world.draft(), accused="kabupaten")
    assert received_at_desk(sent, high.pk) == high.pk
    assert seen(read(world.ratna())) == set()
    province = factories.agency("Kesbangpol Bimasakti Raya", own=(PROVINCE,))
    other = replace(world.draft("Laporan lain"), accused="kabupaten")
    assert received_at_desk(other, high.pk) == province.pk


def received_at_desk(sent: Draft, desk: int) -> int | None:
    report, _ = receive_report(sent, sender=Sender.public(), desk=desk, at=NOW)
    return Report.rows.get(pk=report.pk).desk_id


@pytest.mark.parametrize("narrowed", [DISTRICT, VILLAGE])
@pytest.mark.parametrize("placed", [True, False])
def test_narrowing_a_page_neither_lowers_nor_raises_the_desk(narrowed: str, placed: bool) -> None:
    report = world.report(accused="desa", area=world.VILLAGE if placed else None)
    high, low = read(world.ratna()), read(sekar())
    assert seen(high.within(range_of(narrowed))) == {report.pk}
    assert seen(low.within(range_of(REGENCY))) == set()
