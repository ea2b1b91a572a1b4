"""Reading regions by code, key and date, labels, zones and the rows for a gazetteer."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kentongan.edge.problems import Problem
from kentongan.places import actions, queries
from kentongan.places.actions import LoadOutcome
from kentongan.places.keys import Level, key_of, range_of
from kentongan.places.models import Region

from .conftest import ACTOR, ALIASES, AT, SAMPLE, Load, listing

LATER = AT + timedelta(days=300)


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("35.14.15.2013", "Desa Oro-Oro Ombokulon, Kec. Rembang"),
        ("35.14.15", "Kec. Rembang, Kab. Pasuruan"),
        ("35.14", "Kab. Pasuruan"),
        ("35", "Prov. Jawa Timur"),
        ("91.03.01.3007", "Desa Adat Yoboi, Distrik Sentani"),
    ],
)
def test_a_label_names_the_region_and_the_one_above_it(sample: LoadOutcome, code: str, label: str) -> None:
    assert queries.region_label(key_of(code)) == label


def test_labels_up_to_the_province_take_one_query_for_all(sample: LoadOutcome) -> None:
    keys = [key_of("35.14.15.2013"), key_of("35.75.03")]
    with CaptureQueriesContext(
        connection,
    ) as asked:
        labels = queries.region_labels(keys, up_to=Level.PROVINCE)
    assert len(asked) == 1
    assert labels[keys[0]] == "Desa Oro-Oro Ombokulon, Kec. Rembang, Kab. Pasuruan, Prov. Jawa Timur"
    assert labels[keys[1]] == "Kec. Bugul Kidul, Kota Pasuruan, Prov. Jawa Timur"


@pytest.mark.parametrize("key", [key_of("36"), 0, 10**12])
def test_a_key_no_region_ever_had_is_a_problem_that_names_it(sample: LoadOutcome, key: int) -> None:
    with pytest.raises(Problem) as unknown:
        queries.region_label(key)
    assert str(key) in unknown.value.sentence()


def test_an_unknown_code_is_a_problem_that_names_it(sample: LoadOutcome) -> None:
    with pytest.raises(Problem) as unknown:
        queries.region_by_code("99.99")
    assert (unknown.value.status, "99.99" in unknown.value.sentence()) == (404, True)


def test_an_ended_code_names_its_successor_and_is_found_by_date_and_by_key(
    sample: LoadOutcome, load: Load
) -> None:
    load(listing(("35.14.17", "Kraton Baru"), without=("35.14.16",)), at=LATER)
    old, new = Region.objects.get(code="35.14.16"), Region.objects.get(code="35.14.17")
    actions.record_succession(old, new, since=LATER.date(), source="Perda contoh", at=LATER, actor=ACTOR)
    with pytest.raises(Problem) as ended:
        queries.region_by_code("35.14.16")
    assert "35.14.17 Kec. Kraton Baru" in ended.value.sentence()
    assert queries.region_by_code("35.14.16", on=LATER.date() - timedelta(days=1)) == old
    assert queries.region_by_key(key_of("35.14.16")) == old
    for code, day in (("35.14.16", LATER.date()), ("35.14.17", LATER.date() - timedelta(days=1))):
        with pytest.raises(Problem):
            queries.region_by_code(code, on=day)


def test_a_key_borne_twice_gives_the_region_in_force(sample: LoadOutcome, load: Load) -> None:
    load(listing(without=("35.14.16",)), at=LATER)
    load(listing(), at=LATER + timedelta(days=1))
    assert queries.region_by_key(key_of("35.14.16")).valid_to is None


def test_the_tree_goes_down_and_up(sample: LoadOutcome) -> None:
    regency = queries.region_by_code("35.14")
    assert [child.code for child in queries.children_of(regency)] == ["35.14.15", "35.14.16"]
    assert [child.code for child in queries.children_of(None)][:2] == ["15", "17"]
    village = queries.region_by_code("35.14.15.2013")
    assert [above.code for above in queries.ancestors_of(village)] == ["35", "35.14", "35.14.15"]


def test_the_region_of_a_level_is_found_from_any_key_inside(sample: LoadOutcome) -> None:
    assert queries.region_at(key_of("35.14.15.2013"), Level.REGENCY).code == "35.14"
    with pytest.raises(Problem):
        queries.region_at(key_of("35"), Level.REGENCY)


@pytest.mark.parametrize(("code", "zone"), [("35.14.15.2013", "WIB"), ("65", "WITA"), ("91.03.01", "WIT")])
def test_the_zone_is_that_of_the_province(sample: LoadOutcome, code: str, zone: str) -> None:
    assert queries.zone_label(queries.time_zone_of(key_of(code))) == zone


def test_another_zone_keeps_its_own_name() -> None:
    assert queries.zone_label(ZoneInfo("UTC")) == "UTC"


def test_the_gazetteer_holds_every_name_and_other_name(sample: LoadOutcome) -> None:
    rows = list(queries.all_place_names())
    assert len(rows) == len(SAMPLE) + len(ALIASES)
    assert queries.PlaceName("35.14", 2, "Pasuruan", "kabupaten", "35") in rows
    assert queries.PlaceName("19", 1, "Babel", "provinsi", "", is_alias=True) in rows
    inside = queries.all_place_names(within=range_of("35.75"))
    assert [row.code for row in inside] == ["35.75", "35.75.03", "35.75.03.1001"]


def test_counts_and_edition_tell_what_is_in_force(sample: LoadOutcome) -> None:
    assert queries.counts_by_level()[Level.PROVINCE] == 10
    stored = queries.edition()
    assert stored is not None
    assert stored.counts["opened"] == len(SAMPLE)
    assert queries.edition("tidak ada") is None
