"""Reading alerts, always through a scope."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from kentongan.accounts.scopes import Scope
from kentongan.alerts.models import IN_FORCE, Alert, AlertState
from kentongan.edge.problems import Problem


def alerts_in(scope: Scope) -> QuerySet[Alert]:
    """Alerts of the scope, highest and newest first."""
    rows: QuerySet[Alert] = Alert.objects.in_scope(scope).select_related("event", "owner")
    return rows.prefetch_related("recipients__agency").order_by("-level", "-proposed_at", "-pk")


def standing(scope: Scope) -> QuerySet[Alert]:
    """Alerts that are in force, or wait for a confirmation."""
    return alerts_in(scope).filter(state__in=[AlertState.PROPOSED, *IN_FORCE])


def ended(scope: Scope) -> QuerySet[Alert]:
    """Alerts that were stood down, the latest first."""
    over = Q(state__in=[AlertState.STOOD_DOWN, AlertState.REVIEWED])
    return alerts_in(scope).filter(over).order_by("-stood_down_at", "-pk")


def alert_in(scope: Scope, number: int) -> Alert:
    """One alert inside the scope; what lies outside is not even said to exist."""
    alert: Alert | None = alerts_in(scope).filter(pk=number).first()
    if alert is None:
        raise Problem("alerts.alert_unknown", number=number)
    return alert


def alerts_between(scope: Scope, start: datetime, end: datetime) -> QuerySet[Alert]:
    """Alerts that stood at any moment from `start` up to but not including `end`; one that ended on that day counts."""
    stood = Q(stood_down_at=None) | Q(stood_down_at__gte=start)
    return alerts_in(scope).filter(stood, issued_at__lt=end)


def is_in_force(alert: Alert) -> bool:
    return alert.state in IN_FORCE
