"""Cleaning keeps every visible word, and keys compare what people see as equal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kentongan.analysis.text.normalise import clean_text, comparison_key, letters_only


def test_spaces_lines_and_invisible_characters_are_cleaned() -> None:
    raw = "Rapat\u00a0  koordinasi\u200b\r\n\r\n\r\n\r\n \tberlangsung\x00 tertib \u2028selesai"
    assert clean_text(raw) == "Rapat koordinasi\n\nberlangsung tertib\nselesai"


def test_names_written_together_apart_or_with_hyphen_have_one_key() -> None:
    assert len({letters_only(name) for name in ("Tegal Wuku", "Tegal-wuku", "TEGALWUKU", "Tegal’wuku")}) == 1


def test_digits_stay_part_of_a_name() -> None:
    assert letters_only("Blok 45") != letters_only("Blok")


def test_accents_do_not_change_the_key_of_a_name() -> None:
    assert letters_only("Walukú") == "waluku"


def test_sentences_compare_without_case_and_punctuation() -> None:
    assert comparison_key("“Rapat, besok!”") == comparison_key("rapat   besok")


@given(st.text(alphabet=st.characters()))
def test_cleaning_twice_changes_nothing(raw: str) -> None:
    assert clean_text(clean_text(raw)) == clean_text(raw)


@given(st.text(alphabet="ab1 \n\t.,-\u00a0\r"))
def test_cleaning_loses_no_letter(raw: str) -> None:
    assert letters_only(clean_text(raw)) == letters_only(raw)
