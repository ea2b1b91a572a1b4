"""How long things are kept: reports and identities past their day are destroyed, with the counts as proof.

An erased report stays as an empty row, its own tombstone (ADR 0014): that it came, when, where, by which channel, what
was decided, and why and when its content went. A legal hold stops every erasure until a person lifts it.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from uuid import uuid4

from django.db import transaction

from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.audit import actions as audit
from kentongan.edge import stored_files
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action
from kentongan.intake.actions.photos import file_names
from kentongan.intake.actions.rows import locked_report, require_at
from kentongan.intake.models import LegalHold, NilReport, Photo, Report, ReportPresence, RetentionRun
from kentongan.policy import current_policy, policy_on
from kentongan.vault import actions as vault

RETENTION = Actor.of_system("retensi")
AT_ONCE = 100  # reports erased in one transaction: no writer waits long for a run
NIL_SOURCE = "nil_source"
WITHDRAWN = "withdrawn_report"
_HELD_UNTIL = date(9999, 12, 31)

# What an erased row no longer says. `source` goes too: beside the area and the day it would still be somebody's trail.
_EMPTY: Mapping[str, object] = {
    "text_masked": "", "title": "", "place_note": "", "raw_sealed": None, "own_tag": "", "identity": None,
    "latitude": None, "longitude": None, "source": "", "tile": "", "happens": "", "happens_on": None,
    "knowledge": "", "ongoing": "", "danger": "", "accused": "", "sent_at": None, "triage_reason": "",
    "put_off_until": None,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counted:
    """What one rule came to in one run: reports erased, and reports that a hold kept."""

    erased: int = 0
    held: int = 0


def purge_identities(*, at: datetime) -> int:
    """Destroy identities, numbers and shares past their day; the vault records the counts. Returns how many."""
    purged = vault.purge_due(at.date(), at=at)
    return purged.identities + purged.pseudonyms + purged.shares


@action
def erase_report(number: int, *, why: str, by: Actor, at: datetime) -> Report:
    """Destroy the content of one report for good. Refused without a reason, and while a hold is on it."""
    report = locked_report(number)
    require_at(by, Permission.REPORT_KEEP, report)
    if not why.strip():
        raise Problem("intake.erase_reason_missing", number=report.pk)
    if report.erased_on is not None:
        raise Problem("intake.report_erased", number=report.pk, day=report.erased_on)
    if _open_hold(report) is not None:
        raise Problem("intake.report_held", number=report.pk)
    _empty(report, why=why.strip()[:200], by=by, at=at)
    return report


@action
def hold_report(number: int, *, reason: str, by: Actor, at: datetime) -> LegalHold:
    """Keep a report, and its sealed identity, beyond every period, for a reason that one person answers for."""
    report = locked_report(number)
    require_at(by, Permission.REPORT_KEEP, report)
    if not reason.strip():
        raise Problem("intake.hold_reason_missing", number=report.pk)
    if report.erased_on is not None:
        raise Problem("intake.report_erased", number=report.pk, day=report.erased_on)
    if _open_hold(report) is not None:
        raise Problem("intake.report_held", number=report.pk)
    hold = LegalHold.objects.create(
        report=report, reason=reason.strip(), placed_by=by.audit_name, placed_at=at
    )
    _keep_identity(report, until=_HELD_UNTIL)
    _record(report, "report.held", by=by, at=at, reason=reason)
    return hold


@action
def release_hold(number: int, *, by: Actor, at: datetime, reason: str) -> LegalHold:
    """Lift the hold: the ordinary periods apply again, and what is past its day goes at the next run."""
    report = locked_report(number)
    require_at(by, Permission.REPORT_KEEP, report)
    hold = _open_hold(report)
    if hold is None:
        raise Problem("intake.report_not_held", number=report.pk)
    if not reason.strip():
        raise Problem("intake.hold_reason_missing", number=report.pk)
    hold.lifted_by, hold.lifted_at = by.audit_name, at
    hold.save(update_fields=["lifted_by", "lifted_at"])
    days = policy_on(at.date()).retention["raw_unverified_report"].days
    _keep_identity(report, until=report.received_at.date() + timedelta(days=days))
    _record(report, "report.hold_lifted", by=by, at=at, reason=reason)
    return hold


def erase_due(
    due: Mapping[str, Collection[int]], *, nil_before: datetime, at: datetime
) -> dict[str, Counted]:
    """Erase what is past its day and keep the proof. `due` names the reports of each rule of `policy` retention.

    Which reports an event keeps is for the caller to know (`pipeline.retention`). A run that was cut off has kept what it
    did; the next one finds the rest.
    """
    counts = {rule: _erase_by_rule(rule, sorted(numbers), at=at) for rule, numbers in due.items()}
    counts[NIL_SOURCE] = Counted(_forget_nil_senders(nil_before))
    _write_proof(counts, at=at)
    return counts


def _erase_by_rule(rule: str, numbers: list[int], *, at: datetime) -> Counted:
    erased = held = 0
    for start in range(0, len(numbers), AT_ONCE):
        done = _erase_some(rule, numbers[start : start + AT_ONCE], at=at)
        erased, held = erased + done.erased, held + done.held
    return Counted(erased, held)


@action
def _erase_some(rule: str, numbers: list[int], *, at: datetime) -> Counted:
    held = set(
        LegalHold.objects.filter(report__in=numbers, lifted_at=None).values_list("report_id", flat=True)
    )
    free = Report.objects.for_action().select_for_update().filter(pk__in=set(numbers) - held, erased_on=None)
    rows = list(free.order_by("pk"))
    for report in rows:
        _empty(report, why=why_of(rule), by=RETENTION, at=at)
    return Counted(len(rows), len(held))


def why_of(rule: str) -> str:
    """What the tombstone says of a rule, in the words of the policy."""
    if rule == WITHDRAWN:
        return "ditarik oleh pelapornya"
    return f"masa simpan berakhir: {current_policy().retention[rule].label.id}"


@action
def _forget_nil_senders(before: datetime) -> int:
    """Nil reports stay, because completeness is counted from them; who sent them is forgotten."""
    old = NilReport.objects.for_action().filter(received_at__lte=before).exclude(source="", own_tag="")
    return int(old.update(source="", own_tag=""))


@action
def _write_proof(counts: Mapping[str, Counted], *, at: datetime) -> None:
    said = {rule: {"erased": each.erased, "held": each.held} for rule, each in counts.items()}
    run = RetentionRun.objects.create(ran_at=at, policy_version=policy_on(at.date()).version, counts=said)
    audit.record(
        "retention.carried_out",
        actor=RETENTION.audit_name,
        at=at,
        subject=f"retention_run:{run.pk}",
        detail=dict(said),
    )


def _empty(report: Report, *, why: str, by: Actor, at: datetime) -> None:
    """The row becomes its own tombstone; its files go once that is stored. A late resend still finds it by its receipt."""
    if report.identity is not None:
        vault.forget_identity(report.identity)
    files = [name for photo in report.photos.all() for name in file_names(photo)]
    for rows in (report.photos, report.suggestions, report.messages):
        rows.all().delete()
    ReportPresence.objects.filter(report=report).delete()
    changes = {
        **_EMPTY,
        "client_id": uuid4(),
        "content_hash": _made_worthless(report.content_hash),
        "words_hash": _made_worthless(report.words_hash),
        "erased_on": at.date(),
        "erased_why": why,
    }
    for name, value in changes.items():
        setattr(report, name, value)
    report.save(update_fields=list(changes))
    transaction.on_commit(partial(_discard, files), robust=True)
    _record(report, "report.erased", by=by, at=at, reason=why)


def _made_worthless(digest: str) -> str:
    """The hash under a salt that is thrown away: whoever holds the text cannot show any more that it was sent here."""
    return hashlib.sha256(secrets.token_bytes(32) + digest.encode()).hexdigest()


def _discard(files: list[str]) -> None:
    for name in files:
        stored_files.discard(name)


def discard_orphans(*, before: datetime, known: Collection[str]) -> int:
    """Remove files that no row names: of a crash between file and row, or between row and file. Returns how many.

    `known` are the files that later stages keep; `before` leaves alone what is being written just now.
    """
    found = list(stored_files.older_than(before))
    ours = Photo.objects.values_list("original", "shown", "small")
    named = {name for row in ours.iterator() for name in row if name} | set(known)
    return sum(stored_files.discard(name) for name in found if name not in named)


def _open_hold(report: Report) -> LegalHold | None:
    return report.holds.filter(lifted_at=None).first()


def _keep_identity(report: Report, *, until: date) -> None:
    """The sealed identity is kept no longer than its report, and no shorter than a hold; it may be gone already."""
    if report.identity is not None:
        with suppress(Problem):
            vault.keep_identity_until(report.identity, until)


def _record(report: Report, what: str, *, by: Actor, at: datetime, reason: str) -> None:
    audit.record(
        what,
        actor=by.audit_name,
        at=at,
        area=report.area,
        subject=f"report:{report.pk}",
        reason=reason.strip(),
    )
