"""Writing alerts and postures: proposed by one, confirmed by whom the level demands, ended by word or clock."""

from __future__ import annotations

from kentongan.alerts.actions.alert import (
    acknowledge_alert,
    approve_alert,
    begin_response,
    expire_due,
    propose_alert,
    retract_alert,
    return_proposal,
    stand_down,
    stand_down_for_event,
)
from kentongan.alerts.actions.answering import (
    acknowledge_by_link,
    hand_over,
    hand_over_by_link,
    notice_of_link,
)
from kentongan.alerts.actions.climbing import climb_due, escalate, escalate_open
from kentongan.alerts.actions.posture import (
    approve_posture,
    decline_posture,
    end_posture,
    expire_postures,
    propose_posture,
    renew_posture,
)
from kentongan.alerts.actions.telling import mail_is_ready, see_alert, send_waiting

__all__ = [
    "acknowledge_alert",
    "acknowledge_by_link",
    "approve_alert",
    "approve_posture",
    "begin_response",
    "climb_due",
    "decline_posture",
    "end_posture",
    "escalate",
    "escalate_open",
    "expire_due",
    "expire_postures",
    "hand_over",
    "hand_over_by_link",
    "mail_is_ready",
    "notice_of_link",
    "propose_alert",
    "propose_posture",
    "renew_posture",
    "retract_alert",
    "return_proposal",
    "see_alert",
    "send_waiting",
    "stand_down",
    "stand_down_for_event",
]
