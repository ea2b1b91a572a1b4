"""Writing alerts: proposed by one, confirmed by whom the level demands, acknowledged by those named, ended by all-clear."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from kentongan.accounts.access import require
from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.accounts.queries import actor_of
from kentongan.alerts.actions.rows import locked_alert
from kentongan.alerts.actions.telling import tell, tell_the_end
from kentongan.alerts.decisions import Proposal, expiry, power_of, refusal_of
from kentongan.alerts.models import IN_FORCE, Alert, AlertApproval, AlertRecipient, AlertState, Occasion
from kentongan.alerts.queries.notice import people_on_rung
from kentongan.audit import actions as audit
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action
from kentongan.events.actions import locked_event, require_move, share_event
from kentongan.policy import policy_on
from kentongan.policy.alerting import Approval, approval_state, may_approve
from kentongan.policy.policy import AlertLevel

_APPROVES = {
    1: Permission.ALERT_APPROVE_WASPADA,
    2: Permission.ALERT_APPROVE_SIAGA,
    3: Permission.ALERT_APPROVE_AWAS,
}


@action
def propose_alert(event_id: int, proposal: Proposal, *, by: Actor, at: datetime) -> Alert:
    """Propose an alert on an event. It reaches nobody until `approve_alert` has what its level demands."""
    event = locked_event(event_id)
    require(by, Permission.ALERT_PROPOSE, area=event.area)
    refusal = refusal_of(proposal, level=_level(proposal.level, at))
    if refusal is not None:
        raise Problem(refusal[0], **refusal[1])
    alert: Alert = Alert.objects.create(
        event=event,
        level=proposal.level,
        area=event.area,
        message=proposal.message,
        reason=proposal.reason,
        owner_id=proposal.owner,
        first_action=proposal.first_action,
        playbook=proposal.playbook,
        least_intrusive=proposal.least_intrusive,
        rights_affected=proposal.rights_affected,
        expires_at=expiry(proposal, at=at),
        proposed_by=by.audit_name,
        proposed_at=at,
        unverified=not event.is_confirmed,
    )
    AlertRecipient.objects.bulk_create(
        AlertRecipient(alert=alert, agency_id=agency) for agency in proposal.recipients
    )
    audit.record(
        "alert.proposed",
        actor=by.audit_name,
        at=at,
        area=alert.area,
        subject=f"alert:{alert.pk}",
        reason=proposal.reason,
        detail={"level": alert.level, "event": event.pk},
    )
    return alert


@action
def approve_alert(alert_id: int, *, by: Actor, at: datetime) -> Alert:
    """Add one person's confirmation; issue the alert once its level has all it needs."""
    alert = locked_alert(alert_id)
    require(by, _APPROVES[alert.level], area=alert.area)
    if alert.state != AlertState.PROPOSED:
        raise Problem("alerts.not_proposed", number=alert.pk)
    level = _level(alert.level, at)
    if at >= alert.expires_at:
        raise Problem("alerts.proposal_expired", number=alert.pk)
    power = power_of(post.role.code for post in by.posts if post.may(_APPROVES[alert.level], alert.area))
    if power is None or not may_approve(level, power):
        raise Problem("alerts.may_not_approve", level=level.label.id)
    _, is_new = AlertApproval.objects.get_or_create(
        alert=alert, account_id=by.account_id, defaults={"approved_at": at}
    )
    if not is_new:
        raise Problem("alerts.approved_already", number=alert.pk)
    given = approval_state(level, _approvals(alert))
    if given.may_be_active:
        _issue(alert, by=by, at=at)
    audit.record(
        "alert.issued" if given.may_be_active else "alert.approved",
        actor=by.audit_name,
        at=at,
        area=alert.area,
        subject=f"alert:{alert.pk}",
        detail={"level": alert.level},
    )
    return alert


@action
def acknowledge_alert(alert_id: int, *, agency: int, by: Actor, at: datetime) -> AlertRecipient:
    """Somebody of a named agency says: received. After the all-clear this is only written down."""
    alert = locked_alert(alert_id)
    require(by, Permission.ALERT_ACKNOWLEDGE)
    if alert.state in {AlertState.DRAFT, AlertState.PROPOSED}:
        raise Problem("alerts.not_issued", number=alert.pk)
    recipient = AlertRecipient.objects.select_for_update().filter(alert=alert, agency_id=agency).first()
    if recipient is None or agency not in _agencies_acknowledging(by):
        raise Problem("alerts.not_addressed", number=alert.pk)
    late = alert.state in {AlertState.STOOD_DOWN, AlertState.REVIEWED}
    if recipient.acknowledged_at is None and not late:
        recipient.acknowledged_by_id, recipient.acknowledged_at = by.account_id, at
        recipient.save(update_fields=["acknowledged_by", "acknowledged_at"])
        if alert.state == AlertState.ACTIVE and not alert.recipients.filter(acknowledged_at=None).exists():
            require_move("alert", alert.state, AlertState.ACKNOWLEDGED, at=at)
            alert.state = AlertState.ACKNOWLEDGED
            alert.save(update_fields=["state"])
    audit.record(
        "alert.acknowledged_late" if late else "alert.acknowledged",
        actor=by.audit_name,
        at=at,
        area=alert.area,
        subject=f"alert:{alert.pk}",
        detail={"agency": agency},
    )
    return recipient


