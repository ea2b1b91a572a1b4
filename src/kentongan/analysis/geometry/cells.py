"""A chequered sheet on which regions grow: a blob of cells, divided among seeds, and traced into rings.

Growing instead of cutting keeps every region in one piece, and all regions share the cells' edges, so their borders are
equal by construction.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import dist, sqrt

from kentongan.analysis.geometry.noise import displaced, hashed, smooth_noise
from kentongan.analysis.geometry.rings import Point, Polygon, Ring, signed_area

Cell = tuple[int, int]
_SIDES: tuple[Cell, ...] = ((1, 0), (0, 1), (-1, 0), (0, -1))
# Of each side of a cell, where the edge begins and ends, the cell on its left.
_EDGES: Mapping[Cell, tuple[Cell, Cell]] = {
    (0, -1): ((0, 0), (1, 0)),
    (1, 0): ((1, 0), (1, 1)),
    (0, 1): ((1, 1), (0, 1)),
    (-1, 0): ((0, 1), (0, 0)),
}
_CANDIDATES = 12
# How the ground is bent before distances are measured on it: (how far, over how many cells).
_UNEVEN = ((4.0, 14.0), (1.5, 5.0))


@dataclass(frozen=True, slots=True)
class Sheet:
    """The size of the sheet in cells, and the seed of everything drawn on it."""

    columns: int
    rows: int
    seed: int


def blob(sheet: Sheet) -> frozenset[Cell]:
    """An island in the middle of the sheet: an ellipse with bays, in one piece and without lakes."""
    middle = (sheet.columns // 2, sheet.rows // 2)
    bay = max(sheet.columns, sheet.rows) / 5

    def is_land(x: int, y: int) -> bool:
        off = ((x - middle[0]) / (0.48 * sheet.columns)) ** 2 + ((y - middle[1]) / (0.48 * sheet.rows)) ** 2
        rough = smooth_noise(x, y, seed=sheet.seed, size=bay) * 0.7
        rough += smooth_noise(x, y, seed=sheet.seed + 1, size=bay / 4) * 0.3
        return off < 1 - 0.55 * rough

    every = {(x, y) for x in range(sheet.columns) for y in range(sheet.rows)}
    land = _connected(middle, {cell for cell in every if is_land(*cell)} | {middle})
    # What the sea cannot reach from a corner is a lake: it becomes land.
    border = {(-1, y) for y in range(-1, sheet.rows + 1)}
    return frozenset(every - _connected((-1, 0), (every - land) | border | _frame(sheet)))


def divided(
    cells: Collection[Cell], weights: Sequence[float], *, seed: int, rounds: int = 3
) -> list[set[Cell]]:
    """The cells in as many connected parts as there are weights, about as large as the weights ask.

    Seeds are spread (D. Mitchell's best candidate, 1991), the parts grow around them as bent Voronoi cells, and each seed
    then moves to the middle of its part a few times (S. Lloyd, 1982). Raises ValueError if there are fewer cells than parts.
    """
    if len(cells) < len(weights):
        raise ValueError(f"{len(cells)} cells cannot be divided into {len(weights)} parts.")
    ground = {cell: displaced(cell, seed=seed + 1, ways=_UNEVEN) for cell in cells}
    starts = _spread(sorted(cells), len(weights), seed=seed)
    for turn in range(rounds + 1):
        parts = _grown(ground, starts, weights)
        if turn < rounds:
            starts = [_middle(part) for part in parts]
    return parts


def traced(cells: Collection[Cell]) -> Polygon:
    """The outline of connected cells: the outer ring anticlockwise, then holes; a point at every corner of a cell."""
    ways: dict[Cell, list[Cell]] = {}
    for (x, y), (start, end) in _edges(cells):
        ways.setdefault((x + start[0], y + start[1]), []).append((x + end[0], y + end[1]))
    rings: list[Ring] = []
    while ways:
        rings.append(_walked(ways, min(ways)))
    rings.sort(key=signed_area, reverse=True)
    return tuple(rings)


def rounded_off(arc: Sequence[Point], rounds: int) -> tuple[Point, ...]:
    """A line with its corners cut, its two ends kept (G. Chaikin, 1974)."""
    line = tuple(arc)
    for _ in range(rounds if len(line) > 2 else 0):
        cut = [
            point
            for (ax, ay), (bx, by) in pairwise(line)
            for point in (
                (0.75 * ax + 0.25 * bx, 0.75 * ay + 0.25 * by),
                (0.25 * ax + 0.75 * bx, 0.25 * ay + 0.75 * by),
            )
        ]
        line = (line[0], *cut[1:-1], line[-1])
    return line


def _frame(sheet: Sheet) -> set[Cell]:
    around = {(x, y) for x in range(-1, sheet.columns + 1) for y in (-1, sheet.rows)}
    return around | {(x, y) for y in range(-1, sheet.rows + 1) for x in (-1, sheet.columns)}


def _connected(start: Cell, among: Collection[Cell]) -> set[Cell]:
    found, waiting = {start}, [start]
    while waiting:
        x, y = waiting.pop()
        for dx, dy in _SIDES:
            beside = (x + dx, y + dy)
            if beside in among and beside not in found:
                found.add(beside)
                waiting.append(beside)
    return found


def _spread(cells: Sequence[Cell], count: int, *, seed: int) -> list[Cell]:
    """Starting cells far from each other: of a few drawn by chance the one farthest from those chosen before."""
    chosen: list[Cell] = []
    taken: set[Cell] = set()
    for number in range(count):
        drawn = (cells[int(hashed(seed, number, turn) * len(cells))] for turn in range(_CANDIDATES))
        free = [cell for cell in drawn if cell not in taken] or [next(c for c in cells if c not in taken)]
        best = max(free, key=lambda cell: (_nearest(cell, chosen), cell))
        chosen.append(best)
        taken.add(best)
    return chosen


def _nearest(cell: Cell, chosen: Iterable[Cell]) -> float:
    return min(((cell[0] - x) ** 2 + (cell[1] - y) ** 2 for x, y in chosen), default=0.0)


def _grown(ground: Mapping[Cell, Point], starts: Sequence[Cell], weights: Sequence[float]) -> list[set[Cell]]:
    """Each part takes the nearest cell beside it, heavier parts first; a cell's distance is measured on bent ground."""
    speed = [1 / sqrt(weight) for weight in weights]
    homes = [ground[start] for start in starts]
    waiting = [(0.0, start, owner) for owner, start in enumerate(starts)]
    heapq.heapify(waiting)
    owners: dict[Cell, int] = {}
    while waiting:
        _, cell, owner = heapq.heappop(waiting)
        if cell in owners:
            continue
        owners[cell] = owner
        for dx, dy in _SIDES:
            beside = (cell[0] + dx, cell[1] + dy)
            if beside in ground and beside not in owners:
                far = dist(ground[beside], homes[owner]) * speed[owner]
                heapq.heappush(waiting, (far, beside, owner))
    parts: list[set[Cell]] = [set() for _ in starts]
    for cell, owner in owners.items():
        parts[owner].add(cell)
    return parts


def _middle(part: Collection[Cell]) -> Cell:
    """The cell of a part nearest to its centre of mass."""
    x = sum(cell[0] for cell in part) / len(part)
    y = sum(cell[1] for cell in part) / len(part)
    return min(part, key=lambda cell: ((cell[0] - x) ** 2 + (cell[1] - y) ** 2, cell))


def _edges(cells: Collection[Cell]) -> Iterator[tuple[Cell, tuple[Cell, Cell]]]:
    for x, y in sorted(cells):
        for (dx, dy), edge in _EDGES.items():
            if (x + dx, y + dy) not in cells:
                yield (x, y), edge


def _walked(ways: dict[Cell, list[Cell]], start: Cell) -> Ring:
    """One ring out of the open edges; where cells meet at a corner only, it stays with its own cell: it turns left."""
    ring: list[Point] = [start]
    before, here = start, start
    while True:
        choices = ways[here]
        after = min(choices, key=_turn(before, here))
        choices.remove(after)
        if not choices:
            del ways[here]
        ring.append(after)
        before, here = here, after
        if here == start:
            return tuple(ring)


def _turn(before: Cell, here: Cell) -> Callable[[Cell], int]:
    """Orders the ways on from a corner: left first."""
    dx, dy = here[0] - before[0], here[1] - before[1]
    return lambda after: -(dx * (after[1] - here[1]) - dy * (after[0] - here[0]))
