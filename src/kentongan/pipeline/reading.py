"""Reading files into reports: articles, e-mails and tables, in the order of their names; for `ingest` and the import page.

What the kernels find is a suggestion with its evidence (`guessing`). No report is placed, typed or made an event here:
a person does that. A file that cannot be read is told, and the others go on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid5

from kentongan.accounts.actors import Actor
from kentongan.analysis.text.duplicates import duplicate_of
from kentongan.analysis.text.reading import ArticleReading
from kentongan.edge.problems import Problem
from kentongan.intake.actions import Sender, keep_suggestions, receive_report
from kentongan.intake.channels.files import SUFFIXES, FileKind, kind_of
from kentongan.intake.channels.mail import read_letter
from kentongan.intake.channels.sheet import MOST_BYTES as LARGEST_SHEET
from kentongan.intake.channels.sheet import decoded
from kentongan.intake.decisions import Draft, content_hash
from kentongan.intake.queries import hashes_known
from kentongan.pipeline.gazetteers import gazetteer, place_name
from kentongan.pipeline.guessing import (
    TextReading,
    date_plain,
    read_article_text,
    read_message_text,
)

LONGEST_FILE = 2_000_000  # bytes of an article
_DEEPEST = 12  # folders inside folders
_LARGEST = {FileKind.SHEET: LARGEST_SHEET, FileKind.LETTER: LARGEST_SHEET, FileKind.ARTICLE: LONGEST_FILE}
# Articles get their identity from their words, so that the same file read twice is the same arrival.
_ARTICLES = UUID("6f3c2f51-5b54-5f0e-9a5f-9f1d3f0a7c41")


@dataclass(frozen=True, slots=True)
class File:
    """One file in memory: its name, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Read:
    """One text as it was read: what it says, and which earlier one it repeats (a file name or `LP-number`)."""

    source: str
    draft: Draft
    text: TextReading
    duplicate_of: str | None = None
    pictures: tuple[bytes, ...] = ()
    attachments: int = 0

    @property
    def reading(self) -> ArticleReading:
        return self.text.article

    @property
    def flags(self) -> list[str]:
        return [flag.value for flag in self.reading.flags]

    def as_plain(self) -> dict[str, object]:
        """The line of `ingest --json`: place is a code or null, dates are lists of alternatives."""
        place = self.reading.place
        return {
            "source": self.source,
            "title": self.draft.title or self.reading.title,
            "place": place.code if place else None,
            "place_name": place_name(place.code) if place else None,
            "dates": [date_plain(date) for date in self.reading.dates],
            "flags": self.flags,
            "duplicate_of": self.duplicate_of,
        }


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that could not be read, and why, with the next step."""

    source: str
    problem: Problem


def files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named, and those of the folders named and inside them that we can read, in order of their names.

    A link to a folder is not followed: it may lead back to where it stands.
    """
    for path in paths:
        if path.is_dir():
            yield from _inside(path, depth=0)
        else:
            yield path


def _inside(folder: Path, *, depth: int) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        yield folder  # told as unreadable when it is opened
        return
    for entry in entries:
        if entry.is_dir() and not entry.is_symlink():
            if depth < _DEEPEST and not entry.name.startswith("."):
                yield from _inside(entry, depth=depth + 1)
        elif entry.suffix.lower() in SUFFIXES:
            yield entry


def file_at(path: Path) -> File:
    """The file's bytes.  Raises Problem with its name when it is too large for its kind or cannot be opened."""
    most = _LARGEST[_kind_or_article(path.name)]
    try:
        size = path.stat().st_size
        if size > most:
            raise Problem("pipeline.file_too_large", value=path.name, size=size, most=most)
        return File(path.name, path.read_bytes())
    except OSError as error:
        raise Problem("pipeline.file_unreadable", value=path.name, reason=error.strerror or "?") from error


def _kind_or_article(name: str) -> FileKind:
    """A file named on the command line without a known ending is taken for an article."""
    try:
        return kind_of(name)
    except Problem:
        return FileKind.ARTICLE


def read_files(paths: Sequence[Path], *, within: Sequence[str] = ()) -> Iterator[Read | Unreadable]:
    """Read each article or e-mail; copies of an earlier one, or of a stored report, say of which.

    Raises Problem `pipeline.no_regions` once, before anything is read: without places no text can be understood.
    """
    gazetteer()
    outcomes: list[Read | Unreadable] = []
    for path in paths:
        try:
            outcomes.append(read_one(file_at(path), within=within))
        except Problem as problem:
            outcomes.append(Unreadable(path.name, problem))
    yield from _with_copies(outcomes)


def read_texts(files: Sequence[File], *, within: Sequence[str] = ()) -> list[Read | Unreadable]:
    """The same for files that were uploaded."""
    gazetteer()
    outcomes: list[Read | Unreadable] = []
    for file in files:
        try:
            outcomes.append(read_one(file, within=within))
        except Problem as problem:
            outcomes.append(Unreadable(file.name, problem))
    return list(_with_copies(outcomes))


def read_one(file: File, *, within: Sequence[str] = ()) -> Read:
    """Read one file by its kind.  Raises Problem with what is wrong."""
    if _kind_or_article(file.name) is FileKind.LETTER:
        letter = read_letter(file.content, filename=file.name)
        draft = letter.draft
        said = f"{draft.title}\n\n{draft.text}"
        return Read(
            file.name,
            draft,
            read_message_text(said, within=within),
            pictures=letter.pictures,
            attachments=letter.attachments,
        )
    text = _text_of(file)
    reading = read_article_text(text, within=within)
    identity = uuid5(_ARTICLES, hashlib.sha256(text.encode()).hexdigest())
    article = reading.article
    draft = Draft(identity, "article", text, title=article.title or "", shown=article.body)
    return Read(file.name, draft, reading)


def _with_copies(outcomes: Sequence[Read | Unreadable]) -> Iterator[Read | Unreadable]:
    readings = [outcome for outcome in outcomes if isinstance(outcome, Read)]
    copies = iter(duplicate_of([read.reading.content for read in readings]))
    stored = hashes_known([content_hash(read.draft) for read in readings])
    for outcome in outcomes:
        if isinstance(outcome, Read):
            copy = next(copies)
            number = stored.get(content_hash(outcome.draft))
            first = readings[copy].source if copy is not None else f"LP-{number}" if number else None
            yield replace(outcome, duplicate_of=first)
        else:
            yield outcome


def _text_of(file: File) -> str:
    if len(file.content) > LONGEST_FILE:
        raise Problem("pipeline.file_too_large", value=file.name, size=len(file.content), most=LONGEST_FILE)
    text = None if _is_binary(file.content) else decoded(file.content)
    if text is None or "\x00" in text[:4096]:
        raise Problem("pipeline.not_a_text", value=file.name)
    if not text.strip():
        raise Problem("pipeline.file_empty", value=file.name)
    return text.replace("\x00", "")


def _is_binary(content: bytes) -> bool:
    """Zero bytes near the beginning, but for a file that says it is UTF-16."""
    return b"\x00" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff"))


def store(read: Read, *, desk: int | None, by: Actor, at: datetime) -> tuple[int, str, bool]:
    """Store one reading as a report with its suggestions: number, receipt, and whether it is new."""
    known = hashes_known([content_hash(read.draft)])
    is_article = read.draft.channel == "article"
    sender = Sender.article(read.source, by=by) if is_article else Sender.public()
    report, receipt = receive_report(read.draft, sender=sender, desk=desk, at=at)
    keep_suggestions(report.pk, read.text.guesses, at=at, by=by)
    return report.pk, receipt, report.pk not in known.values()
