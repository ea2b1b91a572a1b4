"""The words a finding rests on: a place in the analysed text, so that a page can underline them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class TextSpan:
    """Characters `start` (included) to `end` (excluded) of the analysed text, and the words themselves."""

    start: int
    end: int
    text: str


def span_of(text: str, start: int, end: int) -> TextSpan:
    """The span of `text` between two offsets; raises ValueError when they lie outside the text."""
    if not 0 <= start <= end <= len(text):
        raise ValueError(f"span {start}:{end} lies outside a text of {len(text)} characters")
    return TextSpan(start, end, text[start:end])
