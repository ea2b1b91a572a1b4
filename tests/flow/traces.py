"""Everything an instance keeps, laid open: every table, session, file and log line, and what in it joins two secrets.

The search knows two sides: what names the sender's account, and what names the report. A trace that holds both, or that
names the account at the very second of the report, is a leak.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection


@dataclass(frozen=True, slots=True)
class Trace:
    """One row, line or record, and where it was found."""

    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Secret:
    """The two sides that must never meet, and the moment at which the report came."""

    account: tuple[str, ...]
    report: tuple[str, ...]
    moment: datetime

    def stamps(self) -> list[str]:
        """The moment to the second in every spelling that is stored, and as the end of a session begun then."""
        ends = (self.moment, self.moment + timedelta(seconds=settings.SESSION_COOKIE_AGE))
        return [
            form
            for end in ends
            for form in (f"{end:%Y-%m-%d %H:%M:%S}", f"{end:%Y-%m-%dT%H:%M:%S}", str(int(end.timestamp())))
        ]


def leaks(traces: Iterable[Trace], secret: Secret) -> list[str]:
    """Every trace that joins account and report, or account and moment, in words for a failing test."""
    found = []
    for trace in traces:
        if not _names(trace.text, secret.account):
            continue
        if _names(trace.text, secret.report):
            found.append(f"{trace.where}: account beside report")
        if any(stamp in trace.text for stamp in secret.stamps()):
            found.append(f"{trace.where}: account at the second of the report")
    return found


def _names(text: str, words: Iterable[str]) -> bool:
    return any(re.search(rf"(?<![0-9A-Za-z]){re.escape(word)}(?![0-9A-Za-z])", text) for word in words)


def rows() -> Iterator[Trace]:
    """Every row of every table the database has, whether a model knows it or not."""
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                yield Trace(f"table {table}", " | ".join(map(_readable, row)))


def sessions() -> Iterator[Trace]:
    """Every session with what is written in it: the row alone shows only a signed blob."""
    for session in Session.objects.all():
        yield Trace("session", f"{session.session_key} | {session.get_decoded()} | {session.expire_date}")


def files() -> Iterator[Trace]:
    """Every line of every file of the instance, database files excepted: their rows are read above."""
    for folder in {Path(settings.DATA_DIR), Path(settings.AUDIT_HEAD_DIR)}:
        for path in sorted(
            each for each in folder.rglob("*") if each.is_file() and ".sqlite3" not in each.name
        ):
            for line in path.read_bytes().decode("latin-1").splitlines():
                yield Trace(f"file {path.name}", line)


def logged(records: Iterable[Any]) -> Iterator[Trace]:
    """Every log record, with the second at which it was made."""
    for record in records:
        said = f"{int(record.created)} {record.getMessage()} {record.args}"
        yield Trace(f"log {record.name}", said)


def database_bytes() -> bytes:
    """The database as it lies on the disk (SQLite), freed pages included; nothing on PostgreSQL."""
    if connection.vendor != "sqlite":
        return b""
    connection.ensure_connection()
    return bytes(connection.connection.serialize())


def _readable(value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("latin-1")
    return str(value)
