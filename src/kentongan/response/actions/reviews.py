"""Writing the after-action review of an episode; a better one is a new version beside the old."""

from __future__ import annotations

from datetime import datetime

from kentongan.accounts.access import require
from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.audit import actions as audit
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action
from kentongan.events.actions import locked_event
from kentongan.response.actions.rows import refuse_if
from kentongan.response.decisions import Review, review_refusal
from kentongan.response.models import AfterActionReview, Outcome
from kentongan.verification.decisions import kept_words


@action
def write_review(event_id: int, review: Review, *, by: Actor, at: datetime) -> AfterActionReview:
    """Answer the five questions about the latest episode that ended; identifiers are masked before they are stored."""
    event = locked_event(event_id)
    require(by, Permission.OUTCOME_RECORD, area=event.area)
    outcome = Outcome.objects.filter(event=event).order_by("-episode").first()
    if outcome is None:
        raise Problem("response.review_before_outcome", number=event.pk)
    refuse_if(review_refusal(review))
    written = AfterActionReview.objects.create(
        outcome=outcome,
        version=outcome.reviews.count() + 1,
        planned=kept_words(review.planned),
        happened=kept_words(review.happened),
        difference=kept_words(review.difference),
        keep=kept_words(review.keep),
        improve=kept_words(review.improve),
        type_code=event.type_code,
        written_by=by.audit_name,
        written_at=at,
    )
    audit.record(
        "review.written",
        actor=by.audit_name,
        at=at,
        area=event.area,
        subject=f"event:{event.pk}",
        detail={"episode": outcome.episode, "version": written.version},
    )
    return written
