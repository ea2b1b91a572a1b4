"""Adding to the chain. Every other stage's actions end here; the entry is stored with the change it tells of."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from kentongan.audit import heads
from kentongan.audit.chain import START, JsonValue, Link, mac_of
from kentongan.audit.models import AuditEntry, ChainHead
from kentongan.edge.transactions import action

ONE_LOOK = timedelta(hours=1)

# Written out, because every action of the product passes here: building these two statements anew each time would
# cost more than running them.
_READ_HEAD = "SELECT seq, mac FROM audit_chainhead WHERE id = 1"
_MOVE_HEAD = "UPDATE audit_chainhead SET seq = %s, mac = %s WHERE id = 1"
_ADD_ENTRY = (
    "INSERT INTO audit_auditentry (seq, at, action, actor, area, subject, reason, detail, mac)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)"
)
_AT, _DETAIL = AuditEntry._meta.get_field("at"), AuditEntry._meta.get_field("detail")


def record(
    what: str,
    *,
    actor: str,
    at: datetime,
    area: int | None = None,
    subject: str = "",
    reason: str = "",
    detail: Mapping[str, JsonValue] | None = None,
) -> AuditEntry:
    """Add one entry in the caller's transaction; it is the outbox of what follows (`pipeline/flow.py`).

    `actor` is a plain value: `akun:12`, a source number, `publik`, `sistem:…`. Call it last in an action: the head
    row stays locked until the commit, which is what makes the chain's order the order of commits on PostgreSQL.
    """
    return record_all([Link(0, at, what, actor, area, subject, reason, detail or {})])[0]


def record_all(unnumbered: Sequence[Link]) -> list[AuditEntry]:
    """Add several entries in this order, as `record` adds one; their numbers are given here."""
    links = [replace(link, detail=_as_read_back(link.detail)) for link in unnumbered]
    # Every action calls this: inside its transaction a savepoint of our own would only cost time.
    return _add(links) if connection.in_atomic_block else action(_add)(links)


@action
def look(what: str, *, actor: str, at: datetime, area: int | None, subject: str) -> AuditEntry | None:
    """Record that somebody opened something sensitive, so that the looker can see it too.

    Once per hour and row: going back and forth on a page is one look. Never called by routes that take reports in.
    """
    recent = AuditEntry.objects.filter(
        subject=subject, actor=actor, action=what, at__gt=at - ONE_LOOK, at__lte=at
    )
    return None if recent.exists() else record(what, actor=actor, at=at, area=area, subject=subject)


def _add(unnumbered: Sequence[Link]) -> list[AuditEntry]:
    seq, mac = _locked_head()
    entries = []
    for place, each in enumerate(unnumbered, start=seq + 1):
        link = replace(each, seq=place)
        mac = mac_of(link, before=mac, key=settings.AUDIT_KEY)
        entries.append(AuditEntry(mac=mac, **{name: getattr(link, name) for name in Link.__slots__}))
    _insert(entries)
    head = heads.Head(seq + len(entries), mac)
    _move_head(head.seq, head.mac)
    # The action is stored by then: a full disk must not make it look refused. The health page sees a head left behind.
    transaction.on_commit(lambda: heads.keep_newest(settings.AUDIT_HEAD_DIR, head), robust=True)
    return entries


def _insert(entries: Sequence[AuditEntry]) -> None:
    rows = [
        (
            each.seq,
            _AT.get_db_prep_save(each.at, connection),
            each.action,
            each.actor,
            each.area,
            each.subject,
            each.reason,
            _DETAIL.get_db_prep_save(each.detail, connection),
            each.mac,
        )
        for each in entries
    ]
    with connection.cursor() as cursor:
        cursor.executemany(_ADD_ENTRY, rows)
    for each in entries:
        each._state.adding, each._state.db = False, connection.alias


def _locked_head() -> tuple[int, str]:
    """Number and mac of the last entry, locked until the commit; the row is made by the very first action."""
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(_READ_HEAD + lock)
        head = cursor.fetchone()
    if head is not None:
        return int(head[0]), str(head[1])
    made, _ = ChainHead.objects.select_for_update().get_or_create(id=1, defaults={"seq": 0, "mac": START})
    return made.seq, made.mac


def _move_head(seq: int, mac: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_MOVE_HEAD, [seq, mac])


def _as_read_back(value: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """The same detail as both databases give it back, so that its mac holds for ever.

    PostgreSQL keeps numbers, not their spelling: 1e16 comes back as a whole number. What JSON cannot say is refused.
    """
    return {str(name): _plain(each) for name, each in value.items()}


def _plain(value: JsonValue) -> JsonValue:
    if isinstance(value, Mapping):
        return _as_read_back(value)
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError(f"{value} cannot be written into the audit chain: give a finite number or None")
        return int(value) if value.is_integer() else value
    return value
