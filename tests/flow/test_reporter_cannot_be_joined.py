"""An account that sends a report cannot be found again from it: not in a table, a session, a file, a log, nor by time."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, models
from django.test import Client

from kentongan.accounts.models import Account
from kentongan.audit import actions as audit
from kentongan.edge.clocks import machine_now
from kentongan.edge.models import DomainClock
from kentongan.intake.models import Report
from kentongan.pipeline.models import Heartbeat
from kentongan.pipeline.worker import one_round
from kentongan.vault.models import Pseudonym
from tests import people
from tests.flow.traces import Secret, Trace, database_bytes, files, leaks, logged, rows, sessions
from tests.stages import chain_world as world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.flow.toy_urls")]

# Numbers nobody else has: a search for them finds them and nothing else.
ACCOUNT, REPORT = 7_340_915_622, 8_215_604_117
MOMENT = datetime(2026, 11, 12, 3, 17, 42, 123456, tzinfo=timezone.utc)


@dataclass(slots=True)
class Clock:
    now: datetime


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Machine, framework and story read one clock that stands still until it is moved."""
    held = Clock(MOMENT - timedelta(minutes=47))
    monkeypatch.setattr("django.utils.timezone.now", lambda: held.now)
    for name in [
        name
        for name, module in sys.modules.items()
        if getattr(module, "__dict__", {}).get("machine_now") is machine_now
    ]:
        monkeypatch.setattr(f"{name}.machine_now", lambda: held.now)
    monkeypatch.setattr("time.time", lambda: held.now.timestamp())  # noqa: PLW0108  (the clock moves)
    return held


@dataclass(frozen=True, slots=True)
class Sent:
    """What the search knows: the secret, everything that was logged, and the client that is still signed in."""

    secret: Secret
    records: list[logging.LogRecord]
    client: Client
    receipt: str


@pytest.fixture
def records() -> Iterator[list[logging.LogRecord]]:
    """Everything any logger says from here on, down to its smallest word."""
    kept: list[logging.LogRecord] = []
    handler, root = logging.Handler(), logging.getLogger()
    handler.emit = kept.append  # type: ignore[method-assign]
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield kept
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture
def sent(story: None, clock: Clock, records: list[logging.LogRecord]) -> Sent:
    """Pak Wiryo signs in, sends one report 47 minutes later, and the worker does its rounds after that."""
    account = people.fkdm(id=ACCOUNT, phone="081999000111")
    DomainClock.objects.all().delete()
    _next_report(REPORT)
    client = people.sign_in(Client(), account)
    client.get("/")

    clock.now = MOMENT
    client_id = uuid4()
    body = {"client_id": str(client_id), "text": world.SHARED_WORDS, "area": world.VILLAGE}
    answer = client.post("/uji/kirim/", body)
    assert answer.status_code == 200, answer.content.decode()

    clock.now = MOMENT + timedelta(minutes=9)
    client.get("/")
    while one_round(now=clock.now):
        pass
    report = Report.rows.get()
    assert (report.pk, report.received_at) == (REPORT, MOMENT)
    receipt = answer.content.decode()
    secret = Secret(
        account=(str(ACCOUNT), account.email or "", "081999000111", client.session.session_key or ""),
        report=(str(REPORT), str(client_id), client_id.hex, receipt, report.source),
        moment=MOMENT,
    )
    return Sent(secret, records, client, receipt)


