"""Masking what identifies a person: by rule, before a text is stored where people read and search.

NIK, phone numbers, number plates, e-mail addresses and account handles become a word in brackets. Rules err
on the side of masking: the full text stays sealed and opens by an audited action with a reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("surel", re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}\b")),
    ("akun", re.compile(r"(?<![\w@.])@[A-Za-z0-9_.]{3,30}\b")),
    # Sixteen digits, also in groups as on a card: NIK and family-card numbers.
    ("NIK", re.compile(r"(?<!\d)(?:\d[ .-]?){15}\d(?!\d)")),
    # Mobile and fixed numbers: +62, 62 or 0 first, nine to thirteen digits after it.
    ("telepon", re.compile(r"(?<!\d)(?:\+?62|0)[ .-]?\d(?:[ .-]?\d){7,12}(?!\d)")),
    # One or two letters, one to four digits, one to three letters: B 1234 XYZ.
    ("pelat", re.compile(r"\b[A-Z]{1,2}[ -]\d{1,4}[ -][A-Z]{1,3}\b")),
)


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with its identifiers masked, and how many of each kind there were."""

    text: str
    counts: dict[str, int]


def mask_identifiers(text: str) -> Masked:
    """Replace each identifier by its kind in brackets: "hubungi 0812-3456-7890" → "hubungi [telepon]"."""
    counts: dict[str, int] = {}
    for kind, rule in _RULES:
        text, found = rule.subn(f"[{kind}]", text)
        if found:
            counts[kind] = found
    return Masked(text, counts)
