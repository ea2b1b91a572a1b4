"""The log of an alert as a page shows it: how far the ladder is, agency by agency, and every telling of every person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kentongan.alerts.queries import notices_of, rungs_due
from kentongan.policy import policy_on
from kentongan.web.wording import language


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder: what happens there, when it is due, and whether the clock has passed it."""

    words: str
    due: datetime
    passed: bool


@dataclass(frozen=True, slots=True)
class Answering:
    """One agency: whether it has answered, and what comes next if it does not."""

    recipient: Any
    next_words: str
    next_due: datetime | None
    people: int


def ladder_of(alert: Any, *, now: datetime) -> tuple[Rung, ...]:
    """The steps of the alert's ladder; empty before it is issued."""
    if alert.issued_at is None:
        return ()
    ladder = policy_on(alert.issued_at.date()).alert_level(alert.level).ladder
    steps = ladder.rungs if ladder is not None else ()
    return tuple(
        Rung(step.label.in_language(language()), due, due <= now)
        for step, due in zip(steps, rungs_due(alert), strict=True)
    )


def answering(alert: Any, ladder: Sequence[Rung], *, in_force: bool) -> list[Answering]:
    """Each agency with its next rung; none once it has answered, at the end of the ladder, or after the all-clear."""
    told = [notice.recipient_id for notice in notices_of(alert) if notice.occasion == "issued"]
    rows = []
    for recipient in alert.recipients.all():
        waits = in_force and recipient.acknowledged_at is None and recipient.rung < len(ladder)
        following = ladder[recipient.rung] if waits else None
        rows.append(
            Answering(
                recipient,
                following.words if following else "",
                following.due if following else None,
                told.count(recipient.pk),
            )
        )
    return rows
