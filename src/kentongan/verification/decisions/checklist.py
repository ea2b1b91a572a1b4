"""The checklist of an event: what is settled, what a later answer denies, and what has become old."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

SETTLED = ("proven", "contradicted", "cannot")
STATUSES = ("open", "asked", *SETTLED)

# An answer from the spot that names no item speaks of the happening itself.
WHOLE = "kejadian"


@dataclass(frozen=True, slots=True)
class Line:
    """One item of the checklist as it stands; `checked_at` is None where nobody has looked yet."""

    item: str
    required: bool
    status: str = "open"
    finding: str = ""
    checked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What an office on the spot answered about an item ("" for the whole), and when."""

    item: str
    answer: str
    answered_at: datetime


def unsettled(lines: Iterable[Line]) -> tuple[str, ...]:
    """The required items that are neither proven, contradicted nor marked as impossible to check."""
    return tuple(line.item for line in lines if line.required and line.status not in SETTLED)


def refusal_of_check(item: str, status: str, finding: str, *, items: Collection[str]) -> str:
    """The catalogue code of what is wrong with a line, empty when nothing is. A settled line says how."""
    if item not in items:
        return "verification.item_unknown"
    if status not in STATUSES:
        return "verification.check_status_unknown"
    if status in SETTLED and not finding.strip():
        return "verification.finding_missing"
    return ""


def flags_of(line: Line, answers: Collection[Answer], *, newest_report: datetime | None) -> tuple[str, ...]:
    """What does not fit about a line; nothing is changed by it, a person looks again.

    `denied_later`: proven, then denied from the spot. `confirmed_later`: contradicted, then confirmed from the spot.
    `answers_disagree`: two offices say opposite things. `older_than_report`: settled before the newest report came.
    """
    about = [answer for answer in answers if (answer.item or WHOLE) == line.item]
    said = {answer.answer for answer in about}
    later = {
        answer.answer
        for answer in about
        if line.checked_at is not None and answer.answered_at > line.checked_at
    }
    settled_before = (
        line.status in ("proven", "contradicted")
        and line.checked_at is not None
        and newest_report is not None
        and line.checked_at < newest_report
    )
    flags = {
        "denied_later": line.status == "proven" and "untrue" in later,
        "confirmed_later": line.status == "contradicted" and "true" in later,
        "answers_disagree": {"true", "untrue"} <= said,
        "older_than_report": settled_before,
    }
    return tuple(flag for flag, raised in flags.items() if raised)


def is_stale(added_at: datetime, *, newest_report: datetime | None, now: datetime, days: int) -> bool:
    """Whether a piece of evidence is older than the newest report about the event, or than so many days."""
    if newest_report is not None and added_at < newest_report:
        return True
    return now - added_at > timedelta(days=days)
