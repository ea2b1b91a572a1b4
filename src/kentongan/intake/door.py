"""The door for bursts: on SQLite one thread stores what waits in one transaction, and answers when the disk has it.

FULL durability costs one wait for the disk per commit; shared by up to fifty reports it costs each of them little. A
lone report waits for nobody; once several come at a time, the door stays open a few milliseconds for those close
behind. An answer is given after the commit and never before, so what was answered is stored. PostgreSQL groups commits
by itself.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime

from django.db import OperationalError, connection

from kentongan.edge.problems import Problem
from kentongan.intake.actions import Sender, is_conflicting
from kentongan.intake.actions.storing import Arrival, Stored, arrival_of, store_arrivals
from kentongan.intake.decisions import Draft

MOST_AT_ONCE = 50
MOST_WAITING = 2_000
GATHER_SECONDS = 0.004  # a transaction costs several times what one more report in it does
IDLE_SECONDS = 5.0  # then the thread ends and its connection closes; the next report starts another


@dataclass(frozen=True, slots=True)
class Taken:
    """What the sender may be told: number, receipt, and whether the client id was used before for other words."""

    number: int
    receipt: str
    conflicting: bool


def submit(
    draft: Draft,
    *,
    sender: Sender,
    desk: int | None,
    at: datetime,
    contact: Mapping[str, str] | None = None,
) -> tuple[int, str]:
    """Store one arrival, as `receive_report` does, and give its number and receipt once it is on the disk.

    Raises Problem `intake.door_full` when too many wait: nothing of this one is stored then.
    """
    taken = take(draft, sender=sender, desk=desk, at=at, contact=contact)
    return taken.number, taken.receipt


def take(
    draft: Draft,
    *,
    sender: Sender,
    desk: int | None,
    at: datetime,
    contact: Mapping[str, str] | None = None,
) -> Taken:
    """The same, for a page that also tells of a conflict."""
    arrival = arrival_of(
        draft,
        source=sender.source,
        audit_name=sender.audit_name,
        own_tag=sender.own_tag,
        desk=desk,
        at=at,
        contact=contact,
    )
    # Inside a transaction another connection would wait for us, and we for it.
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        number = store_arrivals([arrival])[0].number
        # Asked afterwards: two that came at once through two connections could not see each other before.
        return Taken(number, arrival.receipt, is_conflicting(draft.client_id, number))
    stored = _door.through(arrival)
    return Taken(stored.number, arrival.receipt, stored.conflicting)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """One arrival on its way, and where its sender waits for its row."""

    arrival: Arrival
    row: Future[Stored] = field(default_factory=Future)


class Door:
    """A queue and the one thread that empties it; the thread exists only while reports come."""

    def __init__(self, *, most_waiting: int = MOST_WAITING, idle_seconds: float = IDLE_SECONDS) -> None:
        self._waiting: queue.Queue[_Waiting] = queue.Queue(maxsize=most_waiting)
        self._idle_seconds = idle_seconds
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._busy = False  # the last group held more than one

    def through(self, arrival: Arrival) -> Stored:
        """The row of the stored report; raises what storing this one raised."""
        waiting = _Waiting(arrival)
        try:
            self._waiting.put_nowait(waiting)
        except queue.Full:
            raise Problem("intake.door_full") from None
        self._keep_open()
        return waiting.row.result()

    def _keep_open(self) -> None:
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._serve, name="report-door", daemon=True)
                self._thread.start()

    def _serve(self) -> None:
        try:
            while group := self._next_group():
                connection.close_if_unusable_or_obsolete()
                _store(group)
        finally:
            connection.close()

    def _next_group(self) -> list[_Waiting]:
        """What waits now, at most fifty; an empty group when nothing came for a while and the thread may end."""
        try:
            group = [self._waiting.get(timeout=self._idle_seconds)]
        except queue.Empty:
            with self._starting:
                if self._waiting.empty():
                    self._thread = None
                    return []
            group = [self._waiting.get()]
        if self._busy:
            time.sleep(GATHER_SECONDS)
        while len(group) < MOST_AT_ONCE:
            try:
                group.append(self._waiting.get_nowait())
            except queue.Empty:
                break
        self._busy = len(group) > 1
        return group


def _store(group: Sequence[_Waiting]) -> None:
    """One transaction for all. Where one of them cannot be stored, each is tried alone, so that it harms nobody else."""
    try:
        stored = store_arrivals([each.arrival for each in group])
    except Exception as error:  # noqa: BLE001 (it is raised again, in the thread of the sender it concerns)
        # A locked or full database refuses everybody; anything else may be the fault of a single one.
        if len(group) == 1 or isinstance(error, OperationalError):
            for each in group:
                each.row.set_exception(error)
        else:
            for each in group:
                _store([each])
    else:
        for each, row in zip(group, stored, strict=True):
            each.row.set_result(row)


_door = Door()
