"""An account that sends a report cannot be found again from it: not in a table, a session, a file, a log, nor by time."""

from __future__ import annotations

import io
import json
import logging
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models
from django.test import Client
from PIL import Image

from kentongan.accounts.models import Account
from kentongan.audit import actions as audit
from kentongan.edge.clocks import machine_now
from kentongan.edge.models import DomainClock
from kentongan.intake.actions import ask_reporter
from kentongan.intake.models import Report
from kentongan.pipeline.models import Heartbeat
from kentongan.pipeline.worker import one_round
from kentongan.vault.models import Pseudonym
from tests import people
from tests.flow.traces import Secret, Trace, database_bytes, files, leaks, logged, rows, sessions
from tests.stages import chain_world as world

pytestmark = pytest.mark.django_db(transaction=True)

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
    world.desk()
    account = people.fkdm(id=ACCOUNT, phone="081999000111")
    DomainClock.objects.all().delete()
    _next_report(REPORT)
    client = people.sign_in(Client(), account)
    client.get("/")

    clock.now = MOMENT
    client_id = uuid4()
    receipt = send_report(client, client_id, as_account=True)

    clock.now = MOMENT + timedelta(minutes=9)
    client.get("/")
    while one_round(now=clock.now):
        pass
    report = Report.rows.get()
    assert (report.pk, report.received_at) == (REPORT, MOMENT)
    secret = Secret(
        account=(str(ACCOUNT), account.email or "", "081999000111", client.session.session_key or ""),
        report=(str(REPORT), str(client_id), client_id.hex, receipt, report.source),
        moment=MOMENT,
    )
    return Sent(secret, records, client, receipt)


def send_report(client: Client, client_id: UUID, **values: Any) -> str:
    """One report by the address that phones and the public form use; returns its receipt."""
    body = {"client_id": str(client_id), "text": world.SHARED_WORDS, "area": "99.01.01.2001"} | values
    answer = client.post("/lapor/kirim/", json.dumps(body), content_type="application/json")
    assert answer.status_code == 201, answer.content.decode()
    return str(answer.json()["receipt"])


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


# --- every way by which somebody sends, over the real addresses

ADDRESS = "203.0.113.77"  # where a citizen's phone came from
Act = Callable[[Client, "Sending"], Any]


@dataclass(frozen=True, slots=True)
class Sending:
    """A report that is there already, the desk's question about it, and the ids of what is sent now."""

    number: int
    receipt: str
    act_id: UUID
    source: str


def _expect(answer: Any, *codes: int) -> None:
    assert answer.status_code in codes, answer.content.decode()[:400]


def _picture() -> SimpleUploadedFile:
    made = io.BytesIO()
    Image.new("RGB", (64, 48), (120, 30, 30)).save(made, "JPEG")
    return SimpleUploadedFile("IMG_0007.jpg", made.getvalue(), "image/jpeg")


def _another_report(client: Client, sending: Sending) -> None:
    send_report(client, sending.act_id, text="Kabar lain dari dusun.", as_account=True)


def _plain_form(client: Client, sending: Sending) -> None:
    form = {"client_id": str(sending.act_id), "text": "Kabar lain dari dusun.", "area": "99.01.01.2001"}
    _expect(client.post("/lapor/langkah/", form | {"to": "7"}), 200)
    _expect(client.post("/lapor/kirim/", form), 201)


def _nil(client: Client, sending: Sending) -> None:
    _expect(client.post("/nihil/", {"area": "99.01.01.2001", "client_id": str(sending.act_id)}), 302)


def _look(client: Client, sending: Sending) -> None:
    for path in ("/beranda/", "/lapor/", "/laporan-saya/", "/tugas-saya/", "/info/"):
        _expect(client.get(path), 200)


def _answer(client: Client, sending: Sending) -> None:
    form = {
        "number": sending.number,
        "client_id": str(sending.act_id),
        "text": "Dusun Krajan, dekat langgar.",
    }
    _expect(client.post("/lapor/jawab/", form), 302)


def _withdraw(client: Client, sending: Sending) -> None:
    _expect(client.post("/lapor/tarik/", {"number": sending.number}), 200)
    _expect(client.post("/lapor/tarik/", {"number": sending.number, "sure": "1"}), 302)


def _photo(client: Client, sending: Sending) -> None:
    form = {"number": sending.number, "client_id": str(sending.act_id), "photo": _picture()}
    _expect(client.post("/lapor/foto/", form), 302)


