"""Decisions of the alerts stage, one idea a file."""

from __future__ import annotations

from kentongan.alerts.decisions.alert import POWER_OF_ROLE, Proposal, expiry, power_of, refusal_of
from kentongan.alerts.decisions.posture import PostureProposal, Window, posture_refusal, window_around

__all__ = [
    "POWER_OF_ROLE",
    "PostureProposal",
    "Proposal",
    "Window",
    "expiry",
    "posture_refusal",
    "power_of",
    "refusal_of",
    "window_around",
]
