"""The lookup `in_region` says the same as a plain comparison of numbers, on whichever database runs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.places.actions import LoadOutcome
from kentongan.places.fields import in_any_region
from kentongan.places.keys import WHOLE_COUNTRY, RegionRange, key_of, range_of
from kentongan.places.models import Region, RegionAlias

from .conftest import SAMPLE

KEYS = sorted(key_of(code) for code, _ in SAMPLE)
# Limits on, right below and right above real keys: where an off-by-one would show.
limits = st.sampled_from(KEYS).flatmap(lambda key: st.sampled_from([key - 1, key, key + 1]))
ranges = st.tuples(limits, limits).filter(lambda pair: pair[0] < pair[1]).map(lambda pair: RegionRange(*pair))


@given(wanted=ranges)
def test_in_region_finds_exactly_the_keys_in_the_range(sample: LoadOutcome, wanted: RegionRange) -> None:
    found = Region.objects.filter(key__in_region=wanted).values_list("key", flat=True)
    assert sorted(found) == [key for key in KEYS if wanted.contains(key)]


@given(wanted=st.lists(ranges, max_size=4))
def test_in_any_region_is_the_union(sample: LoadOutcome, wanted: list[RegionRange]) -> None:
    found = Region.objects.filter(in_any_region("key", wanted)).values_list("key", flat=True)
    assert sorted(found) == [key for key in KEYS if any(each.contains(key) for each in wanted)]


def test_no_range_at_all_finds_nothing(sample: LoadOutcome) -> None:
    assert not Region.objects.filter(in_any_region("key", [])).exists()
    assert Region.objects.filter(in_any_region("key", [WHOLE_COUNTRY])).count() == len(SAMPLE)


def test_the_lookup_works_across_a_relation_and_negated(sample: LoadOutcome) -> None:
    east_java = range_of("35")
    inside = RegionAlias.objects.filter(in_any_region("region__key", [east_java]))
    outside = RegionAlias.objects.exclude(region__key__in_region=east_java)
    assert [alias.name for alias in inside] == ["Jatim"]
    assert sorted(alias.name for alias in outside) == ["Babel", "Jakarta", "Kaltara"]


def test_a_bare_number_is_refused_as_a_range(db: None) -> None:
    with pytest.raises(TypeError, match="wants a RegionRange"):
        Region.objects.filter(key__in_region=3514000000)
