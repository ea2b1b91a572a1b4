"""Outlines as they arrive: sound ones kept, each bad one named with its reason, thinned with common borders common."""

from __future__ import annotations

import math
from typing import Any

import pytest

from kentongan.analysis.geometry.coverage import edges_of
from kentongan.analysis.geometry.rings import is_inside_shape, points_of
from kentongan.places.boundaries import (
    FINENESS,
    MOST_POINTS_OF_ONE,
    FeatureFault,
    ReadFeature,
    prepared,
    read_feature,
)
from kentongan.places.boundary_drawing import OPEN_SEA, drawn_boundaries
from kentongan.places.keys import Level

SQUARE = [[112.0, -7.0], [112.1, -7.0], [112.1, -7.1], [112.0, -7.1], [112.0, -7.0]]


def feature(coordinates: Any = None, *, kind: str = "Polygon", **properties: Any) -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": [SQUARE] if coordinates is None else coordinates}
    return {"type": "Feature", "properties": properties or {"code": "35.14.16"}, "geometry": geometry}


def read(given: Any) -> ReadFeature:
    found = read_feature(1, given)
    assert isinstance(found, ReadFeature), found
    return found


def reason(given: Any) -> str:
    found = read_feature(7, given)
    assert isinstance(found, FeatureFault)
    assert found.number == 7
    return found.reason


def wavy(code: str, west: float, east: float) -> ReadFeature:
    """A region whose western and eastern borders wave by themselves, so that neighbours have equal points."""

    def side(x: float, downwards: bool) -> list[tuple[float, float]]:
        steps = range(201) if downwards else range(200, -1, -1)
        return [(round(x + 0.0001 * math.sin(at), 5), round(-7.0 - at / 1000, 5)) for at in steps]

    ring = [*side(west, True), *side(east, False)]
    return ReadFeature(1, code, (((*ring, ring[0]),),))


@pytest.mark.parametrize(
    ("properties", "code"),
    [
        ({"code": "35.14.16"}, "35.14.16"),
        ({"KODE": " 351416 "}, "35.14.16"),
        ({"kode": 3514}, "35.14"),
        ({"KDPPUM": "35", "KDPKAB": "35.14", "KDCPUM": "35.14.16", "KDEPUM": ""}, "35.14.16"),
        ({"KDPPUM": "35", "KDEPUM": "35.14.16.2006"}, "35.14.16.2006"),
        ({"kode_wilayah": "3514162006", "name": "Kraton"}, "35.14.16.2006"),
    ],
)
def test_the_code_is_found_under_the_names_publishers_use(properties: dict[str, Any], code: str) -> None:
    assert read(feature(**properties)).code == code


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (None, "bukan fitur"),
        ([], "bukan fitur"),
        ({"properties": None}, "bukan fitur"),
        (feature(name="Kraton"), "tidak ada properti kode"),
        (feature(code=True), "tidak ada properti kode"),
        (feature(code="Kraton"), "bukan kode wilayah"),
        (feature(code="351"), "bukan kode wilayah"),
        (feature(code="\u0663\u0665"), "bukan kode wilayah"),
        ({"properties": {"code": "35"}, "geometry": None}, "tidak ada geometri"),
        (feature(kind="Point"), "geometri Point"),
        (feature(kind="GeometryCollection"), "bukan Polygon"),
        (feature([]), "geometri kosong"),
        (feature([[]]), "geometri kosong"),
        (feature([[[112, -7], [112.1, -7]]]), "geometri kosong"),
        (feature("abc"), "susunan koordinat"),
        (feature([SQUARE[0]]), "susunan koordinat"),
        (feature([[["112", "-7"], *SQUARE[1:]]]), "sepasang angka"),
        (feature([[[112], *SQUARE[1:]]]), "sepasang angka"),
        (feature([[[True, -7], *SQUARE[1:]]]), "sepasang angka"),
        (feature([[[float("nan"), -7.0], *SQUARE[1:]]]), "bukan derajat"),
        (feature([[[1e999, -7.0], *SQUARE[1:]]]), "bukan derajat"),
        (feature([[[689_000.0, 9_157_000.0], *SQUARE[1:]]]), "bukan derajat"),
        (feature([[[north, east] for east, north in SQUARE]]), "tertukar"),
        (feature([[[east - 110, north] for east, north in SQUARE]]), "di luar Indonesia"),
        (feature([SQUARE, [[10.0, 50.0], [10.1, 50.0], [10.1, 50.1], [10.0, 50.0]]]), "di luar Indonesia"),
    ],
)
def test_a_feature_that_cannot_be_used_is_named_with_its_reason(given: Any, why: str) -> None:
    assert why in reason(given)


