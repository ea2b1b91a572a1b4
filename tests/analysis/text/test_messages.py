"""Places in short messages: villages of the own area without capitals, never one of two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.analysis.text.gazetteer import build_gazetteer
from kentongan.analysis.text.messages import names_inside, place_in_message
from kentongan.analysis.text.normalise import clean_text
from kentongan.analysis.text.place_names import PlaceName
from kentongan.analysis.text.terms_id import INDONESIAN
from tests.analysis.text.coined import NAMES, coined_gazetteer

MORE = (
    *NAMES,
    PlaceName("99.01.01.2002", 4, "Kukusan Wetan", "desa", "99.01.01"),
    PlaceName("99.01.01.2003", 4, "Banyurip", "desa", "99.01.01"),
    PlaceName("99.01.02.2001", 4, "Banyurip", "desa", "99.01.02"),
    PlaceName("99.01.02.2002", 4, "Pasar", "desa", "99.01.02"),
    PlaceName("99.01.02.2003", 4, "Tegalwuku", "desa", "99.01.02"),
    PlaceName("99.01.02.2004", 4, "Kembar", "desa", "99.01.02"),
    PlaceName("99.01.02.2005", 4, "Kembar", "desa", "99.01.02"),
)
NEAR = names_inside(build_gazetteer(MORE), ["99.01"])


def place(text: str) -> str | None:
    found = place_in_message(clean_text(text), near=NEAR, terms=INDONESIAN.places)
    return found.code if found else None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ada ribut di sumberluku", "99.01.01.2001"),
        ("ds sumberluku rame", "99.01.01.2001"),
        ("Ds. Sumberluku, Kec. Tegalwuku", "99.01.01.2001"),
        ("warga kukusanwetan kumpul", "99.01.01.2002"),
        ("lapor dari Kukusan wetan", "99.01.01.2002"),
        ("kec tegalwuku aman", "99.01.01"),
        ("desa tegalwuku ribut", "99.01.02.2003"),
        ("di Tegalwuku ribut", "99.01.01"),
        ("ds sumberlku rame", "99.01.01.2001"),
        ("banyurip kec tegalwuku", "99.01.01.2003"),
    ],
)
def test_a_village_of_the_own_area_is_found_as_people_write_it(text: str, code: str) -> None:
    assert place(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "ada ribut di banyurip",  # two villages bear the name
        "ribut di pasar",  # a common word
        "tegalwuku dan banyupanjer ramai",  # two districts, equally
        "jl sumberluku macet",  # a street
        "ada ribut, tolong",
        "",
    ],
)
def test_what_is_not_certain_is_not_said(text: str) -> None:
    assert place(text) is None


def test_two_villages_of_one_district_give_the_district() -> None:
    assert place("ribut di ds kembar") == "99.01.02"


def test_names_outside_the_area_are_not_looked_for() -> None:
    assert place("ada ribut di karangmukus") is None


def test_the_words_are_shown_and_the_rival_named() -> None:
    text = "di Sumberluku, warga Kukusan Wetan ikut; desa sumberluku dijaga"
    found = place_in_message(text, near=NEAR, terms=INDONESIAN.places)
    assert found is not None
    assert [span.text for span in found.evidence] == ["Sumberluku", "sumberluku"]
    assert [other.code for other in found.alternatives] == ["99.01.01.2002"]
    assert 0.5 < found.score < 1


@given(
    st.lists(st.sampled_from([name.name for name in MORE] + ["di", "ds", "kec", ",", "warga"]), max_size=25)
)
def test_every_place_rests_on_words_of_the_message(words: list[str]) -> None:
    text = clean_text(" ".join(words))
    found = place_in_message(text, near=NEAR, terms=INDONESIAN.places)
    if found is not None:
        assert found.evidence
        assert all(text[span.start : span.end] == span.text for span in found.evidence)
        assert found.code.startswith("99.01.")


@given(st.text(max_size=300))
def test_no_message_breaks_the_search(text: str) -> None:
    place_in_message(clean_text(text), near=NEAR, terms=INDONESIAN.places)


def test_an_area_holds_its_own_villages_and_districts_alone() -> None:
    inside = names_inside(coined_gazetteer(), ["99.01"])
    assert set(inside.places) == {"99.01.01", "99.01.02", "99.01.01.2001"}
