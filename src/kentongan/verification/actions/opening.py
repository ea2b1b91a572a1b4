"""Beginning to verify, or beginning again."""

from __future__ import annotations

from datetime import datetime

from kentongan.accounts.actors import Actor
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action
from kentongan.events.models import Event, VerificationState
from kentongan.verification.actions.rows import event_to_check, record, reopen


@action
def open_verification(event_id: int, *, by: Actor, at: datetime, reason: str = "") -> Event:
    """Take an event up. One that has its verdict is opened again only for a reason; every verdict stays."""
    event = event_to_check(event_id, by=by, at=at)
    if event.verification == VerificationState.IN_PROGRESS:
        return event
    if event.verification != VerificationState.UNVERIFIED and not reason.strip():
        raise Problem("verification.reopen_reason_missing", number=event.pk)
    before = reopen(event, by=by, at=at, reason=reason.strip())
    record("event.verification_opened", event, by=by, at=at, reason=reason.strip(), before=before)
    return event
