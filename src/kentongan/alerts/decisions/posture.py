"""Decisions about postures: from which moment to which one holds, and what it may not lack."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Window:
    """From the first moment to the first one after it."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class PostureProposal:
    """What a person proposes for an area. `anchor_on` is the day (H) around which the window was counted."""

    area: int
    level: int
    reason: str
    least_intrusive: str
    rights_affected: str
    owner: int
    playbook: str
    first_action: str
    window: Window
    measures: str = ""
    anchor_on: date | None = None
    recipients: tuple[int, ...] = ()


def window_around(anchor: date, *, before: int, after: int, zone: ZoneInfo) -> Window:
    """H-before to the end of H+after, on the clocks of the area."""
    starts = datetime.combine(anchor - timedelta(days=before), time(), tzinfo=zone)
    ends = datetime.combine(anchor + timedelta(days=after + 1), time(), tzinfo=zone)
    return Window(starts, ends)


def posture_refusal(
    proposal: PostureProposal, *, at: datetime, most_days: int
) -> tuple[str, dict[str, object]] | None:
    """The first thing a posture lacks, as a catalogue code and values, or None."""
    for field in ("reason", "least_intrusive", "rights_affected", "playbook", "first_action"):
        if not getattr(proposal, field).strip():
            return f"alerts.posture_{field}_missing", {}
    window = proposal.window
    if window.ends_at <= window.starts_at or window.ends_at <= at:
        return "alerts.posture_window_over", {"value": window.ends_at.strftime("%d-%m-%Y %H.%M")}
    days = (window.ends_at - window.starts_at).days
    if days > most_days:
        return "alerts.posture_too_long", {"value": days, "most": most_days}
    return None
