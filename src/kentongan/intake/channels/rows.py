"""From the rows of a CSV file to drafts: every cell is understood or named with its line, column and the way out.

A good row never waits for a bad one.  Each row has an identity made of what it says, so that the repaired file,
uploaded again, doubles nothing; two equal rows of one file are two arrivals.  A date that can be read in two ways is
left open and both readings go along for the person who decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID, uuid5

from kentongan.analysis.text.normalise import clean_text
from kentongan.edge.problems import Problem
from kentongan.intake.channels.sheet import MOST_LETTERS, Sheet, SheetRow
from kentongan.intake.decisions import Draft, Guess
from kentongan.places.keys import RegionRange
from kentongan.places.queries import MatchedBy, RegionMatch, region_by_code, region_label, search_regions
from kentongan.policy.code_list import CodeList
from kentongan.policy.policy import Policy
from kentongan.policy.schema.base import Code

_ROWS = UUID("0b8c0f3e-7c0e-5f61-8f4a-3c4f6a2f9d10")
METHOD = "lembar-1"
_EARLIEST = date(1990, 1, 1)
_MOST_CHOICES = 4

_WHEN = {
    "sekarang": "now",
    "tadi": "earlier",
    "sudah": "earlier",
    "akan terjadi": "upcoming",
    "akan": "upcoming",
}
_KNOWN_BY = {
    "lihat sendiri": "saw",
    "lihat": "saw",
    "dengar orang": "heard",
    "dengar": "heard",
    "baca di hp": "read",
    "baca": "read",
}
_ANSWERS = {
    "ya": "yes",
    "y": "yes",
    "ada": "yes",
    "tidak": "no",
    "t": "no",
    "tidak tahu": "unknown",
    "?": "unknown",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one cell; the sentence comes from the catalogue."""

    line: int
    column: str
    value: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class GoodRow:
    """A row that can be stored, and what a person should be shown beside it."""

    line: int
    draft: Draft
    guesses: tuple[Guess, ...] = ()


@dataclass(frozen=True, slots=True)
class Examined:
    """A file divided: rows to store, and faults by line."""

    good: tuple[GoodRow, ...]
    faults: tuple[Fault, ...]

    @property
    def bad_lines(self) -> frozenset[int]:
        return frozenset(fault.line for fault in self.faults)


@dataclass(slots=True)
class _Reader:
    """What is asked once per file: the words of the policy, the places already looked up, the order of its dates."""

    policy: Policy
    within: Sequence[RegionRange]
    dates_day_first: bool
    places: dict[str, int | Problem] = field(default_factory=dict)
    words: dict[str, Mapping[str, str]] = field(default_factory=dict)


def examine(
    sheet: Sheet, *, policy: Policy, within: Sequence[RegionRange], desk: int, today: date
) -> Examined:
    """Divide the rows; nothing is written.  `within` are the desk's own areas: places are sought there first."""
    reader = _Reader(policy, within, _day_comes_first(sheet.rows))
    seen: Counter[str] = Counter()
    good: list[GoodRow] = []
    faults: list[Fault] = []
    for row in sheet.rows:
        said, wrong = _read_row(row, reader, today=today)
        if wrong:
            faults += wrong
            continue
        key = "\x1f".join(f"{name}={row.cells[name]}" for name in sorted(row.cells))
        seen[key] += 1
        identity = uuid5(_ROWS, f"{desk}\x1e{key}\x1e{seen[key]}")
        guesses = tuple(said.pop("guesses", ()))
        good.append(GoodRow(row.line, Draft(identity, "sheet", row.cells["isi"], **said), guesses))
    return Examined(tuple(good), tuple(faults))


def _read_row(row: SheetRow, reader: _Reader, *, today: date) -> tuple[dict[str, Any], list[Fault]]:
    """The values of the draft, or every fault of the row."""
    said: dict[str, Any] = {}
    faults: list[Fault] = []
    for column, read in _CELLS.items():
        written = row.cells.get(column, "")
        if not written and column != "isi":
            continue
        try:
            said |= read(written, reader, today)
        except Problem as problem:
            faults.append(Fault(row.line, column, written[:120], problem))
    if ("latitude" in said) != ("longitude" in said) and not faults:
        column = "bujur" if "latitude" in said else "lintang"
        faults.append(Fault(row.line, column, "", Problem("intake.row_point_half")))
    return said, faults


