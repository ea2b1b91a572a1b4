"""Opening a reporter's identity: asked with a legal basis, given by two persons of two bodies, shown once,
told.

    request_disclosure ─► give_half (body A) ─► give_half (body B) ─► show_once ─► the reporter reads it
                      └─► refuse, or nothing for 72 hours

Each holder opens its half on its own machine with its own paper (`kentongan keys open-half`) from the file
that `request_file` hands out, and pastes it here. Both halves lie sealed for at most 24 hours; `show_once`
joins them in memory, returns the contact to the one who asked, and destroys them in the same transaction.
There is no exception for emergencies: the duty officer writes to the reporter by source number.

Beside `intake.actions` the only module that may reach the vault; pages and commands come through here.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from kentongan.accounts.access import require
from kentongan.accounts.actors import Actor
from kentongan.accounts.models import Agency
from kentongan.accounts.permissions import Permission
from kentongan.audit import actions as audit
from kentongan.edge import sealing
from kentongan.edge.problems import Problem
from kentongan.edge.sealed_fields import SealedText
from kentongan.edge.transactions import action
from kentongan.vault import actions as vault
from kentongan.vault import decisions, paper, queries
from kentongan.vault.models import DisclosureHalf, DisclosureRequest, KeyHolder, SealedIdentity


@dataclass(frozen=True, slots=True)
class Shown:
    """The contact, for one look: the page removes it at `until` and carries the watermark across it."""

    contact: Mapping[str, str]
    until: datetime
    watermark: str


@dataclass(frozen=True, slots=True)
class HolderFile:
    """What a holder takes to its own machine: the grounds to weigh and the two locked shares, never the
    content.
    """

    number: int
    slot: sealing.Slot
    context: str
    locked: bytes
    pseudonym: str
    legal_basis: str
    reason: str


@action
def request_disclosure(
    identity_id: UUID, *, report: str, pseudonym: str, legal_basis: str, reason: str, by: Actor, at: datetime
) -> int:
    """Ask both holders to open one identity; returns the request's number."""
    identity = queries.identity_or_gone(identity_id)
    agency_id = _own_agency(by, Permission.DISCLOSURE_REQUEST, area=identity.regency_key)
    if not legal_basis.strip() or not reason.strip():
        raise Problem("vault.grounds_needed", pseudonym=pseudonym)
    request = DisclosureRequest.objects.create(
        identity_id=identity_id,
        report=report,
        pseudonym=pseudonym,
        regency_key=identity.regency_key,
        legal_basis=legal_basis.strip(),
        reason=reason.strip(),
        requested_by=by.audit_name,
        agency_id=agency_id,
        state=decisions.State.REQUESTED,
        requested_at=at,
        expires_at=at + decisions.REQUEST_LASTS,
    )
    _record("disclosure.requested", request, by=by, at=at, reason=reason, legal_basis=legal_basis)
    return request.pk


@action
def request_file(number: int, *, by: Actor, at: datetime) -> str:
    """The file for `kentongan keys open-half`, for a holder of this identity. Taking it is recorded."""
    request = _locked(number)
    identity = queries.identity_or_gone(request.identity_id)
    holder = _holder_of(identity, by=by, area=request.regency_key)
    text = json.dumps(
        {
            "kentongan": "permintaan-pembukaan",
            "number": number,
            "slot": holder.slot,
            "context": vault.identity_context(request.identity_id),
            "locked": base64.b64encode(sealing.locked_shares(bytes(identity.sealed))).decode(),
            "pseudonym": request.pseudonym,
            "legal_basis": request.legal_basis,
            "reason": request.reason,
        },
        ensure_ascii=False,
        indent=1,
    )
    _record("disclosure.file_taken", request, by=by, at=at, slot=holder.slot, body=holder.body)
    return text


