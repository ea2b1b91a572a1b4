"""Rows of the alerts stage, locked for the action that changes them."""

from __future__ import annotations

from kentongan.alerts.models import Alert
from kentongan.edge.problems import Problem


def locked_alert(alert_id: int) -> Alert:
    """The alert until the end of the transaction; a Problem where there is none."""
    alert: Alert | None = Alert.objects.for_action().select_for_update().filter(pk=alert_id).first()
    if alert is None:
        raise Problem("alerts.alert_unknown", number=alert_id)
    return alert
