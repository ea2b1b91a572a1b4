"""The door: one arrival stored once, with its receipt. With `disclosure` the only place that may reach the vault."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings

from kentongan.accounts.access import require
from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.audit import actions as audit
from kentongan.edge.problems import Problem
from kentongan.edge.sealed_fields import SealedText
from kentongan.edge.sealing import receipt_code, receipt_tag
from kentongan.edge.transactions import action
from kentongan.intake.decisions import (
    LONGEST_TEXT,
    Draft,
    Guess,
    content_hash,
    read_from_level,
    shown_note,
    shown_text,
    shown_title,
    storable,
    words_hash,
)
from kentongan.intake.models import Report, Suggestion
from kentongan.places.keys import Level, key_at, level_of_key
from kentongan.policy import policy_on
from kentongan.vault import actions as vault


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends, as it may be stored: a pseudonym, `publik`, or where an article came from. Never an account.

    `own_tag` answers the sender's own question "is this mine?"; it is made for one draft and fits no other.
    """

    source: str
    audit_name: str
    own_tag: str = ""

    @classmethod
    def public(cls) -> Sender:
        return cls("publik", "publik")

    @classmethod
    def article(cls, name: str, *, by: Actor) -> Sender:
        return cls(name[:120], by.audit_name)


@action
def reporter(by: Actor, draft: Draft, *, area: int, at: datetime) -> Sender:
    """The sender behind an account: its pseudonym in that kabupaten. The account itself goes no further than here."""
    require(by, Permission.REPORT_SEND)
    regency = key_at(area, Level.REGENCY) if level_of_key(area) >= Level.REGENCY else area
    pseudonym = vault.pseudonym_for(by.account_id, regency, on=at.date(), keep_until=_kept_until(at))
    return Sender(pseudonym, pseudonym, vault.own_report_tag(by.account_id, str(draft.client_id)))


def is_own_report(report: Report, *, by: Actor) -> bool:
    """Whether this account sent the report: computed from keys, read from no list."""
    return bool(report.own_tag) and report.own_tag == vault.own_report_tag(
        by.account_id, str(report.client_id)
    )


@action
def receive_report(
    draft: Draft,
    *,
    sender: Sender,
    desk: int | None,
    at: datetime,
    contact: Mapping[str, str] | None = None,
) -> tuple[Report, str]:
    """Store one arrival and return it with its receipt. The same draft again is the same report and receipt.

    The same client id with other content is a report of its own; its audit entry names the one it conflicts with.
    `desk` is the agency that received it, needed when the draft has no place. What arrives is never refused for
    its content: only an empty text, or one too long to store, is sent back. `contact` is sealed to the two holders.
    """
    if not draft.text.strip():
        raise Problem("intake.text_empty")
    if len(draft.text) > LONGEST_TEXT:
        raise Problem("intake.text_too_long", length=len(draft.text), most=LONGEST_TEXT)
    draft = storable(draft)
    digest = content_hash(draft)
    receipt = receipt_code(settings.RECEIPT_KEY, f"{draft.client_id}:{digest}")
    report, is_new = _stored_once(
        draft,
        digest,
        receipt_tag(settings.RECEIPT_KEY, receipt),
        sender=sender,
        desk=desk,
        at=at,
        contact=contact,
    )
    if is_new:
        audit.record(
            "report.received",
            actor=sender.audit_name,
            at=at,
            area=draft.area,
            subject=f"report:{report.pk}",
            detail={"channel": draft.channel} | _conflict(report),
        )
    return report, receipt


def _stored_once(
    draft: Draft,
    digest: str,
    tag: str,
    *,
    sender: Sender,
    desk: int | None,
    at: datetime,
    contact: Mapping[str, str] | None,
) -> tuple[Report, bool]:
    """The row of this arrival, and whether it is new. Of two resends at once the database keeps one, the other finds it.

    The receipt's tag is the key: it stays when the content is erased, so that a late resend revives nothing.
    """
    words = words_hash(draft)
    same_words = Report.objects.for_action().filter(words_hash=words).order_by("pk").first()
    stored: tuple[Report, bool] = Report.objects.for_action().get_or_create(
        receipt_tag=tag,
        defaults={
            "client_id": draft.client_id,
            "content_hash": digest,
            "words_hash": words,
            "channel": draft.channel,
            "source": sender.source,
            "title": shown_title(draft),
            "text_masked": shown_text(draft),
            "raw_sealed": SealedText.seal(draft.text, context=raw_context(draft, digest)),
            "area": draft.area,
            "desk_id": desk,
            "own_tag": sender.own_tag,
            "tile": draft.tile,
            "place_note": shown_note(draft),
            "latitude": draft.latitude,
            "longitude": draft.longitude,
            "happens": draft.happens,
            "happens_on": draft.happens_on,
            "knowledge": draft.knowledge,
            "ongoing": draft.ongoing,
            "danger": draft.danger,
            "accused": draft.accused,
            "read_from_level": read_from_level(draft.accused, policy=policy_on(at.date())),
            "sent_at": draft.sent_at,
            # Called for a new row alone: a resend seals no second identity.
            "identity": lambda: _sealed(contact, draft, at=at),
            "received_at": at,
            "copy_of_id": (same_words.copy_of_id or same_words.pk) if same_words else None,
        },
    )
    return stored


def _conflict(report: Report) -> dict[str, str]:
    """The mark of an arrival whose client id was used before for other words."""
    earlier = (
        Report.objects.for_action()
        .filter(client_id=report.client_id)
        .exclude(pk=report.pk)
        .order_by("pk")
        .first()
    )
    return {"conflicts_with": f"report:{earlier.pk}"} if earlier else {}


@action
def keep_suggestions(report_id: int, guesses: list[Guess], *, at: datetime, by: Actor) -> int:
    """Store what a rule read out of a report; a method that has spoken before is not asked twice. Returns how many."""
    report = Report.objects.for_action().get(pk=report_id)
    known = set(report.suggestions.values_list("kind", "method"))
    fresh = [guess for guess in guesses if (guess.kind, guess.method) not in known]
    Suggestion.objects.bulk_create(
        Suggestion(
            report=report, kind=guess.kind, value=guess.value, evidence=guess.evidence, method=guess.method
        )
        for guess in fresh
    )
    if fresh:
        audit.record(
            "report.read",
            actor=by.audit_name,
            at=at,
            area=report.area,
            subject=f"report:{report.pk}",
            detail={"kinds": ", ".join(sorted(guess.kind for guess in fresh))},
        )
    return len(fresh)


def _sealed(contact: Mapping[str, str] | None, draft: Draft, *, at: datetime) -> UUID | None:
    """The vault's random number for a contact sealed now; None when there is nothing to seal."""
    if not contact or draft.area is None:
        return None
    regency = key_at(draft.area, Level.REGENCY) if level_of_key(draft.area) >= Level.REGENCY else draft.area
    return vault.seal_identity(contact, regency, on=at.date(), retention_until=_kept_until(at))


def _kept_until(at: datetime) -> date:
    """The last day of an unverified report: nothing of its sender outlives it."""
    days = policy_on(at.date()).retention["raw_unverified_report"].days
    return at.date() + timedelta(days=days)


def raw_context(draft: Draft, digest: str) -> str:
    """What ties a sealed text to its row: known before the row has a number."""
    return f"intake_report:{draft.client_id}:{digest}:raw"


def stored_context(report: Report) -> str:
    return f"intake_report:{report.client_id}:{report.content_hash}:raw"
