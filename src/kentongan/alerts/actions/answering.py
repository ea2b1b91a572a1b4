"""Answering for a person: by the address in a mail, or by handing the alert on to a colleague."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from kentongan.accounts.access import require
from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.accounts.queries import actor_of, people_who_may
from kentongan.alerts.actions.alert import acknowledge_alert
from kentongan.alerts.actions.rows import locked_alert
from kentongan.alerts.actions.telling import tell
from kentongan.alerts.links import link_tag
from kentongan.alerts.models import IN_FORCE, AlertRecipient, AlertState, Notice, Occasion
from kentongan.audit import actions as audit
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action


def notice_of_link(token: str) -> Notice | None:
    """The notice an address belongs to; None for an address that was never sent."""
    rows = Notice.objects.select_related("alert__event", "alert__owner", "recipient__agency", "person")
    return rows.filter(link_tag=link_tag(settings.RECEIPT_KEY, token)).first()


def acknowledge_by_link(token: str, *, at: datetime) -> AlertRecipient:
    """ "Received", said by the address in the mail, under the rights the person holds today."""
    notice = _notice(token)
    by = actor_of(notice.person, on=at.date())
    return acknowledge_alert(notice.alert_id, agency=notice.recipient.agency_id, by=by, at=at)


def hand_over_by_link(token: str, *, to: int, reason: str, at: datetime) -> AlertRecipient:
    """ "Not me", said by the address in the mail."""
    notice = _notice(token)
    by = actor_of(notice.person, on=at.date())
    return hand_over(notice.alert_id, agency=notice.recipient.agency_id, to=to, reason=reason, by=by, at=at)


@action
def hand_over(alert_id: int, *, agency: int, to: int, reason: str, by: Actor, at: datetime) -> AlertRecipient:
    """Pass the alert on to a colleague of the same agency. The ladder goes on: only an answer stops it."""
    alert = locked_alert(alert_id)
    require(by, Permission.ALERT_ACKNOWLEDGE)
    recipient = alert.recipients.filter(agency_id=agency).first()
    if recipient is None or agency not in {post.agency_id for post in by.posts}:
        raise Problem("alerts.not_addressed", number=alert.pk)
    if alert.state not in IN_FORCE or alert.state == AlertState.RESPONDING:
        raise Problem("alerts.not_issued", number=alert.pk)
    if not reason.strip():
        raise Problem("alerts.handover_reason_missing", number=alert.pk)
    colleagues = people_who_may(Permission.ALERT_ACKNOWLEDGE, agency=agency, on=at.date())
    chosen = [person for person in colleagues if person.pk == to and person.pk != by.account_id]
    if not chosen:
        raise Problem("alerts.handover_to_nobody", number=alert.pk)
    tell(recipient, chosen, occasion=Occasion.HANDED_OVER, at=at)
    audit.record(
        "alert.handed_over",
        actor=by.audit_name,
        at=at,
        area=alert.area,
        subject=f"alert:{alert.pk}",
        reason=reason,
        detail={"agency": agency},
    )
    return recipient


def _notice(token: str) -> Notice:
    notice = notice_of_link(token)
    if notice is None or not notice.person.is_active:
        raise Problem("alerts.link_unknown")
    return notice
