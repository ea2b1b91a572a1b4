"""The whole official list, loaded once: counts, tree, islands, the cross-check, and real searches."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import F
from pytest_django import DjangoDbBlocker

from kentongan.places import actions, lists, queries
from kentongan.places.actions import LoadOutcome
from kentongan.places.keys import Level
from kentongan.places.models import Island, Region

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

AT = datetime(2026, 3, 5, tzinfo=timezone.utc)
SEARCHES = {
    "batang hari": "15.04",
    "muko muko": "17.06",
    "fak fak": "92.03",
    "kab pasuruan": "35.14",
    "Kec. Rembang Pasuruan": "35.14.15",
    "Oro-oro Ombo Kulon": "35.14.15.2013",
    "magetan": "35.20",
    "kaltara": "65",
    "babel": "19",
    "bulungan": "65.01",
    "jakarta": "31",
    "banjarmasih": "63.71",
    "kota baru": "63.02",
}


@pytest.fixture(scope="module")
def whole(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[LoadOutcome]:
    """The shipped list in a transaction that is undone after this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield actions.load_regions(lists.shipped_list(), at=AT, actor="sistem:uji")
        transaction.set_rollback(True)


def test_every_region_and_island_is_loaded_without_an_error(whole: LoadOutcome) -> None:
    assert whole.errors == ()
    counts = queries.counts_by_level()
    assert [counts[level] for level in Level] == [38, 514, 7285, 83762]
    assert Island.objects.filter(valid_to=None).count() == 17373


def test_every_region_lies_inside_its_parent_one_level_up(whole: LoadOutcome) -> None:
    inside = Region.objects.filter(
        parent__level=F("level") - 1, key__gt=F("parent__key"), range_end__lte=F("parent__range_end")
    )
    assert inside.count() == 91599 - 38


def test_a_second_load_changes_nothing(whole: LoadOutcome) -> None:
    assert not actions.load_regions(lists.shipped_list(), at=AT, actor="sistem:uji").changed


def test_island_codes_read_like_those_of_real_districts_so_islands_have_no_key(whole: LoadOutcome) -> None:
    districts = set(Region.objects.filter(level=Level.DISTRICT).values_list("code", flat=True))
    assert any(code[:8] in districts for code in Island.objects.values_list("code", flat=True))
    assert not any(field.name in {"key", "range_end"} for field in Island._meta.get_fields())


def test_the_list_agrees_with_another_copy_but_for_62_spellings(whole: LoadOutcome, shared_dir: Path) -> None:
    out = StringIO()
    other = shared_dir / "data" / "regions" / "wilayah_2025.csv"
    call_command("regions", "check", "--against", str(other), stdout=out)
    assert "0 belum tersimpan, 0 tidak ada di daftar, 62 nama ditulis berbeda" in out.getvalue()


def test_real_searches_find_the_place_first(whole: LoadOutcome) -> None:
    found = {text: queries.search_regions(text)[0].region.code for text in SEARCHES}
    assert found == SEARCHES


def test_pasuruhan_finds_the_villages_and_still_shows_pasuruan(whole: LoadOutcome) -> None:
    found = [match.region.code for match in queries.search_regions("pasuruhan", limit=4)]
    assert found[0] == "33.01.04.2010"
    assert found[2:] == ["35.14", "35.75"]