def _next_report(number: int) -> None:
    """The next report gets this number."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = 'intake_report'")
            cursor.execute(
                "INSERT INTO sqlite_sequence (name, seq) VALUES ('intake_report', %s)", [number - 1]
            )
        else:
            cursor.execute("SELECT setval(pg_get_serial_sequence('intake_report', 'id'), %s)", [number - 1])


def everything(sent: Sent) -> list[Trace]:
    return [*rows(), *sessions(), *files(), *logged(sent.records)]


def test_no_trace_joins_the_account_to_its_report_or_to_its_moment(sent: Sent) -> None:
    traces = everything(sent)
    assert leaks(traces, sent.secret) == []
    # The search saw what it must see: both sides are there, apart.
    assert any(str(ACCOUNT) in trace.text for trace in traces if trace.where == "session")
    assert any(
        sent.secret.report[-1] in trace.text for trace in traces if trace.where == "table audit_auditentry"
    )


def test_the_search_reads_every_table_of_every_model(sent: Sent) -> None:
    with connection.cursor() as cursor:
        known = set(connection.introspection.table_names(cursor))
    assert {model._meta.db_table for model in apps.get_models()} <= known
    assert {"table intake_report", "table accounts_account", "table edge_job", "table django_session"} <= {
        trace.where for trace in rows()
    }


def test_the_receipt_is_stored_nowhere(sent: Sent) -> None:
    assert sent.receipt.encode() not in database_bytes()
    assert not [trace.where for trace in everything(sent) if sent.receipt in trace.text]


def test_the_report_and_its_audit_entries_name_a_source_number_only(sent: Sent) -> None:
    about = [trace for trace in rows() if str(REPORT) in trace.text]
    assert {"table intake_report", "table audit_auditentry", "table edge_job"} <= {
        trace.where for trace in about
    }
    assert not [trace for trace in about if str(ACCOUNT) in trace.text]


def test_a_source_number_carries_days_and_no_times(sent: Sent) -> None:
    kinds = {type(field) for field in Pseudonym._meta.get_fields()}
    assert models.DateTimeField not in kinds
    assert type(Pseudonym.objects.get().issued_on) is date


def test_no_account_keeps_a_last_log_in(sent: Sent) -> None:
    assert "last_login" not in {field.name for field in Account._meta.get_fields()}
    with connection.cursor() as cursor:
        columns = {
            column.name
            for column in connection.introspection.get_table_description(cursor, "accounts_account")
        }
    assert "last_login" not in columns


# --- the search must be able to fail


def _audit_by_account(sent: Sent) -> None:
    audit.record(
        "report.received", actor=f"akun:{ACCOUNT}", at=MOMENT + timedelta(hours=1), subject=f"report:{REPORT}"
    )


def _audit_beside_source(sent: Sent) -> None:
    source = sent.secret.report[-1]
    audit.record("toy.done", actor="sistem:uji", at=MOMENT, detail={"akun": ACCOUNT, "sumber": source})


def _row_at_the_second(sent: Sent) -> None:
    Heartbeat.objects.create(name=f"akun:{ACCOUNT}", at=MOMENT.replace(microsecond=0))


def _unknown_table(sent: Sent) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE siapa_mengirim (akun bigint, laporan bigint)")
        cursor.execute("INSERT INTO siapa_mengirim VALUES (%s, %s)", [ACCOUNT, REPORT])


def _session_word(sent: Sent) -> None:
    session = sent.client.session
    session["laporan"] = REPORT
    session.save()


def _session_touched(sent: Sent) -> None:
    """A session that is written while the report is sent ends twelve hours after that very second."""
    session = SessionStore(sent.client.session.session_key)
    session.set_expiry(MOMENT + timedelta(seconds=settings.SESSION_COOKIE_AGE))
    session.save()


def _file_line(sent: Sent) -> None:
    folder = Path(settings.AUDIT_HEAD_DIR)
    (folder / "akses.log").write_text(f"POST /uji/kirim/ akun:{ACCOUNT} {MOMENT:%Y-%m-%dT%H:%M:%S}Z\n")


def _log_line(sent: Sent) -> None:
    logging.getLogger("uji").warning("laporan %s diterima dari akun %s", REPORT, ACCOUNT)


PLANTS = (
    _audit_by_account,
    _audit_beside_source,
    _row_at_the_second,
    _unknown_table,
    _session_word,
    _session_touched,
    _file_line,
    _log_line,
)


@pytest.mark.parametrize("plant", PLANTS)
def test_a_planted_leak_is_found(sent: Sent, plant: Callable[[Sent], Any]) -> None:
    plant(sent)
    try:
        assert leaks(everything(sent), sent.secret)
    finally:
        if plant is _unknown_table:
            with connection.cursor() as cursor:
                cursor.execute("DROP TABLE siapa_mengirim")
