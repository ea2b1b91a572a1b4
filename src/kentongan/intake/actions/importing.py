"""Many drafts at once: a file or a pasted chat, stored in chunks so that no other sender waits long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kentongan.intake.actions.receiving import Sender
from kentongan.intake.actions.storing import arrival_of, store_arrivals
from kentongan.intake.decisions import Draft

CHUNK = 50


@dataclass(frozen=True, slots=True)
class Kept:
    """One draft as it is kept now: its number, its receipt, and whether it came for the first time."""

    number: int
    receipt: str
    is_new: bool


def receive_all(drafts: Sequence[Draft], *, sender: Sender, desk: int, at: datetime) -> list[Kept]:
    """Store the drafts in order, fifty to a transaction; the same drafts again give the same rows and receipts.

    What stands before a power cut is stored, the rest is not: sending all of it once more completes it.
    """
    stored: list[Kept] = []
    for start in range(0, len(drafts), CHUNK):
        # Hashed, masked and sealed before anybody has to wait for the database.
        arrivals = [
            arrival_of(
                draft,
                source=sender.source,
                audit_name=sender.audit_name,
                own_tag=sender.own_tag,
                desk=desk,
                at=at,
                contact=None,
            )
            for draft in drafts[start : start + CHUNK]
        ]
        stored += [
            Kept(row.number, arrival.receipt, row.is_new)
            for arrival, row in zip(arrivals, store_arrivals(arrivals), strict=True)
        ]
    return stored
