"""Reading the notifier's decisions; the alert they belong to was read through a scope before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from kentongan.accounts.models import Account, AgencyKind
from kentongan.accounts.permissions import Permission
from kentongan.accounts.queries import agencies_covering, people_who_may
from kentongan.alerts.models import (
    ENDINGS,
    IN_FORCE,
    TOLD,
    Alert,
    AlertRecipient,
    AlertState,
    Notice,
    NoticeState,
)
from kentongan.places.queries import time_zone_of
from kentongan.policy import due_times, policy_on
from kentongan.policy.policy import AlertLevel
from kentongan.policy.schema.alerts import RungStep

VILLAGE_KINDS = frozenset({AgencyKind.DESA, AgencyKind.FKDM})


def notices_of(alert: Alert) -> QuerySet[Notice]:
    """The log of an alert: who was told, by which channel, when; the oldest first."""
    rows: QuerySet[Notice] = Notice.objects.filter(alert=alert).select_related("person", "recipient__agency")
    return rows.order_by("decided_at", "pk")


def told_by_channel(alert: Alert) -> list[tuple[int, int, str]]:
    """(recipient, person, channel) of everybody who was told of the alert itself: whom its end concerns."""
    rows = Notice.objects.filter(alert=alert, state__in=TOLD).exclude(occasion__in=ENDINGS)
    return sorted(set(rows.values_list("recipient_id", "person_id", "channel")))


def unseen_by(account_id: int) -> QuerySet[Notice]:
    """What a person was told inside the product and has not opened, of alerts that still stand."""
    waiting = Q(person_id=account_id, channel="in_app", seen_at=None)
    rows: QuerySet[Notice] = Notice.objects.filter(waiting, alert__state__in=IN_FORCE)
    return rows.exclude(occasion__in=ENDINGS).order_by("-alert__level", "-decided_at")


def waiting_notices(now: datetime, *, most: int) -> list[int]:
    """Numbers of the notices whose next try is due on the machine's clock, the longest-waiting first."""
    queued = Q(state=NoticeState.QUEUED, due__lte=now)
    cut_off = Q(state=NoticeState.SENDING, leased_until__lt=now)
    return list(
        Notice.objects.filter(queued | cut_off).order_by("due", "pk").values_list("pk", flat=True)[:most]
    )


def failed_notices() -> int:
    """How many people of standing alerts could not be reached by a channel."""
    broken = (NoticeState.FAILED, NoticeState.UNSURE)
    return Notice.objects.filter(state__in=broken, alert__state__in=IN_FORCE).count()


def rungs_due(alert: Alert) -> Sequence[datetime]:
    """The moments at which each rung of the alert's ladder is due; empty when its level has none."""
    level = _level(alert)
    if level.ladder is None or alert.issued_at is None:
        return ()
    policy = policy_on(alert.issued_at.date())
    local = alert.issued_at.astimezone(time_zone_of(alert.area))
    return due_times(level.ladder, local, office=policy.office_hours)


def unanswered(at: datetime) -> list[tuple[int, int]]:
    """(alert, recipient) of every agency that has not answered a standing alert and has a rung left that is due."""
    rows = AlertRecipient.objects.filter(acknowledged_at=None, alert__state=AlertState.ACTIVE)
    open_rows = rows.select_related("alert").order_by("alert_id", "pk")
    return [(row.alert_id, row.pk) for row in open_rows if is_due(row.alert, row.rung, at=at)]


def is_due(alert: Alert, rung: int, *, at: datetime) -> bool:
    """Whether the rung after `rung` is due."""
    moments = rungs_due(alert)
    return rung < len(moments) and moments[rung] <= at


def people_on_rung(recipient: AlertRecipient, rung: int, *, at: datetime) -> list[Account]:
    """Who is told on a rung: 0 the recipient's own people, then as the ladder says."""
    alert, day = recipient.alert, at.date()
    ladder = _level(alert).ladder
    step = ladder.rungs[rung - 1].step if rung and ladder is not None else RungStep.REMIND
    if step is RungStep.KABID:
        return people_who_may(Permission.ALERT_APPROVE_SIAGA, agency=alert.owner_id, on=day)
    if step is RungStep.REMIND:
        return people_who_may(Permission.ALERT_ACKNOWLEDGE, agency=recipient.agency_id, on=day)
    return _superiors(recipient, at=at)


def _superiors(recipient: AlertRecipient, *, at: datetime) -> list[Account]:
    """A village's superior is its kecamatan; another agency's own line is reached by the desk that owns the alert."""
    alert, day = recipient.alert, at.date()
    if recipient.agency.kind in VILLAGE_KINDS:
        offices = agencies_covering(alert.area).filter(kind=AgencyKind.KECAMATAN).order_by("pk")
        found = [
            person
            for office in offices
            for person in people_who_may(Permission.ALERT_ACKNOWLEDGE, agency=office.pk, on=day)
        ]
        if found:
            return found
    return people_who_may(Permission.ALERT_PROPOSE, agency=alert.owner_id, on=day)


def _level(alert: Alert) -> AlertLevel:
    moment = alert.issued_at or alert.proposed_at
    return policy_on(moment.date()).alert_level(alert.level)