def _text(written: str, _reader: _Reader, _today: date) -> dict[str, object]:
    if not clean_text(written):
        raise Problem("intake.row_text_missing")
    if len(written) > MOST_LETTERS:
        raise Problem("intake.row_text_too_long", length=len(written), most=MOST_LETTERS)
    return {}


def _note(written: str, _reader: _Reader, _today: date) -> dict[str, object]:
    return {"place_note": written}


def _place(written: str, reader: _Reader, _today: date) -> dict[str, object]:
    key = " ".join(written.split()).casefold()
    if key not in reader.places:
        try:
            reader.places[key] = _found_place(written, reader.within)
        except Problem as problem:
            reader.places[key] = problem
    found = reader.places[key]
    if isinstance(found, Problem):
        raise found
    return {"area": found}


def _found_place(written: str, within: Sequence[RegionRange]) -> int:
    if len(written) > 160:
        raise Problem("intake.row_place_unknown", value=f"{written[:60]}…")
    if written[0].isdigit():
        code = written.split(maxsplit=1)[0].rstrip(",;")
        try:
            return int(region_by_code(code).key)
        except ValueError:
            raise Problem("places.region_unknown", value=code) from None
    for part in (*within, None):
        found = search_regions(written, within=part, limit=_MOST_CHOICES + 1)
        exact = [match for match in found if match.by in {MatchedBy.NAME, MatchedBy.ALIAS}]
        if len(exact) == 1:
            return int(exact[0].region.key)
        if exact:
            raise Problem("intake.row_place_several", value=written, choices=_choices(exact))
        if found and part is None:
            raise Problem("intake.row_place_near", value=written, choices=_choices(found))
    raise Problem("intake.row_place_unknown", value=written)


def _choices(matches: Iterable[RegionMatch]) -> str:
    regions = [match.region for match in matches][:_MOST_CHOICES]
    return "; ".join(f"{region.code} {region_label(region.key)}" for region in regions)


def _day(written: str, reader: _Reader, today: date) -> dict[str, object]:
    readings = [day for day in _readings(written, day_first_only=reader.dates_day_first) if day >= _EARLIEST]
    if not readings:
        raise Problem("intake.row_day_bad", value=written)
    if len(readings) == 1:
        if abs((readings[0] - today).days) > 366 * 5:
            raise Problem("intake.row_day_far", value=written)
        return {"happens_on": readings[0]}
    value = [{"text": written, "alternatives": [day.isoformat() for day in readings], "ambiguous": True}]
    return {
        "guesses": (
            Guess("dates", value, [written], METHOD),
            Guess("flags", ["tanggal_ambigu"], [written], METHOD),
        )
    }


def _readings(written: str, *, day_first_only: bool) -> list[date]:
    """The days a cell may mean: ISO is sure, 03/04/2026 is sure only when the file proves its order."""
    parts = written.replace(".", "/").replace("-", "/").split(" ")[0].split("T")[0].split("/")
    if len(parts) != 3 or not all(part.isdecimal() and part.isascii() for part in parts):
        return []
    numbers = [int(part) for part in parts]
    if len(parts[0]) == 4:
        candidates = [(numbers[0], numbers[1], numbers[2])]
    else:
        year = numbers[2] + 2000 if len(parts[2]) == 2 else numbers[2]
        candidates = [(year, numbers[1], numbers[0])]
        if not day_first_only:
            candidates.append((year, numbers[0], numbers[1]))
    return list(dict.fromkeys(day for candidate in candidates if (day := _existing(candidate)) is not None))


def _existing(candidate: tuple[int, int, int]) -> date | None:
    try:
        return date(*candidate)
    except ValueError:
        return None


