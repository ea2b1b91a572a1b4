"""Decisions of the intake stage, as plain functions: what makes two arrivals the same, and what one says."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from kentongan.analysis.text.masking import mask_identifiers
from kentongan.analysis.text.normalise import clean_text
from kentongan.policy.policy import PolicyOnDate

LONGEST_TEXT = 200_000  # characters; a longer article is cut by its sender, never silently by us


_ANSWERS = (
    "area",
    "tile",
    "place_note",
    "latitude",
    "longitude",
    "happens",
    "happens_on",
    "knowledge",
    "ongoing",
    "danger",
    "accused",
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A report as its sender wrote it. `client_id` is random (or derived from the file for an article).

    `shown` is the readable part of `text` where they differ: an article without menus and doubled paragraphs.
    The answers beside the text are empty where nobody was asked; the point is rounded to three decimals (about 100 m).
    `sent_at` is the phone's clock and no part of what was said: a resend has another one.
    """

    client_id: UUID
    channel: str
    text: str
    title: str = ""
    area: int | None = None
    shown: str = ""
    tile: str = ""
    place_note: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    happens: str = ""
    happens_on: date | None = None
    knowledge: str = ""
    ongoing: str = ""
    danger: str = ""
    accused: str = ""
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Guess:
    """One machine suggestion, with the words it rests on and the method that made it."""

    kind: str
    value: object
    evidence: list[object] = field(default_factory=list)
    method: str = "aturan-1"


def storable(draft: Draft) -> Draft:
    """The same draft as both databases can hold it: half characters, which no text file can carry, become U+FFFD."""
    return replace(
        draft,
        text=_whole(draft.text),
        title=_whole(draft.title),
        shown=_whole(draft.shown),
        place_note=_whole(draft.place_note),
    )


def words_hash(draft: Draft) -> str:
    """The SHA-256 of the words: title and text, spacing and letter forms made alike; 64 hexadecimal characters."""
    said = unicodedata.normalize("NFC", f"{draft.title}\n{draft.text}")
    return hashlib.sha256(" ".join(said.split()).encode("utf-8")).hexdigest()


def content_hash(draft: Draft) -> str:
    """The SHA-256 of all that was said: the words, and the answers beside them where there are any."""
    answers = {name: str(value) for name in _ANSWERS if (value := getattr(draft, name)) not in ("", None)}
    if not answers:
        return words_hash(draft)
    said = json.dumps([words_hash(draft), answers], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(said.encode("ascii")).hexdigest()


def read_from_level(accused: str, *, policy: PolicyOnDate) -> int | None:
    """The finest level of desk that may read a report about this office; None when no office is accused.

    An office that the policy does not know (a code of a later version) is read by the province alone, never by all.
    """
    if not accused:
        return None
    office = policy.accused_offices.get(accused)
    return office.lowest_level if office is not None else 1


def shown_text(draft: Draft) -> str:
    """The text that may be read and searched. Invisible characters go first: they would hide a number from its rule."""
    return mask_identifiers(clean_text(draft.shown or draft.text)).text


def shown_title(draft: Draft) -> str:
    """The title that may be read: masked, at most 200 characters."""
    title = mask_identifiers(" ".join(clean_text(draft.title).split())).text
    return title if len(title) <= 200 else title[:199].rstrip() + "…"


def shown_note(draft: Draft) -> str:
    """The landmark that may be read: masked, one line, at most 160 characters."""
    note = mask_identifiers(" ".join(clean_text(draft.place_note).split())).text
    return note if len(note) <= 160 else note[:159].rstrip() + "…"


def triage_state(outcome: str, *, machine: bool) -> str:
    """The state a report moves to with this outcome. A machine never declines: out of scope and spam need a person."""
    if machine and outcome in {"out_of_scope", "spam"}:
        raise ValueError(f"a machine may not decline a report ({outcome}): only a person may")
    return "triaged"


def _whole(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
