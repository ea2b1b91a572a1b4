"""Reading texts into reports: the use case that spans places, the text kernels and intake.

What the kernels find is a suggestion with its evidence. No report is placed, typed or made an event here: a person
does that. A file that cannot be read is told, and the others go on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from uuid import UUID, uuid5

from kentongan.accounts.actors import Actor
from kentongan.accounts.scopes import Scope
from kentongan.analysis.text.dates import DateSuggestion
from kentongan.analysis.text.duplicates import duplicate_of
from kentongan.analysis.text.gazetteer import Gazetteer, build_gazetteer
from kentongan.analysis.text.place_names import PlaceName
from kentongan.analysis.text.reading import ArticleReading, read_article
from kentongan.analysis.text.terms_id import INDONESIAN
from kentongan.edge.problems import Problem
from kentongan.intake.actions import Sender, keep_suggestions, receive_report
from kentongan.intake.decisions import Draft, Guess, content_hash
from kentongan.intake.queries import hashes_known, report_in
from kentongan.places.queries import all_place_names, edition, region_by_code

METHOD = "baca-1"
LONGEST_FILE = 2_000_000  # bytes
# Articles get their identity from their bytes, so that the same file read twice is the same arrival.
_ARTICLES = UUID("6f3c2f51-5b54-5f0e-9a5f-9f1d3f0a7c41")


@dataclass(frozen=True, slots=True)
class Read:
    """One file as it was read: what it says, and which earlier one it repeats (a file name or `LP-number`)."""

    source: str
    draft: Draft
    reading: ArticleReading
    duplicate_of: str | None = None

    @property
    def flags(self) -> list[str]:
        return [flag.value for flag in self.reading.flags]

    def as_plain(self) -> dict[str, object]:
        """The line of `ingest --json`: place is a code or null, dates are lists of alternatives."""
        place = self.reading.place
        return {
            "source": self.source,
            "title": self.reading.title,
            "place": place.code if place else None,
            "place_name": place_name(place.code) if place else None,
            "dates": [_date_plain(date) for date in self.reading.dates],
            "flags": self.flags,
            "duplicate_of": self.duplicate_of,
        }


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that could not be read, and why, with the next step."""

    source: str
    problem: Problem


def files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named, and the text files of the folders named, in order of their names."""
    for path in paths:
        if path.is_dir():
            yield from sorted(entry for entry in path.iterdir() if entry.suffix.lower() in {".txt", ".md"})
        else:
            yield path


def read_files(paths: Sequence[Path]) -> Iterator[Read | Unreadable]:
    """Read each file; copies of an earlier file, or of a stored report, say of which."""
    readings: list[Read] = []
    outcomes: list[Read | Unreadable] = []
    for path in paths:
        try:
            readings.append(_read(path))
            outcomes.append(readings[-1])
        except Problem as problem:
            outcomes.append(Unreadable(path.name, problem))
    copies = duplicate_of([read.reading.content for read in readings])
    stored = hashes_known([content_hash(read.draft) for read in readings])
    named = {
        id(read): _copied(read, readings[copy].source if copy is not None else None, stored)
        for read, copy in zip(readings, copies, strict=True)
    }
    for outcome in outcomes:
        yield named.get(id(outcome), outcome)


def _copied(read: Read, first: str | None, stored: dict[str, int]) -> Read:
    number = stored.get(content_hash(read.draft))
    return Read(read.source, read.draft, read.reading, first or (f"LP-{number}" if number else None))


def _read(path: Path) -> Read:
    text = _text_of(path)
    reading = read_article(text, gazetteer=gazetteer(), terms=INDONESIAN)
    identity = uuid5(_ARTICLES, hashlib.sha256(text.encode()).hexdigest())
    draft = Draft(identity, "article", text, title=reading.title or "", shown=reading.body)
    return Read(path.name, draft, reading)


def _text_of(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > LONGEST_FILE:
            raise Problem("pipeline.file_too_large", value=path.name, size=size, most=LONGEST_FILE)
        content = path.read_bytes()
    except OSError as error:
        raise Problem("pipeline.file_unreadable", value=path.name, reason=error.strerror or "?") from error
    if b"\x00" in content[:4096]:
        raise Problem("pipeline.not_a_text", value=path.name)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    if not text.strip():
        raise Problem("pipeline.file_empty", value=path.name)
    return text.replace("\x00", "")


def store(read: Read, *, desk: int | None, by: Actor, at: datetime) -> tuple[int, str, bool]:
    """Store one reading as a report with its suggestions: number, receipt, and whether it is new."""
    known = hashes_known([content_hash(read.draft)])
    report, receipt = receive_report(read.draft, sender=Sender.article(read.source, by=by), desk=desk, at=at)
    keep_suggestions(report.pk, guesses_of(read.reading), at=at, by=by)
    return report.pk, receipt, report.pk not in known.values()


def suggest_for_report(number: int, *, at: datetime) -> int:
    """Read a stored report's masked text and keep what is found as suggestions; returns how many are new."""
    report = report_in(Scope.system("membaca laporan"), number)
    reading = read_article(report.text_masked, gazetteer=gazetteer(), terms=INDONESIAN)
    return keep_suggestions(report.pk, guesses_of(reading), at=at, by=Actor.of_system("pembaca"))


def guesses_of(reading: ArticleReading) -> list[Guess]:
    """What a reading suggests, each with the words it rests on."""
    guesses = []
    if reading.place is not None:
        place = reading.place
        value: dict[str, object] = {
            "code": place.code,
            "name": place_name(place.code),
            "score": round(place.score, 3),
        }
        value["alternatives"] = [
            {"code": other.code, "name": place_name(other.code)} for other in place.alternatives[:5]
        ]
        guesses.append(Guess("place", value, [span.text for span in place.evidence[:5]], METHOD))
    if reading.dates:
        evidence: list[object] = [span.text for date in reading.dates for span in date.evidence[:1]]
        guesses.append(Guess("dates", [_date_plain(date) for date in reading.dates], evidence[:8], METHOD))
    if reading.flags:
        signs: list[object] = [span.text for span in reading.quality.evidence[:8]]
        guesses.append(Guess("flags", [flag.value for flag in reading.flags], signs, METHOD))
    return guesses


def place_name(code: str) -> str:
    """A region as offices write it: "Kab. Pasuruan"."""
    return region_by_code(code).short_name


def gazetteer() -> Gazetteer:
    """The place names of the list loaded now; built once per edition in this process."""
    listed = edition()
    return _gazetteer(listed.pk if listed else 0)


@lru_cache(maxsize=1)
def _gazetteer(_edition: int) -> Gazetteer:
    rows = [row for row in all_place_names() if not row.is_alias]
    if not rows:
        raise Problem("pipeline.no_regions")
    known = {row.code for row in rows}
    names = (PlaceName(row.code, row.level, row.name, row.kind, row.parent_code or None) for row in rows)
    return build_gazetteer(
        names, aliases=[alias for alias in INDONESIAN.places.aliases if alias.code in known]
    )


def _date_plain(date: DateSuggestion) -> dict[str, object]:
    return {
        "text": date.evidence[0].text if date.evidence else "",
        "alternatives": [reading.iso() for reading in date.alternatives],
        "ambiguous": date.is_ambiguous_day,
    }
