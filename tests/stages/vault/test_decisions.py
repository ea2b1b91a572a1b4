"""The rules of an opening: the whole table of states, persons and bodies."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.edge.problems import Problem
from kentongan.vault import decisions
from kentongan.vault.decisions import OPEN_STATES, Asked, Given, State

NOW = datetime(2026, 4, 2, 1, 15, tzinfo=timezone.utc)
ALYA, BUDI, CITRA = "akun:1", "akun:2", "akun:3"


def asked(state: State = State.REQUESTED, *, ready_at: datetime | None = None) -> Asked:
    return Asked(7, state, ALYA, NOW + decisions.REQUEST_LASTS, ready_at)


def half_problem(
    before: list[Given], half: Given, *, state: State = State.ONE_HALF, now: datetime = NOW
) -> str:
    with pytest.raises(Problem) as caught:
        decisions.state_after_half(asked(state), before, half, now=now)
    return caught.value.code


def test_two_persons_of_two_bodies_make_an_identity_ready() -> None:
    first, second = Given("A", BUDI, 10), Given("B", CITRA, 20)
    assert decisions.state_after_half(asked(), [], first, now=NOW) is State.ONE_HALF
    assert decisions.state_after_half(asked(State.ONE_HALF), [first], second, now=NOW) is State.READY


def test_the_second_half_may_come_first() -> None:
    assert decisions.state_after_half(asked(), [], Given("B", CITRA, 20), now=NOW) is State.ONE_HALF


@given(
    st.tuples(st.sampled_from("AB"), st.sampled_from([ALYA, BUDI, CITRA]), st.integers(1, 3)),
    st.tuples(st.sampled_from("AB"), st.sampled_from([ALYA, BUDI, CITRA]), st.integers(1, 3)),
)
def test_nothing_is_ready_unless_slots_persons_and_bodies_all_differ(
    one: tuple[str, str, int], other: tuple[str, str, int]
) -> None:
    first, second = Given(*one), Given(*other)
    allowed = all(a != b for a, b in zip(one, other, strict=True)) and ALYA not in {first.by, second.by}
    try:
        decisions.state_after_half(asked(), [], first, now=NOW)
        state = decisions.state_after_half(asked(State.ONE_HALF), [first], second, now=NOW)
    except Problem:
        state = State.ONE_HALF
    assert (state is State.READY) == allowed


def test_each_refusal_says_what_is_missing() -> None:
    first = Given("A", BUDI, 10)
    assert half_problem([], Given("A", ALYA, 10)) == "vault.own_request"
    assert half_problem([first], Given("B", BUDI, 20)) == "vault.second_person_needed"
    assert half_problem([first], Given("B", CITRA, 10)) == "vault.second_body_needed"
    assert half_problem([first], Given("A", CITRA, 20)) == "vault.half_given"


@pytest.mark.parametrize("state", [State.READY, State.SHOWN, State.REFUSED, State.EXPIRED])
def test_no_half_is_taken_once_it_is_too_late(state: State) -> None:
    assert half_problem([], Given("A", BUDI, 10), state=state) == "vault.request_over"


def test_a_request_ends_by_itself() -> None:
    late = NOW + decisions.REQUEST_LASTS
    assert decisions.state_at(asked(), late - timedelta(seconds=1)) is State.REQUESTED
    assert decisions.state_at(asked(), late) is State.EXPIRED
    assert half_problem([], Given("A", BUDI, 10), now=late) == "vault.request_over"


def test_two_ready_halves_end_by_themselves() -> None:
    ready = asked(State.READY, ready_at=NOW + timedelta(hours=71))
    assert decisions.state_at(ready, NOW + timedelta(hours=94)) is State.READY
    assert decisions.state_at(ready, NOW + timedelta(hours=95)) is State.EXPIRED


@pytest.mark.parametrize(("state", "by"), list(product(State, [ALYA, BUDI])))
def test_only_the_asker_sees_it_and_only_while_it_is_ready(state: State, by: str) -> None:
    facts = asked(state, ready_at=NOW if state is State.READY else None)
    if (state, by) == (State.READY, ALYA):
        decisions.check_show(facts, by=by, now=NOW)
        return
    with pytest.raises(Problem) as caught:
        decisions.check_show(facts, by=by, now=NOW)
    assert (
        caught.value.code
        == {
            State.REQUESTED: "vault.halves_missing",
            State.ONE_HALF: "vault.halves_missing",
            State.READY: "vault.not_the_asker",
            State.SHOWN: "vault.already_shown",
            State.REFUSED: "vault.request_over",
            State.EXPIRED: "vault.request_over",
        }[state]
    )


@pytest.mark.parametrize("state", list(State))
def test_an_open_request_can_be_refused_with_a_reason(state: State) -> None:
    if state in OPEN_STATES:
        decisions.check_refusal(asked(state, ready_at=NOW), "tanpa dasar", now=NOW)
        with pytest.raises(Problem, match="reason"):
            decisions.check_refusal(asked(state, ready_at=NOW), "  ", now=NOW)
    else:
        with pytest.raises(Problem, match="over"):
            decisions.check_refusal(asked(state), "tanpa dasar", now=NOW)


def test_the_reporter_is_told_today_unless_a_reason_says_later() -> None:
    today, later = date(2026, 4, 2), date(2026, 5, 2)
    assert decisions.tell_from(today, until=None, reason="") == today
    assert decisions.tell_from(today, until=later, reason="penyelidikan berjalan") == later


@pytest.mark.parametrize(
    ("until", "reason"),
    [
        (date(2026, 5, 2), " "),
        (date(2026, 4, 1), "alasan"),
        (date(2026, 7, 2), "alasan"),
        (date(2027, 1, 1), "alasan"),
    ],
)
def test_a_delay_without_reason_or_end_is_refused(until: date, reason: str) -> None:
    with pytest.raises(Problem) as caught:
        decisions.tell_from(date(2026, 4, 2), until=until, reason=reason)
    assert caught.value.code == "vault.delay_refused"


@given(st.sets(st.integers(1, 99), max_size=99), st.randoms())
def test_a_number_given_out_was_never_given_before(taken: set[int], rng: object) -> None:
    number = decisions.next_number(taken, choose=rng.choice)  # type: ignore[attr-defined]
    assert number not in taken
    assert 1 <= number <= max(99, 3 * len(taken))


def test_source_numbers_read_like_those_of_the_desk() -> None:
    assert [decisions.pseudonym_label(number) for number in (7, 14, 131)] == ["S-07", "S-14", "S-131"]
