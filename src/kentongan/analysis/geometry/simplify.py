"""Fewer points in a line that still looks the same: Douglas-Peucker.

D. Douglas and T. Peucker, "Algorithms for the reduction of the number of points required to represent a digitized
line", Cartographica 10 (1973): a point stays where the line without it would be off by more than the tolerance.
"""

from __future__ import annotations

from collections.abc import Sequence

from kentongan.analysis.geometry.rings import Point


def simplified(line: Sequence[Point], tolerance: float) -> tuple[Point, ...]:
    """The line with its ends and every point that the tolerance asks for.

    >>> simplified([(0, 0), (1, 0.1), (2, 0), (3, 5)], 0.5)
    ((0, 0), (2, 0), (3, 5))
    """
    if len(line) < 3 or tolerance <= 0:
        return tuple(line)
    kept = [False] * len(line)
    kept[0] = kept[-1] = True
    open_stretches = [(0, len(line) - 1)]
    limit = tolerance * tolerance
    while open_stretches:
        first, last = open_stretches.pop()
        farthest, off = _farthest(line, first, last)
        if off > limit:
            kept[farthest] = True
            open_stretches += [(first, farthest), (farthest, last)]
    return tuple(point for point, stays in zip(line, kept, strict=True) if stays)


def simplified_ring(ring: Sequence[Point], tolerance: float) -> tuple[Point, ...]:
    """A closed line, split at the point farthest from its first so that both halves have ends; never fewer than 4 points."""
    if len(ring) <= 4:
        return tuple(ring)
    east, north = ring[0]
    split = max(range(len(ring)), key=lambda at: (ring[at][0] - east) ** 2 + (ring[at][1] - north) ** 2)
    if split == 0:
        return tuple(ring)
    less = (*simplified(ring[: split + 1], tolerance)[:-1], *simplified(ring[split:], tolerance))
    return less if len(less) >= 4 else _triangle(ring, split)


def _triangle(ring: Sequence[Point], split: int) -> tuple[Point, ...]:
    """The ring's first point, the one farthest from it, and the one farthest from the line between them."""
    first, _ = _farthest(ring, 0, split)
    second, _ = _farthest(ring, split, len(ring) - 1)
    offs = [(_off(ring[at], ring[0], ring[split]), at) for at in (first, second)]
    third = max(offs)[1]
    return tuple(ring[at] for at in (*sorted({0, split, third}), 0))


def _farthest(line: Sequence[Point], first: int, last: int) -> tuple[int, float]:
    """The inner point farthest from the straight line between two, and its squared distance.

    Written out without calls: this loop sees every point of a country.
    """
    ax, ay = line[first]
    bx, by = line[last]
    dx, dy = bx - ax, by - ay
    long = dx * dx + dy * dy
    found, off = first, -1.0
    for at in range(first + 1, last):
        x, y = line[at]
        px, py = x - ax, y - ay
        if long:
            along = (px * dx + py * dy) / long
            along = 0.0 if along < 0 else min(along, 1.0)
            px, py = px - along * dx, py - along * dy
        here = px * px + py * py
        if here > off:
            found, off = at, here
    return found, off


def _off(point: Point, start: Point, end: Point) -> float:
    return _farthest([start, point, end], 0, 2)[1]
