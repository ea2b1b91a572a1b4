"""The health items: each says what was seen, and what to do when it is not good; `kentongan doctor` prints them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError

from kentongan.audit import heads
from kentongan.audit.models import AuditEntry
from kentongan.edge.clocks import machine_now
from kentongan.edge.models import Job, JobState
from kentongan.pipeline import health as module
from kentongan.pipeline.health import GIGABYTE, HealthItem, State, health, is_broken
from kentongan.pipeline.models import Cursor, Heartbeat, ScheduledRun
from tests import factories
from tests.stages.audit.test_record import record

NOW = datetime(2026, 11, 12, 1, 15, tzinfo=timezone.utc)
pytestmark = pytest.mark.django_db


def item(code: str, *, now: datetime | None = None) -> HealthItem:
    return next(each for each in health(now=now or machine_now()) if each.code == code)


@pytest.mark.parametrize(("seconds", "state"), [(60, State.GOOD), (300, State.LOOK), (3600, State.BROKEN)])
def test_a_silent_worker_is_seen(seconds: int, state: State) -> None:
    Heartbeat.objects.create(name="worker", at=NOW - timedelta(seconds=seconds))
    assert item("worker", now=NOW).state is state


def test_a_worker_that_never_ran_is_named_with_its_command() -> None:
    seen = item("worker")
    assert seen.state is State.LOOK
    assert "kentongan worker" in seen.next_step


@pytest.mark.parametrize(("free", "state"), [(50, State.GOOD), (2, State.LOOK), (0.1, State.BROKEN)])
def test_a_disk_that_fills_up_is_seen(free: float, state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=int(free * GIGABYTE)))
    assert item("disk").state is state


def test_follow_up_that_lags_behind_is_counted() -> None:
    record()
    record()
    Cursor.objects.create(name="flow", seq=1)
    assert item("outbox").seen.startswith("1 ")


@pytest.mark.parametrize(("waiting", "state"), [(0, State.GOOD), (600, State.LOOK), (20_000, State.BROKEN)])
def test_a_long_backlog_is_worse(waiting: int, state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "backlog", lambda: waiting)
    assert item("outbox").state is state


def test_a_parked_job_asks_to_be_looked_at() -> None:
    assert item("jobs").state is State.GOOD
    Job.objects.create(
        kind="toy", key="toy:1", state=JobState.PARKED, next_try=NOW, delivered=NOW, created=NOW
    )
    assert item("jobs").state is State.LOOK


def test_scheduled_work_that_failed_is_named() -> None:
    ScheduledRun.objects.create(name="audit.write_head", due=NOW, last_error="OSError: disk")
    assert item("schedule").state is State.LOOK
    assert "audit.write_head" in item("schedule").seen


def test_an_empty_chain_is_sound() -> None:
    assert item("audit").state is State.GOOD


def kept(settings: Any, head: heads.Head) -> None:
    heads.keep_newest(settings.AUDIT_HEAD_DIR, head)
    heads.write_down(settings.AUDIT_HEAD_DIR, head, why="daily", on="2026-11-12")


def test_the_chain_is_good_when_file_and_database_end_alike(settings: Any) -> None:
    entry = record()
    kept(settings, heads.Head(entry.seq, entry.mac))
    assert item("audit").state is State.GOOD


def test_a_head_that_nobody_wrote_down_for_days_is_seen(settings: Any) -> None:
    entry = record()
    kept(settings, heads.Head(entry.seq, entry.mac))
    assert item("audit", now=machine_now() + timedelta(days=3)).state is State.LOOK


def test_a_head_file_left_behind_is_to_be_looked_at(settings: Any) -> None:
    entry = record()
    kept(settings, heads.Head(entry.seq, entry.mac))
    record()
    assert item("audit").state is State.LOOK


def test_a_database_that_ends_before_what_was_seen_is_broken(settings: Any) -> None:
    entry = record()
    kept(settings, heads.Head(entry.seq + 1, entry.mac))
    seen = item("audit")
    assert seen.state is State.BROKEN
    assert "kentongan audit verify" in seen.next_step


def test_another_mac_at_the_same_number_is_broken(settings: Any) -> None:
    entry = record()
    kept(settings, heads.Head(entry.seq, "0" * 64))
    assert item("audit").state is State.BROKEN


def test_a_damaged_head_file_is_broken(settings: Any) -> None:
    record()
    settings.AUDIT_HEAD_DIR.mkdir(parents=True, exist_ok=True)
    (settings.AUDIT_HEAD_DIR / "head.json").write_text("rusak")
    assert item("audit").state is State.BROKEN


def test_regions_that_were_not_loaded_are_broken_with_the_command() -> None:
    seen = item("regions")
    assert seen.state is State.BROKEN
    assert "kentongan regions load" in seen.next_step


def test_loaded_regions_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    factories.waluku()
    monkeypatch.setattr(module, "edition", lambda: SimpleNamespace(source="uji", version="1"))
    assert "12" in item("regions").seen


def keys_in(folder: Path, names: tuple[str, ...], *, mode: int = 0o600) -> None:
    (folder / "keys").mkdir(exist_ok=True)
    for name in names:
        path = folder / "keys" / f"{name}.key"
        path.write_text("rahasia-besar")
        path.chmod(mode)


def test_a_missing_key_is_broken_and_named(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    keys_in(tmp_path, module.KEYS[1:])
    assert item("keys").state is State.BROKEN
    assert "session" in item("keys").seen


def test_a_key_that_others_can_read_is_seen(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    keys_in(tmp_path, module.KEYS, mode=0o644)
    assert item("keys").state is State.LOOK


def test_no_item_shows_a_key(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    keys_in(tmp_path, module.KEYS)
    told = " ".join(f"{each.seen} {each.next_step}" for each in health(now=machine_now()))
    assert "rahasia-besar" not in told


def test_key_holders_that_are_missing_are_named() -> None:
    assert item("holders").state is State.LOOK
    assert "A, B" in item("holders").seen


@pytest.mark.parametrize(("tls", "state"), [(True, State.GOOD), (False, State.LOOK)])
def test_what_is_off_without_https_is_said(settings: Any, *, tls: bool, state: State) -> None:
    settings.TLS = tls
    assert item("tls").state is state


def test_migrations_left_behind_are_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "unapplied_migrations", lambda: ["audit.0002_next"])
    seen = item("migrations")
    assert seen.state is State.BROKEN
    assert "audit.0002_next" in seen.seen


def test_migrations_of_the_test_database_are_complete() -> None:
    assert module.unapplied_migrations() == []


def silent_database() -> Any:
    raise OperationalError("connection refused")


def test_a_silent_database_still_gives_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.connection, "cursor", silent_database)
    items = health(now=NOW)
    assert items[0].code == "database.silent"
    assert is_broken(items)


def doctor() -> str:
    out = StringIO()
    call_command("doctor", stdout=out)
    return out.getvalue()


def test_the_doctor_stops_with_one_when_something_is_broken(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        call_command("doctor")
    assert stopped.value.code == 1
    assert (
        "✗ Daftar wilayah: belum dimuat\n    → Jalankan: kentongan regions load." in capsys.readouterr().out
    )


def test_the_doctor_ends_well_when_nothing_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def sound(*, now: datetime) -> list[HealthItem]:
        return [HealthItem("disk", "Disk", State.GOOD, "cukup")]

    monkeypatch.setattr("kentongan.pipeline.management.commands.doctor.health", sound)
    assert doctor() == "✓ Disk: cukup\n"


def test_health_asks_little_of_the_database(django_assert_max_num_queries: Callable[..., Any]) -> None:
    factories.waluku()
    AuditEntry.objects.count()
    with django_assert_max_num_queries(30):
        health(now=NOW)
