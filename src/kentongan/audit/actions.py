"""Adding to the chain. Every other stage's actions end here; the entry is stored with the change it tells of."""

from __future__ import annotations

import math
from collections.abc import Mapping
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
    link = Link(0, at, what, actor, area, subject, reason, _as_read_back(detail or {}))
    # Every action calls this: inside its transaction a savepoint of our own would only cost time.
    return _add(link) if connection.in_atomic_block else action(_add)(link)


@action
def look(what: str, *, actor: str, at: datetime, area: int | None, subject: str) -> AuditEntry | None:
    """Record that somebody opened something sensitive, so that the looker can see it too.

    Once per hour and row: going back and forth on a page is one look. Never called by routes that take reports in.
    """
    recent = AuditEntry.objects.filter(
        subject=subject, actor=actor, action=what, at__gt=at - ONE_LOOK, at__lte=at
    )
    return None if recent.exists() else record(what, actor=actor, at=at, area=area, subject=subject)


def _add(unnumbered: Link) -> AuditEntry:
    seq, before = _locked_head()
    link = replace(unnumbered, seq=seq + 1)
    mac = mac_of(link, before=before, key=settings.AUDIT_KEY)
    entry = AuditEntry.objects.create(mac=mac, **{name: getattr(link, name) for name in Link.__slots__})
    _move_head(link.seq, mac)
    head = heads.Head(link.seq, mac)
    # The action is stored by then: a full disk must not make it look refused. The health page sees a head left behind.
    transaction.on_commit(lambda: heads.keep_newest(settings.AUDIT_HEAD_DIR, head), robust=True)
    return entry


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
