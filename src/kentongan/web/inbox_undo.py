"""The last decision of a reader, which may be taken back for some seconds: kept in the session, shown as a message.

Without script it is a message with a button; with script a toast that counts down. Each kind of decision is taken back
by the action of its own stage, which checks again who decided and when.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from kentongan.accounts.actors import Actor
from kentongan.edge.transactions import one_transaction
from kentongan.events.actions import undo_event, undo_link
from kentongan.intake.actions import bring_back_report, undo_triage
from kentongan.policy import policy_on
from kentongan.verification.actions import undo_claim
from kentongan.web.routing import StaffRequest

IN_SESSION = "inbox_undo"
SAID = "said"  # something that was done and is told, but cannot be taken back: a question that was sent


@dataclass(frozen=True, slots=True)
class Undo:
    """A decision that may still be taken back: of which kind, about which reports, with which event or claim."""

    step: str
    numbers: tuple[int, ...]
    words: str
    until: str
    about: int = 0

    @property
    def can_be_taken_back(self) -> bool:
        return self.step in _WAYS

    def seconds_left(self, now: datetime) -> int:
        return max(0, round((datetime.fromisoformat(self.until) - now).total_seconds()))


def remember(
    request: StaffRequest, step: str, numbers: tuple[int, ...], *, words: str, about: int = 0
) -> None:
    """Keep a decision made just now."""
    seconds = int(policy_on(request.now.date()).thresholds["triage_undo_seconds"])
    until = (request.now + timedelta(seconds=seconds)).isoformat()
    request.session[IN_SESSION] = asdict(Undo(step, numbers, words, until, about))


def standing(request: StaffRequest) -> Undo | None:
    """The decision that may still be taken back; None when there is none or its time is over."""
    kept = request.session.get(IN_SESSION)
    if not kept:
        return None
    undo = Undo(**{**kept, "numbers": tuple(kept["numbers"])})
    return undo if undo.seconds_left(request.now) > 0 else None


def take_back(request: StaffRequest, undo: Undo) -> None:
    """Undo it all or not at all, by the way of its kind; the reports wait again."""
    with one_transaction():
        _WAYS[undo.step](undo, request.actor, request.now)
    forget(request)


def forget(request: StaffRequest) -> None:
    request.session.pop(IN_SESSION, None)


def _event(undo: Undo, by: Actor, at: datetime) -> None:
    undo_event(undo.about, by=by, at=at)


def _link(undo: Undo, by: Actor, at: datetime) -> None:
    for number in undo.numbers:
        undo_link(undo.about, number, by=by, at=at)


def _claim(undo: Undo, by: Actor, at: datetime) -> None:
    for number in undo.numbers:
        undo_claim(number, by=by, at=at)


def _triage(undo: Undo, by: Actor, at: datetime) -> None:
    for number in undo.numbers:
        undo_triage(number, by=by, at=at)


def _put_off(undo: Undo, by: Actor, at: datetime) -> None:
    for number in undo.numbers:
        bring_back_report(number, by=by, at=at)


_WAYS: Mapping[str, Callable[[Undo, Actor, datetime], Any]] = {
    "event": _event,
    "link": _link,
    "claim": _claim,
    "triage": _triage,
    "put_off": _put_off,
}
