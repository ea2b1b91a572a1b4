"""Tables of the alerts stage: alerts with their approvals and recipients, and the postures of areas."""

from __future__ import annotations

from kentongan.alerts.models.alert import IN_FORCE, Alert, AlertApproval, AlertRecipient, AlertState
from kentongan.alerts.models.notice import (
    ENDINGS,
    RUNGS,
    TOLD,
    ChannelCode,
    Notice,
    NoticeState,
    Occasion,
)
from kentongan.alerts.models.posture import Posture, PostureApproval, PostureRecipient, PostureState

__all__ = [
    "ENDINGS",
    "IN_FORCE",
    "RUNGS",
    "TOLD",
    "Alert",
    "AlertApproval",
    "AlertRecipient",
    "AlertState",
    "ChannelCode",
    "Notice",
    "NoticeState",
    "Occasion",
    "Posture",
    "PostureApproval",
    "PostureRecipient",
    "PostureState",
]
