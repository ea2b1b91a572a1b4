"""The content of a document: sections of plain parts, which every renderer shows in the same order.

There is one way from figures to paper. What is unverified never stands among the sections unmarked: it has a box of
its own, and a number of an unverified event is marked wherever a person wrote it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kentongan.analysis.text.normalise import clean_text

UNVERIFIED_MARK = "BELUM TERVERIFIKASI — jangan diteruskan."
SHORT_MARK = "[BELUM TERVERIFIKASI]"
DISCLAIMER = "Tingkat peringatan internal — bukan penetapan status keadaan konflik."
MOST_LETTERS = 4096  # of one WhatsApp message

_EVENT_NUMBER = re.compile(r"\bPR-\d{4,}\b")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number inside a sentence, locked to its query under `key`."""

    key: str
    value: str


Part = str | Figure


@dataclass(frozen=True, slots=True)
class Section:
    """One section: sentences with locked figures, a numbered list, and what a person wrote."""

    code: str
    title: str
    lines: Sequence[Sequence[Part]] = ()
    items: Sequence[str] = ()
    written: str = ""

    def as_plain(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "title": self.title,
            "lines": [[_part(part) for part in line] for line in self.lines],
            "items": list(self.items),
            "written": self.written,
        }


def _part(part: Part) -> dict[str, str]:
    return {"key": part.key, "n": part.value} if isinstance(part, Figure) else {"t": part}


def words_of(line: Sequence[Mapping[str, str]]) -> str:
    return "".join(part.get("n", part.get("t", "")) for part in line)


def one_line(text: str) -> str:
    """A person's words never break out of their line, nor turn it round: no line can be forged from a text field."""
    return " ".join(clean_text(text).split())


def marked(text: str, unverified: Collection[str]) -> str:
    """The text, with the mark behind every number of an event that nobody has confirmed."""
    return _EVENT_NUMBER.sub(
        lambda found: f"{found[0]} {SHORT_MARK}" if found[0] in unverified else found[0], text
    )


def content_hash(content: Mapping[str, Any]) -> str:
    """SHA-256 over the content in one agreed spelling: what the document says, apart from how it is set."""
    spelled = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(spelled.encode("utf-8", "surrogatepass")).hexdigest()


def check_code(whole: str) -> str:
    """The first half of a content hash in groups of four, as it is printed and typed."""
    return "-".join(whole[start : start + 4].upper() for start in range(0, 16, 4))


def plain_text(content: Mapping[str, Any], *, seal: str = "") -> str:
    """The document as a message: the same sections, the same box."""
    head = content["letterhead"]
    parts = [
        f"{content['title'].upper()} · {one_line(head['office'])}",
        f"{content['subtitle']} · {content['label'].upper()}",
        *([f"Nomor {content['number']}"] if content["number"] else []),
        *([content["amends"]] if content["amends"] else []),
        f"Batas data {content['cut_off']}",
    ]
    for section in content["sections"]:
        parts += ["", section["title"].upper(), *_section_lines(section)]
    if content["unverified"]:
        parts += ["", f"┌ {UNVERIFIED_MARK}", *(f"│ - {item}" for item in content["unverified"])]
    if content["signed_by"]:
        parts += ["", f"Ditandatangani: {one_line(content['signed_by'])}"]
    parts += ["", content["basis"], f"Ujung rantai audit {content['audit_head'] or '–'}"]
    return "\n".join([*parts, *([seal] if seal else [])]) + "\n"


def _section_lines(section: Mapping[str, Any]) -> list[str]:
    written = [
        f"  {line}" if line.startswith(("-", "│", "┌")) else line
        for line in clean_text(section["written"]).split("\n")
        if line
    ]
    return [*map(words_of, section["lines"]), *(f"- {item}" for item in section["items"]), *written]


def in_messages(text: str, *, most: int = MOST_LETTERS) -> list[str]:
    """The text in parts that fit a message: cut between paragraphs, then lines, then words; numbered when several.

    A part that goes on inside the box of unverified matter says so in its first line.
    """
    room = most - 120
    parts: list[str] = []
    here: list[str] = []
    boxed = False
    for line in (piece for whole in text.split("\n") for piece in _pieces(whole, room)):
        if here and sum(len(each) + 1 for each in here) + len(line) > room:
            parts.append("\n".join(here).strip("\n"))
            here = [f"┌ {UNVERIFIED_MARK} (lanjutan)"] if boxed and line.startswith("│") else []
        boxed = line.startswith(("┌", "│"))
        here.append(line)
    parts.append("\n".join(here).strip("\n"))
    several = [each for each in parts if each]
    if len(several) < 2:
        return several
    return [f"({place}/{len(several)})\n{each}" for place, each in enumerate(several, start=1)]


def _pieces(line: str, room: int) -> list[str]:
    if len(line) <= room:
        return [line]
    lead = "│   " if line.startswith("│") else ""
    pieces, rest = [], line
    while len(rest) > room:
        cut = rest.rfind(" ", len(lead) + 1, room)
        cut = cut if cut > len(lead) else room
        pieces.append(rest[:cut])
        rest = lead + rest[cut:].lstrip()
    return [*pieces, rest]
