"""The door: one arrival stored once, with its receipt. With `disclosure` the only place that may reach the vault."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kentongan.accounts.access import require
from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.audit import actions as audit
from kentongan.edge.transactions import action
from kentongan.intake.actions.storing import Arrival, arrival_of, kept_until, raw_context, store_arrivals
from kentongan.intake.decisions import Draft, Guess
from kentongan.intake.models import Report, Suggestion
from kentongan.places.keys import Level, key_at, level_of_key
from kentongan.vault import actions as vault

__all__ = [
    "Sender",
    "is_own_report",
    "keep_suggestions",
    "raw_context",
    "receive_report",
    "reporter",
    "stored_context",
]


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
    pseudonym = vault.pseudonym_for(by.account_id, regency, on=at.date(), keep_until=kept_until(at))
    return Sender(pseudonym, pseudonym, vault.own_report_tag(by.account_id, str(draft.client_id)))


def is_own_report(report: Report, *, by: Actor) -> bool:
    """Whether this account sent the report: computed from keys, read from no list."""
    return bool(report.own_tag) and report.own_tag == vault.own_report_tag(
        by.account_id, str(report.client_id)
    )


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
    arrival = arrival_of(
        draft,
        source=sender.source,
        audit_name=sender.audit_name,
        own_tag=sender.own_tag,
        desk=desk,
        at=at,
        contact=contact,
    )
    return _stored(arrival), arrival.receipt


@action
def _stored(arrival: Arrival) -> Report:
    """The row as it stands; masking and sealing were done before any other writer had to wait."""
    number = store_arrivals([arrival])[0].number
    report: Report = Report.objects.for_action().get(pk=number)
    return report


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


def stored_context(report: Report) -> str:
    return f"intake_report:{report.client_id}:{report.content_hash}:raw"
