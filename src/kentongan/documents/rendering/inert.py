"""Data on its way into a document: plain values whose texts hold nothing that a reader cannot see.

NUL and other control characters make a DOCX that no program opens; direction marks and zero-width characters can turn
a sentence round or hide a word.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kentongan.analysis.text.normalise import clean_text

Plain = str | int | float | bool | None | list["Plain"] | dict[str, "Plain"]


def inert(value: object) -> Plain:
    """The same value with every text cleaned. What is no plain value is a mistake of the caller."""
    if isinstance(value, str):
        # Two characters that XML cannot hold are no control characters: the last of the basic plane.
        return clean_text(value).translate({0xFFFE: None, 0xFFFF: None})
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {str(key): inert(each) for key, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return [inert(each) for each in value]
    raise TypeError(f"a document is made of plain values, not of {type(value).__name__}")
