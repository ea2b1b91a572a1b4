"""The life of an event: along its lifecycle with what each state asks for, looked at again, opened anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from kentongan.accounts.actors import Actor
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action
from kentongan.events.actions.rows import (
    record,
    require_move,
    required_reason,
    revise,
    writable_event,
)
from kentongan.events.models import Event, EventState
from kentongan.policy import policy_on


@action
def move_event(
    event_id: int, *, to: str, by: Actor, at: datetime, reason: str, review_on: date | None = None
) -> Event:
    """Move an event along its life; a move that the lifecycle does not know is refused.

    What is only monitored needs the day on which somebody looks again. The states that rest on an outcome are not
    reached here: the response stage, which records outcomes, leads there.
    """
    event = writable_event(event_id, by=by)
    require_move("event", event.state, to, at=at)
    if to == EventState.WATCH or "outcome" in policy_on(at.date()).lifecycles["event"].needs(to):
        raise Problem("events.outcome_needed", number=event.pk)
    if event.state in {EventState.WATCH, EventState.CLOSED}:
        raise Problem("events.reopen_instead", number=event.pk)
    review = _next_review(event, review_on, needed=to == EventState.MONITORED, at=at)
    values: dict[str, object] = {"state": to} | ({"review_on": review} if review != event.review_on else {})
    _write(event, values, by=by, at=at, reason=reason)
    record("event.moved", event, by=by, at=at, reason=reason, to=to)
    return event


@action
def reopen_event(event_id: int, *, by: Actor, at: datetime, reason: str) -> Event:
    """It has flared up again: an event that was watched is handled once more, a closed one is open, with everything
    that was known of it. The response stage calls this, and sets the outcome aside that stood.
    """
    event = writable_event(event_id, by=by)
    why = required_reason(reason, event)
    again = EventState.HANDLED if event.state == EventState.WATCH else EventState.OPEN
    require_move("event", event.state, again, at=at)
    _write(event, {"state": again.value}, by=by, at=at, reason=why)
    record("event.reopened", event, by=by, at=at, reason=why, side_move="recurred")
    return event


@action
def review_event(
    event_id: int, *, next_review: date | None, by: Actor, at: datetime, reason: str = ""
) -> Event:
    """Somebody has looked at it again, and says when the next look is due."""
    event = writable_event(event_id, by=by)
    review = _next_review(event, next_review, needed=True, at=at, renew=True)
    event.reviewed_at = at
    event.save(update_fields=["reviewed_at"])
    _write(event, {"review_on": review}, by=by, at=at, reason=reason)
    record("event.reviewed", event, by=by, at=at, reason=reason, next=review.isoformat() if review else "")
    return event


def revise_verification(
    event: Event,
    *,
    to: str,
    source_grade: str,
    content_grade: int,
    review_on: date | None,
    by: Actor,
    at: datetime,
    reason: str,
) -> None:
    """Put a verdict on the event itself. Called inside the action of the verification stage, which records it.

    A verdict without a review date leaves the date that stands.
    """
    values: dict[str, object] = {
        "verification": to,
        "source_grade": source_grade,
        "content_grade": content_grade,
    }
    if review_on is not None:
        values["review_on"] = review_on
    _write(event, values, by=by, at=at, reason=reason)


def revise_state(event: Event, *, steps: Sequence[str], by: Actor, at: datetime, reason: str) -> None:
    """Take an event through several moves of its lifecycle inside a later stage's action, which records them."""
    for step in steps:
        require_move("event", event.state, step, at=at)
        _write(event, {"state": step}, by=by, at=at, reason=reason)


def _write(event: Event, values: dict[str, object], *, by: Actor, at: datetime, reason: str) -> None:
    revise(event, values, by=by, at=at, reason=reason)
    for name, value in values.items():
        setattr(event, name, value)
    event.save(update_fields=list(values))


def _next_review(
    event: Event, chosen: date | None, *, needed: bool, at: datetime, renew: bool = False
) -> date | None:
    """The day of the next look: the one chosen, or the one that stands; a needed one must lie ahead."""
    review = chosen if renew or chosen is not None else event.review_on
    if needed and review is None:
        raise Problem("events.review_date_missing", number=event.pk)
    if review is not None and review < at.date() and (needed or chosen is not None):
        raise Problem("events.review_date_past", value=review.isoformat())
    return review
