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
from kentongan.alerts.queries.posture import posture_in, postures_around, postures_in, standing_postures

__all__ = [
    "alert_in",
    "alerts_between",
    "alerts_in",
    "ended",
    "is_in_force",
    "posture_in",
    "postures_around",
    "postures_in",
    "standing",
    "standing_postures",
]
