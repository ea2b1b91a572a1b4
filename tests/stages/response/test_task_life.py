"""The life of a task as a state machine: whatever people and the clock do, the rows stay true to each other."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from kentongan.edge.problems import Problem
from kentongan.policy import policy_on
from kentongan.response.actions import (
    accept_task,
    cancel_task,
    check_task,
    climb_overdue,
    finish_task,
    reassign_task,
    return_task,
    send_back_task,
    start_task,
)
from kentongan.response.decisions import rungs_to_climb
from kentongan.response.models import Task, TaskClimb, TaskMove
from tests import people
from tests.stages import chain_world as world
from tests.stages.chain_world import HOUR, NOW, refused
from tests.stages.response.worlds import task_in_state

pytestmark = pytest.mark.django_db

MACHINE = policy_on(NOW.date()).lifecycles["task"]
STATES = ("assigned", "accepted", "returned", "in_progress", "done", "checked", "cancelled")
RULES = policy_on(NOW.date()).overdue_rungs
OPEN = {"assigned", "accepted", "returned", "in_progress"}


def act(step: str, number: int, *, at: datetime) -> None:
    """One action on a task by whoever may take it."""
    alya, budi = world.alya(), world.budi()
    if step == "accept":
        accept_task(number, by=alya, at=at)
    elif step == "return":
        return_task(number, reason="Bukan wilayah kami.", by=alya, at=at)
    elif step == "start":
        start_task(number, by=alya, at=at)
    elif step == "finish":
        finish_task(number, result="Rute dipisahkan.", by=alya, at=at)
    elif step == "check":
        check_task(number, by=budi, at=at)
    elif step == "send back":
        send_back_task(number, reason="Foto belum ada.", by=budi, at=at)
    elif step == "cancel":
        cancel_task(number, reason="Tidak perlu lagi.", by=budi, at=at)
    else:
        reassign_task(
            number, agency=world.polres().pk, due_at=at + 3 * HOUR, reason="Coba lagi.", by=budi, at=at
        )


# What each action leads to, from where; everything else is refused. `finish` takes an accepted task on first.
TABLE = {
    "accept": ({"assigned"}, "accepted"),
    "return": ({"assigned"}, "returned"),
    "start": ({"accepted"}, "in_progress"),
    "finish": ({"accepted", "in_progress"}, "done"),
    "check": ({"done"}, "checked"),
    "send back": ({"done"}, "in_progress"),
    "cancel": ({"assigned", "accepted", "returned", "in_progress"}, "cancelled"),
    "reassign": ({"returned"}, "assigned"),
}


@pytest.mark.parametrize("state", STATES)
def test_every_action_leads_where_the_lifecycle_allows_and_nowhere_else(state: str) -> None:
    for step, (sources, target) in TABLE.items():
        task = task_in_state(state)
        if state in sources:
            act(step, task.pk, at=NOW + HOUR)
            assert Task.rows.get(pk=task.pk).state == target
        else:
            with refused("events.move_refused"):
                act(step, task.pk, at=NOW + HOUR)
            assert Task.rows.get(pk=task.pk).state == state


@pytest.mark.parametrize(
    ("state", "step"), [("done", "send back"), ("assigned", "cancel"), ("returned", "reassign")]
)
def test_every_way_back_has_its_reason(state: str, step: str) -> None:
    task, budi = task_in_state(state), world.budi()
    ways: dict[str, Any] = {"send back": send_back_task, "cancel": cancel_task, "reassign": reassign_task}
    more = {"agency": world.polres().pk, "due_at": NOW + 9 * HOUR} if step == "reassign" else {}
    with refused("response.reason_missing"):
        ways[step](task.pk, reason="  ", by=budi, at=NOW + HOUR, **more)


def test_nobody_checks_the_result_that_he_reported() -> None:
    desk = world.desk()
    task, ratna, budi = world.task(agency=desk.pk), world.ratna(), world.budi()
    accept_task(task.pk, by=ratna, at=NOW)
    finish_task(task.pk, result="Sudah ditelepon.", by=ratna, at=NOW)
    with refused("response.own_result"):
        check_task(task.pk, by=ratna, at=NOW)
    assert check_task(task.pk, by=budi, at=NOW).state == "checked"


def test_a_returned_task_goes_to_another_agency_and_leaves_the_first() -> None:
    task, other = task_in_state("returned"), world.agency_of(people.tiga_pilar())
    again = reassign_task(
        task.pk, agency=other.pk, due_at=NOW + 9 * HOUR, reason="Untuk desa.", by=world.budi(), at=NOW + HOUR
    )
    assert (again.state, again.agency_id, again.return_reason) == ("assigned", other.pk, "")
    assert task.event.shares.filter(agency=other, withdrawn=False).exists()
    alya = world.alya()
    with refused("response.task_unknown"):
        accept_task(task.pk, by=alya, at=NOW + HOUR)


def test_the_giving_side_of_another_regency_does_not_touch_it() -> None:
    task, stranger = task_in_state("done"), world.stranger()
    with refused("response.task_unknown"):
        check_task(task.pk, by=stranger, at=NOW)


def test_a_deadline_climbs_once_for_each_rung_and_again_only_for_a_new_deadline() -> None:
    task = world.task(due_at=NOW + HOUR)
    assert climb_overdue(at=NOW + 2 * HOUR) == 0
    assert climb_overdue(at=NOW + 3 * HOUR) == 1
    assert climb_overdue(at=NOW + 4 * HOUR) == 0
    assert climb_overdue(at=NOW + 99 * HOUR) == 1
    assert climb_overdue(at=NOW + 199 * HOUR) == 0
    assert [row.office for row in TaskClimb.objects.order_by("rung")] == ["agency_head", "kabid"]
    act("return", task.pk, at=NOW + 200 * HOUR)
    act("reassign", task.pk, at=NOW + 201 * HOUR)
    assert climb_overdue(at=NOW + 203 * HOUR) == 0
    assert climb_overdue(at=NOW + 206 * HOUR) == 1
    assert world.chained(f"task:{task.pk}").count("task.overdue_climbed") == 3


@pytest.mark.parametrize("state", ["done", "checked", "cancelled"])
def test_what_is_over_does_not_climb(state: str) -> None:
    task_in_state(state)
    assert climb_overdue(at=NOW + 500 * HOUR) == 0


class TaskLife(RuleBasedStateMachine):
    """Any order of actions, with time passing between them; refused ones change nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.number = world.task(due_at=NOW + 4 * HOUR).pk
        self.state = "assigned"
        self.expected: set[tuple[datetime, int]] = set()

    @rule(step=st.sampled_from(sorted(TABLE)))
    def somebody_acts(self, step: str) -> None:
        self.now += timedelta(minutes=1)
        sources, target = TABLE[step]
        before = TaskMove.objects.filter(task=self.number).count()
        if self.state not in sources:
            with pytest.raises(Problem) as caught, transaction.atomic():
                act(step, self.number, at=self.now)
            assert caught.value.code == "events.move_refused"
            assert TaskMove.objects.filter(task=self.number).count() == before
        else:
            act(step, self.number, at=self.now)
            self.state = target

    @precondition(lambda self: self.state in OPEN)
    @rule(hours=st.integers(1, 40))
    def time_passes(self, hours: int) -> None:
        self.now += hours * HOUR
        task = Task.rows.get(pk=self.number)
        waits = [rung.after_hours for rung in RULES]
        for rung in rungs_to_climb(task.due_at, waits, climbed=(), now=self.now):
            self.expected.add((task.due_at, rung))
        climb_overdue(at=self.now)
        assert climb_overdue(at=self.now) == 0

    @invariant()
    def the_rows_are_true_to_each_other(self) -> None:
        task, moves = (
            Task.rows.get(pk=self.number),
            list(TaskMove.objects.filter(task=self.number).order_by("pk")),
        )
        assert task.state == self.state == moves[-1].to_state
        assert (moves[0].from_state, moves[0].to_state) == ("", "assigned")
        for one, other in pairwise(moves):
            assert one.to_state == other.from_state
            assert MACHINE.allowed(other.from_state, other.to_state)
        assert (task.finished_at is not None) == (task.state in {"done", "checked"})

    @invariant()
    def each_rung_was_climbed_once(self) -> None:
        climbs = list(TaskClimb.objects.filter(task=self.number).values_list("due_at", "rung"))
        assert len(climbs) == len(set(climbs))
        assert set(climbs) == self.expected


def test_the_life_of_a_task_whatever_happens() -> None:
    def fresh() -> TaskLife:
        return TaskLife()

    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        fresh, settings=settings(max_examples=6, stateful_step_count=12, deadline=None)
    )
