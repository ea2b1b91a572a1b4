"""From degrees to the units of a drawing, for areas up to a few hundred kilometres.

Equirectangular projection on the parallel of the middle: x = longitude · cos(latitude of the middle), y = latitude
(J. P. Snyder, "Map Projections: A Working Manual", USGS 1987, chapter 12). North is up, so y is turned round.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians

from kentongan.analysis.geometry.rings import Box, Point

METRES_PER_DEGREE = 111_320.0  # of latitude: 40,075 km of the equator / 360


@dataclass(frozen=True, slots=True)
class Projection:
    """Where a place is drawn: `scale` units per degree of latitude, from the north-western corner."""

    west: float
    north: float
    shrink: float
    scale: float
    left: float = 0.0
    top: float = 0.0

    @classmethod
    def fitting(cls, box: Box, *, width: float, height: float, margin: float = 0.0) -> Projection:
        """The largest drawing of a box that leaves `margin` units free on every side, in the middle."""
        shrink = cos(radians((box.south + box.north) / 2))
        wide, tall = max(box.width * shrink, 1e-9), max(box.height, 1e-9)
        scale = min((width - 2 * margin) / wide, (height - 2 * margin) / tall)
        left = (width - box.width * shrink * scale) / 2
        top = (height - box.height * scale) / 2
        return cls(box.west, box.north, shrink, scale, left, top)

    def drawn(self, point: Point) -> Point:
        """Where a point (longitude, latitude) lies in the drawing."""
        east = (point[0] - self.west) * self.shrink * self.scale
        return self.left + east, self.top + (self.north - point[1]) * self.scale

    def place(self, drawn: Point) -> Point:
        """The longitude and latitude of a spot in the drawing."""
        east = (drawn[0] - self.left) / (self.shrink * self.scale)
        return self.west + east, self.north - (drawn[1] - self.top) / self.scale

    def units(self, metres: float) -> float:
        """How long a distance is in the drawing."""
        return metres / METRES_PER_DEGREE * self.scale

    def path(self, line: Iterable[Point], *, closed: bool = False) -> str:
        """A line as the `d` of an SVG path, to a tenth of a unit, without steps that cannot be seen."""
        tenths = [(round(x * 10), round(y * 10)) for x, y in map(self.drawn, line)]
        steps = [tenths[0], *(here for before, here in pairwise(tenths) if here != before)]
        if closed and len(steps) > 1 and steps[0] == steps[-1]:
            steps.pop()
        return _relative(steps) + ("z" if closed else "")


def _relative(steps: Sequence[tuple[int, int]]) -> str:
    """Moves from point to point instead of positions: half the characters."""
    x, y = steps[0]
    written = [f"M{_tenth(x)} {_tenth(y)}"]
    for here_x, here_y in steps[1:]:
        written.append(f"l{_tenth(here_x - x)}{_signed(here_y - y)}")
        x, y = here_x, here_y
    return "".join(written)


def _tenth(tenths: int) -> str:
    whole, rest = divmod(abs(tenths), 10)
    return f"{'-' if tenths < 0 else ''}{whole}{f'.{rest}' if rest else ''}"


def _signed(tenths: int) -> str:
    """A second number needs a space before it only where no minus parts it from the first."""
    return _tenth(tenths) if tenths < 0 else f" {_tenth(tenths)}"
