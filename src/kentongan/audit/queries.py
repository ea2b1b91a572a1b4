"""Reading the chain: for the pipeline's cursor, for the pages "Siapa melihat apa", and for verification."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.db.models import QuerySet

from kentongan.audit import heads
from kentongan.audit.chain import START, Fault, FaultKind, Link, first_fault, mac_of
from kentongan.audit.models import AuditEntry, ChainHead


def entries_after(seq: int, *, limit: int) -> list[AuditEntry]:
    """At most `limit` entries after number `seq`, in chain order: what the outbox still holds for a cursor."""
    return list(AuditEntry.objects.filter(seq__gt=seq).order_by("seq")[:limit])


def entries_about(subject: str) -> QuerySet[AuditEntry]:
    """Everything that happened to one row, newest first."""
    return AuditEntry.objects.filter(subject=subject).order_by("-seq")


def entries_by(actor: str) -> QuerySet[AuditEntry]:
    """Everything one actor did or looked at, newest first: what the person may always see of himself."""
    return AuditEntry.objects.filter(actor=actor).order_by("-seq")


def all_entries() -> QuerySet[AuditEntry]:
    """The whole chain, newest first: for the overseer alone."""
    return AuditEntry.objects.order_by("-seq")


def current_head() -> heads.Head | None:
    """The chain's end in the database; None while it is empty."""
    head = ChainHead.objects.filter(id=1, seq__gt=0).first()
    return heads.Head(head.seq, head.mac) if head else None


def kept_heads() -> list[heads.Head]:
    """The heads kept outside the database on this machine."""
    newest = heads.newest(settings.AUDIT_HEAD_DIR)
    return heads.written_down(settings.AUDIT_HEAD_DIR) + ([newest] if newest else [])


def find_fault(known: Iterable[heads.Head] = ()) -> Fault | None:
    """Check every entry against the key, its neighbours, the kept heads and the `known` ones (from paper, e-mail)."""
    expected: dict[int, str] = {}
    for head in [*kept_heads(), *known]:
        if expected.setdefault(head.seq, head.mac) != head.mac:
            return Fault(head.seq, FaultKind.HEADS_DISAGREE)
    try:
        return first_fault(_links(), key=settings.AUDIT_KEY, heads=expected)
    except _UNREADABLE:
        return Fault(_first_unreadable(), FaultKind.CHANGED)


# What a value put in by hand, which is no date or no JSON any more, makes the database layer raise.
_UNREADABLE = (ValueError, TypeError, AttributeError)


def _links() -> Iterator[tuple[Link, str]]:
    for row in AuditEntry.objects.order_by("seq").iterator(chunk_size=2000):
        yield _link(row), row.mac


def _link(row: AuditEntry) -> Link:
    return Link(row.seq, row.at, row.action, row.actor, row.area, row.subject, row.reason, row.detail)


def _first_unreadable() -> int:
    """The first entry that cannot be read back as what an action wrote."""
    for seq in AuditEntry.objects.order_by("seq").values_list("seq", flat=True).iterator(chunk_size=2000):
        try:
            mac_of(_link(AuditEntry.objects.get(seq=seq)), before=START, key=settings.AUDIT_KEY)
        except _UNREADABLE:
            return seq
    raise AssertionError("every entry is readable one by one, but not in order")  # pragma: no cover
