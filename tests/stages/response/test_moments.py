"""The recorded moments of events: each link's first, none invented, the same few questions for many events."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from kentongan.alerts.actions import acknowledge_alert
from kentongan.events.actions import merge_events
from kentongan.response.actions import accept_task, finish_task, record_outcome
from kentongan.response.decisions import Moments, stretches
from kentongan.response.decisions.moments import LINKS
from kentongan.response.models import TaskMove
from kentongan.response.queries import moments_of
from tests.stages import chain_world as world
from tests.stages.chain_world import HOUR, NOW, ending

pytestmark = pytest.mark.django_db


def test_an_event_from_its_first_report_to_its_outcome() -> None:
    first = world.report(at=NOW)
    event = world.event(reports=(first.pk,), at=NOW + HOUR)
    world.judged(event, at=NOW + 2 * HOUR)
    alert = world.issued(about=event, at=NOW + 3 * HOUR)
    acknowledge_alert(alert.pk, agency=world.polres().pk, by=world.alya(), at=NOW + 4 * HOUR)
    task = world.task(about=event, at=NOW + 4 * HOUR, due_at=NOW + 9 * HOUR)
    accept_task(task.pk, by=world.alya(), at=NOW + 5 * HOUR)
    finish_task(task.pk, result="Rute dipisahkan.", by=world.alya(), at=NOW + 6 * HOUR)
    record_outcome(event.pk, ending(), by=world.ratna(), at=NOW + 7 * HOUR)
    assert moments_of([event]) == {event.pk: Moments(*[NOW + hour * HOUR for hour in range(8)])}


def test_what_has_not_come_is_none_and_not_nought() -> None:
    event = world.event()
    assert moments_of([event]) == {event.pk: Moments(looked=NOW)}
    assert moments_of([]) == {}


def test_a_verdict_that_waits_for_a_second_person_is_no_verdict_yet() -> None:
    event = world.event(type_code="KAM.01", forms=("F12",))
    world.judged(event, at=NOW + HOUR)
    assert moments_of([event])[event.pk].judged is None


def test_what_went_up_in_an_event_counts_there() -> None:
    early = world.event(reports=(world.report(at=NOW - HOUR).pk,), at=NOW)
    late = world.event(reports=(world.report(at=NOW).pk,), at=NOW)
    merge_events(early.pk, late.pk, by=world.ratna(), at=NOW + HOUR, reason="Sama.")
    assert moments_of([late])[late.pk].reported == NOW - HOUR


def test_many_events_cost_no_more_questions_than_one() -> None:
    events = [world.event(verdict="verified") for _ in range(6)]
    with CaptureQueriesContext(
        connection,
    ) as one:
        moments_of(events[:1])
    with CaptureQueriesContext(connection) as many:
        moments_of(events)
    assert len(many) == len(one) <= 9


@given(hours=st.lists(st.none() | st.integers(0, 500), min_size=len(LINKS), max_size=len(LINKS)))
def test_the_time_between_links_adds_up_and_is_never_negative(hours: list[int | None]) -> None:
    moments = Moments(*[None if hour is None else NOW + hour * HOUR for hour in hours])
    found = stretches(moments)
    known = [hour for hour in hours if hour is not None]
    took = [each.took for each in found if each.took is not None]
    assert [each.name for each in found] == list(LINKS)
    assert all(each >= timedelta() for each in took)
    assert len(took) == max(len(known) - 1, 0)
    if known:
        assert sum(took, timedelta()) == (max(known) - known[0]) * HOUR


def test_tasks_from_before_moves_were_kept_get_the_move_that_is_known() -> None:
    task = world.task()
    TaskMove.objects.all().delete()
    backfill = import_module("kentongan.response.migrations.0003_first_moves").keep_first_moves
    backfill(apps, None)
    backfill(apps, None)
    move = TaskMove.objects.get(task=task)
    assert (move.from_state, move.to_state, move.at, move.by) == ("", "assigned", NOW, task.assigned_by)
