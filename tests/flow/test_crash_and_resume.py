"""Whatever dies between two steps: nothing is repeated, nothing is skipped, nothing runs twice with two effects."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection

from kentongan.alerts.models import Alert
from kentongan.audit import actions as audit
from kentongan.audit.models import AuditEntry
from kentongan.edge import jobs
from kentongan.edge.models import Job
from kentongan.edge.transactions import one_transaction
from kentongan.pipeline import cursor
from kentongan.pipeline.models import Cursor, ScheduledRun
from kentongan.pipeline.schedule import Scheduled, run_due
from kentongan.pipeline.steps import stand_down_after_outcome, suggest
from kentongan.response.actions import record_outcome
from tests.flow import articles
from tests.stages import chain_world as world
from tests.stages.chain_world import NOW

pytestmark = pytest.mark.django_db(transaction=True)
TOY = {"toy.done": ("toy.follow",)}


class PowerCut(Exception):
    """The machine stops here."""


def act(times: int) -> list[int]:
    return [audit.record("toy.done", actor="akun:1", at=NOW, subject=f"toy:{n}").seq for n in range(times)]


def followed() -> list[int]:
    return [int(key.partition(":")[0]) for key in Job.objects.order_by("pk").values_list("key", flat=True)]


def dies_before_the_commit(what: Callable[[], object]) -> None:
    """All of it is done, and nothing of it was stored yet when the power went."""
    with suppress(PowerCut), one_transaction():
        what()
        raise PowerCut


@pytest.mark.parametrize("dies_at", range(5))
def test_a_crash_in_the_middle_of_a_batch_repeats_and_skips_nothing(
    monkeypatch: pytest.MonkeyPatch, dies_at: int
) -> None:
    seqs, real, calls = act(4), jobs.enqueue, iter(range(100))

    def enqueue_until_it_dies(*args: object, **values: object) -> object:
        if next(calls) == dies_at:
            raise PowerCut
        return real(*args, **values)  # type: ignore[arg-type]

    monkeypatch.setattr(jobs, "enqueue", enqueue_until_it_dies)
    for _try in range(3):
        try:
            while cursor.follow(at=NOW, flow=TOY, limit=2):
                pass
        except PowerCut:
            continue
    assert followed() == seqs


def test_a_crash_before_the_commit_leaves_cursor_and_jobs_where_they_were() -> None:
    seqs = act(3)
    cursor.follow(at=NOW, flow=TOY, limit=1)
    dies_before_the_commit(lambda: cursor.follow(at=NOW, flow=TOY, limit=2))
    assert (followed(), Cursor.objects.get().seq) == (seqs[:1], seqs[0])
    cursor.follow(at=NOW, flow=TOY)
    assert followed() == seqs


def test_an_action_that_was_rolled_back_is_followed_by_nothing() -> None:
    act(1)
    dies_before_the_commit(lambda: act(1))
    assert cursor.follow(at=NOW, flow=TOY) == 1
    assert len(followed()) == 1


def test_a_cursor_set_back_enqueues_no_job_twice() -> None:
    act(3)
    cursor.follow(at=NOW, flow=TOY)
    Cursor.objects.update(seq=0)
    cursor.follow(at=NOW, flow=TOY)
    assert len(followed()) == 3


def test_standing_down_twice_is_one_all_clear() -> None:
    alert = world.issued()
    record_outcome(alert.event_id, world.ending(), by=world.ratna(), at=NOW)
    for _ in range(2):
        stand_down_after_outcome(subject=f"event:{alert.event_id}")
    assert Alert.rows.get(pk=alert.pk).state == "stood_down"
    assert AuditEntry.objects.filter(action="alert.stood_down").count() == 1


def test_reading_a_report_twice_keeps_each_suggestion_once(story: None) -> None:
    report = world.report(articles.TUGU, area=None)
    for _ in range(2):
        suggest(subject=f"report:{report.pk}")
    assert sorted(report.suggestions.values_list("kind", flat=True)) == sorted(
        set(report.suggestions.values_list("kind", flat=True))
    )
    assert AuditEntry.objects.filter(action="report.read").count() == 1


@pytest.fixture
def at_once() -> Callable[[int, Callable[[], object]], list[object]]:
    """Runs one thing in several threads, each with a connection of its own, and gives what each said."""

    def run(threads: int, what: Callable[[], object]) -> list[object]:
        together, said = threading.Barrier(threads), []

        def one() -> None:
            together.wait()
            try:
                said.append(what())
            except Exception as error:  # noqa: BLE001  (a thread's error must reach the test)
                said.append(repr(error))
            finally:
                connection.close()

        started = [threading.Thread(target=one) for _ in range(threads)]
        for each in started:
            each.start()
        for each in started:
            each.join()
        return said

    return run


def test_two_workers_never_run_one_scheduled_piece_twice(at_once: Callable[..., list[object]]) -> None:
    ran: list[int] = []
    table = {"a": Scheduled(timedelta(hours=1), lambda _now: ran.append(1), {"id": "a", "en": "a"})}
    said = at_once(6, lambda: run_due(now=NOW, schedule=table))
    assert sorted(map(str, said)) == ["['a']", *["[]"] * 5]
    assert len(ran) == 1
    assert ScheduledRun.objects.count() == 1


def test_two_workers_never_follow_one_entry_twice(at_once: Callable[..., list[object]]) -> None:
    seqs = act(30)
    said = at_once(4, lambda: cursor.follow(at=NOW, flow=TOY, limit=100))
    assert sum(int(str(number)) for number in said) == 30
    assert sorted(followed()) == seqs
