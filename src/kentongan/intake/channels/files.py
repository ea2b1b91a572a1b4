"""Which kind of file this is, told by its name and confirmed by its reader: table, letter or article."""

from __future__ import annotations

from enum import StrEnum
from pathlib import PurePath

from kentongan.edge.problems import Problem

MOST_FILES = 50


class FileKind(StrEnum):
    """What a file is read as."""

    SHEET = "sheet"
    LETTER = "letter"
    ARTICLE = "article"


_KINDS = {
    ".csv": FileKind.SHEET,
    ".tsv": FileKind.SHEET,
    ".eml": FileKind.LETTER,
    ".txt": FileKind.ARTICLE,
    ".md": FileKind.ARTICLE,
}
SUFFIXES = frozenset(_KINDS)


def kind_of(filename: str) -> FileKind:
    """The kind by the end of the name; the readers refuse what only calls itself so."""
    kind = _KINDS.get(PurePath(filename).suffix.lower())
    if kind is None:
        raise Problem("intake.file_kind_unknown", value=filename[:120])
    return kind
