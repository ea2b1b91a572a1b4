"""What runs by the clock rather than after an action: one table, seen on the health page.

A run that fails is recorded with its error and tried again at its next time; it never stops the others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

import structlog
from django.conf import settings
from django.db import DatabaseError
from django_tasks_db.models import DBTaskResult

from kentongan.accounts.throttle import forget_old_attempts
from kentongan.alerts.actions import climb_due, expire_due, expire_postures, send_waiting
from kentongan.audit import heads
from kentongan.audit.queries import current_head
from kentongan.edge import jobs
from kentongan.edge.clocks import domain_now
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import one_transaction
from kentongan.events.actions import withdraw_expired_shares
from kentongan.intake.actions import purge_identities
from kentongan.pipeline import retention
from kentongan.pipeline.daily_drafts import draft_due
from kentongan.pipeline.models import ScheduledRun
from kentongan.response.actions import climb_overdue, close_watched

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Scheduled:
    """One piece of regular work: how often, what, and what it is for in plain words."""

    every: timedelta
    run: Callable[[datetime], None]
    purpose: Mapping[str, str]


def _write_head_down(now: datetime) -> None:
    head = current_head()
    if head is not None:
        heads.write_down(settings.AUDIT_HEAD_DIR, head, why="daily", on=now.isoformat())


def _expire(_now: datetime) -> None:
    expire_due(at=domain_now())
    expire_postures(at=domain_now())
    withdraw_expired_shares(at=domain_now())
    close_watched(at=domain_now())


def _climb(_now: datetime) -> None:
    climb_due(at=domain_now())


def _send_notices(now: datetime) -> None:
    send_waiting(now=now, at=domain_now())


def _climb_overdue(_now: datetime) -> None:
    climb_overdue(at=domain_now())


def _return_jobs(now: datetime) -> None:
    jobs.reclaim(now)
    jobs.deliver_due(now)


def _draft_daily(_now: datetime) -> None:
    draft_due(at=domain_now())


def _forget_attempts(now: datetime) -> None:
    forget_old_attempts(now=now)


def _purge_identities(_now: datetime) -> None:
    purge_identities(at=domain_now())


def _carry_out_retention(_now: datetime) -> None:
    retention.carry_out(at=domain_now())


def _remove_orphans(now: datetime) -> None:
    retention.remove_orphans(now=now)


def _forget_deliveries(now: datetime) -> None:
    """Deliveries are the postman's slips; our own job table keeps what happened."""
    DBTaskResult.objects.finished().filter(finished_at__lt=now - timedelta(days=1)).delete()


SCHEDULE: Mapping[str, Scheduled] = MappingProxyType(
    {
        "jobs.reclaim": Scheduled(
            timedelta(minutes=1),
            _return_jobs,
            {"id": "mengembalikan pekerjaan yang terputus", "en": "returns jobs that were cut off"},
        ),
        "alerts.expire": Scheduled(
            timedelta(minutes=1),
            _expire,
            {
                "id": "mengakhiri peringatan, kesiagaan, berbagi, dan masa pantau yang sudah lewat",
                "en": "ends alerts, postures, shares and watch periods that are over",
            },
        ),
        # The two clocks of an alert: a rung is climbed, and a mail goes out, within seconds of being due.
        "alerts.climb": Scheduled(
            timedelta(seconds=5),
            _climb,
            {
                "id": "menaikkan peringatan yang belum diterima",
                "en": "climbs the ladder of unanswered alerts",
            },
        ),
        "alerts.send": Scheduled(
            timedelta(seconds=5),
            _send_notices,
            {"id": "mengirim pemberitahuan peringatan", "en": "sends the notices of alerts"},
        ),
        "tasks.climb": Scheduled(
            timedelta(minutes=1),
            _climb_overdue,
            {
                "id": "menaikkan tugas yang lewat tenggat kepada atasan",
                "en": "lets overdue tasks climb to a superior",
            },
        ),
        "documents.draft_daily": Scheduled(
            timedelta(minutes=5),
            _draft_daily,
            {
                "id": "menyusun naskah laporan harian sejak 14.30 di kantor yang memintanya",
                "en": "drafts the daily report from 14:30 at offices that asked for it",
            },
        ),
        "accounts.forget_attempts": Scheduled(
            timedelta(hours=1),
            _forget_attempts,
            {
                "id": "menghapus jejak percobaan masuk setelah 24 jam",
                "en": "forgets log-in attempts after 24 hours",
            },
        ),
        "vault.purge": Scheduled(
            timedelta(days=1),
            _purge_identities,
            {
                "id": "memusnahkan identitas pelapor yang lewat masa simpan",
                "en": "destroys reporter identities past their retention",
            },
        ),
        "retention.carry_out": Scheduled(
            timedelta(days=1),
            _carry_out_retention,
            {
                "id": "menghapus laporan yang lewat masa simpan, dengan bukti",
                "en": "erases reports past their retention, with proof",
            },
        ),
        "files.remove_orphans": Scheduled(
            timedelta(days=1),
            _remove_orphans,
            {
                "id": "membuang berkas yang tidak dimiliki catatan mana pun",
                "en": "removes files that belong to no record",
            },
        ),
        "jobs.forget_deliveries": Scheduled(
            timedelta(hours=6),
            _forget_deliveries,
            {
                "id": "menghapus slip antaran pekerjaan yang selesai",
                "en": "removes delivery slips of finished jobs",
            },
        ),
        "audit.write_head": Scheduled(
            timedelta(days=1),
            _write_head_down,
            {
                "id": "mencatat ujung rantai audit di luar basis data",
                "en": "writes the audit head down outside the database",
            },
        ),
    }
)


def run_due(*, now: datetime, schedule: Mapping[str, Scheduled] = SCHEDULE) -> list[str]:
    """Run what is due; returns the names that ran. Each is claimed first, so that two workers never run one twice."""
    return [name for name, entry in schedule.items() if _claim(name, entry, now) and _run(name, entry, now)]


def _claim(name: str, entry: Scheduled, now: datetime) -> bool:
    with one_transaction():
        row, _ = ScheduledRun.objects.select_for_update().get_or_create(name=name, defaults={"due": now})
        if row.due > now:
            return False
        row.due, row.last_run = now + entry.every, now
        row.save(update_fields=["due", "last_run"])
    return True


def _run(name: str, entry: Scheduled, now: datetime) -> bool:
    error = ""
    try:
        entry.run(now)
    except (Problem, DatabaseError, OSError, ValueError, LookupError) as failure:
        error = f"{type(failure).__name__}: {failure}"
        log.error("scheduled work failed", work=name, error=type(failure).__name__)
    with one_transaction():
        ScheduledRun.objects.filter(name=name).update(last_error=error)
    return True
