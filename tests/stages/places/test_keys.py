"""Codes, keys and ranges."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.places.keys import (
    KEY_DIGITS,
    WHOLE_COUNTRY,
    RegionRange,
    code_of,
    key_at,
    key_of,
    level_of,
    level_of_key,
    merged,
    parent_code,
    range_of,
    range_of_key,
)


@st.composite
def codes(draw: st.DrawFn) -> str:
    level = draw(st.integers(1, 4))
    parts = [f"{draw(st.integers(1, 99)):02d}" for _ in range(min(level, 3))]
    if level == 4:
        parts.append(f"{draw(st.integers(1, 9999)):04d}")
    return ".".join(parts)


limits = st.integers(0, 10**KEY_DIGITS)
ranges = st.tuples(limits, limits).filter(lambda pair: pair[0] < pair[1]).map(lambda pair: RegionRange(*pair))


def test_a_village_code_becomes_its_ten_digits() -> None:
    assert key_of("35.14.16.2006") == 3514162006


def test_a_regency_spans_all_codes_below_it() -> None:
    assert range_of("35.14") == RegionRange(3514000000, 3515000000)


@given(codes())
def test_a_code_comes_back_from_its_key(code: str) -> None:
    assert code_of(key_of(code), level_of(code)) == code
    assert level_of_key(key_of(code)) == level_of(code)
    assert range_of_key(key_of(code)) == range_of(code)


@given(codes(), codes())
def test_a_range_holds_exactly_the_codes_that_begin_with_it(upper: str, lower: str) -> None:
    is_below = lower == upper or lower.startswith(f"{upper}.")
    assert range_of(upper).contains(key_of(lower)) is is_below
    assert range_of(upper).covers(range_of(lower)) is is_below


@given(codes(), codes())
def test_two_subtrees_overlap_only_when_one_holds_the_other(left: str, right: str) -> None:
    one, other = range_of(left), range_of(right)
    assert one.overlaps(other) is (one.covers(other) or other.covers(one))


@given(codes())
def test_going_up_the_code_and_going_up_the_key_agree(code: str) -> None:
    above = parent_code(code)
    if above is None:
        assert level_of(code) == 1
    else:
        assert key_at(key_of(code), level_of(above)) == key_of(above)


@given(st.lists(ranges, max_size=6), limits)
def test_merging_ranges_keeps_the_same_keys(many: list[RegionRange], key: int) -> None:
    fewer = merged(many)
    assert any(each.contains(key) for each in many) is any(each.contains(key) for each in fewer)
    assert all(left.high < right.low for left, right in pairwise(fewer))


@pytest.mark.parametrize(
    "code",
    [
        "",
        "3",
        "35.",
        "35.1",
        "35-14",
        "3514",
        "35.14.16.206",
        "35.14.16.2006.1",
        "35.00",
        "35.14.16.0000",
        "٣٥",
        "35\n",
    ],
)
def test_what_is_no_code_is_refused_with_the_code_in_the_sentence(code: str) -> None:
    with pytest.raises(ValueError, match="is no region code"):
        level_of(code)


@pytest.mark.parametrize(("key", "level"), [(3514162006, 2), (0, 1), (-1, 1), (10**10, 4), (3500000000, 2)])
def test_a_key_with_digits_below_or_missing_at_its_level_is_refused(key: int, level: int) -> None:
    with pytest.raises(ValueError, match="is no"):
        code_of(key, level)


def test_a_region_above_the_asked_level_has_no_single_region_there() -> None:
    with pytest.raises(ValueError, match="lies above level 3"):
        key_at(key_of("35.14"), 3)


@pytest.mark.parametrize(("low", "high"), [(5, 5), (6, 5), (-1, 5), (0, 10**10 + 1)])
def test_an_empty_or_too_wide_range_cannot_be_made(low: int, high: int) -> None:
    with pytest.raises(ValueError, match="no range of region keys"):
        RegionRange(low, high)


def test_the_whole_country_holds_the_last_possible_village() -> None:
    assert WHOLE_COUNTRY.covers(range_of("99.99.99.9999"))
