"""What a task and an outcome need, how an event ends, and what is late: the whole tables."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from kentongan.policy import policy_on
from kentongan.response.decisions import (
    Assignment,
    Ending,
    ending_refusal,
    is_overdue,
    steps_to_watch,
    task_refusal,
    watch_until,
)
from tests.stages.chain_world import NOW

MINUTE = timedelta(minutes=1)
LIFE = policy_on(NOW.date()).lifecycles


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, ""),
        ({"what": " "}, "response.what_missing"),
        *[({"measure": step}, "") for step in (1, 2, 3, 4, 5)],
        *[({"measure": step}, "response.measure_unknown") for step in (-1, 0, 6)],
        ({"due_at": NOW}, "response.due_in_the_past"),
        ({"due_at": NOW - MINUTE}, "response.due_in_the_past"),
        ({"due_at": NOW + MINUTE}, ""),
    ],
)
def test_a_task_says_what_on_which_step_by_when(changes: dict[str, Any], code: str) -> None:
    values: dict[str, Any] = {"what": "Dialog.", "measure": 1, "agency": 1, "due_at": NOW + MINUTE}
    found = task_refusal(Assignment(**values | changes), at=NOW)
    assert (found[0] if found else "") == code


@pytest.mark.parametrize(
    ("occurred", "spread", "why", "code"),
    [
        (True, True, "Massa tiba.", ""),
        (True, False, "Massa tiba.", ""),
        (False, False, "Diredam.", ""),
        (False, True, "Diredam.", "response.spread_without_event"),
        (True, True, "  ", "response.why_missing"),
        (False, False, "", "response.why_missing"),
    ],
)
def test_an_ending_says_why_and_does_not_contradict_itself(
    occurred: bool, spread: bool, why: str, code: str
) -> None:
    found = ending_refusal(Ending(occurred, spread, why))
    assert (found[0] if found else "") == code


@pytest.mark.parametrize("state", ["open", "monitored", "handled", "dampened", "resolved"])
def test_an_open_event_reaches_its_watch_period_by_allowed_moves(state: str) -> None:
    for step in steps_to_watch(state):
        assert LIFE["event"].allowed(state, step)
        state = step
    assert state == "watch"


def test_the_watch_period_is_thirty_days() -> None:
    assert watch_until(date(2026, 12, 20)) == date(2027, 1, 19)


@pytest.mark.parametrize("state", LIFE["task"].states)
def test_only_what_waits_can_be_late(state: str) -> None:
    waits = state in {"assigned", "accepted", "in_progress", "returned"}
    assert is_overdue(state, NOW - MINUTE, now=NOW) == waits
    assert not is_overdue(state, NOW, now=NOW)
    assert not is_overdue(state, NOW + MINUTE, now=NOW)
