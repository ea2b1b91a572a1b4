"""What the database itself refuses of a task and an outcome; what a scope shows of tasks."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given

from kentongan.accounts.scopes import Scope
from kentongan.response.models import Outcome, Task
from tests import people
from tests.stages import chain_world as world
from tests.stages.chain_world import NOW
from tests.stages.sights import PLACES, at_agencies, scopes, twin_own

pytestmark = pytest.mark.django_db


def values(**changes: Any) -> dict[str, Any]:
    return {
        "area": world.VILLAGE,
        "measure": 1,
        "what": "Dialog.",
        "due_at": NOW,
        "assigned_by": "akun:1",
        "assigned_at": NOW,
    } | changes


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "nanti"},
        {"state": "overdue"},
        {"measure": 0},
        {"measure": 5},
        {"state": "done", "finished_at": NOW},
        {"state": "done", "result": "Selesai."},
        {"state": "checked", "finished_at": NOW},
        {"state": "assigned", "finished_at": NOW},
        {"state": "returned"},
    ],
)
def test_the_database_refuses_a_task_that_cannot_be(changes: dict[str, Any]) -> None:
    event, polres = world.event(), world.polres()
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.rows.create(event=event, agency=polres, **values(**changes))


@pytest.mark.parametrize(
    "changes", [{"why": ""}, {"occurred": False, "spread": True}, {"occurred": None}, {"spread": None}]
)
def test_the_database_refuses_an_outcome_that_cannot_be(changes: dict[str, Any]) -> None:
    facts: dict[str, Any] = {"occurred": True, "spread": False, "why": "Diredam."}
    event = world.event()
    with pytest.raises(IntegrityError), transaction.atomic():
        Outcome.objects.create(
            event=event, recorded_by="akun:1", recorded_at=NOW, watch_until=NOW.date(), **facts | changes
        )


@pytest.fixture
def agencies() -> list[int]:
    """A task in every place, for the one or the other agency."""
    event = world.event()
    numbers = [world.polres().pk, world.agency_of(people.pimpinan()).pk]
    for turn, area in enumerate(PLACES.values()):
        Task.rows.create(event=event, agency_id=numbers[turn % 2], **values(area=area))
    return numbers


@given(drawn=scopes)
def test_the_tasks_of_a_scope_are_those_a_plain_rule_finds(agencies: list[int], drawn: Scope) -> None:
    scope = at_agencies(drawn, agencies)
    expected = {
        row.pk
        for row in Task.rows.all()
        for sight in scope.sights
        if row.agency_id == sight.agency_id or twin_own(sight, row.area)
    }
    assert {row.pk for row in Task.objects.in_scope(scope)} == expected
    assert Task.objects.in_scope(scope).count() == len(expected)
