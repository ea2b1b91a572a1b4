"""Storing a ten-point check: inside the action that needs it, or on its own when an older one is replaced."""

from __future__ import annotations

from datetime import datetime

from kentongan.accounts.access import require
from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.audit import actions as audit
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action
from kentongan.events.actions import locked_event
from kentongan.events.models import Event
from kentongan.places.queries import time_zone_of
from kentongan.response.actions.rows import refuse_if
from kentongan.response.decisions import Weighing, weighing_refusal
from kentongan.response.models import ProportionalityCheck, Task


def weigh(
    event: Event,
    weighing: Weighing,
    *,
    by: Actor,
    at: datetime,
    alert: int | None = None,
    supersedes: ProportionalityCheck | None = None,
) -> ProportionalityCheck:
    """Store the check inside a later action, with the event's own grade of that moment; records it in the chain."""
    today = at.astimezone(time_zone_of(event.area)).date()
    refuse_if(weighing_refusal(weighing, verification=event.verification, today=today))
    check: ProportionalityCheck = ProportionalityCheck.objects.create(
        event=event,
        alert_id=alert,
        area=event.area,
        legal_basis=weighing.legal_basis,
        aim=weighing.aim,
        facts=weighing.facts,
        facts_grade=f"{event.source_grade}{event.content_grade}",
        gentler_steps=" ".join(str(step) for step in sorted(set(weighing.gentler_steps))),
        gentler=weighing.gentler,
        rights_affected=weighing.rights_affected,
        least_form=weighing.least_form,
        ends_on=weighing.ends_on,
        review_on=weighing.review_on,
        decided_by=weighing.decided_by,
        consulted=weighing.consulted,
        counter_effect=weighing.counter_effect,
        remedy=weighing.remedy,
        made_on=today,
        made_by=by.audit_name,
        made_at=at,
        supersedes=supersedes,
    )
    audit.record(
        "proportionality.weighed",
        actor=by.audit_name,
        at=at,
        area=event.area,
        subject=f"event:{event.pk}",
        detail={"check": check.pk, "supersedes": supersedes.pk if supersedes else None},
    )
    return check


@action
def weigh_again(check_id: int, weighing: Weighing, *, by: Actor, at: datetime) -> ProportionalityCheck:
    """A new version of a check; the old one stays as it was, and its tasks stand on the new one from now on."""
    old: ProportionalityCheck | None = (
        ProportionalityCheck.objects.for_action().select_for_update().filter(pk=check_id).first()
    )
    if old is None:
        raise Problem("response.check_unknown", number=check_id)
    event = locked_event(old.event_id)
    require(by, Permission.TASK_ASSIGN, area=event.area)
    if ProportionalityCheck.objects.for_action().filter(supersedes=old).exists():
        raise Problem("response.check_superseded", number=check_id)
    check = weigh(event, weighing, by=by, at=at, alert=old.alert_id, supersedes=old)
    Task.objects.for_action().filter(proportionality=old).update(proportionality=check)
    return check