@action
def give_half(number: int, code: str, *, by: Actor, at: datetime) -> decisions.State:
    """A holder agrees by giving the half it opened. Raises Problem unless persons and bodies differ and it
    fits.
    """
    request = _locked(number)
    identity = queries.identity_or_gone(request.identity_id)
    holder = _holder_of(identity, by=by, area=request.regency_key)
    half = paper.read_half(code)
    given = decisions.Given(half.slot, by.audit_name, holder.agency_id)
    state = decisions.state_after_half(queries.facts_of(request), queries.given_for(request), given, now=at)
    if half.slot != holder.slot or not sealing.fits(bytes(identity.sealed), half):
        raise Problem("vault.half_does_not_fit", number=number)
    DisclosureHalf.objects.create(
        request=request,
        slot=half.slot,
        given_by=by.audit_name,
        agency_id=holder.agency_id,
        body=holder.body,
        given_at=at,
        share=SealedText.seal(paper.half_code(half), context=_share_context(number, half.slot)),
    )
    ready_at = at if state is decisions.State.READY else None
    DisclosureRequest.objects.filter(pk=number).update(state=state, ready_at=ready_at)
    _record("disclosure.half_given", request, by=by, at=at, slot=half.slot, body=holder.body)
    return state


@action
def refuse(number: int, *, reason: str, by: Actor, at: datetime) -> None:
    """A holder says no: the request is over, and what the other may have given is destroyed."""
    request = _locked(number)
    holder = _holder_of(queries.identity_or_gone(request.identity_id), by=by, area=request.regency_key)
    decisions.check_refusal(queries.facts_of(request), reason, now=at)
    request.halves.update(share=None)
    DisclosureRequest.objects.filter(pk=number).update(
        state=decisions.State.REFUSED, refused_by=by.audit_name, refusal=reason.strip(), ready_at=None
    )
    _record("disclosure.refused", request, by=by, at=at, reason=reason, body=holder.body)


@action
def show_once(
    number: int, *, by: Actor, at: datetime, delay_telling_until: date | None = None, delay_reason: str = ""
) -> Shown:
    """The contact, once, to the one who asked. The reporter is told from today on, or later with a recorded
    reason.
    """
    request = _locked(number)
    _own_agency(by, Permission.DISCLOSURE_REQUEST, area=request.regency_key)
    decisions.check_show(queries.facts_of(request), by=by.audit_name, now=at)
    told = decisions.tell_from(at.date(), until=delay_telling_until, reason=delay_reason)
    identity = queries.identity_or_gone(request.identity_id)
    halves = {half.slot: _opened(half) for half in request.halves.all()}
    plain = sealing.join_halves(
        bytes(identity.sealed), halves["A"], halves["B"], context=vault.identity_context(identity.pk)
    )
    request.halves.update(share=None)
    DisclosureRequest.objects.filter(pk=number).update(
        state=decisions.State.SHOWN, shown_at=at, tell_from=told, delay_reason=delay_reason.strip()
    )
    _record("disclosure.shown", request, by=by, at=at, reason=delay_reason, tell_from=told.isoformat())
    watermark = f"{by.audit_name} · {at:%Y-%m-%d %H.%M} UTC · permintaan {number}"
    return Shown(json.loads(plain), at + decisions.VISIBLE_FOR, watermark)


def disclosures_for(by: Actor, *, now: datetime) -> list[queries.DisclosureRow]:
    """The requests this person has a part in: own ones, those to the own body, or all of the area for an
    overseer.
    """
    return [row for row in queries.disclosure_rows(now=now) if _sees(by, row)]


def notices_for(report: str, *, on: date) -> list[queries.Notice]:
    """What the reporter reads behind the receipt of `report`."""
    return queries.notices(report, on=on)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A new pair of keys as a holder gets it. The private key is in `text` and `page` and nowhere else."""

    text: str = field(repr=False)
    page: str = field(repr=False)
    fingerprint: str
    public: str


def new_sheet(slot: sealing.Slot, *, body: str, on: date) -> Sheet:
    """On the holder's machine: make a pair of keys and its recovery sheet. Nothing is stored."""
    key = sealing.HolderKey.new()
    return Sheet(
        text=paper.sheet_text(key, slot=slot, body=body, on=on),
        page=paper.sheet_page(key, slot=slot, body=body, on=on),
        fingerprint=sealing.fingerprint(key.public),
        public=paper.public_code(key.public),
    )


def fingerprint_of_sheet(text: str) -> str:
    """What a typed-back sheet opens. Raises Problem naming the line that is wrong."""
    return sealing.fingerprint(sealing.HolderKey.of(paper.read_sheet(text)).public)


