"""What people write finds the place they mean; every result says why it matched."""

from __future__ import annotations

import pytest

from kentongan.places import actions
from kentongan.places.actions import LoadOutcome
from kentongan.places.keys import Level, range_of
from kentongan.places.models import Region
from kentongan.places.queries import MatchedBy, search_regions

from .conftest import ACTOR, AT, Load, listing

SITUATIONS = [
    ("batang hari", "15.04", MatchedBy.NAME),
    ("muko muko", "17.06", MatchedBy.NAME),
    ("fakfak", "92.03", MatchedBy.NAME),
    ("fak fak", "92.03", MatchedBy.NAME),
    ("kab pasuruan", "35.14", MatchedBy.NAME),
    ("Kota Pasuruan", "35.75", MatchedBy.NAME),
    ("kab pasuruhan", "35.14", MatchedBy.SPELLING),
    ("Kec. Rembang Pasuruan", "35.14.15", MatchedBy.NAME),
    ("pasuruan rembang", "35.14.15", MatchedBy.NAME),
    ("Kec. Rembang, Kab. Pasuruhan", "35.14.15", MatchedBy.NAME),
    ("rembang", "33.17", MatchedBy.NAME),
    ("desa rembang", "35.14.15.2009", MatchedBy.NAME),
    ("Desa Oro-oro Ombo Kulon Kec. Rembang Kab. Pasuruan", "35.14.15.2013", MatchedBy.NAME),
    ("oro oro", "35.14.15.2013", MatchedBy.BEGINNING),
    ("ombo kulon", "35.14.15.2013", MatchedBy.PART),
    ("kota gajah", "18.02.23", MatchedBy.NAME),
    ("desa kota gajah", "18.02.23", MatchedBy.NAME),
    ("babel", "19", MatchedBy.ALIAS),
    ("kaltara", "65", MatchedBy.ALIAS),
    ("Kep. Bangka Belitung", "19", MatchedBy.NAME),
    ("bangka belitung", "19", MatchedBy.PART),
    ("jatimm", "35", MatchedBy.SPELLING),
    ("bugul lro", "35.75.03.1001", MatchedBy.SPELLING),
    ("distrik sentani", "91.03.01", MatchedBy.NAME),
]


@pytest.mark.parametrize(("text", "code", "by"), SITUATIONS)
def test_a_text_finds_the_place_first_and_says_why(
    sample: LoadOutcome, text: str, code: str, by: MatchedBy
) -> None:
    best = search_regions(text)[0]
    assert (best.region.code, best.by) == (code, by)


def test_larger_regions_come_before_smaller_ones_of_the_same_name(sample: LoadOutcome) -> None:
    assert [match.region.code for match in search_regions("rembang")] == [
        "33.17",
        "35.14.15",
        "35.14.15.2009",
    ]


def test_a_village_of_the_exact_name_does_not_hide_a_regency_of_a_near_one(sample: LoadOutcome) -> None:
    found = [match.region.code for match in search_regions("pasuruhan", limit=3)]
    assert found == ["33.01.04.2010", "35.14", "35.75"]


def test_a_search_stays_inside_a_range_and_a_level(sample: LoadOutcome) -> None:
    inside = search_regions("rembang", within=range_of("35"))
    assert [match.region.code for match in inside] == ["35.14.15", "35.14.15.2009"]
    villages = search_regions("rembang", level=Level.VILLAGE)
    assert [match.region.code for match in villages] == ["35.14.15.2009"]


def test_a_limit_is_kept(sample: LoadOutcome) -> None:
    assert len(search_regions("b", limit=2)) == 2


@pytest.mark.parametrize("text", ["", "?", "xqzjwvvk", "rembang xqzjwvvk", "kec. rembang kab. xqzjwvvk"])
def test_what_is_nowhere_finds_nothing(sample: LoadOutcome, text: str) -> None:
    assert search_regions(text) == []


def test_a_closed_region_is_no_longer_found(sample: LoadOutcome, load: Load) -> None:
    load(listing(without=("35.75",)))
    assert search_regions("kota pasuruan", level=Level.REGENCY)[0].region.code == "35.14"
    assert search_regions("bugul lro") == []


def test_a_name_added_later_is_found_even_with_a_slip(sample: LoadOutcome) -> None:
    search_regions("xqzjwvvk")
    actions.add_alias(Region.objects.get(code="35.14"), "Bumi Untung", source="kantor", at=AT, actor=ACTOR)
    best = search_regions("bumi untnug")[0]
    assert (best.region.code, best.by, best.name) == ("35.14", MatchedBy.SPELLING, "Bumi Untung")


@pytest.mark.parametrize(
    "text", ["'; DROP", "%", "_", "a" * 5000, "\x00", "kab " * 500, "😀 rembang", "(((", "1 2 3"]
)
def test_odd_texts_are_answered_without_an_error(sample: LoadOutcome, text: str) -> None:
    assert len(search_regions(text)) <= 20
