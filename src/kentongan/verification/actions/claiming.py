"""The claims desk, first form: a report carries something that is being said. The verdict on it comes from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from kentongan.accounts.access import require
from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.audit import actions as audit
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action
from kentongan.intake.actions import triage_report, undo_triage
from kentongan.verification.decisions import LONGEST_WORDS, claim_words
from kentongan.verification.models import Claim, ClaimReport


@action
def make_claim(
    report_numbers: Sequence[int], *, text: str, area: int | None, desk: int, by: Actor, at: datetime
) -> Claim:
    """Keep what is being said, and decide every named report as carrying it. Each stays a report of its own.

    `text` says what is claimed, never who says it; a link in it becomes a mark. `area` is None where it is not known.
    """
    require(by, Permission.REPORT_TRIAGE, area=area)
    if desk not in {post.agency_id for post in by.posts} and not by.system:
        raise Problem("verification.claim_other_desk")
    said = claim_words(text)
    if not said:
        raise Problem("verification.claim_empty")
    if len(said) > LONGEST_WORDS:
        raise Problem("verification.claim_too_long", length=len(said), most=LONGEST_WORDS)
    if not report_numbers:
        raise Problem("verification.claim_without_report")
    claim: Claim = Claim.objects.create(
        text=said, area=area, desk_id=desk, created_by=by.audit_name, created_at=at
    )
    for number in dict.fromkeys(report_numbers):
        _carry(claim, number, by=by, at=at)
    _record("claim.made", claim, by=by, at=at, reports=len(set(report_numbers)))
    return claim


@action
def link_claim(claim_id: int, report_number: int, *, by: Actor, at: datetime) -> Claim:
    """One more report carries a known claim."""
    require(by, Permission.REPORT_TRIAGE)
    seen = Claim.objects.in_scope(by.scope_for(Permission.REPORT_TRIAGE))
    claim: Claim | None = seen.filter(pk=claim_id).first()
    if claim is None:
        raise Problem("verification.claim_unknown", number=claim_id)
    _carry(claim, report_number, by=by, at=at)
    _record("claim.linked", claim, by=by, at=at, report=report_number)
    return claim


@action
def undo_claim(report_number: int, *, by: Actor, at: datetime) -> None:
    """Take the decision back within the half minute: the report waits again and carries nothing.

    A claim that no report carries any more is listed nowhere.
    """
    undo_triage(report_number, by=by, at=at)
    link = ClaimReport.objects.filter(report=report_number).select_related("claim").first()
    if link is None:
        raise Problem("verification.claim_not_carried", number=report_number)
    link.delete()
    _record("claim.undone", link.claim, by=by, at=at, report=report_number)


def _carry(claim: Claim, number: int, *, by: Actor, at: datetime) -> None:
    """Decided first: what is wrong with the report is said in the words of the inbox. A report carries one claim."""
    triage_report(number, outcome="claim", by=by, at=at)
    ClaimReport.objects.filter(report=number).delete()
    ClaimReport.objects.create(claim=claim, report_id=number)


def _record(what: str, claim: Claim, *, by: Actor, at: datetime, **detail: int) -> None:
    audit.record(
        what, actor=by.audit_name, at=at, area=claim.area, subject=f"claim:{claim.pk}", detail=detail
    )
