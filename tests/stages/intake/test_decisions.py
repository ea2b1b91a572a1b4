"""Decisions of intake: what makes two arrivals the same, what is shown of one, and what only a person may decide."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.intake.decisions import (
    Draft,
    content_hash,
    shown_text,
    shown_title,
    storable,
    triage_state,
    words_hash,
)
from kentongan.intake.models import TriageOutcome

DRAFT = Draft(UUID(int=7), "form", "Ada coretan di tugu.", title="Coretan")
words = st.text(max_size=80)
any_text = st.text(st.characters(), max_size=80)  # lone surrogates and NUL included


@pytest.mark.parametrize(
    "other",
    [
        replace(DRAFT, text="  Ada coretan\n di   tugu. "),
        replace(DRAFT, client_id=UUID(int=8)),
        replace(DRAFT, channel="desk"),
        replace(DRAFT, shown="Ada coretan"),
    ],
)
def test_spacing_and_sender_do_not_change_what_was_said(other: Draft) -> None:
    assert content_hash(other) == content_hash(DRAFT)


def test_composed_and_decomposed_letters_say_the_same() -> None:
    assert content_hash(replace(DRAFT, text="Cafe\u0301")) == content_hash(replace(DRAFT, text="Caf\u00e9"))


@pytest.mark.parametrize(
    "other", [replace(DRAFT, text="Ada coretan di pagar."), replace(DRAFT, title="Tugu")]
)
def test_other_words_have_another_hash(other: Draft) -> None:
    assert content_hash(other) != content_hash(DRAFT)


@given(text=words, title=words)
def test_a_hash_is_64_hexadecimal_signs(text: str, title: str) -> None:
    digest = content_hash(Draft(UUID(int=1), "form", text, title=title))
    assert len(digest) == 64
    assert int(digest, 16) >= 0


@given(text=any_text, title=any_text)
def test_any_characters_can_be_hashed_shown_and_stored(text: str, title: str) -> None:
    whole = storable(Draft(UUID(int=1), "form", text, title=title))
    for said in (shown_text(whole), shown_title(whole)):
        assert "\x00" not in said
        said.encode("utf-8")
    whole.text.encode("utf-8")
    assert len(content_hash(whole)) == 64


@given(text=words)
def test_whole_characters_are_stored_as_they_came(text: str) -> None:
    assert storable(replace(DRAFT, text=text)).text == text


def test_an_invisible_character_inside_a_number_does_not_hide_it() -> None:
    shown = shown_text(replace(DRAFT, text="Hubungi 0812\u200b3456\u200b7890 malam ini"))
    assert shown == "Hubungi [telepon] malam ini"


def test_the_readable_part_is_shown_when_there_is_one() -> None:
    assert (
        shown_text(replace(DRAFT, text="MENU Beranda\nAda coretan.", shown="Ada coretan.")) == "Ada coretan."
    )


def test_a_long_title_is_cut_to_200_signs() -> None:
    title = shown_title(replace(DRAFT, title="kata " * 60))
    assert len(title) <= 200
    assert title.endswith("…")


@pytest.mark.parametrize("outcome", TriageOutcome.values)
def test_a_person_may_decide_every_outcome(outcome: str) -> None:
    assert triage_state(outcome, machine=False) == "triaged"


@pytest.mark.parametrize("outcome", TriageOutcome.values)
def test_a_machine_never_declines_a_report(outcome: str) -> None:
    if outcome in {"out_of_scope", "spam"}:
        with pytest.raises(ValueError, match="a machine may not decline"):
            triage_state(outcome, machine=True)
    else:
        assert triage_state(outcome, machine=True) == "triaged"


@pytest.mark.parametrize("answer", [{"area": 9901000000}, {"tile": "hoaks"}, {"danger": "yes"}])
def test_other_answers_are_other_content_with_the_same_words(answer: dict[str, Any]) -> None:
    other = replace(DRAFT, **answer)

    assert content_hash(other) != content_hash(DRAFT)
    assert words_hash(other) == words_hash(DRAFT)
