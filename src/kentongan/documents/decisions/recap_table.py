"""The table of a recap, as a plain function of counts: what is confirmed apart from what is not, and what is unknown.

A cell without events is a zero only where somebody was heard. Where nobody was, it is silence (*senyap*); where no
news could be expected or seen, it is unknown. Sums are sums of cells, of confirmed events alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from kentongan.indicators.decisions import Completeness

NOBODY = Completeness(0, 0)
SUM = ""
"""The key of the last row."""


class Layout(StrEnum):
    """What stands in the rows and what in the columns, in the words of the address."""

    AREA_TYPE = "wilayah-jenis"
    TIME_TYPE = "jenis-waktu"
    AREA_TIME = "wilayah-waktu"


@dataclass(frozen=True, slots=True)
class Tally:
    """Events of one cell by what verification says; the three are never one number."""

    confirmed: int = 0
    unverified: int = 0
    refuted: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.confirmed + other.confirmed,
            self.unverified + other.unverified,
            self.refuted + other.refuted,
        )


class Known(StrEnum):
    """What a cell says: a number somebody stands for, silence, or nothing."""

    COUNTED = "counted"
    SILENT = "silent"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Cell:
    tally: Tally
    known: Known
    complete: Completeness


class Unlike(StrEnum):
    """Why two periods cannot be compared."""

    UNHEARD = "unheard"
    COVERAGE = "coverage"


@dataclass(frozen=True, slots=True)
class Change:
    """Confirmed events now and before. `unlike` says why the difference would mislead; it is then None."""

    before: int
    difference: int | None
    unlike: Unlike | None = None


@dataclass(frozen=True, slots=True)
class Row:
    key: Hashable
    cells: Sequence[Cell]
    total: Cell
    change: Change


@dataclass(frozen=True, slots=True)
class Table:
    """Rows and columns in the order asked for; `foot` is their sum."""

    columns: Sequence[Hashable]
    rows: Sequence[Row]
    foot: Row


@dataclass(frozen=True, slots=True)
class Counted:
    """Events found, by (row, column), and how complete the news was: of all, a row, a column, a cell.

    `passed` holds the confirmed events of each row up to today, `before` those of the period they are compared with.
    Where nothing is said of a cell, what is said of its row holds.
    """

    tallies: Mapping[tuple[Hashable, Hashable], Tally]
    passed: Mapping[Hashable, int]
    before: Mapping[Hashable, int]
    complete: Completeness
    complete_before: Completeness
    row_complete: Mapping[Hashable, Completeness]
    row_complete_before: Mapping[Hashable, Completeness]
    column_complete: Mapping[Hashable, Completeness] = field(default_factory=dict)
    cell_complete: Mapping[tuple[Hashable, Hashable], Completeness] = field(default_factory=dict)


def build(
    rows: Sequence[Hashable], columns: Sequence[Hashable], counted: Counted, *, comparable: float
) -> Table:
    """The table. `comparable` is by how much two shares of completeness may differ for a difference to be told.

    `rows` and `columns` hold every key that was counted: what is left out of them would be missing from the sum.
    """
    made = [_row(key, columns, counted, comparable=comparable) for key in rows]
    column_tallies = _by_column(counted.tallies)
    foot_cells = [
        _cell(column_tallies[column], counted.column_complete.get(column, counted.complete))
        for column in columns
    ]
    total = _sum(cell.tally for cell in foot_cells)
    change = change_of(
        sum(counted.passed.values()),
        sum(counted.before.values()),
        now=counted.complete,
        before_complete=counted.complete_before,
        comparable=comparable,
    )
    return Table(columns, made, Row(SUM, foot_cells, _cell(total, counted.complete), change))


def change_of(
    now_count: int, before_count: int, *, now: Completeness, before_complete: Completeness, comparable: float
) -> Change:
    """The difference, if both periods were heard alike."""
    share, share_before = now.share, before_complete.share
    if not share or not share_before:
        return Change(before_count, None, Unlike.UNHEARD)
    if abs(share - share_before) > comparable + 1e-9:  # shares are quotients of small integers
        return Change(before_count, None, Unlike.COVERAGE)
    return Change(before_count, now_count - before_count)


def known_of(tally: Tally, complete: Completeness) -> Known:
    """Missing is not zero: without any event a number needs somebody who was heard."""
    if tally.confirmed or tally.unverified or complete.heard:
        return Known.COUNTED
    return Known.SILENT if complete.expected else Known.UNKNOWN


def _row(key: Hashable, columns: Sequence[Hashable], counted: Counted, *, comparable: float) -> Row:
    complete = counted.row_complete.get(key, NOBODY)
    cells = [
        _cell(counted.tallies.get((key, column), Tally()), counted.cell_complete.get((key, column), complete))
        for column in columns
    ]
    total = _sum(cell.tally for cell in cells)
    change = change_of(
        counted.passed.get(key, 0),
        counted.before.get(key, 0),
        now=complete,
        before_complete=counted.row_complete_before.get(key, NOBODY),
        comparable=comparable,
    )
    return Row(key, cells, _cell(total, complete), change)


def _cell(tally: Tally, complete: Completeness) -> Cell:
    return Cell(tally, known_of(tally, complete), complete)


def _by_column(tallies: Mapping[tuple[Hashable, Hashable], Tally]) -> Mapping[Hashable, Tally]:
    found: dict[Hashable, Tally] = defaultdict(Tally)
    for (_, column), tally in tallies.items():
        found[column] = found[column] + tally
    return found


def _sum(tallies: Iterable[Tally]) -> Tally:
    return sum(tallies, Tally())
