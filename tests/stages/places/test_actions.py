"""Loading lists, adding names, recording successions: what is written, and that nothing is ever removed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kentongan.audit.models import AuditEntry
from kentongan.edge.problems import Problem
from kentongan.places import actions, queries
from kentongan.places.actions import LoadOutcome
from kentongan.places.lists import ListedIsland, RegionListing, listing_of
from kentongan.places.models import Island, Region, RegionAlias, RegionList

from .conftest import ACTOR, AT, SAMPLE, Load, listing

LATER = AT + timedelta(days=300)


def islands(*rows: ListedIsland) -> RegionListing:
    return replace(listing(), islands=rows)


def test_a_first_load_opens_every_region_with_its_parent_and_zone(sample: LoadOutcome) -> None:
    assert sample.opened == len(SAMPLE)
    village = Region.objects.get(code="35.14.16.2006")
    assert village.parent == Region.objects.get(code="35.14.16")
    assert (village.level, village.kind, village.key, village.range_end) == (
        4,
        "desa",
        3514162006,
        3514162007,
    )
    assert (village.time_zone, village.valid_from, village.valid_to) == ("Asia/Jakarta", None, None)
    assert Region.objects.get(code="91.03.01").time_zone == "Asia/Jayapura"


def test_a_load_is_one_row_in_the_audit_chain_with_its_counts(sample: LoadOutcome) -> None:
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor, entry.at) == ("regions.loaded", ACTOR, AT)
    assert entry.detail["opened"] == len(SAMPLE)


def test_a_second_load_of_the_same_list_writes_nothing(sample: LoadOutcome, load: Load) -> None:
    again = load(listing(), at=LATER)
    assert not again.changed
    assert (Region.objects.count(), RegionList.objects.count(), AuditEntry.objects.count()) == (
        len(SAMPLE),
        1,
        1,
    )


def test_a_vanished_code_is_closed_on_the_day_with_everything_below_it(
    sample: LoadOutcome, load: Load
) -> None:
    outcome = load(listing(without=("35.14.16",)), at=LATER)
    assert outcome.closed == 2
    assert Region.objects.get(code="35.14.16").valid_to == LATER.date()
    assert Region.objects.count() == len(SAMPLE)


def test_a_code_that_comes_back_is_a_new_region(sample: LoadOutcome, load: Load) -> None:
    load(listing(without=("35.14.16",)), at=LATER)
    load(listing(), at=LATER + timedelta(days=1))
    old, new = Region.objects.filter(code="35.14.16").order_by("pk")
    assert (old.valid_to, new.valid_from, new.valid_to) == (LATER.date(), date(2026, 12, 31), None)
    assert Region.objects.get(code="35.14.16.2006", valid_to=None).parent == new


def test_a_new_spelling_keeps_the_region_and_the_old_name_findable(sample: LoadOutcome, load: Load) -> None:
    before = Region.objects.get(code="17.06")
    outcome = load(listing(("17.06", "Kabupaten Muara Muko")), at=LATER)
    after = Region.objects.get(code="17.06")
    assert (outcome.renamed, after.pk, after.name) == (1, before.pk, "Muara Muko")
    assert [match.region.code for match in queries.search_regions("mukomuko")] == ["17.06"]


def test_a_list_that_would_close_too_much_is_refused_whole(sample: LoadOutcome, load: Load) -> None:
    with pytest.raises(Problem) as refused:
        load(listing(without=("35",)), largest_loss=0.05)
    assert refused.value.code == "places.list_shrinks"
    assert "10" in refused.value.sentence()
    assert queries.in_force().count() == len(SAMPLE)


def test_a_list_of_another_source_leaves_the_national_one_alone(sample: LoadOutcome, load: Load) -> None:
    coined = listing_of(
        "dunia demo", [("99", "Bimasakti Raya"), ("99.01", "Kabupaten Waluku")], time_zone="Asia/Jakarta"
    )
    load(coined)
    assert not load(listing()).changed
    assert queries.region_label(9901000000) == "Kab. Waluku"


def test_bad_rows_are_reported_and_the_rest_is_loaded(load: Load) -> None:
    outcome = load(listing(("35.14.17", ""), ("36.01.01", "Yatim")))
    assert len(outcome.errors) == 2
    assert outcome.opened == len(SAMPLE)


def test_islands_are_opened_changed_and_closed_without_a_range_key(sample: LoadOutcome, load: Load) -> None:
    first = ListedIsland("35.14.40001", "35.14", "Pulau Uji", -7.5, 112.9, populated=False, outermost=None)
    second = ListedIsland("19.00.40001", "19", "Pulau Tanpa Kabupaten")
    orphan = ListedIsland("88.01.40001", "88.01", "Pulau Entah")
    assert load(islands(first, second, orphan)).islands == 2
    assert load(islands(replace(first, populated=True))).islands == 2
    assert Island.objects.get(code="35.14.40001").populated is True
    assert Island.objects.get(code="19.00.40001").valid_to == AT.date()
    assert not load(islands(replace(first, populated=True))).changed
    assert not hasattr(Island, "key")


def test_another_name_is_added_once(sample: LoadOutcome) -> None:
    region = Region.objects.get(code="35.14")
    actions.add_alias(region, "Bumi  Untung", source="kantor", at=AT, actor=ACTOR)
    with pytest.raises(Problem, match="already known"):
        actions.add_alias(region, "bumi untung", source="kantor", at=AT, actor=ACTOR)
    assert RegionAlias.objects.get(region=region).name == "Bumi Untung"
    assert AuditEntry.objects.get(action="region.alias_added").area == region.key


@pytest.mark.parametrize("name", ["", " - ", "x" * 101])
def test_a_name_without_letters_or_too_long_is_refused(sample: LoadOutcome, name: str) -> None:
    with pytest.raises(Problem) as refused:
        actions.add_alias(Region.objects.get(code="35"), name, source="kantor", at=AT, actor=ACTOR)
    assert refused.value.code == "places.alias_empty"


def test_a_succession_is_recorded_once_and_never_with_itself(sample: LoadOutcome, load: Load) -> None:
    load(listing(("35.14.17", "Kraton Baru"), without=("35.14.16",)), at=LATER)
    old, new = Region.objects.get(code="35.14.16"), Region.objects.get(code="35.14.17")

    def succeed(by: Region) -> None:
        actions.record_succession(old, by, since=LATER.date(), source="Perda contoh", at=LATER, actor=ACTOR)

    succeed(new)
    assert list(queries.successors_of(old)) == [new]
    for wrong in (new, old):
        with pytest.raises(Problem) as refused:
            succeed(wrong)
        assert refused.value.code == "places.succession_refused"
