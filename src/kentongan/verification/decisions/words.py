"""The words that this stage keeps: identifiers masked, links of a claim not passed on, each text with its hash."""

from __future__ import annotations

import hashlib
import re

from kentongan.analysis.text.masking import mask_identifiers
from kentongan.analysis.text.normalise import clean_text

LONGEST_WORDS = 2_000

_SOURCE_NUMBER = re.compile(r"\bS\s*[-–‑]\s*\d+\b", re.IGNORECASE)
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


def kept_words(text: str) -> str:
    """What somebody typed, as it is stored: readable, identifiers masked, no blanks at its ends."""
    return mask_identifiers(clean_text(text)).text


def claim_words(text: str) -> str:
    """The words of a claim: a link in it becomes a mark with the beginning of its hash, so that nobody passes it on.

    Two claims with the same link still show the same mark.
    """
    return kept_words(_LINK.sub(lambda found: f"[tautan {hash_of(found[0])[:8]}]", text))


def hash_of(text: str) -> str:
    """The SHA-256 of a text in UTF-8; 64 hexadecimal characters."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def without_sources(text: str) -> str:
    """The text without source numbers, for desks that read reports without them."""
    return _SOURCE_NUMBER.sub("sumber", text)
