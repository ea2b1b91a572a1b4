"""The narrow door to reporters' identities and source numbers, for `intake.actions` and `intake.disclosure`
alone.

What `intake` calls while it stores a report writes no audit row here: the one row of that report, under its
source number, is the record, and a second row at the same moment would only help to join things. Purging is
recorded.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.conf import settings

from kentongan.audit import actions as audit
from kentongan.edge import sealing
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action
from kentongan.vault import decisions, queries
from kentongan.vault.models import DisclosureHalf, KeyHolder, Pseudonym, PseudonymSeries, SealedIdentity


@dataclass(frozen=True, slots=True)
class Purged:
    """What a day's purge destroyed."""

    identities: int
    pseudonyms: int
    shares: int


@action
def pseudonym_for(
    account_id: int,
    regency_key: int,
    *,
    on: date,
    keep_until: date | None = None,
    choose: Callable[[Sequence[int]], int] = secrets.choice,
) -> str:
    """The source number of this account in that kabupaten (`S-14`), given out at its first report.

    Same person, same kabupaten, same number, for as long as a report of it is kept (`keep_until`).
    """
    # The series row is what two first reports at once wait for.
    PseudonymSeries.objects.get_or_create(regency_key=regency_key)
    PseudonymSeries.objects.select_for_update().get(regency_key=regency_key)
    until = keep_until or on + decisions.PSEUDONYM_LASTS
    known = Pseudonym.objects.filter(
        regency_key=regency_key, account_tag=queries.account_tag(account_id, regency_key)
    ).first()
    if known is not None:
        if known.retention_until < until:
            Pseudonym.objects.filter(pk=known.pk).update(retention_until=until)
        return decisions.pseudonym_label(known.number)
    taken = set(Pseudonym.objects.filter(regency_key=regency_key).values_list("number", flat=True))
    number = decisions.next_number(taken, choose=choose)
    Pseudonym.objects.create(
        regency_key=regency_key,
        number=number,
        account_tag=queries.account_tag(account_id, regency_key),
        issued_on=on,
        retention_until=until,
    )
    return decisions.pseudonym_label(number)


def own_report_tag(account_id: int, report_id: str) -> str:
    """The tag a report carries so that its sender, and nobody else, is told "this is yours".

    Computed, not stored here: the report's row keeps it and loses it with the identity's retention.
    """
    return sealing.tag(settings.PSEUDONYM_KEY, "own report", account_id, report_id)


@action
def seal_identity(contact: Mapping[str, str], regency_key: int, *, on: date, retention_until: date) -> UUID:
    """Seal how to reach a reporter to both holders; the random id is all that the report keeps.

    Raises Problem `vault.holders_missing` while there are not two holders: then no contact may be taken.
    """
    holders = queries.active_holders()
    if len(holders) != 2:
        raise Problem("vault.holders_missing", count=len(holders))
    identity_id = uuid4()
    sealed = sealing.seal_to_two(
        json.dumps(dict(contact), ensure_ascii=False).encode(),
        bytes(holders["A"].public_key),
        bytes(holders["B"].public_key),
        context=identity_context(identity_id),
    )
    SealedIdentity.objects.create(
        id=identity_id, sealed=sealed, regency_key=regency_key, sealed_on=on, retention_until=retention_until
    )
    return identity_id


def identity_context(identity_id: UUID) -> str:
    return f"identitas:{identity_id}"


@action
def keep_identity_until(identity_id: UUID, until: date) -> None:
    """The report is kept longer (or shorter): its identity follows."""
    if not SealedIdentity.objects.filter(pk=identity_id).update(retention_until=until):
        raise Problem("vault.identity_gone")


@action
def forget_identity(identity_id: UUID) -> bool:
    """Destroy one sealed identity at once (the reporter asked for it, or the report went). False: already
    gone.
    """
    deleted, _ = SealedIdentity.objects.filter(pk=identity_id).delete()
    return bool(deleted)


@action
def forget_pseudonym(account_id: int, regency_key: int) -> bool:
    """Nobody can tell any more whose number it was; the next report of that account gets another one."""
    mine = Pseudonym.objects.filter(
        regency_key=regency_key, account_tag=queries.account_tag(account_id, regency_key)
    )
    return bool(mine.update(account_tag=""))


@action
def purge_due(on: date, *, at: datetime) -> Purged:
    """Destroy what is past its day, and the shares of requests that are over. Recorded with its counts."""
    identities, _ = SealedIdentity.objects.filter(retention_until__lt=on).delete()
    pseudonyms = (
        Pseudonym.objects.filter(retention_until__lt=on).exclude(account_tag="").update(account_tag="")
    )
    over = [row.number for row in queries.disclosure_rows(now=at) if row.state not in decisions.OPEN_STATES]
    shares = DisclosureHalf.objects.filter(request__in=over, share__isnull=False).update(share=None)
    purged = Purged(identities, pseudonyms, shares)
    audit.record(
        "vault.purged",
        actor="sistem:retensi",
        at=at,
        detail={"identities": identities, "pseudonyms": pseudonyms, "shares": shares},
    )
    return purged


@action
def add_holder(
    slot: sealing.Slot, public_key: bytes, *, agency_id: int, body: str, office: str, actor: str, at: datetime
) -> KeyHolder:
    """A body takes a slot with its public key, in place of the one before, whose key keeps opening older
    identities.
    """
    other = queries.active_holders().get("B" if slot == "A" else "A")
    if other is not None and (other.agency_id == agency_id or bytes(other.public_key) == public_key):
        raise Problem("vault.second_body_needed_for_key", body=body)
    mark = sealing.fingerprint(public_key)
    if KeyHolder.objects.filter(fingerprint=mark).exists():
        raise Problem("vault.key_known", fingerprint=mark)
    try:
        # A key of low order would give everybody the same secret: sealing to it once shows that.
        sealing.seal_to_two(b"", public_key, sealing.HolderKey.new().public, context="check")
    except ValueError:
        raise Problem("vault.key_unreadable", slot=slot) from None
    KeyHolder.objects.filter(slot=slot, until=None).update(until=at.date())
    holder = KeyHolder.objects.create(
        slot=slot,
        agency_id=agency_id,
        body=body,
        office=office,
        public_key=public_key,
        fingerprint=mark,
        since=at.date(),
    )
    audit.record(
        "vault.holder_added",
        actor=actor,
        at=at,
        subject=f"key_holder:{holder.pk}",
        detail={"slot": slot, "body": body, "office": office, "fingerprint": mark},
    )
    return holder
