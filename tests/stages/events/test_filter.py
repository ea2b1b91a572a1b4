"""The filter of events: one spelling in the address, the same rows as a plain reading finds, and no row twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from kentongan.accounts.permissions import Permission
from kentongan.accounts.scopes import Scope
from kentongan.events.actions import merge_events
from kentongan.events.decisions import EventFilter
from kentongan.events.decisions.filters import SORTS
from kentongan.events.models import Event, EventFacet, EventShare
from kentongan.events.queries import events_in, events_matching, inventory, near_events, progress_of_report
from kentongan.intake.actions import triage_report
from kentongan.places.keys import key_of
from kentongan.places.models import Boundary, BoundarySet, Region
from tests import people
from tests.stages import chain_world as world
from tests.stages.chain_world import HOUR, NOW

pytestmark = pytest.mark.django_db

_words = st.text(st.characters(codec="utf-8", exclude_characters="\x00", categories=["L", "N"]), max_size=12)
_filters = st.builds(
    EventFilter,
    kind=st.sampled_from(["", "potential", "incident"]),
    type_code=st.sampled_from(["", "KEL", "KEL.02"]),
    state=st.sampled_from(["", "terbuka", "closed"]),
    area=st.sampled_from(["", "99.01", "99.01.01.2001"]),
    since=st.none() | st.dates(),
    until=st.none() | st.dates(),
    athg=st.sampled_from(["", "ancaman"]),
    verification=st.sampled_from(["", "verified", "terkonfirmasi", "belum_terkonfirmasi"]),
    form=st.sampled_from(["", "F10"]),
    victims=st.booleans(),
    exactly=st.booleans(),
    severity=st.none() | st.integers(1, 5),
    owner=st.none() | st.integers(1, 10**6),
    unowned=st.booleans(),
    overdue=st.booleans(),
    text=_words,
    sort=st.sampled_from(["", *SORTS]),
)


@given(_filters)
def test_an_address_gives_the_same_filter_back(asked: EventFilter) -> None:
    assert EventFilter.from_query(asked.to_query()) == asked


@given(st.text(max_size=60))
def test_no_address_is_too_strange_to_be_read(query: str) -> None:
    assert EventFilter.from_query(EventFilter.from_query(query).to_query()) == EventFilter.from_query(query)


def test_an_old_address_still_opens_what_it_meant() -> None:
    asked = EventFilter.from_query("keadaan=unverified")
    assert (asked.state, asked.verification) == ("terbuka", "unverified")


def test_one_filter_can_be_taken_away() -> None:
    asked = EventFilter(kind="potential", severity=3, sort="lama")
    assert asked.given == ("kind", "severity")
    assert asked.without("severity") == EventFilter(kind="potential", sort="lama")


def ratnas() -> Scope:
    return world.ratna().scope_for(Permission.EVENT_READ)


def found(**asked: Any) -> set[int]:
    return {row.pk for row in events_matching(ratnas(), EventFilter(**asked), now=NOW)}


def mixed() -> list[Event]:
    """Events that differ in everything that is asked for."""
    days = [date(2026, 11, 10) + timedelta(days=turn) for turn in range(6)]
    made = [
        world.event(
            kind=("potential", "incident")[turn % 2],
            type_code=("KEL.02", "POL.03", "KEL.01")[turn % 3],
            forms=(("F02",), ("F07",), ("F08",))[turn % 3],
            area=(world.VILLAGE, world.OTHER_VILLAGE)[turn % 2],
            happens_on=days[turn],
            athg=(("ancaman",), ("gangguan", "ancaman"), ())[turn % 3],
            interests=("keamanan",) if turn % 2 else (),
            fields=("sosial", "politik") if turn < 3 else (),
            origin=("tidak_diketahui", "dalam_negeri")[turn % 2],
            review_on=(NOW.date() - timedelta(days=2), None, NOW.date())[turn % 3],
            assigned_to=people.analis().pk if turn == 4 else None,
            summary=f"Ringkasan ke-{turn} tentang {('batas', 'air')[turn % 2]}.",
        )
        for turn in range(6)
    ]
    Event.rows.filter(pk=made[5].pk).update(state="closed")
    Event.rows.filter(pk=made[3].pk).update(verification="verified")
    return list(Event.rows.order_by("pk"))


_HAS: dict[str, str] = {"athg": "athg", "interest": "affected_interest", "field": "field"}
_PLAIN: list[tuple[dict[str, Any], Callable[[Event], bool]]] = [
    ({"kind": "incident"}, lambda row: row.kind == "incident"),
    ({"type_code": "KEL"}, lambda row: row.type_code.startswith("KEL.")),
    ({"type_code": "POL.03"}, lambda row: row.type_code == "POL.03"),
    ({"state": "closed"}, lambda row: row.state == "closed"),
    ({"state": "terbuka"}, lambda row: row.state not in {"closed", "watch"}),
    ({"verification": "verified"}, lambda row: row.verification == "verified"),
    ({"verification": "unverified"}, lambda row: row.verification in {"unverified", "in_progress"}),
    ({"area": "99.01.01"}, lambda row: row.area // 10**4 == 990101),
    ({"area": "bukan kode"}, lambda _: False),
    ({"since": date(2026, 11, 12)}, lambda row: row.happens_on >= date(2026, 11, 12)),
    ({"until": date(2026, 11, 12)}, lambda row: row.happens_on <= date(2026, 11, 12)),
    ({"origin": "dalam_negeri"}, lambda row: row.origin == "dalam_negeri"),
    ({"severity": 3}, lambda row: (row.severity or 0) >= 3),
    ({"unowned": True}, lambda row: row.assigned_to_id is None),
    (
        {"overdue": True},
        lambda row: bool(row.review_on and row.review_on < NOW.date() and row.state != "closed"),
    ),
    ({"text": "batas"}, lambda row: "batas" in row.summary),
    ({"text": "AIR ringkasan"}, lambda row: "air" in row.summary),
    ({"text": "kampanye"}, lambda row: row.type_code == "POL.03"),
]


@pytest.mark.parametrize(
    ("asked", "plain"), _PLAIN, ids=lambda value: str(value) if isinstance(value, dict) else ""
)
def test_each_filter_finds_what_a_plain_reading_finds(
    asked: dict[str, Any], plain: Callable[[Event], bool]
) -> None:
    rows = mixed()
    assert found(**asked) == {row.pk for row in rows if plain(row)}


@pytest.mark.parametrize(
    ("asked", "code"), [("athg", "ancaman"), ("interest", "keamanan"), ("field", "politik")]
)
def test_a_facet_is_found_once_per_event(asked: str, code: str) -> None:
    mixed()
    having = EventFacet.objects.filter(facet=_HAS[asked], code=code)
    rows = list(events_matching(ratnas(), EventFilter(**{asked: code}), now=NOW))
    assert sorted(row.pk for row in rows) == sorted(having.values_list("event_id", flat=True))


def test_a_number_is_found_as_it_is_written() -> None:
    rows = mixed()
    assert rows[2].pk in found(text=rows[2].number)


def test_a_place_is_found_by_its_name() -> None:
    rows = mixed()
    name = Region.objects.get(key=world.VILLAGE).name.split()[0]
    assert found(text=name) == {row.pk for row in rows if row.area == world.VILLAGE}


@pytest.mark.parametrize(
    ("sort", "key"),
    [
        ("", lambda row: (-row.created_at.timestamp(), -row.pk)),
        ("lama", lambda row: (row.created_at, row.pk)),
        ("tanggal", lambda row: (-row.happens_on.toordinal(), -row.pk)),
        ("dampak", lambda row: (-(row.severity or 0), -row.pk)),
        ("tinjau", lambda row: (row.review_on or date.max, -row.pk)),
    ],
)
def test_each_order_is_the_one_it_says(sort: str, key: Callable[[Event], Any]) -> None:
    rows = mixed()
    got = [row.pk for row in events_matching(ratnas(), EventFilter(sort=sort), now=NOW)]
    assert got == [row.pk for row in sorted(rows, key=key)]


def test_an_event_addressed_twice_is_one_row_and_the_list_needs_no_distinct() -> None:
    event = world.event()
    for agency in (world.polres(), world.desk()):
        EventShare.objects.create(event=event, agency=agency, until=NOW + HOUR)
    with CaptureQueriesContext(connection) as asked:
        assert [row.pk for row in events_in(ratnas())] == [event.pk]
    assert "DISTINCT" not in asked.captured_queries[-1]["sql"]


def test_the_inventory_shows_standing_potentials_the_overdue_first() -> None:
    rows = mixed()
    listed = list(inventory(ratnas(), now=NOW))
    assert {row.pk for row in listed} == {
        row.pk for row in rows if row.kind == "potential" and row.state != "closed"
    }
    reviews = [row.review_on or date.max for row in listed]
    assert reviews == sorted(reviews)


def test_near_means_the_same_kecamatan_and_not_long_ago() -> None:
    here, elsewhere = world.event(), world.event(area=world.OTHER_VILLAGE)
    long_ago = world.event(happens_on=NOW.date() - timedelta(days=60), at=NOW - timedelta(days=40))
    near = {row.pk for row in near_events(world.VILLAGE, ratnas(), now=NOW)}
    assert near == {here.pk}
    assert not {elsewhere.pk, long_ago.pk} & near
    assert near_events(world.REGENCY, ratnas(), now=NOW) == []


@pytest.mark.parametrize(("east", "is_near"), [(112.05, True), (112.5, False)])
def test_a_kecamatan_whose_centre_is_close_is_near(east: float, is_near: bool) -> None:
    other = world.event(area=world.OTHER_VILLAGE)
    drawn = BoundarySet.objects.create(source="uji", licence="CC0", sha256="0" * 64, loaded_at=NOW)
    for code, longitude in (("99.01.01", 112.0), ("99.01.03", east)):
        Boundary.objects.create(
            region=Region.objects.get(key=key_of(code)), drawn_from=drawn, polygons=[],
            west=longitude, east=longitude, south=-7.5, north=-7.5,
            centre_longitude=longitude, centre_latitude=-7.5,
        )  # fmt: skip
    near = {row.pk for row in near_events(world.VILLAGE, ratnas(), now=NOW)}
    assert (other.pk in near) is is_near


@pytest.mark.parametrize(
    ("outcome", "state", "verification", "told"),
    [
        ("", "open", "unverified", ("received", "")),
        ("new_event", "open", "unverified", ("examined", "")),
        ("new_event", "open", "verified", ("examined", "")),
        ("new_event", "handled", "verified", ("followed_up", "")),
        ("new_event", "resolved", "partly", ("followed_up", "")),
        ("new_event", "closed", "verified", ("finished", "verified")),
        ("linked", "watch", "partly", ("finished", "partly")),
        ("linked", "closed", "unverified", ("finished", "linked")),
        ("new_event", "open", "refuted", ("finished", "refuted")),
        ("forwarded", "", "", ("finished", "forwarded")),
        ("out_of_scope", "", "", ("finished", "declined")),
        ("spam", "", "", ("finished", "set_aside")),
    ],
)
def test_a_reporter_is_told_how_far_it_is(
    outcome: str, state: str, verification: str, told: tuple[str, str]
) -> None:
    report = world.report()
    if outcome in {"new_event", "linked"}:
        event = world.event(reports=(report.pk,))
        report.refresh_from_db()
        type(report).rows.filter(pk=report.pk).update(triage_outcome=outcome)
        Event.rows.filter(pk=event.pk).update(state=state, verification=verification)
    elif outcome:
        triage_report(report.pk, outcome=outcome, by=world.ratna(), at=NOW, reason="x")
    progress = progress_of_report(report.pk)
    assert (progress.state, progress.word) == told


def test_progress_follows_a_merged_event_to_the_remaining_one() -> None:
    report = world.report()
    gone, stays = world.event(reports=(report.pk,)), world.event()
    merge_events(gone.pk, stays.pk, by=world.ratna(), at=NOW, reason="Sama.")
    Event.rows.filter(pk=stays.pk).update(state="handled")
    assert progress_of_report(report.pk).state == "followed_up"
