"""The map page: the list equals the map, no place looks more exact than it is, and nothing outside the scope is counted."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from itertools import combinations, product
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from kentongan.accounts.models import Account
from kentongan.edge.clocks import machine_now
from kentongan.events.models import Event, EventShare
from kentongan.events.queries import EventFilter
from kentongan.places.actions import draw_boundaries
from kentongan.places.boundary_drawing import drawn_boundaries
from kentongan.places.models import Boundary
from kentongan.web.map_frame import area_frame
from kentongan.web.map_marks import POINT, RING, WIDE, Happening, Mark, marks_on
from kentongan.web.map_svg import event_map, small_map
from kentongan.web.views import event_map as page
from tests import factories, people
from tests.web.chain import enter, make_event

VILLAGE, SECOND_VILLAGE, DISTRICT, REGENCY = "99.01.01.2001", "99.01.01.2002", "99.01.02", "99.01"
UNSURE = "BELUM TERVERIFIKASI"


def key(code: str) -> int:
    return factories.waluku()[code].key


def drawn_world() -> None:
    world = factories.waluku()
    batch = drawn_boundaries("99", world, seed=3)
    draw_boundaries(batch, root="99", at=factories.NOW, actor="sistem:uji")


@pytest.fixture
def land(db: None) -> None:
    """The coined world with generated outlines."""
    drawn_world()


@pytest.fixture
def ratna(db: None) -> Account:
    return people.analis(agency=factories.agency("Kesbangpol Waluku"))


def happened(by: Account, area: str, precision: int = 3, *, verified: bool = False, **values: Any) -> Any:
    desk = factories.agency("Kesbangpol Waluku")
    event = make_event(by, desk, at=machine_now(), area=area, place_precision=precision, **values)
    if verified:
        Event.rows.filter(pk=event.pk).update(verification="verified")
        event.refresh_from_db()
    return event


def centre(code: str) -> tuple[float, float]:
    row = Boundary.objects.get(region__code=code)
    return row.centre_longitude, row.centre_latitude


def shown(client: Client, query: str = "") -> str:
    answer = client.get(reverse("map") + query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def signs(text: str) -> list[tuple[int, str]]:
    """Number and address of every sign in the order of the page."""
    return [
        (int(number), url.replace("&amp;", "&"))
        for url, number in re.findall(r'<a href="([^"]*)"\s+id="tanda-(\d+)"', text)
    ]


def rows(text: str) -> list[tuple[int, str]]:
    """Number of the sign and address of the event, for every row of the list."""
    listed = text.split('id="judul-daftar"', 1)[1]
    found = re.findall(r'href="#tanda-(\d+)".*?<a href="(/peristiwa/\d+/)"', listed, re.DOTALL)
    return [(int(number), url) for number, url in found]


def mark(happening: Happening) -> Mark:
    frame = area_frame((factories.waluku()[REGENCY].range,))
    assert frame is not None
    return marks_on(frame, [happening])[0][0]


def happening(
    area: str, precision: int, point: tuple[float, float] | None = None, **values: Any
) -> Happening:
    facts: dict[str, Any] = {"confirmed": True, "severity": None, "words": "PR-1", "url": "/x/"} | values
    return Happening(key(area), precision, point, **facts)


def test_a_point_is_a_dot_in_a_circle_where_it_was_seen(land: None) -> None:
    east, north = centre(VILLAGE)
    found = mark(happening(VILLAGE, 1, (east + 0.01, north)))
    assert found.form == POINT
    assert found.radius >= 13
    assert found.x > mark(happening(VILLAGE, 1, (east, north))).x


def test_a_hamlet_without_a_point_is_shown_no_finer_than_its_village(land: None) -> None:
    assert mark(happening(VILLAGE, 1)).form == RING


def test_a_village_is_a_ring_and_anything_wider_never_a_point(land: None) -> None:
    assert mark(happening(VILLAGE, 2)).form == RING
    for area in (DISTRICT, REGENCY, VILLAGE):
        assert mark(happening(area, 3)).form == WIDE


def test_a_point_of_a_coarse_place_is_not_drawn_as_a_point(land: None) -> None:
    assert mark(happening(VILLAGE, 2, centre(VILLAGE))).form == RING


def test_a_village_without_an_outline_is_shown_by_its_kecamatan(land: None) -> None:
    Boundary.objects.filter(region__code=VILLAGE).delete()
    found = mark(happening(VILLAGE, 2))
    assert (found.form, found.region) == (WIDE, key("99.01.01"))


def test_a_place_off_the_sheet_has_no_sign(land: None) -> None:
    frame = area_frame((factories.waluku()["99.01.02"].range,))
    assert frame is not None
    marks, numbers = marks_on(frame, [happening("99.02.01", 3), happening("99.01.02.2001", 2)])
    assert numbers == [None, 1]
    assert [each.number for each in marks] == [1]


def test_confirmed_and_unconfirmed_of_one_place_are_two_signs_beside_each_other(land: None) -> None:
    frame = area_frame((factories.waluku()[REGENCY].range,))
    assert frame is not None
    both = [happening(VILLAGE, 2), happening(VILLAGE, 2, confirmed=False), happening(VILLAGE, 2, severity=5)]
    (sure, unsure), numbers = marks_on(frame, both)
    assert numbers == [1, 2, 1]
    assert (sure.count, sure.severity, sure.shade) == (2, 5, "s3")
    assert unsure.shade == "unsure"
    assert abs(sure.sign_x - unsure.sign_x) + abs(sure.sign_y - unsure.sign_y) >= 23


@pytest.mark.parametrize(
    ("severity", "shade"), [(None, "s0"), (1, "s1"), (2, "s1"), (3, "s2"), (4, "s2"), (5, "s3")]
)
def test_the_filling_grows_darker_with_the_impact(land: None, severity: int | None, shade: str) -> None:
    assert mark(happening(VILLAGE, 2, severity=severity)).shade == shade


def test_the_list_is_the_map_in_the_same_order(land: None, ratna: Account) -> None:
    for area, precision in ((VILLAGE, 2), (DISTRICT, 3), (SECOND_VILLAGE, 2), (REGENCY, 3)):
        happened(ratna, area, precision)
    text = shown(enter(ratna))
    assert len(rows(text)) == 4
    assert signs(text) == rows(text)
    assert [number for number, _ in signs(text)] == [1, 2, 3, 4]


def test_events_of_one_place_share_a_sign_that_leads_to_their_rows(land: None, ratna: Account) -> None:
    for _ in range(3):
        happened(ratna, VILLAGE, 2)
    text = shown(enter(ratna))
    assert signs(text) == [(1, "#baris-1")]
    assert [number for number, _ in rows(text)] == [1, 1, 1]
    assert text.count('id="baris-1"') == 1
    assert "×3" in text


def test_what_is_not_verified_says_so_on_the_map_and_in_the_list(land: None, ratna: Account) -> None:
    happened(ratna, VILLAGE, 2)
    text = shown(enter(ratna))
    assert f"({UNSURE})" in text
    assert "map-sign--unsure" in text
    assert 'class="unsure"' in text


def test_a_sure_event_is_not_hatched(land: None, ratna: Account) -> None:
    happened(ratna, VILLAGE, 2, verified=True)
    text = shown(enter(ratna))
    assert "map-sign--unsure" not in text
    assert f"({UNSURE})" not in text


def test_a_region_narrows_the_filter_and_keeps_the_rest_of_it(land: None, ratna: Account) -> None:
    text = shown(enter(ratna), "?sifat=potential")
    assert 'href="?sifat=potential&amp;wilayah=99.01.02"' in text


def test_a_narrowed_map_shows_the_villages_and_a_way_back(land: None, ratna: Account) -> None:
    inside, outside = happened(ratna, VILLAGE, 2), happened(ratna, "99.01.03.2001", 2)
    text = shown(enter(ratna), "?wilayah=99.01.01")
    assert f"/peristiwa/{inside.pk}/" in text
    assert f"/peristiwa/{outside.pk}/" not in text
    assert "Sumberluku" in text
    assert f'href="{reverse("map")}?wilayah=99.01"' in text


def test_the_filter_of_the_map_is_that_of_the_list(land: None, ratna: Account) -> None:
    happened(ratna, VILLAGE, 2, kind="potential", happens_on=date(2026, 11, 1))
    happened(ratna, DISTRICT, 3, kind="incident", happens_on=date(2026, 11, 9))
    asked = EventFilter(kind="incident", since=date(2026, 11, 5)).to_query()
    client = enter(ratna)
    listed = re.findall(
        r'href="(/peristiwa/\d+/)"', client.get(f"{reverse('events')}?{asked}").content.decode()
    )
    assert [url for _, url in rows(shown(client, f"?{asked}"))] == listed
    assert f"{reverse('events')}?{asked.replace('&', '&amp;')}" in shown(client, f"?{asked}")


def test_events_outside_the_scope_are_neither_shown_nor_counted(land: None, ratna: Account) -> None:
    far = people.analis("99.02", agency=factories.agency("Kesbangpol Lintang", own=("99.02",)))
    happened(ratna, VILLAGE, 2)
    text = shown(enter(far))
    assert "0 peristiwa" in text
    assert signs(text) == []


def test_what_lies_beside_the_sheet_is_said_and_stands_in_the_list(land: None) -> None:
    lintang = people.analis("99.02", agency=factories.agency("Kesbangpol Lintang", own=("99.02",)))
    beside = happened(lintang, "99.02.01.2001", 2, verified=True)
    desk = factories.agency("Kesbangpol Watukemukus", own=("99.01.02",), neighbours=("99.02",))
    text = shown(enter(people.analis(agency=desk, name="Sari")))
    assert f"/peristiwa/{beside.pk}/" in text
    assert "1 peristiwa di luar peta ini; lihat daftar." in text
    assert signs(text) == []


def test_a_schema_says_that_it_is_one_and_whence_it_comes(land: None, ratna: Account) -> None:
    text = shown(enter(ratna))
    assert "Skema, bukan batas sebenarnya" in text
    assert "Dibuat Kentongan" in text
    assert "Internal" in text
    assert "data s.d." in text


def test_imported_outlines_are_no_schema_and_name_their_source(land: None, ratna: Account) -> None:
    edition = Boundary.objects.all()[0].drawn_from
    edition.generated, edition.source, edition.licence, edition.sha256 = False, "BIG", "CC BY 4.0", "f" * 64
    edition.attribution = "Badan Informasi Geospasial"
    edition.save()
    text = shown(enter(ratna))
    assert "bukan batas sebenarnya" not in text
    assert "BIG" in text
    assert "(CC BY 4.0; Badan Informasi Geospasial)" in text


def test_without_outlines_the_list_still_works_and_the_page_says_what_to_do(ratna: Account) -> None:
    event = happened(ratna, VILLAGE, 2)
    text = shown(enter(ratna))
    assert "Batas wilayah belum ada" in text
    assert "kentongan regions boundaries" in text
    assert f"/peristiwa/{event.pk}/" in text
    assert "di luar peta ini" not in text


def test_an_empty_area_shows_the_ground_and_says_that_nothing_is_there(land: None, ratna: Account) -> None:
    text = shown(enter(ratna))
    assert "Belum ada peristiwa yang dapat Anda lihat" in text
    assert 'class="map-region"' in text
    assert "Tidak ada peristiwa dengan saringan ini" in shown(enter(ratna), "?sifat=incident")


def test_many_events_become_counts_per_region_in_list_and_map(
    land: None, ratna: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "MOST_EVENTS", 3)
    for area, verified in ((VILLAGE, True), (SECOND_VILLAGE, False), (DISTRICT, True), (REGENCY, False)):
        happened(ratna, area, 3, verified=verified)
    client = enter(ratna)
    answer = client.get(reverse("map"))
    counted = answer.context["regions_counted"]
    assert [(each.place, each.count, each.unconfirmed) for each in counted] == [
        ("Kab. Waluku", 1, 1),
        ("Kec. Tegalwuku, Kab. Waluku", 2, 1),
        ("Kec. Watukemukus, Kab. Waluku", 1, 0),
    ]
    text = answer.content.decode()
    assert [url for _, url in signs(text)] == [each.url for each in counted]
    assert sum(mark.count for mark in answer.context["map"].marks) == 4
    assert "4 peristiwa" in text


def test_an_event_that_is_shared_twice_is_counted_once(
    land: None, ratna: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "MOST_EVENTS", 1)
    one, _ = happened(ratna, VILLAGE, 2), happened(ratna, VILLAGE, 2)
    for name in ("Polres Waluku", "Kodim Waluku", "Kesbangpol Waluku"):
        EventShare.objects.create(event=one, agency=factories.agency(name), until=machine_now())
    assert enter(ratna).get(reverse("map")).context["total"] == 2


def test_a_count_leads_one_level_down_and_in_the_end_to_the_list(
    land: None, ratna: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "MOST_EVENTS", 1)
    for _ in range(2):
        happened(ratna, VILLAGE, 2)
    client = enter(ratna)
    urls = [client.get(reverse("map") + query).context["regions_counted"][0].url for query in (
        "", "?wilayah=99.01.01", f"?wilayah={VILLAGE}",
    )]  # fmt: skip
    assert urls == ["?wilayah=99.01.01", f"?wilayah={VILLAGE}", f"{reverse('events')}?wilayah={VILLAGE}"]


def test_counts_hold_only_what_the_reader_may_see(
    land: None, ratna: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "MOST_EVENTS", 1)
    for verified in (True, True, False):
        happened(ratna, "99.01.02.2001", 2, verified=verified)
    laras = people.pimpinan()
    counted = enter(laras).get(reverse("map")).context
    seen = Event.objects.in_scope(people.actor(laras).scope_for(page.Permission.EVENT_READ)).count()
    total = counted["total"]
    assert total == seen


@pytest.mark.parametrize(
    "query", ["?wilayah=99", "?wilayah=99.09", "?wilayah=x%00", "?dari=besok&dampak=9", "?wilayah=99.02"]
)
def test_any_address_is_answered(land: None, ratna: Account, query: str) -> None:
    assert shown(enter(ratna), query)


def test_a_person_of_two_areas_sees_both(land: None) -> None:
    desk = factories.agency("Polsek Dua Kecamatan", kind="polri", own=("99.01.01", "99.01.03"))
    text = shown(enter(people.kasi_trantib(agency=desk)))
    assert 'aria-label="Tegalwuku, persempit ke wilayah ini"' in text
    assert 'aria-label="Banyupanjer, persempit ke wilayah ini"' in text
    assert 'aria-label="Watukemukus, persempit ke wilayah ini"' not in text


def test_no_sign_covers_another_and_no_name_covers_a_sign(land: None) -> None:
    places = [
        (VILLAGE, 2),
        (SECOND_VILLAGE, 2),
        (DISTRICT, 3),
        (REGENCY, 3),
        ("99.01.01", 3),
        ("99.01.03", 3),
    ]
    listed = [happening(*place, confirmed=sure) for place in places for sure in (True, False)]
    drawn, _ = event_map((factories.waluku()[REGENCY].range,), listed)
    assert drawn is not None
    for one, other in combinations(drawn.marks, 2):
        across = abs(one.sign_x - other.sign_x) >= (one.width + other.width) / 2
        assert across or abs(one.sign_y - other.sign_y) >= 20, (one.words, other.words)
    for name, sign in product(drawn.names, drawn.marks):
        reach = (len(name.text) * 6.4 + sign.width) / 2
        assert abs(name.x - sign.sign_x) >= reach or not -14 < name.y - sign.sign_y < 21


def test_a_large_count_has_a_sign_as_wide_as_its_number(land: None) -> None:
    assert (
        mark(happening(DISTRICT, 2, count=12_345, sign="12.345")).width > mark(happening(DISTRICT, 2)).width
    )


def test_a_region_is_hatched_where_it_is_the_place_and_not_where_it_is_counted(land: None) -> None:
    ranges = (factories.waluku()[REGENCY].range,)
    placed, _ = event_map(ranges, [happening(DISTRICT, 3)])
    counted, _ = event_map(ranges, [happening(DISTRICT, 2, count=5, sign="5")])
    assert placed is not None
    assert counted is not None
    assert (len(placed.hatched), len(placed.wide_rings)) == (1, 0)
    assert (len(counted.hatched), len(counted.wide_rings)) == (0, 0)


def test_what_is_wider_than_a_region_of_the_sheet_is_a_broad_ring(land: None) -> None:
    drawn, _ = event_map((factories.waluku()[REGENCY].range,), [happening(REGENCY, 3)])
    assert drawn is not None
    assert len(drawn.wide_rings) == 1
    assert 26 <= drawn.wide_rings[0].radius <= 120


def test_the_outline_of_the_area_is_left_out_where_its_parts_say_otherwise(land: None) -> None:
    ranges = (factories.waluku()[REGENCY].range,)
    whole = area_frame(ranges)
    row = Boundary.objects.get(region__code=REGENCY)
    row.polygons = [[[[x + 0.001, y] for x, y in ring] for ring in polygon] for polygon in row.polygons]
    row.save()
    row.drawn_from.sha256 = "e" * 64
    row.drawn_from.save()
    shifted = area_frame(ranges)
    assert whole is not None
    assert shifted is not None
    assert whole.edge
    assert shifted.edge == ""


def small(area: str | None, precision: int = 2, **values: Any) -> Any:
    scope = people.actor(people.analis()).scope_for(page.Permission.EVENT_READ)
    number = key(area) if area else None
    return small_map(area=number, precision=precision, scope=scope, now=factories.NOW, **values)


def test_a_small_map_shows_the_place_its_neighbours_and_their_names(land: None) -> None:
    drawn = small(VILLAGE)
    assert drawn.here.form == RING
    assert 0 < drawn.here.x < drawn.frame.width
    assert "Tegalwuku" in [name.text for name in drawn.names]
    text = render_to_string("parts/small_map.html", {"small_map": drawn})
    assert "Lingkaran: di mana saja di desa ini." in text
    assert len(text.encode()) < 30_000
    assert drawn.frame.edge.startswith("M")
    assert drawn.frame.fine.startswith("M")


def test_a_small_map_of_a_point_keeps_the_point_and_its_circle(land: None) -> None:
    drawn = small(VILLAGE, 1, point=centre(VILLAGE))
    assert drawn.here.form == POINT
    assert drawn.here.radius >= 13


def test_a_small_map_shows_events_nearby_but_not_the_one_it_is_about(land: None, ratna: Account) -> None:
    one, other = happened(ratna, VILLAGE, 2), happened(ratna, SECOND_VILLAGE, 2)
    drawn = small(VILLAGE, events=[one, other], without=one.pk)
    assert [mark.name for mark in drawn.marks] == [other.number]


def test_events_in_the_circle_itself_are_told_in_words_and_not_drawn_elsewhere(
    land: None, ratna: Account
) -> None:
    one, other = happened(ratna, VILLAGE, 2), happened(ratna, VILLAGE, 2)
    drawn = small(VILLAGE, events=[one, other], without=one.pk)
    assert drawn.marks == ()
    assert drawn.same_place == (other.number,)
    assert f"Di tempat ini juga: {other.number}." in render_to_string(
        "parts/small_map.html", {"small_map": drawn}
    )


def test_there_is_no_small_map_without_a_place_or_an_outline(land: None) -> None:
    assert small(None) is None
    Boundary.objects.all().delete()
    assert small("99.02.01.2001") is None


def test_a_wide_place_has_a_small_map_of_its_region(land: None) -> None:
    drawn = small(REGENCY, 3)
    assert drawn.here.form == WIDE
    assert "Waluku" in [name.text for name in drawn.names]


def test_a_page_stays_light_and_no_style_or_script_stands_in_it(land: None, ratna: Account) -> None:
    for number in range(30):
        happened(ratna, (VILLAGE, DISTRICT, SECOND_VILLAGE)[number % 3], 3)
    text = shown(enter(ratna))
    assert len(text.encode()) < 250_000
    assert not re.search(r"\sstyle=|<style|\son\w+=", text)


def test_numbers_in_the_drawing_have_points_not_commas(land: None, ratna: Account) -> None:
    happened(ratna, VILLAGE, 1, latitude=Decimal("-9.7"), longitude=Decimal("109.0"))
    text = shown(enter(ratna))
    assert re.search(r'cx="\d+\.\d"|translate\(\d+\.\d', text)
    assert not re.search(r'(?:cx|cy|r|x|y)="-?\d+,\d|translate\([^)]*,', text)