@action
def register_holder(
    slot: sealing.Slot, public: str, *, body: str, office: str, actor: str, at: datetime
) -> KeyHolder:
    """A body on the register of agencies takes a slot. Called by the key ceremony on the server's own
    console.
    """
    agency = Agency.objects.filter(name=body, active=True).first()
    if agency is None:
        raise Problem("vault.body_unknown", body=body)
    key = paper.read_public(public, slot=slot)
    return vault.add_holder(
        slot, key, agency_id=agency.pk, body=agency.name, office=office, actor=actor, at=at
    )


def holders() -> list[KeyHolder]:
    """Who holds the keys, for the command and the account pages."""
    return list(queries.holders())


def read_holder_file(text: str) -> HolderFile:
    """A file made by `request_file`. Raises Problem when it is none."""
    try:
        facts = json.loads(text)
        if facts["kentongan"] != "permintaan-pembukaan" or facts["slot"] not in {"A", "B"}:
            raise ValueError(facts["slot"])
        return HolderFile(
            number=int(facts["number"]),
            slot=facts["slot"],
            context=str(facts["context"]),
            locked=base64.b64decode(facts["locked"], validate=True),
            pseudonym=str(facts["pseudonym"]),
            legal_basis=str(facts["legal_basis"]),
            reason=str(facts["reason"]),
        )
    except (ValueError, KeyError, TypeError, binascii.Error):
        raise Problem("vault.file_unreadable") from None


def open_half_from_sheet(file: HolderFile, sheet: str) -> str:
    """On the holder's machine: the half's code, from the file and the recovery sheet. Nothing is stored."""
    return paper.half_code(
        sealing.open_half(file.locked, paper.read_sheet(sheet), slot=file.slot, context=file.context)
    )


def _locked(number: int) -> DisclosureRequest:
    request = DisclosureRequest.objects.select_for_update().filter(pk=number).first()
    if request is None:
        raise Problem("vault.request_unknown", number=number)
    return request


def _own_agency(by: Actor, permission: Permission, *, area: int) -> int:
    """The agency for which a person, never a part of the system, may do this."""
    require(by, permission, area=area)
    for post in by.posts:
        if post.may(permission, area):
            return post.agency_id
    raise Problem("vault.person_needed")


def _holder_of(identity: SealedIdentity, *, by: Actor, area: int) -> KeyHolder:
    """The holder of this identity's key at one of the person's own bodies."""
    _own_agency(by, Permission.DISCLOSURE_HOLD, area=area)
    bodies = {post.agency_id for post in by.posts if post.may(Permission.DISCLOSURE_HOLD, area)}
    for slot in ("A", "B"):
        holder = queries.holder_for(identity, "A" if slot == "A" else "B")
        if holder is not None and holder.agency_id in bodies:
            return holder
    raise Problem("vault.not_a_holder")


def _opened(half: DisclosureHalf) -> sealing.Half:
    if half.share is None:
        raise Problem("vault.request_over", number=half.request_id)
    return paper.read_half(half.share.open(context=_share_context(half.request_id, half.slot)))


def _share_context(number: int, slot: str) -> str:
    return f"vault_disclosurehalf:{number}:{slot}"


def _sees(by: Actor, row: queries.DisclosureRow) -> bool:
    if row.requested_by == by.audit_name:
        return True
    if any(Permission.DISCLOSURE_HOLD in post.role.permissions for post in by.posts):
        bodies = {holder.agency_id for holder in queries.holders()}
        if any(post.agency_id in bodies for post in by.posts):
            return True
    return any(
        Permission.DISCLOSURE_OVERSEE in post.role.permissions
        and any(part.contains(row.regency_key) for part in post.own)
        for post in by.posts
    )


def _record(
    what: str, request: DisclosureRequest, *, by: Actor, at: datetime, reason: str = "", **detail: str
) -> None:
    audit.record(
        what,
        actor=by.audit_name,
        at=at,
        area=request.regency_key,
        subject=f"disclosure:{request.pk}",
        reason=reason.strip(),
        detail={"report": request.report, "pseudonym": request.pseudonym, **detail},
    )
