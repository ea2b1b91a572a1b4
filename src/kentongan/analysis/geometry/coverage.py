"""Shapes that share borders, cut into arcs, so that a border that is changed changes for both sides alike.

A vertex where rings part is a junction; the stretch between two junctions is an arc, stored once however many rings run
along it. Only chains with equal points count as one border: two outlines that were drawn apart stay apart.
The idea is that of M. Bostock's TopoJSON (2012); nothing of its code is used.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

from kentongan.analysis.geometry.rings import (
    Point,
    Polygon,
    Ring,
    Shape,
    box_of,
    distance_to_segment,
    points_of,
)
from kentongan.analysis.geometry.simplify import simplified, simplified_ring

Key = TypeVar("Key", bound=Hashable)
Arc = tuple[Point, ...]
# The numbers of the arcs a ring runs along; ~n for arc n walked backwards.
_Steps = tuple[int, ...]


@dataclass(frozen=True)
class Coverage(Generic[Key]):
    """Shapes by key as rings of arcs."""

    arcs: tuple[Arc, ...]
    outlines: Mapping[Key, tuple[tuple[_Steps, ...], ...]]

    @classmethod
    def of(cls, shapes: Mapping[Key, Shape]) -> Coverage[Key]:
        """Cut the shapes at their junctions. Rings must be closed and have at least four points."""
        junctions = _junctions(ring for shape in shapes.values() for polygon in shape for ring in polygon)
        numbers: dict[Arc, int] = {}
        outlines = {
            key: tuple(
                tuple(tuple(_steps(ring, junctions, numbers)) for ring in polygon) for polygon in shape
            )
            for key, shape in shapes.items()
        }
        return cls(tuple(numbers), outlines)

    def changed(self, change: Callable[[Arc], Arc]) -> Coverage[Key]:
        """The same shapes along other arcs; `change` must keep both ends of an arc."""
        return Coverage(tuple(map(change, self.arcs)), self.outlines)

    def shapes(self) -> dict[Key, Shape]:
        """The shapes again. A ring that has lost its inside is left out, with its holes; a whole shape never."""
        return {key: self._shape(polygons) for key, polygons in self.outlines.items()}

    def borders(self) -> Iterator[tuple[Arc, tuple[Key, ...]]]:
        """Every arc once, with the shapes on its sides: one at a coast, two between neighbours."""
        sides: dict[int, dict[Key, None]] = {}
        for key, polygons in self.outlines.items():
            for step in (step for polygon in polygons for ring in polygon for step in ring):
                sides.setdefault(max(step, ~step), {})[key] = None
        return ((self.arcs[number], tuple(keys)) for number, keys in sorted(sides.items()))

    def _shape(self, polygons: tuple[tuple[_Steps, ...], ...]) -> Shape:
        made = [tuple(self._ring(steps) for steps in polygon) for polygon in polygons]
        kept = [_with_inside(polygon) for polygon in made if len(polygon[0]) > 3]
        return tuple(kept or [_with_inside(max(made, key=lambda polygon: len(polygon[0])))])

    def _ring(self, steps: _Steps) -> Ring:
        ring: list[Point] = []
        for step in steps:
            arc = self.arcs[step] if step >= 0 else self.arcs[~step][::-1]
            ring += arc if not ring else arc[1:]
        return tuple(ring)


def simplified_coverage(shapes: Mapping[Key, Shape], tolerance: float) -> dict[Key, Shape]:
    """The shapes with fewer points; what was one border of two shapes stays one border."""
    return Coverage.of(shapes).changed(lambda arc: _simpler(arc, tolerance)).shapes()


def edges_of(shape: Shape) -> set[tuple[Point, Point]]:
    """The straight edges of a shape, each with its smaller end first."""
    return {
        (start, end) if start < end else (end, start)
        for polygon in shape
        for ring in polygon
        for start, end in pairwise(ring)
    }


def touching(shape: Shape, others: Mapping[Key, Shape], *, slack: float) -> list[Key]:
    """Which other shapes run along this one for more than a corner.

    Published outlines of neighbours are often drawn apart, so lines count as one where they are at most `slack` off.
    """
    return [key for key, other in others.items() if _run_together(shape, other, slack)]


def _run_together(one: Shape, other: Shape, slack: float) -> bool:
    """Whether the points of either that lie on the other's line reach farther than a corner can."""
    common = [*_points_near(one, other, slack), *_points_near(other, one, slack)]
    if not common:
        return False
    box = box_of(common)
    return max(box.width, box.height) > 3 * slack


def _points_near(shape: Shape, other: Shape, slack: float) -> list[Point]:
    """The points of a shape that lie on the line of another, give or take the slack."""
    window = box_of(points_of(other)).grown(slack)
    points = {point for point in points_of(shape) if window.holds(point)}
    if not points:
        return []
    near = box_of(points).grown(slack)
    edges = [edge for edge in edges_of(other) if near.touches(box_of(edge))]
    return [point for point in points if any(distance_to_segment(point, *edge) <= slack for edge in edges)]


def _simpler(arc: Arc, tolerance: float) -> Arc:
    return simplified_ring(arc, tolerance) if arc[0] == arc[-1] else simplified(arc, tolerance)


def _junctions(rings: Iterable[Ring]) -> set[Point]:
    """The points where two rings, or two passes of one, do not come and go by the same points."""
    ways: dict[Point, tuple[Point, Point]] = {}
    junctions: set[Point] = set()
    for ring in rings:
        before = ring[-2]
        for here, after in pairwise(ring):
            way = (before, after) if before < after else (after, before)
            if ways.setdefault(here, way) != way:
                junctions.add(here)
            before = here
    return junctions


def _steps(ring: Ring, junctions: set[Point], numbers: dict[Arc, int]) -> Iterator[int]:
    cuts = [at for at, point in enumerate(ring[:-1]) if point in junctions]
    if not cuts:
        # A ring of its own: it begins at its smallest point, so that both sides of a border name it alike.
        cuts = [min(range(len(ring) - 1), key=ring.__getitem__)]
    around = ring[:-1] + ring[:-1]
    for start, end in pairwise([*cuts, cuts[0] + len(ring) - 1]):
        arc = around[start : end + 1] if end < len(around) else (*around[start:], around[0])
        backwards = arc[::-1]
        if backwards < arc:
            yield ~numbers.setdefault(backwards, len(numbers))
        else:
            yield numbers.setdefault(arc, len(numbers))


def _with_inside(polygon: Polygon) -> Polygon:
    return (polygon[0], *(hole for hole in polygon[1:] if len(hole) > 3))
