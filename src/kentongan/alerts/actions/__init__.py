"""Writing alerts and postures: proposed by one, confirmed by whom the level demands, ended by word or clock."""

from __future__ import annotations

from kentongan.alerts.actions.alert import (
    acknowledge_alert,
    approve_alert,
    begin_response,
    expire_due,
    propose_alert,
    stand_down,
    stand_down_for_event,
)
from kentongan.alerts.actions.posture import (
    approve_posture,
    decline_posture,
    end_posture,
    expire_postures,
    propose_posture,
    renew_posture,
)

__all__ = [
    "acknowledge_alert",
    "approve_alert",
    "approve_posture",
    "begin_response",
    "decline_posture",
    "end_posture",
    "expire_due",
    "expire_postures",
    "propose_alert",
    "propose_posture",
    "renew_posture",
    "stand_down",
    "stand_down_for_event",
]
