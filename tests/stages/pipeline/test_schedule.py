"""What runs by the clock: when it is due, once, and never stopping the others by failing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kentongan.alerts.models import Alert
from kentongan.audit import heads
from kentongan.edge.problems import Problem
from kentongan.events.models import EventShare
from kentongan.pipeline.models import ScheduledRun
from kentongan.pipeline.schedule import SCHEDULE, Scheduled, run_due
from tests.stages import chain_world as world
from tests.stages.chain_world import NOW

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def entry(ran: list[str], name: str, *, fails: Exception | None = None) -> Scheduled:
    def work(_now: object) -> None:
        ran.append(name)
        if fails is not None:
            raise fails

    return Scheduled(HOUR, work, {"id": name, "en": name})


def test_work_runs_when_due_and_not_before_it_is_due_again() -> None:
    ran: list[str] = []
    table = {"a": entry(ran, "a")}
    assert [run_due(now=NOW + n * HOUR / 2, schedule=table) for n in range(3)] == [["a"], [], ["a"]]
    assert ScheduledRun.objects.get().last_run == NOW + HOUR


@pytest.mark.parametrize("error", [OSError("disk"), ValueError("bad"), Problem("pipeline.no_regions")])
def test_work_that_fails_is_recorded_and_stops_no_other(error: Exception) -> None:
    ran: list[str] = []
    table = {"a": entry(ran, "a", fails=error), "b": entry(ran, "b")}
    run_due(now=NOW, schedule=table)
    assert ran == ["a", "b"]
    assert type(error).__name__ in ScheduledRun.objects.get(name="a").last_error
    assert ScheduledRun.objects.get(name="b").last_error == ""


def test_a_good_run_clears_the_error_of_the_one_before() -> None:
    ran: list[str] = []
    run_due(now=NOW, schedule={"a": entry(ran, "a", fails=OSError("disk"))})
    run_due(now=NOW + HOUR, schedule={"a": entry(ran, "a")})
    assert ScheduledRun.objects.get().last_error == ""


def test_the_clock_ends_alerts_and_takes_back_shares(monkeypatch: pytest.MonkeyPatch) -> None:
    alert = world.issued(hours=1)
    monkeypatch.setattr("kentongan.pipeline.schedule.domain_now", lambda: NOW + 2 * HOUR)
    assert run_due(now=NOW, schedule={"alerts.expire": SCHEDULE["alerts.expire"]}) == ["alerts.expire"]
    assert Alert.rows.get(pk=alert.pk).state == "stood_down"
    assert EventShare.objects.get().withdrawn


def test_the_head_of_the_day_is_written_down(settings: object) -> None:
    world.event()
    run_due(now=NOW, schedule={"audit.write_head": SCHEDULE["audit.write_head"]})
    (written,) = heads.written_down(settings.AUDIT_HEAD_DIR)  # type: ignore[attr-defined]
    assert written.seq == 1


def test_every_entry_says_in_both_languages_what_it_is_for() -> None:
    for scheduled in SCHEDULE.values():
        assert set(scheduled.purpose) == {"id", "en"}
        assert all(scheduled.purpose.values())
        assert scheduled.every >= timedelta(seconds=5)  # an alert's ladder may be ten seconds late, no more
