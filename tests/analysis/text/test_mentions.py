"""Names are found with the word that says what is meant; the fast matcher agrees with a slow plain one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.analysis.text.gazetteer import build_gazetteer
from kentongan.analysis.text.mentions import find_mentions
from kentongan.analysis.text.normalise import letters_only
from kentongan.analysis.text.place_names import Cue, PlaceName, is_city, name_key
from kentongan.analysis.text.terms_id import INDONESIAN_PLACES
from tests.analysis.text.coined import NAMES, coined_gazetteer


def mentioned(text: str) -> list[tuple[str, tuple[str, ...], Cue | None]]:
    found = find_mentions(text, gazetteer=coined_gazetteer(), terms=INDONESIAN_PLACES)
    return [(one.span.text, one.codes, one.cue) for one in found]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Kab. Waluku", ("99.01",)),
        ("Kabupaten Waluku", ("99.01",)),
        ("kabupaten waluku", ("99.01",)),
        ("Pemkab Waluku", ("99.01",)),
        ("Bupati Walu Ku", ("99.01",)),
        ("Kec. Tegal-wuku", ("99.01.01",)),
        ("Kecamatan Waluku", ("99.02.02",)),
        ("Desa Sumber Luku", ("99.01.01.2001",)),
        ("Provinsi Bimasakti Raya", ("99",)),
        ("Kepulauan Gumarang", ("99.04",)),
        ("Kodim 0999/Waluku", ("99.01",)),
        ("Wali Kota Pesisir Panjer", ("99.72",)),
        ("Kab. Pesisir Panjer", ("99.03",)),
        ("Polres Pesisir Panjer", ("99.03", "99.72")),
        ("Polres Pesisir Panjer Kota", ("99.72",)),
        ("Kab/Kota Pesisir Panjer", ("99.03", "99.72")),
        ("Kota Waluku", ("99.01",)),
        ("Gubernur Bimara", ("99",)),
        ("WALUKU", ("99.01",)),
    ],
)
def test_a_name_is_read_by_the_word_before_it(text: str, codes: tuple[str, ...]) -> None:
    assert [found[1] for found in mentioned(text)] == [codes]


@pytest.mark.parametrize(
    "text",
    [
        "Sumberluku",
        "sekitar waluku",
        "WALUKU.KABARWUKU.COM",
        "Radar Waluku",
        "Waluku Pos",
        "Universitas Negeri (Unwal) Waluku",
        "Jalan Raya Waluku",
        "PT Waluku",
        "kabar@waluku",
    ],
)
def test_a_name_that_means_no_place_is_passed_over(text: str) -> None:
    assert mentioned(text) == []


def test_the_longest_name_wins() -> None:
    names = (PlaceName("98", 1, "Gumarang"), PlaceName("98.01", 2, "Gumarang Kulon Progres"))
    found = find_mentions("Gumarang Kulon Progres", gazetteer=build_gazetteer(names), terms=INDONESIAN_PLACES)
    assert [one.codes for one in found] == [("98.01",)]


def test_a_bare_name_before_a_comma_lies_inside_the_region_behind_it() -> None:
    assert [found[1] for found in mentioned("di Waluku, Lintang Wuluh")] == [("99.02.02",), ("99.02",)]
    assert [found[1] for found in mentioned("di Waluku, Penceng")] == [("99.01",), ("99.71",)]


def test_a_name_does_not_reach_over_an_empty_line() -> None:
    assert mentioned("Lintang\n\nWuluh") == []


def test_a_code_that_comes_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="99 comes twice"):
        build_gazetteer([NAMES[0], NAMES[0]])


def test_an_alias_of_a_region_outside_the_list_is_left_out() -> None:
    assert "kaltara" not in coined_gazetteer().codes_by_key


def test_a_kota_is_known_by_kind_name_or_number() -> None:
    assert is_city(PlaceName("99.05", 2, "Penceng", "kota"))
    assert is_city(PlaceName("99.05", 2, "Kota Penceng"))
    assert is_city(PlaceName("99.75", 2, "Penceng"))
    assert not is_city(PlaceName("99.75", 2, "Kabupaten Penceng"))


def test_only_the_administrative_word_leaves_a_name() -> None:
    assert name_key(PlaceName("99.01", 2, "Kabupaten Kepulauan Gumarang")) == "kepulauangumarang"
    assert name_key(PlaceName("99.01.01", 3, "Kota Wuku")) == "kotawuku"


def plain_names_in(words: list[str], names: list[PlaceName]) -> list[tuple[int, int, str]]:
    """The slow plain twin: every run of words against every name, longest first, none overlapping."""
    found = []
    index = 0
    while index < len(words):
        for end in range(len(words), index, -1):
            key = letters_only(" ".join(words[index:end]))
            codes = [place.code for place in names if place.level <= 2 and name_key(place) == key]
            if codes:
                found.append((index, end, codes[0]))
                index = end
                break
        else:
            index += 1
    return found


syllables = st.sampled_from(["Wa", "Luku", "Lin", "Tang", "Wuluh", "Panjer"])
small_names = st.lists(
    st.lists(syllables, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=6, unique=True
)


@given(small_names, st.lists(syllables, max_size=12))
def test_the_matcher_agrees_with_its_slow_twin(raw_names: list[str], words: list[str]) -> None:
    unique = {letters_only(name): name for name in raw_names}
    names = [PlaceName(str(10 + index), 1, name) for index, name in enumerate(unique.values())]
    text = " ".join(words)
    found = find_mentions(text, gazetteer=build_gazetteer(names), terms=INDONESIAN_PLACES)
    fast = [(one.span.text, one.codes) for one in found]
    assert fast == [(" ".join(words[a:b]), (code,)) for a, b, code in plain_names_in(words, names)]
