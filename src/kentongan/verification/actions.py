"""Writing verdicts. New evidence re-opens an event; no verdict is ever overwritten."""

from __future__ import annotations

from datetime import datetime

from kentongan.accounts.access import require
from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.audit import actions as audit
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action
from kentongan.events.actions import locked_event, require_move, revise_verification
from kentongan.events.models import VerificationState
from kentongan.verification.decisions import Conclusion, refusal_of
from kentongan.verification.models import Verdict


@action
def verify_event(event_id: int, conclusion: Conclusion, *, by: Actor, at: datetime) -> Verdict:
    """Record a verdict on an event; what follows is listed in pipeline/flow.py."""
    event = locked_event(event_id)
    require(by, Permission.EVENT_VERIFY, area=event.area)
    refusal = refusal_of(conclusion)
    if refusal is not None:
        raise Problem(refusal[0], **refusal[1])
    if event.verification != VerificationState.IN_PROGRESS:
        require_move("verification", event.verification, VerificationState.IN_PROGRESS, at=at)
    require_move("verification", VerificationState.IN_PROGRESS, conclusion.verdict, at=at)
    verdict = Verdict.objects.create(
        event=event,
        verdict=conclusion.verdict,
        content_grade=conclusion.content_grade,
        source_grade=conclusion.source_grade,
        evidence=conclusion.evidence,
        reason=conclusion.reason,
        given_by=by.audit_name,
        given_at=at,
    )
    revise_verification(
        event,
        to=conclusion.verdict,
        source_grade=conclusion.source_grade,
        content_grade=conclusion.content_grade,
        review_on=conclusion.review_on,
        by=by,
        at=at,
        reason=conclusion.reason,
    )
    audit.record(
        "event.verified",
        actor=by.audit_name,
        at=at,
        area=event.area,
        subject=f"event:{event.pk}",
        reason=conclusion.reason,
        detail={
            "verdict": conclusion.verdict,
            "content_grade": conclusion.content_grade,
            "source_grade": conclusion.source_grade,
        },
    )
    return verdict
