"""Reading the vault, for `intake.actions` and `intake.disclosure` alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings

from kentongan.edge.problems import Problem
from kentongan.edge.sealing import Slot, holder_id, sealed_to, tag
from kentongan.vault.decisions import Asked, Given, State, pseudonym_label, state_at
from kentongan.vault.models import DisclosureRequest, KeyHolder, Pseudonym, SealedIdentity


@dataclass(frozen=True, slots=True)
class HalfRow:
    """Who gave a half, for whom, when."""

    slot: str
    given_by: str
    body: str
    given_at: datetime


@dataclass(frozen=True, slots=True)
class DisclosureRow:
    """One request as the asker, the holders and the overseer see it. It never holds the identity."""

    number: int
    report: str
    pseudonym: str
    regency_key: int
    legal_basis: str
    reason: str
    requested_by: str
    agency_id: int
    requested_at: datetime
    expires_at: datetime
    state: State
    shown_at: datetime | None
    tell_from: date | None
    delay_reason: str
    refused_by: str
    refusal: str
    halves: tuple[HalfRow, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """What the reporter reads behind the receipt after an opening."""

    shown_on: date
    legal_basis: str
    bodies: tuple[str, ...]


def account_tag(account_id: int, regency_key: int) -> str:
    """The keyed tag of a person in one kabupaten; tags of two kabupaten cannot be joined."""
    return tag(settings.PSEUDONYM_KEY, "pseudonym", account_id, regency_key)


def pseudonym_of(account_id: int, regency_key: int) -> str | None:
    """The source number of this account in that kabupaten, if it has one."""
    found = Pseudonym.objects.filter(
        regency_key=regency_key, account_tag=account_tag(account_id, regency_key)
    ).first()
    return pseudonym_label(found.number) if found else None


def pseudonyms_of(account_id: int) -> Mapping[int, str]:
    """Every source number of this account by kabupaten: what "my own reports" are found by."""
    regencies = (
        Pseudonym.objects.exclude(account_tag="").order_by().values_list("regency_key", flat=True).distinct()
    )
    found = {key: pseudonym_of(account_id, key) for key in regencies}
    return {key: label for key, label in found.items() if label}


def active_holders() -> dict[str, KeyHolder]:
    """The holders that new identities are sealed to, by slot."""
    return {holder.slot: holder for holder in KeyHolder.objects.filter(until=None)}


def can_seal() -> bool:
    """Whether both holders are there: without them no form may ask for a contact."""
    return len(active_holders()) == 2


def holders() -> Sequence[KeyHolder]:
    """All holders ever, the present ones first."""
    return sorted(KeyHolder.objects.order_by("slot", "-since"), key=lambda holder: holder.until is not None)


def holder_for(identity: SealedIdentity, slot: Slot) -> KeyHolder | None:
    """The holder whose key this identity was sealed to, retired or not."""
    wanted = sealed_to(bytes(identity.sealed), slot)
    same_slot = KeyHolder.objects.filter(slot=slot)
    return next((holder for holder in same_slot if holder_id(bytes(holder.public_key)) == wanted), None)


def identity_or_gone(identity_id: UUID) -> SealedIdentity:
    found = SealedIdentity.objects.filter(pk=identity_id).first()
    if found is None:
        raise Problem("vault.identity_gone")
    return found


def facts_of(request: DisclosureRequest) -> Asked:
    return Asked(request.pk, State(request.state), request.requested_by, request.expires_at, request.ready_at)


def given_for(request: DisclosureRequest) -> list[Given]:
    return [Given(half.slot, half.given_by, half.agency_id) for half in request.halves.all()]


def disclosure_rows(*, now: datetime) -> list[DisclosureRow]:
    """Every request, newest first. The caller keeps what its reader may see."""
    requests = DisclosureRequest.objects.order_by("-pk").prefetch_related("halves")
    return [_row(request, now=now) for request in requests]


def notices(report: str, *, on: date) -> list[Notice]:
    """Openings that the reporter of `report` is told of on that day."""
    shown = DisclosureRequest.objects.filter(report=report, state=State.SHOWN, tell_from__lte=on)
    return [
        Notice(row.shown_at.date(), row.legal_basis, tuple(sorted(half.body for half in row.halves.all())))
        for row in shown.prefetch_related("halves").order_by("pk")
        if row.shown_at is not None
    ]


def _row(request: DisclosureRequest, *, now: datetime) -> DisclosureRow:
    return DisclosureRow(
        number=request.pk,
        report=request.report,
        pseudonym=request.pseudonym,
        regency_key=request.regency_key,
        legal_basis=request.legal_basis,
        reason=request.reason,
        requested_by=request.requested_by,
        agency_id=request.agency_id,
        requested_at=request.requested_at,
        expires_at=request.expires_at,
        state=state_at(facts_of(request), now),
        shown_at=request.shown_at,
        tell_from=request.tell_from,
        delay_reason=request.delay_reason,
        refused_by=request.refused_by,
        refusal=request.refusal,
        halves=tuple(
            HalfRow(half.slot, half.given_by, half.body, half.given_at)
            for half in sorted(request.halves.all(), key=lambda half: half.slot)
        ),
    )
