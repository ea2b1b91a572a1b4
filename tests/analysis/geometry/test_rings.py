"""Areas, centres and insides: against values known by hand, against slow plain twins, and as properties."""

from __future__ import annotations

from itertools import pairwise
from math import cos, isclose, pi, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.analysis.geometry.rings import (
    Box,
    Point,
    Ring,
    box_of,
    centre_of,
    centroid,
    distance_to_segment,
    edge_distance,
    is_inside,
    is_inside_shape,
    pole_of_inaccessibility,
    polygon_area,
    shape_area,
    signed_area,
)

SQUARE: Ring = ((0, 0), (4, 0), (4, 4), (0, 4), (0, 0))
HOLE: Ring = ((1, 1), (1, 3), (3, 3), (3, 1), (1, 1))
# A horseshoe: its centre of mass lies in the gap.
SHOE: Ring = ((0, 0), (10, 0), (10, 10), (8, 10), (8, 2), (2, 2), (2, 10), (0, 10), (0, 0))


@st.composite
def stars(draw: st.DrawFn) -> Ring:
    """Rings around a point, far from the origin as places are: simple by construction."""
    radii = draw(st.lists(st.floats(0.2, 3.0), min_size=4, max_size=14))
    east, north = draw(st.floats(95, 141)), draw(st.floats(-11, 6))
    points = [
        (east + r * cos(2 * pi * at / len(radii)), north + r * sin(2 * pi * at / len(radii)))
        for at, r in enumerate(radii)
    ]
    return (*points, points[0])


def area_by_strips(ring: Ring, strips: int = 1000) -> float:
    """The slow twin: the length inside, row by row."""
    box = box_of(ring)
    height = box.height / strips
    total = 0.0
    for number in range(strips):
        y = box.south + (number + 0.5) * height
        cuts = sorted(
            ax + (y - ay) / (by - ay) * (bx - ax)
            for (ax, ay), (bx, by) in pairwise(ring)
            if (ay > y) != (by > y)
        )
        total += sum(right - left for left, right in zip(cuts[::2], cuts[1::2], strict=True)) * height
    return total


def winding(point: Point, ring: Ring) -> int:
    """The slow twin of even-odd for simple rings: how often the ring runs round the point."""
    px, py = point
    turns = 0
    for (ax, ay), (bx, by) in pairwise(ring):
        side = (bx - ax) * (py - ay) - (px - ax) * (by - ay)
        turns += (ay <= py < by and side > 0) - (by <= py < ay and side < 0)
    return turns


def test_a_square_with_a_hole_has_the_area_of_both_apart() -> None:
    assert signed_area(SQUARE) == 16
    assert signed_area(SQUARE[::-1]) == -16
    assert polygon_area((SQUARE, HOLE)) == 12
    assert shape_area(((SQUARE, HOLE), (SHOE,))) == 12 + 52


def test_a_point_in_a_hole_is_outside() -> None:
    assert is_inside((0.5, 0.5), (SQUARE, HOLE))
    assert not is_inside((2, 2), (SQUARE, HOLE))
    assert is_inside_shape((1, 5), ((SQUARE, HOLE), (SHOE,)))


@given(stars())
def test_the_area_is_that_of_its_strips(ring: Ring) -> None:
    assert isclose(abs(signed_area(ring)), area_by_strips(ring), rel_tol=0.01)


@given(stars(), st.floats(-1, 1), st.floats(-1, 1))
def test_inside_means_that_the_ring_runs_round_the_point(ring: Ring, right: float, up: float) -> None:
    box = box_of(ring)
    point = (box.centre[0] + right * box.width, box.centre[1] + up * box.height)
    assert is_inside(point, (ring,)) is (winding(point, ring) != 0)


@given(stars())
def test_the_centre_of_mass_stays_in_the_box_and_turns_with_the_ring(ring: Ring) -> None:
    x, y = centroid(ring)
    assert box_of(ring).grown(1e-6).holds((x, y))
    assert centroid(ring[::-1]) == pytest.approx((x, y), abs=1e-6)


@given(stars())
def test_every_centre_lies_inside(ring: Ring) -> None:
    assert is_inside(centre_of(((ring,),)), (ring,))


def test_the_centre_of_a_horseshoe_is_not_in_its_gap() -> None:
    assert not is_inside(centroid(SHOE), (SHOE,))
    assert is_inside(centre_of(((SHOE,),)), (SHOE,))


def test_the_centre_of_islands_lies_on_the_largest() -> None:
    islet: Ring = ((20, 20), (21, 20), (21, 21), (20, 20))
    assert is_inside(centre_of(((islet,), (SQUARE,))), (SQUARE,))


def test_the_pole_of_a_corner_is_the_middle_of_its_widest_place() -> None:
    corner: Ring = ((0, 0), (10, 0), (10, 1), (4, 1), (4, 4), (0, 4), (0, 0))
    x, y = pole_of_inaccessibility((corner,), precision=0.01)
    assert (x, y) == pytest.approx((2, 2), abs=0.05)
    assert edge_distance((x, y), (corner,)) == pytest.approx(2, abs=0.02)


@given(stars())
def test_no_grid_point_lies_deeper_than_the_pole(ring: Ring) -> None:
    box = box_of(ring)
    precision = 0.01 * max(box.width, box.height)
    deepest = edge_distance(pole_of_inaccessibility((ring,), precision=precision), (ring,))
    for column in range(1, 12):
        for row in range(1, 12):
            point = (box.west + column * box.width / 12, box.south + row * box.height / 12)
            if is_inside(point, (ring,)):
                assert edge_distance(point, (ring,)) <= deepest + precision * 1.01


def test_a_ring_without_area_has_the_centre_of_its_box() -> None:
    line: Ring = ((0, 0), (2, 0), (4, 0), (0, 0))
    assert centroid(line) == (2, 0)
    assert centre_of(((line,),)) == (2, 0)


@pytest.mark.parametrize(("point", "far"), [((0, 1), 1.0), ((-3, 4), 5.0), ((5, 0), 1.0), ((2, 0), 0.0)])
def test_the_distance_to_a_line_ends_at_its_ends(point: Point, far: float) -> None:
    assert distance_to_segment(point, (0, 0), (4, 0)) == far


def test_boxes_touch_when_they_share_an_edge() -> None:
    box = Box(0, 0, 1, 1)
    assert box.touches(Box(1, 0, 2, 1))
    assert not box.touches(Box(1.1, 0, 2, 1))
    assert box.grown(0.2).touches(Box(1.1, 0, 2, 1))
