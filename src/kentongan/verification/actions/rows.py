"""What the actions of the verification desk begin and end with: the event held, the right to judge it, the entry."""

from __future__ import annotations

from datetime import datetime

from kentongan.accounts.access import require
from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.audit import actions as audit
from kentongan.audit.chain import JsonValue
from kentongan.edge.problems import Problem
from kentongan.events.actions import locked_event, require_move, revise_verification
from kentongan.events.models import Event, EventReport, VerificationState
from kentongan.intake.actions import is_own_report
from kentongan.places.keys import level_of_range
from kentongan.verification.decisions import may_judge
from kentongan.verification.queries import accusations_of


def event_to_check(event_id: int, *, by: Actor, at: datetime) -> Event:
    """The event, held, for somebody of the desk who may check it and works in none of the accused offices."""
    event = locked_event(event_id)
    require_clear_office(event, by=by, at=at)
    if event.merged_into_id is not None:
        raise Problem("verification.event_merged", number=event.pk, into=event.merged_into_id)
    return event


def event_to_judge(event_id: int, *, by: Actor, at: datetime) -> Event:
    """The same for a judgement: whoever sent one of the linked reports does not weigh the own word."""
    event = event_to_check(event_id, by=by, at=at)
    links = EventReport.objects.filter(event=event).select_related("report")
    if not by.system and any(is_own_report(link.report, by=by) for link in links):
        raise Problem("verification.own_report", number=event.pk)
    return event


def require_clear_office(event: Event, *, by: Actor, at: datetime) -> None:
    """Return quietly for somebody who may check this event; the refusal does not say what was reported, or of whom."""
    require(by, Permission.EVENT_VERIFY, area=event.area)
    if by.system:
        return
    desk_level = min(
        level_of_range(part)
        for post in by.posts
        if post.may(Permission.EVENT_VERIFY, event.area)
        for part in post.own
        if part.contains(event.area)
    )
    kinds = {post.agency_kind for post in by.posts}
    if not may_judge(kinds, desk_level, accusations_of(event, on=at.date())):
        raise Problem("verification.office_concerned", number=event.pk)


def reopen(event: Event, *, by: Actor, at: datetime, reason: str) -> str:
    """Put an event back under verification, whatever was concluded before; empty when it was there already.

    Returns the state it came from, for the entry of the action that did it. Grades stay until the next verdict.
    """
    before = event.verification
    if before == VerificationState.IN_PROGRESS:
        return ""
    require_move("verification", before, VerificationState.IN_PROGRESS, at=at)
    revise_verification(
        event,
        to=VerificationState.IN_PROGRESS,
        source_grade=event.source_grade,
        content_grade=event.content_grade,
        review_on=event.review_on,
        by=by,
        at=at,
        reason=reason,
    )
    return str(before)


def record(
    what: str, event: Event, *, by: Actor, at: datetime, reason: str = "", **detail: JsonValue
) -> None:
    """The entry about an event in the chain; the last step of an action."""
    audit.record(
        what,
        actor=by.audit_name,
        at=at,
        area=event.area,
        subject=f"event:{event.pk}",
        reason=reason,
        detail=detail,
    )
