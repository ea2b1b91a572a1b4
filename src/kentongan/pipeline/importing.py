"""Pasted chats and CSV files into reports: the use case that the entry pages and `ingest` share.

The channels read, the kernels guess, `intake.actions` stores; here the three are put together. What a person chose on
the page (which messages, which place) comes in as plain values.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from kentongan.accounts.actors import Actor
from kentongan.intake.actions import Kept, Sender, keep_suggestions, receive_all
from kentongan.intake.channels.rows import Examined, GoodRow, examine
from kentongan.intake.channels.sheet import Sheet
from kentongan.intake.channels.whatsapp import Chat, Message, UnreadLine, read_chat
from kentongan.intake.decisions import Draft
from kentongan.pipeline.guessing import read_message_text
from kentongan.pipeline.reading import Read
from kentongan.places.keys import range_of
from kentongan.policy import current_policy

TABLES = frozenset({".csv", ".tsv"})
_MESSAGES = UUID("d3f4f0a6-5c0b-5b86-9a54-0e2a7d1c6b33")
_IMPORTER = Actor.of_system("impor")


@dataclass(frozen=True, slots=True)
class Placing:
    """What a person said about one message: its place (a region key), its tile."""

    area: int | None = None
    tile: str = ""


def identities(chat: Chat, *, desk: int, today: date) -> list[UUID]:
    """One identity per message, made of desk, day and words: pasting the same text twice is the same arrival.

    The day is the one written before the message, with its hour; without one, the day of pasting. Two equal messages
    of one paste are two.
    """
    seen: Counter[tuple[str, str]] = Counter()
    made = []
    for message in chat.messages:
        key = (message.written or today.isoformat(), " ".join(message.text.split()))
        seen[key] += 1
        made.append(uuid5(_MESSAGES, "\x1e".join((str(desk), *key, str(seen[key])))))
    return made


def draft_of(message: Message, identity: UUID, *, placing: Placing, zone: str) -> Draft:
    """The draft of one message. The phone's time is kept only where its date is certain."""
    sent = message.sent[0].replace(tzinfo=ZoneInfo(zone)) if len(message.sent) == 1 else None
    return Draft(
        identity,
        "paste",
        message.text,
        area=placing.area,
        tile=placing.tile,
        knowledge="read" if message.forwarded else "",
        sent_at=sent,
    )


def store_messages(drafts: Sequence[Draft], *, desk: int, at: datetime) -> list[Kept]:
    """Store chosen messages, in order; nobody is named as their source."""
    return receive_all(drafts, sender=Sender.public(), desk=desk, at=at)


def pasted(
    text: str, *, within: Sequence[str], desk: int, today: date
) -> tuple[list[Read], tuple[UnreadLine, ...]]:
    """A paste for the command line: every message as a reading, and the lines that are none."""
    chat = read_chat(text)
    ids = identities(chat, desk=desk, today=today)
    reads = [
        Read(
            f"tempelan, baris {message.line}",
            Draft(identity, "paste", message.text, knowledge="read" if message.forwarded else ""),
            read_message_text(message.text, within=within),
        )
        for message, identity in zip(chat.messages, ids, strict=True)
    ]
    return reads, chat.unread


def examined(sheet: Sheet, *, within: Sequence[str], desk: int, today: date) -> Examined:
    """The rows of a file divided by today's policy; places are sought in the desk's areas first."""
    ranges = [range_of(code) for code in within]
    return examine(sheet, policy=current_policy(), within=ranges, desk=desk, today=today)


def store_rows(rows: Sequence[GoodRow], *, desk: int, at: datetime) -> list[Kept]:
    """Store the good rows in chunks; a date that is open goes along as a suggestion with both readings."""
    kept = receive_all([row.draft for row in rows], sender=Sender.public(), desk=desk, at=at)
    for row, stored in zip(rows, kept, strict=True):
        if row.guesses and stored.is_new:
            keep_suggestions(stored.number, list(row.guesses), at=at, by=_IMPORTER)
    return kept