def test_a_feature_of_too_many_points_is_left_out() -> None:
    many = [[112 + at / 1e6, -7.0 - (at % 2) / 1e4] for at in range(MOST_POINTS_OF_ONE + 2)]
    assert "titik" in reason(feature([many]))


def test_a_fault_says_where_it_was_found() -> None:
    fault = read_feature(12, feature(code="x"))
    assert isinstance(fault, FeatureFault)
    assert fault.line() == "fitur 12 (x): bukan kode wilayah, contoh 35.14.16"


def test_an_open_ring_is_closed_and_counted() -> None:
    found = read(feature([SQUARE[:-1]]))
    assert found.mended == 1
    assert found.polygons[0][0][0] == found.polygons[0][0][-1]
    assert read(feature()).mended == 0


def test_height_and_doubled_points_are_dropped() -> None:
    found = read(feature([[[*point, 12.5] for point in SQUARE for _ in range(2)]]))
    assert found.polygons == read(feature()).polygons


def test_holes_and_islands_are_kept_and_an_empty_hole_is_not() -> None:
    hole = [[112.02, -7.02], [112.04, -7.02], [112.04, -7.04], [112.02, -7.02]]
    islands = [[SQUARE, hole, [hole[0], hole[1]]], [[[x + 0.5, y] for x, y in SQUARE]]]
    found = read(feature(islands, kind="MultiPolygon"))
    assert [len(polygon) for polygon in found.polygons] == [2, 1]


def test_features_of_one_code_become_one_outline() -> None:
    island = [[[x + 0.5, y] for x, y in SQUARE]]
    outlines = list(prepared([read(feature()), read(feature(island))]))
    assert [len(outline.polygons) for outline in outlines] == [2]
    assert outlines[0].box.east == 112.6


def test_thinned_neighbours_keep_one_border_and_their_centre_inside() -> None:
    features = [wavy("35.14.15", 112.0, 112.1), wavy("35.14.16", 112.1, 112.2)]
    one, other = prepared(features)
    assert len(list(points_of(one.polygons))) < 100
    assert edges_of(one.polygons) & edges_of(other.polygons)
    assert all(is_inside_shape(each.centre, each.polygons) for each in (one, other))


def test_a_coarser_level_keeps_fewer_points_of_the_same_line() -> None:
    finer, coarser = (next(prepared([wavy(code, 112.0, 112.1)])) for code in ("35.14.16.2006", "35"))
    assert len(list(points_of(coarser.polygons))) <= len(list(points_of(finer.polygons)))


def test_of_many_islands_the_largest_are_drawn() -> None:
    most = FINENESS[Level.VILLAGE][2]
    sizes = [0.001 * (at + 1) for at in range(most + 5)]
    islands = [
        [[[112 + at, -7.0], [112 + at + size, -7.0], [112 + at, -7.0 - size], [112 + at, -7.0]]]
        for at, size in enumerate(sizes)
    ]
    (outline,) = prepared([read(feature(islands, kind="MultiPolygon", code="35.14.16.2006"))])
    assert len(outline.polygons) == most
    assert outline.box.west == 117.0


def test_the_average_of_points_is_held_by_a_coarser_line() -> None:
    _, average, _ = FINENESS[Level.VILLAGE]
    ring = [
        [
            112 + 0.05 * math.cos(at / 400 * math.tau) * (1 + 0.05 * (at % 2)),
            -7 + 0.05 * math.sin(at / 400 * math.tau),
        ]
        for at in range(400)
    ]
    (outline,) = prepared([read(feature([ring], code="35.14.16.2006"))])
    assert len(list(points_of(outline.polygons))) <= average


def test_a_drawing_holds_every_code_below_its_root_and_says_what_it_is() -> None:
    codes = ["35", "35.14", "35.14.15", "35.14.16", "35.14.16.2006", "35.15"]
    batch = drawn_boundaries("35.14", codes)
    assert [outline.code for outline in batch.outlines] == codes[1:5]
    assert batch.facts.generated
    assert "bukan batas sebenarnya" in batch.facts.attribution
    assert batch.outlines[0].box.holds(OPEN_SEA)


def test_a_drawing_is_the_same_each_time_until_the_list_the_seed_or_the_place_changes() -> None:
    codes = ["35.14", "35.14.15", "35.14.16"]
    first = drawn_boundaries("35.14", codes)
    assert drawn_boundaries("35.14", codes) == first
    shas = {
        drawn_boundaries("35.14", codes, seed=3).facts.sha256,
        drawn_boundaries("35.14", codes, at=(112.0, -7.0)).facts.sha256,
        drawn_boundaries("35.14", [*codes, "35.14.17"]).facts.sha256,
        first.facts.sha256,
    }
    assert len(shas) == 4
