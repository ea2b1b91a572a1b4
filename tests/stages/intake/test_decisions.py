"""Decisions of intake: what makes two arrivals the same, what is shown of one, and what only a person may decide."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.intake.decisions import (
    Draft,
    content_hash,
    is_waiting,
    one_masked_line,
    other_ways,
    refers_to_accused,
    shown_text,
    shown_title,
    state_after,
    storable,
    triage_state,
    why_not_undone,
    words_hash,
)
from kentongan.intake.models import TriageOutcome
from kentongan.policy import MoveNotAllowed, policy_on

DRAFT = Draft(UUID(int=7), "form", "Ada coretan di tugu.", title="Coretan")
POLICY = policy_on(date(2026, 11, 12))
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
def test_a_person_may_decide_every_outcome_and_what_is_declined_is_archived(outcome: str) -> None:
    declined = outcome in {"out_of_scope", "spam"}
    assert triage_state(outcome, machine=False) == ("archived" if declined else "triaged")


@pytest.mark.parametrize("outcome", TriageOutcome.values)
def test_a_machine_never_declines_a_report(outcome: str) -> None:
    if outcome in {"out_of_scope", "spam"}:
        with pytest.raises(ValueError, match="a machine may not decline"):
            triage_state(outcome, machine=True)
    else:
        assert triage_state(outcome, machine=True) == "triaged"


@pytest.mark.parametrize("state", ["received", "triaged", "archived", "withdrawn"])
@pytest.mark.parametrize("outcome", ["", *TriageOutcome.values])
def test_a_report_waits_when_it_just_came_or_was_declined_and_taken_out_again(
    state: str, outcome: str
) -> None:
    reopened = state == "triaged" and outcome in {"out_of_scope", "spam"}
    assert is_waiting(state, outcome) == (state == "received" or reopened)


@pytest.mark.parametrize("state", ["received", "triaged", "archived", "withdrawn"])
@pytest.mark.parametrize("wanted", ["triaged", "archived"])
def test_a_decision_follows_the_moves_of_the_lifecycle(state: str, wanted: str) -> None:
    lifecycle = POLICY.lifecycles["report"]
    if state == "withdrawn":
        with pytest.raises(MoveNotAllowed):
            state_after(state, wanted, lifecycle=lifecycle)
    else:
        assert state_after(state, wanted, lifecycle=lifecycle) == wanted


DECIDED = datetime(2026, 11, 12, 1, 15, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("seconds", "by", "outcome", "refusal"),
    [
        (0, "akun:1", "forwarded", None),
        (30, "akun:1", "spam", None),
        (31, "akun:1", "spam", "intake.undo_late_archived"),
        (31, "akun:1", "out_of_scope", "intake.undo_late_archived"),
        (31, "akun:1", "forwarded", "intake.undo_late_referred"),
        (31, "akun:1", "new_event", "intake.undo_late_event"),
        (31, "akun:1", "linked", "intake.undo_late_event"),
        (31, "akun:1", "claim", "intake.undo_late_event"),
        (-1, "akun:1", "linked", "intake.undo_late_event"),
        (5, "akun:2", "forwarded", "intake.undo_not_yours"),
        (31, "akun:2", "forwarded", "intake.undo_not_yours"),
    ],
)
def test_a_decision_is_taken_back_by_its_maker_within_the_seconds(
    seconds: int, by: str, outcome: str, refusal: str | None
) -> None:
    found = why_not_undone(
        decided_at=DECIDED,
        decided_by="akun:1",
        outcome=outcome,
        by=by,
        at=DECIDED + timedelta(seconds=seconds),
        within=timedelta(seconds=30),
    )
    assert found == refusal


def test_what_was_not_decided_cannot_be_taken_back() -> None:
    found = why_not_undone(
        decided_at=None, decided_by="", outcome="", by="akun:1", at=DECIDED, within=timedelta(seconds=30)
    )
    assert found == "intake.nothing_to_undo"


@pytest.mark.parametrize("accused", ["", "kantor-baru", *POLICY.accused_offices])
@pytest.mark.parametrize("target", list(POLICY.referrals))
def test_a_report_goes_to_no_body_of_the_accused_kind_unless_the_policy_names_that_body(
    target: str, accused: str
) -> None:
    office = POLICY.accused_offices.get(accused)
    same_kind = office is not None and office.actor in POLICY.referrals[target].accused_as
    named = office is not None and target in office.refers_to
    assert refers_to_accused(target, accused=accused, policy=POLICY) == (same_kind and not named)


@pytest.mark.parametrize("accused", list(POLICY.accused_offices))
def test_a_refused_body_has_another_way_that_is_itself_not_refused(accused: str) -> None:
    refused = [code for code in POLICY.referrals if refers_to_accused(code, accused=accused, policy=POLICY)]
    for target in refused:
        ways = other_ways(target, accused=accused, policy=POLICY)
        assert ways
        assert not any(refers_to_accused(way.code, accused=accused, policy=POLICY) for way in ways)


def test_the_police_are_never_told_of_a_report_about_the_police() -> None:
    assert refers_to_accused("polres", accused="polri", policy=POLICY)
    assert [way.code for way in other_ways("polres", accused="polri", policy=POLICY)] == [
        "kompolnas",
        "komnas_ham",
    ]


@given(text=any_text)
def test_one_masked_line_has_no_line_end_and_fits_its_column(text: str) -> None:
    line = one_masked_line(text)
    assert "\n" not in line
    assert len(line) <= 160


@pytest.mark.parametrize("answer", [{"area": 9901000000}, {"tile": "hoaks"}, {"danger": "yes"}])
def test_other_answers_are_other_content_with_the_same_words(answer: dict[str, Any]) -> None:
    other = replace(DRAFT, **answer)

    assert content_hash(other) != content_hash(DRAFT)
    assert words_hash(other) == words_hash(DRAFT)
