"""The chain itself, as plain functions: what is signed, and how a link follows from the one before it."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from enum import StrEnum

JsonValue = str | int | float | bool | None | list["JsonValue"] | Mapping[str, "JsonValue"]

START = ""  # the mac before the first entry


@dataclass(frozen=True, slots=True)
class Link:
    """What an entry says, without its mac. `at` is an aware moment; stored and signed in UTC to the microsecond."""

    seq: int
    at: datetime
    action: str
    actor: str
    area: int | None
    subject: str
    reason: str
    detail: Mapping[str, JsonValue] = field(default_factory=dict)


class FaultKind(StrEnum):
    """Why the chain does not hold; each is a code of the problem catalogue, which has the sentence."""

    MISSING = "audit.entry_missing"
    CHANGED = "audit.entry_changed"
    HEAD_DIFFERS = "audit.head_differs"
    TAIL_CUT = "audit.tail_cut"
    HEADS_DISAGREE = "audit.heads_disagree"


@dataclass(frozen=True, slots=True)
class Fault:
    """The first place where the chain does not hold.

    `other` is the entry found instead of a missing one, or for a cut tail the last entry that was ever seen.
    """

    seq: int
    kind: FaultKind
    other: int = 0


def mac_of(link: Link, *, before: str, key: bytes) -> str:
    """The keyed mac of `link` after the mac `before`: 64 hexadecimal characters."""
    values = {
        "seq": link.seq,
        "at": link.at.astimezone(timezone.utc).isoformat(timespec="microseconds"),
        "action": link.action,
        "actor": link.actor,
        "area": link.area,
        "subject": link.subject,
        "reason": link.reason,
        "detail": link.detail,
    }
    signed = json.dumps([before, values], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hmac.digest(key, signed.encode("utf-8"), "sha256").hex()


def first_fault(entries: Iterable[tuple[Link, str]], *, key: bytes, heads: Mapping[int, str]) -> Fault | None:
    """The first fault in `entries` (link, stored mac), in chain order; `heads` are numbers and macs kept elsewhere.

    None means: no entry was changed, removed, added or reordered, and every head kept outside is still in the chain.
    """
    before, last = START, 0
    for link, stored in entries:
        if link.seq != last + 1:
            return Fault(last + 1, FaultKind.MISSING, other=link.seq)
        expected = mac_of(link, before=before, key=key)
        if expected != stored:
            return Fault(link.seq, FaultKind.CHANGED)
        if heads.get(link.seq, stored) != stored:
            return Fault(link.seq, FaultKind.HEAD_DIFFERS)
        before, last = stored, link.seq
    beyond = sorted(seq for seq in heads if seq > last)
    if beyond:
        return Fault(last + 1, FaultKind.TAIL_CUT, other=beyond[-1])
    return None


def chained(links: Iterable[Link], *, key: bytes, before: str = START) -> Iterator[tuple[Link, str]]:
    """Each link with its mac: how a chain is made from nothing (used to check and to test)."""
    for link in links:
        before = mac_of(link, before=before, key=key)
        yield link, before
