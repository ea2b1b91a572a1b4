"""Ways to tell a person of an alert: one interface, one folder each.

A channel gets a finished message and answers how it went; it knows no table, decides nothing and never tries twice.
Who is told, when, and what follows a failure is decided in `alerts.decisions.notifying`. To add one: a folder with a
class that keeps `Channel`, its line in `CHANNELS`, its code in `alerts.models.notice.ChannelCode`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Answer(StrEnum):
    """What a channel can honestly say of one try."""

    SENT = "sent"
    REFUSED = "refused"  # for good: the address or the message was turned down
    LATER = "later"  # not now: nothing went out, another try may
    UNSURE = "unsure"  # handed over, but the receipt was lost: it may have gone out


@dataclass(frozen=True, slots=True)
class Message:
    """What one person is told. `key` stays the same when the message is sent again, so that a double shows as one."""

    key: str
    to: str
    subject: str
    body: str


class Channel(Protocol):
    """One way to reach a person."""

    def is_ready(self) -> bool:
        """Whether this instance has set the channel up."""
        ...

    def send(self, message: Message) -> Answer:
        """Try once, within the channel's own time limit; never raises for what the other side does."""
        ...
