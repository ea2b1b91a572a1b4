"""Words of a text with their places: the unit on which names and terms are matched."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kentongan.analysis.text.normalise import letters_only

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Token:
    """One run of letters and digits: characters `start` to `end`, as written, and its comparison key."""

    start: int
    end: int
    text: str
    key: str

    @property
    def is_capitalised(self) -> bool:
        """Whether it begins with an upper-case letter."""
        return self.text[:1].isupper()


def tokens_of(text: str) -> tuple[Token, ...]:
    """All words of `text`, in order; hyphens and apostrophes end a word."""
    return tuple(
        Token(found.start(), found.end(), found[0], _key(found[0])) for found in _WORD.finditer(text)
    )


def _key(word: str) -> str:
    return word.lower() if word.isascii() else letters_only(word)
