"""Copies are found through small changes; different articles stay apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kentongan.analysis.text.duplicates import content_print, duplicate_of, is_near_duplicate, similarity
from tests.analysis.text.coined import article

TEXT = " ".join(article("isi_ganda").splitlines()[:5])
OTHER = article("tanpa_tempat")


def test_a_copy_in_other_case_and_spacing_is_the_same() -> None:
    assert content_print(TEXT.upper().replace(" ", "  ")).exact == content_print(TEXT).exact


def test_a_copy_with_a_few_changed_words_is_near() -> None:
    changed = TEXT.replace("setiap hari", "tiap hari") + " (red)"
    assert content_print(changed).exact != content_print(TEXT).exact
    assert is_near_duplicate(content_print(changed), content_print(TEXT))


def test_another_article_is_not_near() -> None:
    assert similarity(content_print(TEXT), content_print(OTHER)) < 0.1


def test_each_copy_points_to_the_first_of_its_kind() -> None:
    prints = [content_print(text) for text in (TEXT, OTHER, TEXT + " Selesai.", OTHER.upper(), "Halo")]
    assert duplicate_of(prints) == (None, None, 0, 1, None)


def test_the_print_does_not_change_between_runs() -> None:
    # SHA-256 of "rapat besok", computed once with another program.
    assert content_print("Rapat, besok!").exact.startswith("f4ce5e7b73efb9e5")


@given(st.lists(st.text("abcd ", max_size=30), max_size=8))
def test_a_copy_never_points_to_another_copy(texts: list[str]) -> None:
    answers = duplicate_of([content_print(text) for text in texts])
    assert all(
        first is None or (first < index and answers[first] is None) for index, first in enumerate(answers)
    )


@given(st.text("abc ", max_size=60), st.text("abc ", max_size=60))
def test_similarity_is_symmetric_and_one_for_itself(one: str, other: str) -> None:
    first, second = content_print(one), content_print(other)
    assert similarity(first, second) == similarity(second, first)
    assert similarity(first, first) == 1.0
