"""The ten points before anybody's rights are restricted: each is asked, unverified facts carry nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from kentongan.accounts.permissions import Permission
from kentongan.response.actions import assign_task, weigh_again
from kentongan.response.decisions import is_coercive, weighing_refusal
from kentongan.response.models import ProportionalityCheck, Task
from kentongan.response.queries import check_in, checks_in, checks_of
from tests import people
from tests.stages import chain_world as world
from tests.stages.chain_world import NOW, refused
from tests.stages.response.worlds import POINTS, weighing

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 12)


def code(found: Any) -> str:
    return found[0] if found else ""


@pytest.mark.parametrize("point", POINTS)
def test_no_written_point_may_be_left_empty(point: str) -> None:
    empty = replace(weighing(), **{point: "  "})
    assert code(weighing_refusal(empty, verification="verified", today=TODAY)) == "response.point_missing"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ""),
        ({"gentler_steps": ()}, "response.gentler_steps_missing"),
        ({"gentler_steps": (5,)}, "response.gentler_steps_missing"),
        ({"gentler_steps": (0,)}, "response.gentler_steps_missing"),
        ({"ends_on": TODAY}, "response.end_not_ahead"),
        ({"ends_on": TODAY - timedelta(days=1)}, "response.end_not_ahead"),
        ({"review_on": TODAY}, "response.review_not_before_end"),
        ({"review_on": date(2026, 12, 1)}, "response.review_not_before_end"),
        ({"review_on": date(2026, 11, 30)}, ""),
    ],
)
def test_the_steps_and_days_must_be_sound(changes: dict[str, Any], expected: str) -> None:
    assert code(weighing_refusal(weighing(**changes), verification="partly", today=TODAY)) == expected


@pytest.mark.parametrize("state", ["unverified", "in_progress", "refuted", "inconclusive"])
def test_facts_that_were_not_confirmed_carry_no_restriction(state: str) -> None:
    found = weighing_refusal(weighing(), verification=state, today=TODAY)
    assert code(found) == "response.unverified_facts"


@pytest.mark.parametrize(
    ("measure", "restrictions", "expected"),
    [(1, (), False), (4, (), False), (5, (), True), (1, ("curfew",), True), (4, ("other",), True)],
)
def test_enforcement_or_any_restriction_is_coercive(
    measure: int, restrictions: tuple[str, ...], expected: bool
) -> None:
    assert is_coercive(measure, restrictions) == expected


def test_a_coercive_task_is_stored_with_its_check_and_the_grade_of_the_event() -> None:
    event = world.event(verdict="verified")
    what = world.assignment(measure=5)
    task = assign_task(event.pk, what, by=world.budi(), at=NOW, weighing=weighing())
    check = ProportionalityCheck.rows.get()
    assert (task.proportionality_id, check.facts_grade, check.gentler_steps) == (check.pk, "B2", "1 2 3")
    assert "proportionality.weighed" in world.chained(f"event:{event.pk}")


def test_a_coercive_task_of_an_unverified_event_is_refused() -> None:
    event, what, who = world.event(), world.assignment(restrictions=("dispersal",)), world.budi()
    with refused("response.unverified_facts"):
        assign_task(event.pk, what, by=who, at=NOW, weighing=weighing())


@pytest.mark.parametrize("changes", [{"measure": 5}, {"measure": 1, "restrictions": "curfew"}])
def test_the_database_refuses_a_coercive_task_without_its_check(changes: dict[str, Any]) -> None:
    task = world.task()
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.rows.filter(pk=task.pk).update(**changes)


@pytest.mark.parametrize("name", [*POINTS, "facts_grade", "gentler_steps"])
def test_the_database_refuses_an_empty_point(name: str) -> None:
    _weighed()
    with pytest.raises(IntegrityError), transaction.atomic():
        ProportionalityCheck.rows.update(**{name: ""})


def test_a_check_is_replaced_and_never_changed() -> None:
    task = _weighed()
    first = ProportionalityCheck.rows.get()
    second = weigh_again(first.pk, weighing(aim="Mencegah korban."), by=world.budi(), at=NOW)
    assert (second.supersedes_id, Task.rows.get(pk=task.pk).proportionality_id) == (first.pk, second.pk)
    assert ProportionalityCheck.rows.get(pk=first.pk).aim == weighing().aim
    budi = world.budi()
    with refused("response.check_superseded"):
        weigh_again(first.pk, weighing(), by=budi, at=NOW)
    scope = budi.scope_for(Permission.PROPORTIONALITY_READ)
    assert [row.pk for row in checks_of(task.event, scope)] == [second.pk]


def test_the_overseer_reads_the_checks_and_a_stranger_does_not_learn_of_them() -> None:
    _weighed()
    number = ProportionalityCheck.rows.get().pk
    overseer = people.actor(people.person("pengawas")).scope_for(Permission.PROPORTIONALITY_READ)
    assert [row.pk for row in checks_in(overseer)] == [number]
    stranger = world.stranger().scope_for(Permission.PROPORTIONALITY_READ)
    with refused("response.check_unknown"):
        check_in(stranger, number)


def _weighed() -> Task:
    event = world.event(verdict="verified")
    return assign_task(event.pk, world.assignment(measure=5), by=world.budi(), at=NOW, weighing=weighing())
