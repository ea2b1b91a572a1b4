"""Every machine can be walked from its first state, and refuses every step that is not listed."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.policy import MoveNotAllowed, UnknownCode, policy_on
from kentongan.policy.lifecycles import StateMachine

MACHINES = policy_on(date(2026, 11, 12)).lifecycles
EACH = pytest.mark.parametrize("machine", MACHINES.values(), ids=list(MACHINES))


def by_hand(machine: StateMachine) -> set[str]:
    return {code for code, state in machine.states.items() if not state.derived}


@EACH
def test_every_state_is_reached_from_the_first(machine: StateMachine) -> None:
    assert machine.reachable() == by_hand(machine)


@EACH
def test_every_move_stays_among_the_known_states(machine: StateMachine) -> None:
    named = set(machine.moves) | {state for following in machine.moves.values() for state in following}
    assert named == by_hand(machine)


@EACH
def test_allowed_and_require_agree_for_every_pair_of_states(machine: StateMachine) -> None:
    for start, end in product(machine.states, repeat=2):
        listed = end in machine.moves.get(start, ())
        assert machine.allowed(start, end) is listed
        if not listed:
            with pytest.raises(MoveNotAllowed, match="not allowed"):
                machine.require(start, end)


@EACH
def test_no_state_follows_itself(machine: StateMachine) -> None:
    assert not [state for state, following in machine.moves.items() if state in following]


@given(st.sampled_from(sorted(MACHINES)), st.lists(st.integers(0, 9), max_size=12))
def test_a_walk_of_listed_moves_is_never_refused(name: str, choices: list[int]) -> None:
    machine = MACHINES[name]
    here = machine.first
    for choice in choices:
        following = machine.next_states(here)
        if not following:
            assert machine.is_final(here)
            return
        there = following[choice % len(following)]
        machine.require(here, there)
        here = there


def test_the_machines_of_the_chain_are_all_there() -> None:
    assert set(MACHINES) == {
        "report", "verification", "claim", "event", "event_kind", "alert", "posture", "task",
        "period_report",
    }  # fmt: skip


def test_an_unknown_state_is_named_with_its_machine() -> None:
    with pytest.raises(UnknownCode, match="lifecycle event"):
        MACHINES["event"].require("open", "gone")


def test_the_refusal_says_what_would_be_allowed() -> None:
    with pytest.raises(MoveNotAllowed, match="allowed: monitored, handled, resolved"):
        MACHINES["event"].require("open", "closed")


def test_a_wrong_situation_opens_no_exception() -> None:
    assert not MACHINES["alert"].allowed("draft", "active", situation="office_hours")
