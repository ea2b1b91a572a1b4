"""Cleaning and comparing text: the first step of every reading.

`clean_text` makes the text that all spans count on; the two keys are for comparing and are never shown.
"""

from __future__ import annotations

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
# Control characters, direction marks, zero-width characters and lone surrogates: unseen, able to hide words.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
_SPACES = re.compile(r"[^\S\n]+")
_LINE_MARGINS = re.compile(r" ?\n ?")
_EMPTY_LINES = re.compile(r"\n{3,}")
_WORD = re.compile(r"[^\W_]+")


def clean_text(raw: str) -> str:
    """Return `raw` with plain spaces, plain line ends, at most one empty line in a row and nothing invisible.

    Letters, digits and punctuation stay as written (composed to NFC).  Cleaning twice changes nothing.
    """
    text = _INVISIBLE.sub("", _LINE_ENDS.sub("\n", raw))
    text = _SPACES.sub(" ", unicodedata.normalize("NFC", text))
    return _EMPTY_LINES.sub("\n\n", _LINE_MARGINS.sub("\n", text)).strip()


def letters_only(name: str) -> str:
    """Key of a name: lower-case letters and digits without accents, spaces, hyphens or apostrophes.

    "Muko Muko", "Muko-Muko" and "Mukomuko" have one key.  Digits stay: "Kampung 45" is not "Kampung".
    """
    if name.isascii():
        return "".join(_WORD.findall(name)).lower()
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(_WORD.findall("".join(mark for mark in plain if not unicodedata.combining(mark))))


def comparison_key(text: str) -> str:
    """Key of a sentence: its words in lower case with one space between, without punctuation."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))
