"""Decisions of the alerts stage: completeness, expiry, and in which office a person approves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from kentongan.policy.policy import AlertLevel
from kentongan.policy.schema.alerts import ApprovalPower

POWER_OF_ROLE = {
    "analis": ApprovalPower.ANALYST,
    "piket": ApprovalPower.DUTY_OFFICER,
    "kabid": ApprovalPower.KABID,
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a person proposes. `hours` is how long it holds; at most what the level's rule allows."""

    level: int
    message: str
    reason: str
    owner: int
    first_action: str
    playbook: str
    least_intrusive: str
    rights_affected: str
    hours: int
    recipients: tuple[int, ...]


def refusal_of(proposal: Proposal, *, level: AlertLevel) -> tuple[str, dict[str, object]] | None:
    """The first thing an alert lacks, as a catalogue code and values, or None."""
    for field in ("message", "reason", "first_action", "playbook", "least_intrusive", "rights_affected"):
        if not getattr(proposal, field).strip():
            return f"alerts.{field}_missing", {}
    if not proposal.recipients:
        return "alerts.recipients_missing", {}
    if not 1 <= proposal.hours <= level.expiry_hours:
        return "alerts.expiry_out_of_range", {"value": proposal.hours, "most": level.expiry_hours}
    return None


def expiry(proposal: Proposal, *, at: datetime) -> datetime:
    return at + timedelta(hours=proposal.hours)


def power_of(roles: Iterable[str]) -> ApprovalPower | None:
    """The highest office in which somebody with these roles approves; None when in none."""
    held = [POWER_OF_ROLE[role] for role in roles if role in POWER_OF_ROLE]
    order = (ApprovalPower.KABAN, ApprovalPower.KABID, ApprovalPower.DUTY_OFFICER, ApprovalPower.ANALYST)
    return next((power for power in order if power in held), None)
