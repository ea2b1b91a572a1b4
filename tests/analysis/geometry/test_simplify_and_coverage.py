"""Fewer points without moving borders apart, and every border found once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.analysis.geometry.coverage import (
    Coverage,
    edges_of,
    simplified_coverage,
    touching,
)
from kentongan.analysis.geometry.rings import (
    Point,
    Ring,
    Shape,
    distance_to_segment,
    points_of,
    shape_area,
)
from kentongan.analysis.geometry.simplify import simplified, simplified_ring

lines = st.lists(
    st.tuples(st.integers(0, 40).map(float), st.integers(0, 40).map(float)), min_size=2, max_size=25
)


def recursive(line: Sequence[Point], tolerance: float) -> tuple[Point, ...]:
    """The slow twin: Douglas and Peucker's own words."""
    if len(line) < 3:
        return tuple(line)
    offs = [distance_to_segment(point, line[0], line[-1]) for point in line[1:-1]]
    farthest = max(range(len(offs)), key=offs.__getitem__)
    if offs[farthest] <= tolerance:
        return (line[0], line[-1])
    cut = farthest + 1
    return (*recursive(line[: cut + 1], tolerance)[:-1], *recursive(line[cut:], tolerance))


def bumpy(start: Point, end: Point, bumps: int = 12) -> list[Point]:
    """A border with small teeth."""
    (ax, ay), (bx, by) = start, end
    inner = [
        (
            ax + (bx - ax) * at / bumps + (0.02 if at % 2 else -0.02),
            ay + (by - ay) * at / bumps + (0.03 if at % 3 else -0.03),
        )
        for at in range(1, bumps)
    ]
    return [start, *inner, end]


def four_fields() -> dict[str, Shape]:
    """Four regions around one corner, their common borders equal point by point."""
    a, b, c, d, m = (0.0, 0.0), (8.0, 0.0), (8.0, 8.0), (0.0, 8.0), (4.0, 4.0)
    south, east, north, west = (4.0, 0.0), (8.0, 4.0), (4.0, 8.0), (0.0, 4.0)
    spokes = {end: bumpy(m, end) for end in (south, east, north, west)}

    def field(corner: Point, first: Point, second: Point) -> Shape:
        ring = [
            *spokes[first],
            *bumpy(first, corner)[1:],
            *bumpy(corner, second)[1:],
            *spokes[second][::-1][1:],
        ]
        return ((tuple(ring),),)

    return {
        "sw": field(a, west, south),
        "se": field(b, south, east),
        "ne": field(c, east, north),
        "nw": field(d, north, west),
    }


@given(lines, st.floats(0.1, 10))
def test_the_loop_keeps_what_the_recursion_keeps(line: list[Point], tolerance: float) -> None:
    assert simplified(line, tolerance) == recursive(line, tolerance)


@given(lines, st.floats(0.1, 10))
def test_no_left_out_point_is_off_by_more_than_the_tolerance(line: list[Point], tolerance: float) -> None:
    kept = simplified(line, tolerance)
    for point in line:
        assert min(distance_to_segment(point, *edge) for edge in pairwise(kept)) <= tolerance + 1e-9


def test_a_tolerance_of_nothing_changes_nothing() -> None:
    assert simplified([(0, 0), (1, 0), (2, 0)], 0) == ((0, 0), (1, 0), (2, 0))


def test_a_ring_never_loses_its_inside() -> None:
    ring: Ring = ((0, 0), (0.1, 0), (0.2, 0.1), (0.1, 0.2), (0, 0.1), (0, 0))
    small = simplified_ring(ring, 5)
    assert len(small) == 4
    assert small[0] == small[-1]
    assert shape_area(((small,),)) > 0


def test_cutting_into_arcs_and_back_changes_no_ring_but_its_beginning() -> None:
    fields = four_fields()
    again = Coverage.of(fields).shapes()
    assert {key: edges_of(shape) for key, shape in again.items()} == {
        key: edges_of(shape) for key, shape in fields.items()
    }


def test_every_border_is_one_arc_with_both_its_sides() -> None:
    borders = list(Coverage.of(four_fields()).borders())
    inner = [set(sides) for _, sides in borders if len(sides) == 2]
    assert sorted(map(sorted, inner)) == [["ne", "nw"], ["ne", "se"], ["nw", "sw"], ["se", "sw"]]
    assert len(borders) == 8


@given(st.floats(0.01, 1.0))
def test_simplified_neighbours_still_share_their_border_and_leave_no_gap(tolerance: float) -> None:
    fields = four_fields()
    thin = simplified_coverage(fields, tolerance)
    assert edges_of(thin["sw"]) & edges_of(thin["se"])
    outer: dict[tuple[Point, Point], int] = {}
    for shape in thin.values():
        for edge in edges_of(shape):
            outer[edge] = outer.get(edge, 0) + 1
    assert set(outer.values()) <= {1, 2}
    # What is walked twice is inner; the rest closes around all four, so the areas add up to that of the rim.
    rim = [edge for edge, times in outer.items() if times == 1]
    ends = [point for edge in rim for point in edge]
    assert all(ends.count(point) == 2 for point in ends)
    assert sum(map(shape_area, thin.values())) == pytest.approx(64, rel=0.03)


def test_an_island_in_a_lake_keeps_one_line_with_the_lake() -> None:
    lake: Ring = ((2, 2), (2, 6), (6, 6), (6, 2), (2, 2))
    rim: Ring = ((0, 0), (8, 0), (8, 8), (0, 8), (0, 0))
    shapes: dict[str, Shape] = {"land": ((rim, lake),), "island": ((lake[::-1],),)}
    coverage = Coverage.of(shapes)
    assert len(coverage.arcs) == 2
    assert sum(map(shape_area, coverage.shapes().values())) == 64


def test_a_sliver_without_inside_is_left_out_but_a_whole_shape_never() -> None:
    big: Ring = ((0, 0), (9, 0), (9, 9), (0, 9), (0, 0))
    dot: Ring = ((20, 20), (20.1, 20), (20.1, 20.1), (20, 20))
    thin = simplified_coverage({"a": ((big,), (dot,)), "b": ((dot,),)}, 1.0)
    assert all(len(ring) >= 4 for shape in thin.values() for polygon in shape for ring in polygon)
    assert thin["b"]


def test_touching_means_a_stretch_and_not_a_corner() -> None:
    fields = four_fields()
    others = {key: shape for key, shape in fields.items() if key != "sw"}
    assert sorted(touching(fields["sw"], others, slack=0.01)) == ["nw", "se"]


def test_neighbours_drawn_apart_still_touch_within_the_slack() -> None:
    one: Shape = ((((0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0), (0.0, 0.0)),),)
    other: Shape = ((((4.003, 0.5), (8.0, 0.5), (8.0, 3.0), (4.002, 3.0), (4.003, 0.5)),),)
    assert touching(one, {"b": other}, slack=0.01) == ["b"]
    assert touching(one, {"b": other}, slack=0.001) == []


def test_nothing_is_lost_of_a_shape_without_neighbours() -> None:
    shape: Shape = ((((0, 0), (1, 3), (2, 0), (0, 0)),),)
    assert list(points_of(Coverage.of({"a": shape}).shapes()["a"])) == list(points_of(shape))