def _refused(client: Client, sending: Sending) -> None:
    """What is sent back leaves as little as what is taken."""
    _expect(client.post("/lapor/kirim/", "{", content_type="application/json"), 400)
    _expect(client.post("/lapor/kirim/", json.dumps({"client_id": str(sending.act_id), "text": " "}),
                        content_type="application/json"), 422)  # fmt: skip
    _expect(client.post("/lapor/tarik/", {"number": 99, "sure": "1"}), 404)


def _status_by_code(client: Client, sending: Sending) -> None:
    _expect(client.post("/lapor/status/", {"code": sending.receipt}), 200)
    _expect(client.post("/lapor/status/", {"code": "AAAA-AAAA-AAAA-AAAA"}), 404)


def _answer_by_code(client: Client, sending: Sending) -> None:
    form = {"code": sending.receipt, "client_id": str(sending.act_id), "text": "Dusun Krajan, dekat langgar."}
    _expect(client.post("/lapor/jawab/", form), 200)


def _withdraw_by_code(client: Client, sending: Sending) -> None:
    _expect(client.post("/lapor/tarik/", {"code": sending.receipt, "sure": "1"}), 200)


def _photo_by_code(client: Client, sending: Sending) -> None:
    form = {"code": sending.receipt, "client_id": str(sending.act_id), "photo": _picture()}
    _expect(client.post("/lapor/foto/", form, headers={"Accept": "application/json"}), 201)


BY_CODE = (_status_by_code, _answer_by_code, _withdraw_by_code, _photo_by_code)
BY_ACCOUNT = (_another_report, _plain_form, _nil, _look, _answer, _withdraw, _photo, _refused, *BY_CODE)


def _sending(client: Client, **values: Any) -> Sending:
    """A report with its own number, and the desk's question about it."""
    _next_report(REPORT)
    receipt = send_report(client, uuid4(), **values)
    ask_reporter(
        REPORT, text="Di dusun mana?", client_id=uuid4(), by=world.ratna(), at=MOMENT - timedelta(minutes=31)
    )
    return Sending(REPORT, receipt, uuid4(), Report.rows.get().source)


def _work_off(clock: Clock) -> None:
    """The worker's rounds, some minutes after the act."""
    clock.now = MOMENT + timedelta(minutes=9)
    while one_round(now=clock.now):
        pass


def _numbers_of(sending: Sending) -> tuple[str, ...]:
    """Whatever names the report or what was sent with it; a withdrawn one has no source any more."""
    return (str(REPORT), sending.receipt, str(sending.act_id), sending.act_id.hex, sending.source)


@pytest.mark.parametrize("act", BY_ACCOUNT)
def test_no_way_of_sending_joins_an_account_to_its_report(
    story: None, clock: Clock, records: list[logging.LogRecord], act: Act
) -> None:
    world.desk()
    account = people.fkdm(id=ACCOUNT, phone="081999000111")
    DomainClock.objects.all().delete()
    client = people.sign_in(Client(), account)
    clock.now = MOMENT - timedelta(minutes=32)
    sending = _sending(client, as_account=True)

    clock.now = MOMENT
    act(client, sending)
    _work_off(clock)

    who = (str(ACCOUNT), account.email or "", "081999000111", client.session.session_key or "")
    traces = [*rows(), *sessions(), *files(), *logged(records)]
    assert leaks(traces, Secret(who, _numbers_of(sending), MOMENT)) == []
    assert any(str(ACCOUNT) in trace.text for trace in traces)


@pytest.mark.parametrize("act", BY_CODE)
def test_no_way_of_sending_keeps_the_address_it_came_from(
    story: None, clock: Clock, records: list[logging.LogRecord], act: Act
) -> None:
    world.desk()
    DomainClock.objects.all().delete()
    client = Client(REMOTE_ADDR=ADDRESS)
    clock.now = MOMENT - timedelta(minutes=32)
    sending = _sending(client)

    clock.now = MOMENT
    act(client, sending)
    _work_off(clock)

    assert not client.cookies
    traces = [*rows(), *sessions(), *files(), *logged(records)]
    assert [trace.where for trace in traces if ADDRESS in trace.text] == []
    # Nor a row that could be an address under a key: nothing but the report's own rows was written at that moment.
    stamp = f"{MOMENT:%Y-%m-%d %H:%M:%S}"
    written = {trace.where for trace in rows() if stamp in trace.text}
    assert written <= {f"table {name}" for name in (
        "intake_reportmessage", "intake_photo", "intake_report", "audit_auditentry", "edge_job",
    )}  # fmt: skip
    assert not Session.objects.exists()


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
