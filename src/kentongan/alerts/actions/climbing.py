"""The ladder: an agency that does not answer is asked again, then its superior, then the head of the division.

One rung, one action. A rung is due by the domain's clock and the ladder of the level; a worker that comes late climbs
every rung that is due, in order, and a rung is never climbed twice.
"""

from __future__ import annotations

from datetime import datetime

from kentongan.accounts.access import require
from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.alerts.actions.rows import locked_alert
from kentongan.alerts.actions.telling import tell
from kentongan.alerts.models import RUNGS, Alert, AlertRecipient, AlertState
from kentongan.alerts.queries.notice import is_due, people_on_rung, rungs_due, unanswered
from kentongan.audit import actions as audit
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action


def climb_due(*, at: datetime) -> int:
    """Climb every rung that is due; returns how many."""
    climbed = 0
    while waiting := unanswered(at):
        climbed += sum(_climb_if_due(alert, recipient, at=at) for alert, recipient in waiting)
    return climbed


@action
def escalate(alert_id: int, *, agency: int, by: Actor, at: datetime, reason: str) -> AlertRecipient:
    """A person does not want to wait for the ladder: the next rung now, with the reason."""
    alert = _standing(alert_id, by=by, reason=reason)
    recipient = alert.recipients.filter(agency_id=agency, acknowledged_at=None).first()
    if recipient is None:
        raise Problem("alerts.nobody_to_climb_for", number=alert.pk)
    if recipient.rung >= len(rungs_due(alert)):
        raise Problem("alerts.ladder_ended", number=alert.pk)
    _climb(recipient, by=by, at=at, reason=reason)
    return recipient


@action
def escalate_open(alert_id: int, *, by: Actor, at: datetime, reason: str) -> int:
    """The same for every agency that has not answered; returns how many were climbed for."""
    alert = _standing(alert_id, by=by, reason=reason)
    waiting = list(alert.recipients.filter(acknowledged_at=None).order_by("pk"))
    if not waiting:
        raise Problem("alerts.nobody_to_climb_for", number=alert.pk)
    left = [row for row in waiting if row.rung < len(rungs_due(alert))]
    if not left:
        raise Problem("alerts.ladder_ended", number=alert.pk)
    for row in left:
        _climb(row, by=by, at=at, reason=reason)
    return len(left)


def _standing(alert_id: int, *, by: Actor, reason: str) -> Alert:
    """The alert, still unanswered by somebody, that this person may climb with this reason."""
    alert = locked_alert(alert_id)
    require(by, Permission.ALERT_PROPOSE, area=alert.area)
    if alert.state != AlertState.ACTIVE:
        raise Problem("alerts.nobody_to_climb_for", number=alert.pk)
    if not reason.strip():
        raise Problem("alerts.escalation_reason_missing", number=alert.pk)
    return alert


@action
def _climb_if_due(alert_id: int, recipient_id: int, *, at: datetime) -> bool:
    """Asked again under the lock: an answer may have come meanwhile."""
    alert = locked_alert(alert_id)
    recipient = alert.recipients.filter(pk=recipient_id, acknowledged_at=None).first()
    if recipient is None or alert.state != AlertState.ACTIVE or not is_due(alert, recipient.rung, at=at):
        return False
    _climb(recipient, by=Actor.of_system("tangga"), at=at, reason="belum ada yang menerima")
    return True


def _climb(recipient: AlertRecipient, *, by: Actor, at: datetime, reason: str) -> None:
    recipient.rung += 1
    recipient.save(update_fields=["rung"])
    people = people_on_rung(recipient, recipient.rung, at=at)
    told = tell(recipient, people, occasion=RUNGS[recipient.rung - 1], at=at)
    audit.record(
        "alert.climbed",
        actor=by.audit_name,
        at=at,
        area=recipient.alert.area,
        subject=f"alert:{recipient.alert_id}",
        reason=reason,
        detail={"agency": recipient.agency_id, "rung": recipient.rung, "notices": len(told)},
    )
