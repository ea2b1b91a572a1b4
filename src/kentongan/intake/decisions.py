"""Decisions of the intake stage, as plain functions: what makes two arrivals the same, and what one says."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass, field, replace
from uuid import UUID

from kentongan.analysis.text.masking import mask_identifiers
from kentongan.analysis.text.normalise import clean_text

LONGEST_TEXT = 200_000  # characters; a longer article is cut by its sender, never silently by us


@dataclass(frozen=True, slots=True)
class Draft:
    """A report as its sender wrote it. `client_id` is random (or derived from the file for an article).

    `shown` is the readable part of `text` where they differ: an article without menus and doubled paragraphs.
    """

    client_id: UUID
    channel: str
    text: str
    title: str = ""
    area: int | None = None
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Guess:
    """One machine suggestion, with the words it rests on and the method that made it."""

    kind: str
    value: object
    evidence: list[object] = field(default_factory=list)
    method: str = "aturan-1"


def storable(draft: Draft) -> Draft:
    """The same draft as both databases can hold it: half characters, which no text file can carry, become U+FFFD."""
    return replace(draft, text=_whole(draft.text), title=_whole(draft.title), shown=_whole(draft.shown))


def content_hash(draft: Draft) -> str:
    """The SHA-256 of what was said: title and text, spacing and letter forms made alike; 64 hexadecimal characters."""
    said = unicodedata.normalize("NFC", f"{draft.title}\n{draft.text}")
    return hashlib.sha256(" ".join(said.split()).encode("utf-8")).hexdigest()


def shown_text(draft: Draft) -> str:
    """The text that may be read and searched. Invisible characters go first: they would hide a number from its rule."""
    return mask_identifiers(clean_text(draft.shown or draft.text)).text


def shown_title(draft: Draft) -> str:
    """The title that may be read: masked, at most 200 characters."""
    title = mask_identifiers(" ".join(clean_text(draft.title).split())).text
    return title if len(title) <= 200 else title[:199].rstrip() + "…"


def triage_state(outcome: str, *, machine: bool) -> str:
    """The state a report moves to with this outcome. A machine never declines: out of scope and spam need a person."""
    if machine and outcome in {"out_of_scope", "spam"}:
        raise ValueError(f"a machine may not decline a report ({outcome}): only a person may")
    return "triaged"


def _whole(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
