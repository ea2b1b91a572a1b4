"""Areas, centres and "is it inside" for shapes made of rings.

A point is (x, y), for places (longitude, latitude) in degrees. A ring is a closed chain of points, the last equal to
the first. A polygon is its outer ring followed by its holes; a shape is a set of polygons that do not overlap. Areas are
in squared units of the points; no function cares in which direction a ring runs.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import hypot, sqrt

Point = tuple[float, float]
Ring = tuple[Point, ...]
Polygon = tuple[Ring, ...]
Shape = tuple[Polygon, ...]

# A centre may be off by this share of the shape's size; nobody sees less on a map.
CENTRE_PRECISION = 0.01


@dataclass(frozen=True, slots=True)
class Box:
    """The smallest upright rectangle around something."""

    west: float
    south: float
    east: float
    north: float

    @property
    def width(self) -> float:
        return self.east - self.west

    @property
    def height(self) -> float:
        return self.north - self.south

    @property
    def centre(self) -> Point:
        return (self.west + self.east) / 2, (self.south + self.north) / 2

    def holds(self, point: Point) -> bool:
        return self.west <= point[0] <= self.east and self.south <= point[1] <= self.north

    def touches(self, other: Box) -> bool:
        return not (
            self.east < other.west
            or other.east < self.west
            or self.north < other.south
            or other.north < self.south
        )

    def grown(self, by: float) -> Box:
        """The same rectangle, wider on every side."""
        return Box(self.west - by, self.south - by, self.east + by, self.north + by)


def box_of(points: Iterable[Point]) -> Box:
    """The box of some points. Raises ValueError if there are none."""
    listed = list(points)
    xs, ys = [x for x, _ in listed], [y for _, y in listed]
    return Box(min(xs), min(ys), max(xs), max(ys))


def box_around(boxes: Iterable[Box]) -> Box:
    """The box of some boxes. Raises ValueError if there are none."""
    return box_of(corner for box in boxes for corner in ((box.west, box.south), (box.east, box.north)))


def points_of(shape: Shape) -> Iterator[Point]:
    """Every point of every ring, closing points included."""
    return (point for polygon in shape for ring in polygon for point in ring)


def signed_area(ring: Ring) -> float:
    """The area of a ring, positive where it runs anticlockwise (the shoelace formula, Gauss).

    >>> signed_area(((0, 0), (2, 0), (2, 1), (0, 1), (0, 0)))
    2.0
    """
    # Measured from the first point: far from the origin the products would eat the digits.
    east, north = ring[0]
    return (
        sum((ax - east) * (by - north) - (bx - east) * (ay - north) for (ax, ay), (bx, by) in pairwise(ring))
        / 2.0
    )


def polygon_area(polygon: Polygon) -> float:
    """The area of the outer ring less that of its holes."""
    return abs(signed_area(polygon[0])) - sum(abs(signed_area(hole)) for hole in polygon[1:])


def shape_area(shape: Shape) -> float:
    """The area of all polygons together."""
    return sum(map(polygon_area, shape))


def centroid(ring: Ring) -> Point:
    """The centre of mass of a ring's inside; it may lie outside a bent one. A ring without area: its box's centre."""
    east, north = ring[0]
    twice = sx = sy = 0.0
    for (px, py), (qx, qy) in pairwise(ring):
        ax, ay, bx, by = px - east, py - north, qx - east, qy - north
        cross = ax * by - bx * ay
        twice += cross
        sx += (ax + bx) * cross
        sy += (ay + by) * cross
    if abs(twice) < 1e-18:
        return box_of(ring).centre
    return east + sx / (3 * twice), north + sy / (3 * twice)


def is_inside(point: Point, polygon: Polygon) -> bool:
    """Whether a point lies in a polygon and in none of its holes (ray casting, even-odd rule)."""
    return sum(_crossings(point, ring) for ring in polygon) % 2 == 1


def is_inside_shape(point: Point, shape: Shape) -> bool:
    """Whether a point lies in any polygon of the shape."""
    return any(is_inside(point, polygon) for polygon in shape)


def largest(shape: Shape) -> Polygon:
    """The polygon with the largest area. Raises ValueError for a shape without polygons."""
    return max(shape, key=polygon_area)


def centre_of(shape: Shape) -> Point:
    """A point well inside the largest polygon: its centre of mass if that is inside, else the pole of inaccessibility."""
    polygon = largest(shape)
    mass = centroid(polygon[0])
    box = box_of(polygon[0])
    if is_inside(mass, polygon) and edge_distance(mass, polygon) > 0.1 * min(box.width, box.height):
        return mass
    return pole_of_inaccessibility(polygon, precision=CENTRE_PRECISION * max(box.width, box.height))


def pole_of_inaccessibility(polygon: Polygon, *, precision: float) -> Point:
    """The inside point farthest from every edge, to within `precision`, by halving squares, best first.

    Method: V. Agafonkin, "A new algorithm for finding a visual center of a polygon" (polylabel, 2016).
    """
    box = box_of(polygon[0])
    side = min(box.width, box.height)
    if side <= 0:
        return box.centre
    start = centroid(polygon[0])
    farthest, best = _depth(start, polygon), start
    waiting = [_square(centre, side / 2, polygon) for centre in _squares(box, side)]
    heapq.heapify(waiting)
    while waiting:
        reach, depth, centre, half = heapq.heappop(waiting)
        if -reach <= farthest + precision:
            break
        if depth > farthest:
            farthest, best = depth, centre
        for dx in (-half / 2, half / 2):
            for dy in (-half / 2, half / 2):
                heapq.heappush(waiting, _square((centre[0] + dx, centre[1] + dy), half / 2, polygon))
    return best


def _squares(box: Box, side: float) -> Iterator[Point]:
    """The centres of squares that cover a box."""
    for column in range(int(box.width / side) + 1):
        for row in range(int(box.height / side) + 1):
            yield box.west + (column + 0.5) * side, box.south + (row + 0.5) * side


def _square(centre: Point, half: float, polygon: Polygon) -> tuple[float, float, Point, float]:
    """A square with the greatest depth any of its points can have (negative, for the heap) and that of its centre."""
    depth = _depth(centre, polygon)
    return -(depth + half * sqrt(2)), depth, centre, half


def edge_distance(point: Point, polygon: Polygon) -> float:
    """How far the nearest edge is."""
    return min(distance_to_segment(point, start, end) for ring in polygon for start, end in pairwise(ring))


def distance_to_segment(point: Point, start: Point, end: Point) -> float:
    """The distance of a point from the straight line between two others."""
    (px, py), (ax, ay), (bx, by) = point, start, end
    dx, dy = bx - ax, by - ay
    long = dx * dx + dy * dy
    along = 0.0 if long == 0 else max(0.0, min(1.0, ((px - ax) * dx + (py - ay) * dy) / long))
    return hypot(px - ax - along * dx, py - ay - along * dy)


def _depth(point: Point, polygon: Polygon) -> float:
    """The distance from the edge, negative outside."""
    distance = edge_distance(point, polygon)
    return distance if is_inside(point, polygon) else -distance


def _crossings(point: Point, ring: Ring) -> int:
    """How many edges a ray to the east crosses."""
    px, py = point
    return sum(
        (ay > py) != (by > py) and px < (bx - ax) * (py - ay) / (by - ay) + ax
        for (ax, ay), (bx, by) in pairwise(ring)
    )
