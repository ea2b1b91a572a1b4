"""Believable outlines for regions that have none: nested, with common borders, the same for the same seed.

For the coined province of the demo and as a schema where no boundaries were imported; a map drawn from these must say
so. The root grows as an island on a sheet of cells, every region is divided among those below it, and all outlines are
then smoothed together arc by arc, so that borders stay common on every level.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, dist, radians, sqrt

from kentongan.analysis.geometry.cells import Cell, Sheet, blob, divided, rounded_off, traced
from kentongan.analysis.geometry.coverage import Arc, Coverage
from kentongan.analysis.geometry.noise import displaced, seed_of
from kentongan.analysis.geometry.projection import METRES_PER_DEGREE
from kentongan.analysis.geometry.rings import Point, Shape
from kentongan.analysis.geometry.simplify import simplified, simplified_ring

CELLS_PER_WEIGHT = 220
FEWEST_CELLS = 3_000
MOST_CELLS = 90_000
STRAIGHTENED = 0.8  # cells: the stairs of the cells are at most 0.71 off a straight line
STEP = 2.0  # cells between two bends
BENDS = ((0.9, 5.0), (0.25, 2.2))
ROUNDS = 1
DECIMALS = 5  # about a metre


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a generated drawing lies and how large it is: a middle in degrees, a width in kilometres."""

    longitude: float
    latitude: float
    width_km: float

    def placed(self, point: Point, *, sheet: Sheet) -> Point:
        degree = self.width_km * 1000 / METRES_PER_DEGREE / sheet.columns
        east = (point[0] - sheet.columns / 2) * degree / cos(radians(self.latitude))
        north = (point[1] - sheet.rows / 2) * degree
        return round(self.longitude + east, DECIMALS), round(self.latitude + north, DECIMALS)


def generated_outlines(
    root: str,
    children: Mapping[str, Sequence[str]],
    weights: Mapping[str, float],
    *,
    setting: Setting,
    seed: int,
) -> dict[str, Shape]:
    """An outline for the root and everything below it. `weights` are sizes wished for; a region without one counts 1.

    Raises ValueError if the sheet has too few cells for so many regions.
    """
    sheet = _sheet(root, children, weights, seed=seed)
    parts: dict[str, set[Cell] | frozenset[Cell]] = {root: blob(sheet)}
    waiting = [root]
    while waiting:
        above = waiting.pop()
        below = children.get(above, ())
        if below:
            sizes = [weights.get(each, 1.0) for each in below]
            parts |= zip(below, divided(parts[above], sizes, seed=seed_of(seed, above)), strict=True)
            waiting += below
    drawn = Coverage.of({key: (traced(cells),) for key, cells in parts.items()})
    return drawn.changed(
        lambda arc: tuple(setting.placed(point, sheet=sheet) for point in _softened(arc, seed))
    ).shapes()


def _sheet(
    root: str, children: Mapping[str, Sequence[str]], weights: Mapping[str, float], *, seed: int
) -> Sheet:
    """A sheet with enough cells for the smallest region to show a form."""
    leaves, waiting = 0.0, [root]
    while waiting:
        here = waiting.pop()
        below = children.get(here, ())
        waiting += below
        leaves += 0.0 if below else weights.get(here, 1.0)
    cells = min(max(leaves * CELLS_PER_WEIGHT, FEWEST_CELLS), MOST_CELLS)
    rows = round(sqrt(cells / 1.4))
    return Sheet(round(rows * 1.4), rows, seed)


def _softened(arc: Arc, seed: int) -> Arc:
    """Without the stairs of the cells, and bent like a river; the ends move as everything beside them does."""
    straighter = (simplified_ring if arc[0] == arc[-1] else simplified)(arc, STRAIGHTENED)
    bent = tuple(displaced(point, seed=seed, ways=BENDS) for point in _with_more_points(straighter))
    return rounded_off(bent, ROUNDS)


def _with_more_points(line: Arc) -> Arc:
    """The same line with points no farther apart than a step."""
    points: list[Point] = [line[0]]
    for (ax, ay), (bx, by) in pairwise(line):
        parts = max(1, round(dist((ax, ay), (bx, by)) / STEP))
        points += ((ax + (bx - ax) * at / parts, ay + (by - ay) * at / parts) for at in range(1, parts + 1))
    return tuple(points)