@action
def stand_down(alert_id: int, *, by: Actor, at: datetime, reason: str) -> Alert:
    """The all-clear: an alert ends by a person's word, by its event's outcome, or by its expiry; never silently."""
    alert = locked_alert(alert_id)
    require(by, Permission.ALERT_PROPOSE, area=alert.area)
    require_move("alert", alert.state, AlertState.STOOD_DOWN, at=at)
    if not reason.strip():
        raise Problem("alerts.stand_down_reason_missing", number=alert.pk)
    alert.state, alert.stood_down_at = AlertState.STOOD_DOWN, at
    alert.save(update_fields=["state", "stood_down_at"])
    tell_the_end(alert, occasion=Occasion.STOOD_DOWN, at=at)
    audit.record(
        "alert.stood_down",
        actor=by.audit_name,
        at=at,
        area=alert.area,
        subject=f"alert:{alert.pk}",
        reason=reason,
    )
    return alert


@action
def retract_alert(alert_id: int, *, by: Actor, at: datetime, reason: str) -> Alert:
    """The alert was wrong: exactly those who were told are told so. It ends like an all-clear, but says what it was."""
    alert = locked_alert(alert_id)
    require(by, _APPROVES[alert.level], area=alert.area)
    require_move("alert", alert.state, AlertState.STOOD_DOWN, at=at)
    if not reason.strip():
        raise Problem("alerts.retraction_reason_missing", number=alert.pk)
    alert.state, alert.stood_down_at, alert.retracted = AlertState.STOOD_DOWN, at, True
    alert.save(update_fields=["state", "stood_down_at", "retracted"])
    tell_the_end(alert, occasion=Occasion.RETRACTED, at=at)
    audit.record(
        "alert.retracted",
        actor=by.audit_name,
        at=at,
        area=alert.area,
        subject=f"alert:{alert.pk}",
        reason=reason,
    )
    return alert


@action
def return_proposal(alert_id: int, *, by: Actor, at: datetime, reason: str) -> Alert:
    """Whoever may approve gives a proposal back with what is missing; nothing of it was sent."""
    alert = locked_alert(alert_id)
    require(by, _APPROVES[alert.level], area=alert.area)
    require_move("alert", alert.state, AlertState.DRAFT, at=at)
    if not reason.strip():
        raise Problem("alerts.return_reason_missing", number=alert.pk)
    alert.approvals.all().delete()
    alert.state = AlertState.DRAFT
    alert.save(update_fields=["state"])
    audit.record(
        "alert.returned",
        actor=by.audit_name,
        at=at,
        area=alert.area,
        subject=f"alert:{alert.pk}",
        reason=reason,
    )
    return alert


def stand_down_for_event(event_id: int, *, by: Actor, at: datetime, reason: str) -> int:
    """Give the all-clear for every alert of an event that still stands; returns how many. Safe to run twice."""
    standing = (
        Alert.objects.for_action().filter(event_id=event_id, state__in=IN_FORCE).values_list("pk", flat=True)
    )
    return len([stand_down(number, by=by, at=at, reason=reason) for number in list(standing)])


def expire_due(*, at: datetime) -> int:
    """End every alert past its expiry; returns how many. The chain says it was the clock."""
    over = (
        Alert.objects.for_action().filter(state__in=IN_FORCE, expires_at__lte=at).values_list("pk", flat=True)
    )
    clock = Actor.of_system("jadwal")
    return len([stand_down(number, by=clock, at=at, reason="masa berlaku habis") for number in list(over)])


def begin_response(alert: Alert, *, at: datetime) -> None:
    """A task was taken on: the alert is being answered. Called inside the response stage's action."""
    if alert.state == AlertState.ACKNOWLEDGED:
        require_move("alert", alert.state, AlertState.RESPONDING, at=at)
        alert.state = AlertState.RESPONDING
        alert.save(update_fields=["state"])


def _issue(alert: Alert, *, by: Actor, at: datetime) -> None:
    require_move("alert", alert.state, AlertState.ACTIVE, at=at)
    alert.state, alert.issued_at = AlertState.ACTIVE, at
    alert.save(update_fields=["state", "issued_at"])
    for recipient in alert.recipients.select_related("agency", "alert"):
        share_event(alert.event_id, agency=recipient.agency_id, until=alert.expires_at, by=by, at=at)
        tell(recipient, people_on_rung(recipient, 0, at=at), occasion=Occasion.ISSUED, at=at)


def _approvals(alert: Alert) -> list[Approval]:
    """Each confirmation with the office the person holds on that day."""
    given = []
    for row in alert.approvals.select_related("account"):
        person = actor_of(row.account, on=row.approved_at.date())
        power = power_of(_roles_at(person, alert))
        if power is not None:
            given.append(Approval(person=person.audit_name, power=power, at=row.approved_at))
    return given


def _roles_at(person: Actor, alert: Alert) -> Iterable[str]:
    return [post.role.code for post in person.posts if post.may(_APPROVES[alert.level], alert.area)]


def _agencies_acknowledging(by: Actor) -> set[int]:
    """The agencies for which this person may say "received"; a post elsewhere lends no voice."""
    return {post.agency_id for post in by.posts if Permission.ALERT_ACKNOWLEDGE in post.role.permissions}


def _level(number: int, at: datetime) -> AlertLevel:
    return policy_on(at.date()).alert_level(number)