def _day_comes_first(rows: Iterable[SheetRow]) -> bool:
    """Whether the file proves day before month: some first part above twelve, and no second one."""
    parts = [
        row.cells["tanggal"].replace(".", "/").replace("-", "/").split("/")
        for row in rows
        if "tanggal" in row.cells
    ]
    pairs = [
        (int(one[0]), int(one[1]))
        for one in parts
        if len(one) == 3 and len(one[0]) <= 2 and _numbers(one[:2])
    ]
    return any(first > 12 for first, _ in pairs) and not any(second > 12 for _, second in pairs)


def _numbers(parts: Iterable[str]) -> bool:
    return all(part.isdecimal() and part.isascii() for part in parts)


def _coordinate(name: str, most: int) -> Callable[[str, _Reader, date], dict[str, object]]:
    def read(written: str, _reader: _Reader, _today: date) -> dict[str, object]:
        try:
            value = Decimal(written.replace(",", "."))
        except InvalidOperation:
            raise Problem("intake.row_number_bad", value=written) from None
        if not value.is_finite() or abs(value) > most:
            raise Problem("intake.row_number_bad", value=written)
        # About a hundred metres: a report names a place, not a house.
        return {name: value.quantize(Decimal("0.001"))}

    return read


def _one_of(name: str, words: Mapping[str, str]) -> Callable[[str, _Reader, date], dict[str, object]]:
    def read(written: str, _reader: _Reader, _today: date) -> dict[str, object]:
        code = words.get(_folded(written))
        if code is None:
            raise Problem(
                "intake.row_word_unknown", value=written[:60], choices=", ".join(_first_words(words))
            )
        return {name: code}

    return read


def _first_words(words: Mapping[str, str]) -> Iterator[str]:
    """One way of writing each answer: the first."""
    said: set[str] = set()
    for word, code in words.items():
        if code not in said:
            said.add(code)
            yield word


def _tile(written: str, reader: _Reader, today: date) -> dict[str, object]:
    return {"tile": _code(written, reader, reader.policy.report_tiles, today)}


def _accused(written: str, reader: _Reader, today: date) -> dict[str, object]:
    if _folded(written) in {"tidak", "bukan", "-"}:
        return {}
    return {"accused": _code(written, reader, reader.policy.accused_offices, today)}


def _code(written: str, reader: _Reader, codes: CodeList[Any], today: date) -> str:
    """The code in force for a word; a retired one is named with what came after it."""
    if codes.name not in reader.words:
        reader.words[codes.name] = _by_words(codes)
    in_force = codes.on(today)
    code = reader.words[codes.name].get(_folded(written))
    if code in in_force:
        return str(code)
    if code is None:
        raise Problem("intake.row_code_unknown", value=written[:60], choices=", ".join(in_force))
    heir = codes.resolve(code, on=today)
    choices = heir.code if heir is not None else ", ".join(in_force)
    raise Problem("intake.row_code_retired", value=written[:60], choices=choices)


def _by_words(codes: Mapping[str, Code]) -> dict[str, str]:
    """Every way to write a code of the policy, in force or retired: itself, and its name in both languages."""
    words: dict[str, str] = {}
    for code, entry in codes.items():
        for word in (code, code.replace("_", " "), entry.label.id, entry.label.en):
            words.setdefault(_folded(word), code)
    return words


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


_CELLS: Mapping[str, Callable[[str, _Reader, date], dict[str, object]]] = {
    "isi": _text,
    "wilayah": _place,
    "patokan": _note,
    "tanggal": _day,
    "kapan": _one_of("happens", _WHEN),
    "tahu_dari": _one_of("knowledge", _KNOWN_BY),
    "masih_berlangsung": _one_of("ongoing", _ANSWERS),
    "senjata_korban": _one_of("danger", _ANSWERS),
    "jenis": _tile,
    "tentang_pejabat": _accused,
    "lintang": _coordinate("latitude", 90),
    "bujur": _coordinate("longitude", 180),
}


def placed(row: GoodRow, *, area: int) -> GoodRow:
    """The row with a place chosen for all that have none."""
    return row if row.draft.area is not None else replace(row, draft=replace(row.draft, area=area))
