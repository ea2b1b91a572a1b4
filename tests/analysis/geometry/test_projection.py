"""From degrees to the sheet and back, and lines written short."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.analysis.geometry.projection import Projection
from kentongan.analysis.geometry.rings import Box, Point

JAVA = Box(112.0, -8.0, 113.0, -7.0)
SHEET = Projection.fitting(JAVA, width=740, height=540, margin=10)

places = st.tuples(st.floats(112, 113), st.floats(-8, -7))


def read(path: str) -> list[Point]:
    """The slow twin of a path's writing: every move followed by hand."""
    x = y = 0.0
    points = []
    for letter, numbers in re.findall(r"([Ml])([^Mlz]*)", path):
        dx, dy = (float(part) for part in re.findall(r"-?\d+(?:\.\d)?", numbers))
        x, y = (dx, dy) if letter == "M" else (x + dx, y + dy)
        points.append((x, y))
    return points


@given(places)
def test_a_place_is_found_again_from_the_sheet(place: Point) -> None:
    assert SHEET.place(SHEET.drawn(place)) == pytest.approx(place, abs=1e-9)


@given(places)
def test_everything_in_the_box_lies_inside_the_margin(place: Point) -> None:
    x, y = SHEET.drawn(place)
    assert 10 - 1e-6 <= x <= 730 + 1e-6
    assert 10 - 1e-6 <= y <= 530 + 1e-6


def test_north_is_up_and_east_is_right() -> None:
    west, south = SHEET.drawn((112.2, -7.9))
    east, north = SHEET.drawn((112.8, -7.1))
    assert north < south
    assert west < east


def test_a_kilometre_is_as_long_to_the_east_as_to_the_north() -> None:
    # At 7.5 degrees south a degree of longitude is 0.99144 of one of latitude.
    here = SHEET.drawn((112.5, -7.5))
    up = SHEET.drawn((112.5, -7.4))
    right = SHEET.drawn((112.5 + 0.1 / 0.99144, -7.5))
    assert here[1] - up[1] == pytest.approx(right[0] - here[0], rel=1e-4)
    assert SHEET.units(11_132) == pytest.approx(here[1] - up[1])


@given(st.lists(places, min_size=2, max_size=30))
def test_a_path_leads_along_its_points_to_a_tenth_of_a_unit(line: list[Point]) -> None:
    written = read(SHEET.path(line))
    drawn = [SHEET.drawn(point) for point in line]
    assert written[0] == pytest.approx(drawn[0], abs=0.06)
    assert written[-1] == pytest.approx(drawn[-1], abs=0.06)
    for point in written:
        assert min(abs(point[0] - x) + abs(point[1] - y) for x, y in drawn) < 0.11


def test_steps_too_small_to_see_are_left_out_and_a_ring_is_closed_by_its_letter() -> None:
    ring = [(112.0, -7.0), (112.00001, -7.0), (112.5, -7.0), (112.5, -7.5), (112.0, -7.0)]
    path = SHEET.path(ring, closed=True)
    assert path.endswith("z")
    assert len(read(path)) == 3


def test_a_single_place_can_be_drawn() -> None:
    dot = Projection.fitting(Box(112, -7, 112, -7), width=100, height=100)
    assert dot.drawn((112, -7)) == pytest.approx((50, 50))
