"""Generated outlines: nested, shared, complete, believable in size, and the same for the same seed."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kentongan.analysis.geometry.cells import Sheet, blob, divided, rounded_off, traced
from kentongan.analysis.geometry.coverage import edges_of, touching
from kentongan.analysis.geometry.noise import displaced, hashed, seed_of, smooth_noise
from kentongan.analysis.geometry.outlines import Setting, generated_outlines
from kentongan.analysis.geometry.rings import (
    Shape,
    box_of,
    centre_of,
    is_inside_shape,
    points_of,
    polygon_area,
    shape_area,
    signed_area,
)

TREE = {
    "99": ["99.01", "99.02", "99.03"],
    "99.01": ["99.01.01", "99.01.02", "99.01.03"],
    "99.01.01": ["a", "b", "c", "d"],
    "99.02": ["99.02.01"],
}
WEIGHTS = {"99.01": 10.0, "99.02": 4.0, "99.03": 4.0, "99.01.01": 4.0}
SOMEWHERE = Setting(109.0, -9.7, 60.0)


@cache
def made(seed: int = 1) -> dict[str, Shape]:
    return again(seed)


def again(seed: int) -> dict[str, Shape]:
    return generated_outlines("99", TREE, WEIGHTS, setting=SOMEWHERE, seed=seed)


@settings(max_examples=4)
@given(st.integers(0, 2**40))
def test_the_parts_of_a_region_add_up_to_it(seed: int) -> None:
    outlines = made(seed)
    for above, below in TREE.items():
        parts = sum(shape_area(outlines[each]) for each in below)
        assert parts == pytest.approx(shape_area(outlines[above]), rel=1e-9)


@settings(max_examples=4)
@given(st.integers(0, 2**40))
def test_every_region_has_one_outline_with_its_centre_inside(seed: int) -> None:
    outlines = made(seed)
    assert set(outlines) == {*TREE, *(each for below in TREE.values() for each in below)}
    for shape in outlines.values():
        assert len(shape) == 1
        assert shape_area(shape) > 0
        assert is_inside_shape(centre_of(shape), shape)


def test_no_edge_inside_a_region_belongs_to_one_part_only() -> None:
    outlines = made()
    for above, below in TREE.items():
        rim = edges_of(outlines[above])
        seen: dict[object, int] = {}
        for each in below:
            for edge in edges_of(outlines[each]):
                seen[edge] = seen.get(edge, 0) + 1
        assert all(times == (1 if edge in rim else 2) for edge, times in seen.items())
        assert rim <= seen.keys()


def test_the_only_part_of_a_region_has_its_outline() -> None:
    outlines = made()
    assert edges_of(outlines["99.02"]) == edges_of(outlines["99.02.01"])


def test_siblings_are_neighbours_of_somebody() -> None:
    outlines = made()
    for below in (each for each in TREE.values() if len(each) > 1):
        for name in below:
            others = {each: outlines[each] for each in below if each != name}
            assert touching(outlines[name], others, slack=0.0001)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_another_land() -> None:
    assert repr(made(1)) == repr(again(1))
    assert repr(made(1)) != repr(again(2))


def test_a_heavier_region_is_larger() -> None:
    outlines = made()
    assert shape_area(outlines["99.01"]) > shape_area(outlines["99.02"])


def test_the_land_lies_where_it_was_put_and_is_as_wide_as_asked() -> None:
    box = box_of(points_of(made()["99"]))
    assert box.holds((109.0, -9.7))
    assert 0.6 < box.width * 111.32 * 0.9857 / 60.0 < 1.0


def test_too_many_regions_for_the_sheet_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot be divided"):
        divided({(0, 0), (1, 0)}, [1.0, 1.0, 1.0], seed=1)


@settings(max_examples=10)
@given(st.integers(0, 2**40), st.integers(2, 9))
def test_dividing_loses_no_cell_and_keeps_every_part_in_one_piece(seed: int, count: int) -> None:
    cells = blob(Sheet(30, 22, seed))
    parts = divided(cells, [1.0] * count, seed=seed, rounds=1)
    assert sum(map(len, parts)) == len(cells)
    assert set().union(*parts) == cells
    for part in parts:
        outer = [ring for ring in traced(part) if signed_area(ring) > 0]
        assert len(outer) == 1


@settings(max_examples=10)
@given(st.integers(0, 2**40))
def test_the_island_has_no_lake_and_traces_to_its_number_of_cells(seed: int) -> None:
    cells = blob(Sheet(34, 24, seed))
    outline = traced(cells)
    assert len(outline) == 1
    assert polygon_area(outline) == len(cells)


def test_cells_around_a_hole_and_cells_that_meet_at_a_corner_are_traced_apart() -> None:
    around = {(x, y) for x in range(3) for y in range(3)} - {(1, 1)}
    assert [signed_area(ring) for ring in traced(around)] == [9, -1]
    pinched = around | {(3, 3), (3, 2)}
    assert polygon_area(traced(pinched)) == len(pinched)


def test_rounding_keeps_the_ends_and_stays_within_the_corners() -> None:
    line = ((0.0, 0.0), (2.0, 0.0), (2.0, 2.0))
    soft = rounded_off(line, 2)
    assert (soft[0], soft[-1]) == (line[0], line[-1])
    assert len(soft) > len(line)
    assert all(0 <= x <= 2 and 0 <= y <= 2 for x, y in soft)
    assert rounded_off(line[:2], 3) == line[:2]


@given(st.integers(), st.integers(), st.integers())
def test_chance_is_repeatable_and_lies_below_one(seed: int, one: int, other: int) -> None:
    drawn = hashed(seed, one, other)
    assert drawn == hashed(seed, one, other)
    assert 0 <= drawn < 1


def test_chance_is_spread_evenly() -> None:
    drawn = [hashed(3, number) for number in range(4000)]
    assert sum(drawn) / 4000 == pytest.approx(0.5, abs=0.02)
    assert sum(each < 0.1 for each in drawn) == pytest.approx(400, abs=80)


@given(st.floats(-50, 50), st.floats(-50, 50))
def test_noise_is_smooth_and_between_nought_and_one(x: float, y: float) -> None:
    here = smooth_noise(x, y, seed=4, size=5)
    assert 0 <= here <= 1
    assert abs(here - smooth_noise(x + 0.01, y, seed=4, size=5)) < 0.01


@given(st.floats(0, 40), st.floats(0, 40), st.floats(0.01, 3))
def test_bending_never_swaps_two_points(x: float, y: float, apart: float) -> None:
    ways = ((0.9, 5.0), (0.25, 2.2))
    assert displaced((x, y), seed=9, ways=ways)[0] < displaced((x + apart, y), seed=9, ways=ways)[0]


def test_seeds_come_from_names() -> None:
    assert seed_of("99", 1) == seed_of("99", 1)
    assert seed_of("99", 1) != seed_of("99", 2)
