"""Reading the alerts stage, always through a scope."""

from __future__ import annotations

from kentongan.alerts.queries.alert import (
    alert_in,
    alerts_between,
    alerts_in,
    ended,
    is_in_force,
    standing,
)
from kentongan.alerts.queries.notice import failed_notices, notices_of, rungs_due, unseen_by
from kentongan.alerts.queries.posture import posture_in, postures_around, postures_in, standing_postures

__all__ = [
    "alert_in",
    "alerts_between",
    "alerts_in",
    "ended",
    "failed_notices",
    "is_in_force",
    "notices_of",
    "posture_in",
    "postures_around",
    "postures_in",
    "rungs_due",
    "standing",
    "standing_postures",
    "unseen_by",
]
