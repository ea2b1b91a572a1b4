"""What is decided about source numbers and about opening an identity, as plain functions of plain values."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from kentongan.edge.problems import Problem

REQUEST_LASTS = timedelta(hours=72)
SHOW_WITHIN = timedelta(hours=24)  # both halves lie ready no longer than this
VISIBLE_FOR = timedelta(minutes=15)  # safeguards, rights guard (e)
LONGEST_DELAY = timedelta(days=90)  # before the reporter is told, and only with a recorded reason
# A raw report is kept 90 days (safeguards §4); whoever keeps one longer says so to the vault.
PSEUDONYM_LASTS = timedelta(days=90)
FEWEST_NUMBERS = 99


class State(StrEnum):
    """Where a request stands. Only `requested`, `one_half` and `ready` can still move."""

    REQUESTED = "requested"
    ONE_HALF = "one_half"
    READY = "ready"
    SHOWN = "shown"
    REFUSED = "refused"
    EXPIRED = "expired"


OPEN_STATES = frozenset({State.REQUESTED, State.ONE_HALF, State.READY})


@dataclass(frozen=True, slots=True)
class Asked:
    """The facts of a request that decisions need."""

    number: int
    state: State
    requested_by: str
    expires_at: datetime
    ready_at: datetime | None


@dataclass(frozen=True, slots=True)
class Given:
    """A half that was given, or is about to be: by whom, of which body, for which slot."""

    slot: str
    by: str
    agency_id: int


def state_at(asked: Asked, now: datetime) -> State:
    """The state, with the ends that time brings by itself."""
    if asked.state not in OPEN_STATES:
        return asked.state
    late = asked.ready_at is not None and now >= asked.ready_at + SHOW_WITHIN
    return (
        State.EXPIRED if late or (asked.state is not State.READY and now >= asked.expires_at) else asked.state
    )


def state_after_half(asked: Asked, before: Sequence[Given], half: Given, *, now: datetime) -> State:
    """The state once `half` is given. Raises Problem unless two persons of two bodies, neither the asker, do
    it.
    """
    if state_at(asked, now) not in {State.REQUESTED, State.ONE_HALF}:
        raise Problem("vault.request_over", number=asked.number)
    if half.by == asked.requested_by:
        raise Problem("vault.own_request", number=asked.number)
    if any(half.by == other.by for other in before):
        raise Problem("vault.second_person_needed", number=asked.number)
    if any(half.agency_id == other.agency_id for other in before):
        raise Problem("vault.second_body_needed", number=asked.number)
    if any(half.slot == other.slot for other in before):
        raise Problem("vault.half_given", number=asked.number, slot=half.slot)
    return State.READY if before else State.ONE_HALF


def check_refusal(asked: Asked, reason: str, *, now: datetime) -> None:
    """Raises Problem when the request can no longer be refused, or no reason is given."""
    if state_at(asked, now) not in OPEN_STATES:
        raise Problem("vault.request_over", number=asked.number)
    if not reason.strip():
        raise Problem("vault.reason_needed", number=asked.number)


def check_show(asked: Asked, *, by: str, now: datetime) -> None:
    """Raises Problem unless the one who asked looks, for the first time, while both halves lie ready."""
    if asked.state is State.SHOWN:
        raise Problem("vault.already_shown", number=asked.number)
    state = state_at(asked, now)
    if state in {State.REQUESTED, State.ONE_HALF}:
        raise Problem("vault.halves_missing", number=asked.number)
    if state is not State.READY:
        raise Problem("vault.request_over", number=asked.number)
    if by != asked.requested_by:
        raise Problem("vault.not_the_asker", number=asked.number)


def tell_from(today: date, *, until: date | None, reason: str) -> date:
    """The day from which the reporter reads of it: today, or a later one with a reason. Raises Problem
    otherwise.
    """
    if until is None:
        return today
    if not reason.strip() or not today <= until <= today + LONGEST_DELAY:
        raise Problem("vault.delay_refused", day=until.isoformat(), most=LONGEST_DELAY.days)
    return until


def next_number(taken: Collection[int], *, choose: Callable[[Sequence[int]], int]) -> int:
    """A free source number. Drawn, not counted: the order of first reports would say who is who."""
    highest = max(FEWEST_NUMBERS, 3 * len(taken))
    return choose([number for number in range(1, highest + 1) if number not in taken])


def pseudonym_label(number: int) -> str:
    """How a source is called on every screen: S-07, S-14, S-131."""
    return f"S-{number:02d}"
