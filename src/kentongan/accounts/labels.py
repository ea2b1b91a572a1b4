"""The three labels of confidentiality. Nothing higher exists: no classified information is stored."""

from __future__ import annotations

from enum import IntEnum


class Label(IntEnum):
    """In rising order, so that a ceiling can be compared: a reader sees a label up to his own."""

    TERBUKA = 0
    INTERNAL = 1
    TERBATAS = 2

    @property
    def word(self) -> str:
        return self.name.capitalize()
