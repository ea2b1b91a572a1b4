"""Addressing an event to an agency outside the desk, until a moment; the only way that agency sees it."""

from __future__ import annotations

from datetime import datetime

from kentongan.accounts.access import require
from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.audit import actions as audit
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action
from kentongan.events.actions.rows import locked_event, record
from kentongan.events.models import EventShare


@action
def share_event(event_id: int, *, agency: int, until: datetime, by: Actor, at: datetime) -> EventShare:
    """Address an event to an agency until a moment: the only way an agency outside the desk sees it.

    An agency that was to see it longer keeps the longer time: a short task must not end the sight of a long alert.
    """
    event = locked_event(event_id)
    require(by, Permission.EVENT_WRITE, area=event.area)
    if until <= at:
        raise Problem("events.share_until_past")
    standing = EventShare.objects.filter(event=event, agency_id=agency, withdrawn=False).first()
    until = max(until, standing.until) if standing else until
    share, _ = EventShare.objects.update_or_create(
        event=event, agency_id=agency, defaults={"until": until, "withdrawn": False}
    )
    record("event.shared", event, by=by, at=at, agency=agency, until=until.isoformat())
    return share


@action
def withdraw_share(event_id: int, *, agency: int, by: Actor, at: datetime) -> EventShare:
    """Take back before its time what was addressed to an agency."""
    event = locked_event(event_id)
    require(by, Permission.EVENT_WRITE, area=event.area)
    share = EventShare.objects.filter(event=event, agency_id=agency, withdrawn=False).first()
    if share is None:
        raise Problem("events.share_unknown", number=event.pk)
    share.withdrawn = True
    share.save(update_fields=["withdrawn"])
    record("event.share_withdrawn", event, by=by, at=at, agency=agency)
    return share


@action
def withdraw_expired_shares(*, at: datetime) -> int:
    """Take back what was addressed until a moment that has passed; returns how many. The clock is the actor."""
    due = EventShare.objects.filter(withdrawn=False, until__lte=at)
    # Locked: a share that is lengthened at this moment must not be taken back.
    over = list(due.select_for_update(of=("self",)).select_related("event").order_by("pk"))
    for share in over:
        EventShare.objects.filter(pk=share.pk).update(withdrawn=True)
        audit.record(
            "event.share_expired",
            actor="sistem:jadwal",
            at=at,
            area=share.event.area,
            subject=f"event:{share.event_id}",
            detail={"agency": share.agency_id},
        )
    return len(over)
