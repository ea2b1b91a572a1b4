"""Tasks with owner, deadline and proof; the outcome that ends an event, with what is unknown left unknown."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from kentongan.accounts.permissions import Permission
from kentongan.alerts.actions import acknowledge_alert
from kentongan.alerts.models import Alert
from kentongan.events.models import Event
from kentongan.events.queries import events_in
from kentongan.response.actions import (
    accept_task,
    assign_task,
    close_watched,
    finish_task,
    record_outcome,
    return_task,
)
from kentongan.response.models import Outcome, Task
from kentongan.response.queries import open_tasks, outcome_of, overdue_tasks, task_in, tasks_between, tasks_of
from tests import people
from tests.stages import chain_world as world
from tests.stages.chain_world import HOUR, NOW, ending, refused

pytestmark = pytest.mark.django_db


def state_of(task: Task) -> str:
    return str(Task.rows.get(pk=task.pk).state)


# --- tasks


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"what": ""}, "response.what_missing"),
        ({"measure": 6}, "response.measure_unknown"),
        ({"measure": 5}, "response.check_missing"),
        ({"restrictions": ("curfew",)}, "response.check_missing"),
        ({"restrictions": ("lain",)}, "response.restriction_unknown"),
        ({"agency": 0}, "response.agency_unknown"),
        ({"due_at": NOW}, "response.due_in_the_past"),
    ],
)
def test_an_incomplete_task_is_refused(changes: dict[str, Any], code: str) -> None:
    event, who, what = world.event(), world.budi(), world.assignment(**changes)
    with refused(code):
        assign_task(event.pk, what, by=who, at=NOW)


@pytest.mark.parametrize(
    "role", ["fkdm", "tiga_pilar", "anggota_timdu", "piket", "pimpinan", "provinsi", "admin"]
)
def test_roles_that_assign_nothing_are_refused(role: str) -> None:
    event, who, what = world.event(), people.actor(people.person(role)), world.assignment()
    with refused("accounts.not_permitted"):
        assign_task(event.pk, what, by=who, at=NOW)


def test_no_task_is_given_in_another_regency() -> None:
    event, who, what = world.event(), world.stranger(), world.assignment()
    with refused("accounts.outside_area"):
        assign_task(event.pk, what, by=who, at=NOW)


def test_a_task_names_an_alert_of_its_own_event_alone() -> None:
    event, other, who, what = world.event(), world.issued(), world.budi(), world.assignment()
    with refused("response.alert_of_another_event"):
        assign_task(event.pk, what, by=who, at=NOW, alert=other.pk)


def test_a_task_shows_its_agency_the_event_and_sets_it_to_work() -> None:
    task = world.task()
    scope = world.alya().scope_for(Permission.EVENT_READ)
    assert {row.pk for row in events_in(scope)} == {task.event_id}
    assert Event.rows.get(pk=task.event_id).state == "handled"


def test_a_short_task_does_not_end_the_sight_of_a_longer_alert() -> None:
    alert = world.issued(hours=72)
    world.task(alert=alert, due_at=NOW + HOUR)
    assert alert.event.shares.get().until == NOW + 72 * HOUR


def test_an_accepted_task_answers_its_alert() -> None:
    alert = world.issued()
    acknowledge_alert(alert.pk, agency=world.polres().pk, by=world.alya(), at=NOW)
    accept_task(world.task(alert=alert).pk, by=world.alya(), at=NOW)
    assert Alert.rows.get(pk=alert.pk).state == "responding"


def test_an_accepted_task_does_not_stand_for_a_missing_acknowledgement() -> None:
    alert = world.issued()
    accept_task(world.task(alert=alert).pk, by=world.alya(), at=NOW)
    assert Alert.rows.get(pk=alert.pk).state == "active"


def test_a_task_is_done_only_with_its_result() -> None:
    task, who = world.task(), world.alya()
    accept_task(task.pk, by=who, at=NOW)
    with refused("response.result_missing"):
        finish_task(task.pk, result="  ", by=who, at=NOW)
    finish_task(task.pk, result="Rute dipisahkan.", by=who, at=NOW + HOUR)
    stored = Task.rows.get(pk=task.pk)
    assert (stored.state, stored.result, stored.finished_at) == ("done", "Rute dipisahkan.", NOW + HOUR)
    assert world.chained(f"task:{task.pk}") == ["task.assigned", "task.accepted", "task.done"]


def test_a_task_that_was_not_taken_on_is_not_done() -> None:
    task, who = world.task(), world.alya()
    with refused("events.move_refused"):
        finish_task(task.pk, result="Selesai.", by=who, at=NOW)
    assert state_of(task) == "assigned"


def test_a_task_goes_back_with_a_reason() -> None:
    task, who = world.task(), world.alya()
    with refused("response.return_reason_missing"):
        return_task(task.pk, reason="", by=who, at=NOW)
    return_task(task.pk, reason="Di luar wilayah kami.", by=who, at=NOW)
    assert (state_of(task), Task.rows.get(pk=task.pk).return_reason) == ("returned", "Di luar wilayah kami.")


def test_a_task_of_another_agency_is_not_said_to_exist() -> None:
    task, who = world.task(), people.actor(people.tiga_pilar("99.01.03.2001", name="Tejo"))
    with refused("response.task_unknown"):
        accept_task(task.pk, by=who, at=NOW)
    with refused("response.task_unknown"):
        task_in(who.scope_for(Permission.TASK_READ), task.pk)


def test_a_post_without_the_right_does_not_do_its_agencys_tasks() -> None:
    task, account = world.task(), people.tiga_pilar()
    people.post(account, "kampus", world.polres())
    who = people.actor(account)
    with refused("response.task_unknown"):
        accept_task(task.pk, by=who, at=NOW)


def test_a_deadline_that_passed_shows_as_late_until_the_task_is_done() -> None:
    task, scope = world.task(due_at=NOW + HOUR), world.budi().scope_for(Permission.TASK_READ)
    assert not overdue_tasks(scope, now=NOW + HOUR).exists()
    assert overdue_tasks(scope, now=NOW + 2 * HOUR).get().pk == task.pk
    accept_task(task.pk, by=world.alya(), at=NOW)
    finish_task(task.pk, result="Selesai.", by=world.alya(), at=NOW + 2 * HOUR)
    assert not overdue_tasks(scope, now=NOW + 3 * HOUR).exists()
    assert not open_tasks(scope).exists()


def test_a_task_belongs_to_every_period_in_which_it_was_open() -> None:
    task, scope = world.task(due_at=NOW + 40 * HOUR), world.budi().scope_for(Permission.TASK_READ)
    accept_task(task.pk, by=world.alya(), at=NOW)
    finish_task(task.pk, result="Selesai.", by=world.alya(), at=NOW + 30 * HOUR)

    def found(start: int, end: int) -> bool:
        return tasks_between(scope, NOW + start * HOUR, NOW + end * HOUR).exists()

    assert [found(-24, 0), found(0, 24), found(24, 48), found(31, 48)] == [False, True, True, False]


def test_the_tasks_of_an_event_are_those_the_reader_may_see() -> None:
    task = world.task()
    world.task(about=task.event, agency=world.agency_of(people.tiga_pilar()).pk)
    assert tasks_of(task.event, world.budi().scope_for(Permission.TASK_READ)).count() == 2
    assert [row.pk for row in tasks_of(task.event, world.alya().scope_for(Permission.TASK_READ))] == [task.pk]


# --- outcomes


@pytest.mark.parametrize("casualties", [None, 0, 3])
def test_unknown_casualties_stay_unknown_and_are_not_zero(casualties: int | None) -> None:
    event = world.event(verdict="verified")
    record_outcome(event.pk, ending(occurred=True, casualties=casualties), by=world.ratna(), at=NOW)
    stored = Outcome.objects.get(event=event).casualties
    assert (type(stored), stored) == (type(casualties), casualties)


def test_an_outcome_takes_the_event_to_its_watch_period() -> None:
    event = world.event(verdict="verified")
    record_outcome(event.pk, ending(), by=world.ratna(), at=NOW)
    assert Event.rows.get(pk=event.pk).state == "watch"
    assert [row.values.get("state") for row in event.revisions.order_by("number")][-2:] == [
        "resolved",
        "watch",
    ]
    assert outcome_of(event) is not None


def test_an_event_is_closed_by_the_clock_when_its_watch_period_is_over() -> None:
    event = world.event(verdict="verified")
    outcome = record_outcome(event.pk, ending(), by=world.ratna(), at=NOW)
    last = datetime.combine(outcome.watch_until, NOW.time(), tzinfo=NOW.tzinfo)

    assert close_watched(at=last) == 0
    assert close_watched(at=last + timedelta(days=1)) == 1
    assert close_watched(at=last + timedelta(days=2)) == 0
    assert Event.rows.get(pk=event.pk).state == "closed"
    assert world.chained(f"event:{event.pk}")[-1] == "event.closed"


def test_an_outcome_is_recorded_once() -> None:
    event, who = world.event(), world.ratna()
    record_outcome(event.pk, ending(), by=who, at=NOW)
    with refused("response.outcome_recorded_already"):
        record_outcome(event.pk, ending(), by=who, at=NOW)


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"why": ""}, "response.why_missing"), ({"spread": True}, "response.spread_without_event")],
)
def test_an_ending_that_cannot_be_is_refused(changes: dict[str, Any], code: str) -> None:
    event, who = world.event(), world.ratna()
    with refused(code):
        record_outcome(event.pk, ending(**changes), by=who, at=NOW)


@pytest.mark.parametrize(
    "role", ["fkdm", "tiga_pilar", "kasi_trantib", "piket", "anggota_timdu", "pimpinan", "admin"]
)
def test_roles_that_record_no_outcome_are_refused(role: str) -> None:
    event, who = world.event(), people.actor(people.person(role))
    with refused("accounts.not_permitted"):
        record_outcome(event.pk, ending(), by=who, at=NOW)


def test_the_outcome_of_another_regency_is_refused() -> None:
    event, who = world.event(), world.stranger()
    with refused("accounts.outside_area"):
        record_outcome(event.pk, ending(), by=who, at=NOW)
