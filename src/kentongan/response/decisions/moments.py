"""From the first word to the outcome: the recorded moments of an event and the time between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Moments:
    """The first recorded moment of each link of the chain, in UTC; None where it has not come, or never came.

    `looked` is the first decision about a report or the making of the event, `accepted` and `acted` are the first task
    taken on and the first one done, `ended` is the first outcome.
    """

    reported: datetime | None = None
    looked: datetime | None = None
    judged: datetime | None = None
    warned: datetime | None = None
    acknowledged: datetime | None = None
    accepted: datetime | None = None
    acted: datetime | None = None
    ended: datetime | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """One link of the chain: its name as in `Moments`, its moment, and the time since the link before that has one.

    `took` is None where the link is missing, and where nothing stands before it. It is never negative: an alert may
    go out before the verdict, and then the verdict took no time that anybody waited.
    """

    name: str
    at: datetime | None
    took: timedelta | None


LINKS = ("reported", "looked", "judged", "warned", "acknowledged", "accepted", "acted", "ended")


def stretches(moments: Moments) -> Sequence[Stretch]:
    """The chain link by link.

    >>> from datetime import timezone
    >>> at = datetime(2026, 11, 19, 8, 0, tzinfo=timezone.utc)
    >>> found = stretches(Moments(reported=at, judged=at + timedelta(hours=2)))
    >>> [(each.name, each.took) for each in found if each.took is not None]
    [('judged', datetime.timedelta(seconds=7200))]
    """
    found: list[Stretch] = []
    latest: datetime | None = None
    for name in LINKS:
        at: datetime | None = getattr(moments, name)
        took = max(at - latest, timedelta()) if at is not None and latest is not None else None
        found.append(Stretch(name, at, took))
        if at is not None:
            latest = max(at, latest) if latest is not None else at
    return found
