"""Search names, distances and the index of names, each against a slow plain twin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.places.spelling import NameIndex, allowed_edits, edit_distance, just_after, search_name

names = st.text("abkn9", min_size=0, max_size=7)
long_names = st.text("abn", min_size=4, max_size=12)


def slow_distance(left: str, right: str) -> int:
    """Optimal string alignment by its definition."""
    if not left or not right:
        return len(left) + len(right)
    best = min(
        slow_distance(left[:-1], right) + 1,
        slow_distance(left, right[:-1]) + 1,
        slow_distance(left[:-1], right[:-1]) + (left[-1] != right[-1]),
    )
    if len(left) > 1 and len(right) > 1 and left[-1] == right[-2] and left[-2] == right[-1]:
        best = min(best, slow_distance(left[:-2], right[:-2]) + 1)
    return best


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Batang Hari", "batanghari"),
        ("Oro-Oro Ombokulon", "oro oro ombo kulon"),
        ('Ra"as', "Ra'as"),
        ("Kep. Bangka Belitung", "Kepulauan Bangka Belitung"),
        ("Sei Kepayang", "Sungai Kepayang"),
        ("N i a n", "Nian"),
        ("Ku\u2019u", "Kuu"),
        ("Cafe Baru", "Caf\u00e9 Baru"),
    ],
)
def test_two_ways_to_write_a_name_have_one_search_name(one: str, other: str) -> None:
    assert search_name(one) == search_name(other)


@given(st.text("abk", max_size=5), st.text("abk", max_size=5), st.integers(0, 5))
def test_distance_equals_its_definition_up_to_the_limit(left: str, right: str, most: int) -> None:
    true = slow_distance(left, right)
    assert edit_distance(left, right, at_most=most) == (true if true <= most else None)


@given(names.filter(bool), names)
def test_names_with_a_beginning_lie_between_it_and_what_comes_just_after(prefix: str, name: str) -> None:
    end = just_after(prefix)
    lies_between = prefix <= name and (end is None or name < end)
    assert lies_between is name.startswith(prefix)


@pytest.mark.parametrize(("prefix", "after"), [("zz", None), ("az", "b"), ("a9", "aa"), ("pasu", "pasv")])
def test_the_end_of_a_beginning_stays_within_letters_and_digits(prefix: str, after: str | None) -> None:
    assert just_after(prefix) == after


@given(st.lists(long_names, max_size=15), long_names)
def test_near_names_are_those_a_full_comparison_finds(known: list[str], text: str) -> None:
    most = allowed_edits(len(text))
    expected = {name for name in known if edit_distance(text, name, at_most=most) is not None}
    # One wrong letter in a very short name may leave no letter group in common: those may be missed.
    found = {near.name for near in NameIndex(known).near(text, limit=100)}
    assert found <= expected
    assert {name for name in expected if edit_distance(text, name, at_most=1) is not None} <= found


@given(st.lists(long_names, max_size=15), st.text("abn", min_size=3, max_size=5))
def test_names_that_hold_a_text_are_all_found(known: list[str], text: str) -> None:
    assert set(NameIndex(known).containing(text, limit=100)) == {name for name in known if text in name}


def test_very_short_names_forgive_no_letter() -> None:
    assert NameIndex(["abc", "abd"]).near("abe", limit=5) == []
