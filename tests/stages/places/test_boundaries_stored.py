"""Importing, drawing and reading outlines: what is written, what replaces what, and what a page is given."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from kentongan.analysis.geometry.rings import Box
from kentongan.audit.models import AuditEntry
from kentongan.edge.problems import Problem
from kentongan.places import actions, boundary_files, queries
from kentongan.places.actions import BoundaryOutcome, LoadOutcome
from kentongan.places.boundary_drawing import drawn_boundaries
from kentongan.places.boundary_files import read_boundaries
from kentongan.places.keys import Level, key_of, range_of
from kentongan.places.models import Boundary, BoundarySet, Region

from .conftest import ACTOR, AT, SAMPLE, Load, listing

FACTS = {"source": "Uji", "licence": "CC0-1.0", "attribution": "Kantor Uji"}
# A chessboard of coined squares over the sample: regency 35.14 is two districts wide, the city lies beside it.
PLACES = {
    "35": (112.0, 3.0),
    "35.14": (112.0, 2.0),
    "35.14.15": (112.0, 1.0),
    "35.14.16": (113.0, 1.0),
    "35.75": (114.0, 1.0),
}
TALL = 0.5


def square(west: float, wide: float) -> list[list[float]]:
    east, south = west + wide, -7 - TALL
    return [[west, -7.0], [west, south], [east, south], [east, -7.0], [west, -7.0]]


def collection(places: Mapping[str, tuple[float, float]]) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"code": code},
                "geometry": {"type": "Polygon", "coordinates": [square(*place)]},
            }
            for code, place in places.items()
        ],
    }


def file_of(folder: Path, content: Any, name: str = "batas.geojson") -> Path:
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content, indent=1), encoding="utf-8")
    return path


def imported(
    folder: Path, places: Mapping[str, tuple[float, float]] = PLACES, **facts: str
) -> BoundaryOutcome:
    batch = read_boundaries([file_of(folder, collection(places))], **{**FACTS, **facts})
    return actions.load_boundaries(batch, at=AT, actor=ACTOR)


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("regions", *arguments, stdout=out, stderr=out)
    return out.getvalue()


def unreadable(folder: Path, content: str) -> str:
    with pytest.raises(Problem) as caught:
        read_boundaries([file_of(folder, content)], source="Uji", licence="CC0-1.0")
    return caught.value.sentence("id")


def keys(codes: Sequence[str]) -> tuple[int, ...]:
    return tuple(map(key_of, codes))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "tidak ada daftar features"),
        ('{"type": "FeatureCollection"}', "tidak ada daftar features"),
        ('{"features": [', "terpotong"),
        ('{"features": [{"properties": {"code": "35"}}', "terpotong"),
        ('{"features": [{"properties": {"code": ]}', "JSON rusak"),
        ('{"features": [' + "[" * 200_000, "bersarang"),
        ('{"features": [{"a": ' + "9" * 5_000 + "}]}", "JSON rusak"),
    ],
)
def test_a_file_that_is_no_collection_is_refused_with_the_reason(
    tmp_path: Path, content: str, why: str
) -> None:
    assert why in unreadable(tmp_path, content)


def test_a_file_that_is_missing_too_large_or_not_text_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Problem, match="cannot be read"):
        read_boundaries([tmp_path / "tiada.geojson"], source="Uji", licence="x")
    binary = tmp_path / "biner.geojson"
    binary.write_bytes(b"\xff\xfe\x00{}")
    with pytest.raises(Problem, match="UTF-8"):
        read_boundaries([binary], source="Uji", licence="x")
    monkeypatch.setattr(boundary_files, "LARGEST_FILE", 3)
    with pytest.raises(Problem, match="larger than"):
        read_boundaries([binary], source="Uji", licence="x")


def test_too_many_points_in_all_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boundary_files, "MOST_POINTS", 12)
    assert "lebih dari 12 titik" in unreadable(tmp_path, json.dumps(collection(PLACES)))


def test_an_import_writes_outline_box_and_centre_of_every_known_code(
    sample: LoadOutcome, tmp_path: Path
) -> None:
    outcome = imported(tmp_path)
    assert (outcome.written, outcome.replaced, outcome.faults) == (5, 0, ())
    row = Boundary.objects.get(region__code="35.14.16")
    assert (row.west, row.south, row.east, row.north) == (113.0, -7.5, 114.0, -7.0)
    assert (row.centre_longitude, row.centre_latitude) == (113.5, -7.25)
    assert len(row.polygons[0][0]) == 5


def test_an_import_is_one_audit_row_with_source_and_counts(sample: LoadOutcome, tmp_path: Path) -> None:
    imported(tmp_path)
    entry = AuditEntry.objects.order_by("-seq")[0]
    edition = BoundarySet.objects.get()
    assert (entry.action, entry.subject) == ("boundaries.loaded", f"boundary_set:{edition.pk}")
    assert entry.detail == {
        "source": "Uji", "licence": "CC0-1.0", "sha256": edition.sha256, "written": 5, "replaced": 0, "errors": 0,
    }  # fmt: skip


def test_a_second_import_replaces_region_by_region_and_leaves_the_others(
    sample: LoadOutcome, tmp_path: Path
) -> None:
    imported(tmp_path)
    outcome = imported(tmp_path, {"35.75": (114.0, 2.0)}, source="Baru")
    assert (outcome.written, outcome.replaced) == (1, 1)
    assert Boundary.objects.count() == 5
    assert Boundary.objects.get(region__code="35.75").drawn_from.source == "Baru"
    assert Boundary.objects.get(region__code="35.14").drawn_from.source == "Uji"


def test_unknown_and_retired_codes_are_told_and_the_good_ones_kept(
    sample: LoadOutcome, load: Load, tmp_path: Path
) -> None:
    load(listing(without=("35.14.16",)), at=AT + timedelta(days=30))
    old, new = Region.objects.get(code="35.14.16"), Region.objects.get(code="35.14.15")
    actions.record_succession(old, new, since=AT.date(), source="uji", at=AT, actor=ACTOR)
    outcome = imported(tmp_path, {**PLACES, "35.99": (115.0, 1.0)})
    assert outcome.written == 4
    said = [fault.line() for fault in outcome.faults]
    assert any("35.14.16" in line and "berakhir" in line and "35.14.15" in line for line in said)
    assert any("35.99" in line and "tidak ada di daftar" in line for line in said)


def test_an_import_of_which_nothing_can_be_used_writes_nothing(sample: LoadOutcome, tmp_path: Path) -> None:
    entries = AuditEntry.objects.count()
    with pytest.raises(Problem) as caught:
        imported(tmp_path, {"35.99": (115.0, 1.0)})
    assert caught.value.code == "places.boundaries_empty"
    assert not BoundarySet.objects.exists()
    assert AuditEntry.objects.count() == entries


def test_outlines_are_read_by_area_and_level_with_name_and_source(
    sample: LoadOutcome, tmp_path: Path
) -> None:
    imported(tmp_path)
    found = queries.outlines_in(range_of("35.14"), Level.DISTRICT)
    assert [(each.key, each.label) for each in found] == [
        (key_of("35.14.15"), "Kec. Rembang"),
        (key_of("35.14.16"), "Kec. Kraton"),
    ]
    assert found[0].box == Box(112.0, -7.5, 113.0, -7.0)
    assert found[0].polygons[0][0][0] in {(112.0, -7.0), (113.0, -7.0), (112.0, -7.5), (113.0, -7.5)}
    (source,) = queries.sources_of([found[0].edition])
    assert (source.source, source.attribution, source.generated) == ("Uji", "Kantor Uji", False)
    assert queries.outlines_in(range_of("33"), Level.REGENCY) == []


def test_a_window_finds_what_it_touches(sample: LoadOutcome, tmp_path: Path) -> None:
    imported(tmp_path)
    window = Box(113.2, -7.2, 113.4, -7.1)
    assert [each.key for each in queries.outlines_around(window, Level.DISTRICT)] == [key_of("35.14.16")]
    inside = queries.outlines_around(window.grown(1), Level.REGENCY, within=range_of("35.75"))
    assert [each.key for each in inside] == [key_of("35.75")]


def test_spots_are_read_without_outlines_and_missing_ones_left_out(
    sample: LoadOutcome, tmp_path: Path
) -> None:
    imported(tmp_path)
    spots = queries.spots_of(keys(["35.14", "33.01"]))
    assert {key: spot.centre for key, spot in spots.items()} == {key_of("35.14"): (113.0, -7.25)}


def test_whether_an_area_can_be_drawn(sample: LoadOutcome, tmp_path: Path) -> None:
    assert queries.boundary_edition() is None
    assert not queries.has_boundaries(range_of("35"))
    imported(tmp_path)
    assert queries.boundary_edition() is not None
    assert queries.has_boundaries(range_of("35.14"))
    assert not queries.has_boundaries(range_of("33"))


def test_neighbours_share_a_border_on_their_own_level_also_across_areas(
    sample: LoadOutcome, tmp_path: Path
) -> None:
    assert queries.neighbours_of(key_of("35.14.15")) == ()
    imported(tmp_path)
    assert queries.neighbours_of(key_of("35.14.15")) == keys(["35.14.16"])
    assert queries.neighbours_of(key_of("35.14")) == keys(["35.75"])
    assert queries.neighbours_of(key_of("33.01")) == ()


def test_neighbours_are_those_of_the_newest_edition(sample: LoadOutcome, tmp_path: Path) -> None:
    imported(tmp_path)
    assert queries.neighbours_of(key_of("35.75")) == keys(["35.14"])
    imported(tmp_path, {"35.75": (120.0, 1.0)})
    assert queries.neighbours_of(key_of("35.75")) == ()


def test_a_drawing_fills_an_area_and_is_one_audit_row(sample: LoadOutcome) -> None:
    said = run("draw", "35.14")
    assert "bukan batas sebenarnya" in said
    found = queries.outlines_in(range_of("35.14"), Level.DISTRICT)
    assert [each.key for each in found] == list(keys(["35.14.15", "35.14.16"]))
    assert queries.sources_of([found[0].edition])[0].generated
    assert queries.neighbours_of(found[0].key) == (found[1].key,)
    assert AuditEntry.objects.order_by("-seq")[0].action == "boundaries.drawn"


def test_a_second_drawing_replaces_the_first_and_an_import_replaces_a_drawing(
    sample: LoadOutcome, tmp_path: Path
) -> None:
    run("draw", "35.14")
    before = Boundary.objects.get(region__code="35.14").polygons
    assert "mengganti" in run("draw", "35.14", "--seed", "5", "--at=-7.7,112.8")
    after = Boundary.objects.get(region__code="35.14").polygons
    assert before != after
    assert imported(tmp_path).replaced == 3


def test_a_drawing_never_replaces_what_was_imported(sample: LoadOutcome, tmp_path: Path) -> None:
    imported(tmp_path)
    batch = drawn_boundaries("35.14", [code for code, _ in SAMPLE])
    with pytest.raises(Problem) as caught:
        actions.draw_boundaries(batch, root="35.14", at=AT, actor=ACTOR)
    assert caught.value.code == "places.boundaries_imported"
    with pytest.raises(CommandError, match="sudah punya"):
        run("draw", "35.14")


def test_a_middle_that_is_none_or_lies_abroad_is_refused(sample: LoadOutcome) -> None:
    for written in ("112.8", "112.8,-7.7", "di sini,situ"):
        with pytest.raises(CommandError, match="LINTANG,BUJUR"):
            run("draw", "35.14", "--at", written)


def test_the_command_tells_every_fault_and_what_was_kept(sample: LoadOutcome, tmp_path: Path) -> None:
    content = collection(PLACES)
    content["features"].insert(0, {"properties": {"code": "abc"}, "geometry": None})
    path = file_of(tmp_path, content)
    said = run("boundaries", str(path), "--source", "Uji", "--licence", "CC0-1.0")
    assert "fitur 1 (abc)" in said
    assert "Batas tersimpan 5, di antaranya mengganti 0; tidak dipakai 1." in said


def test_the_command_reads_several_files_as_one_edition(sample: LoadOutcome, tmp_path: Path) -> None:
    files = [
        file_of(tmp_path, collection({code: place}), name=f"{number}.geojson")
        for number, (code, place) in enumerate(PLACES.items())
    ]
    run("boundaries", *map(str, files), "--source", "Uji", "--licence", "CC0-1.0")
    assert BoundarySet.objects.count() == 1
    assert Boundary.objects.count() == 5


@pytest.mark.slow
def test_real_boundaries_of_a_whole_country_are_taken_and_thinned(shared_dir: Path) -> None:
    folder = shared_dir / "data" / "boundaries"
    files = [folder / f"{name}.geojson" for name in ("province", "regency", "district", "village_35.14")]
    batch = read_boundaries(files, source="uji", licence="MIT")
    assert batch.faults == ()
    levels = [outline.code.count(".") for outline in batch.outlines]
    assert [levels.count(each) for each in range(4)] == [38, 514, 7285, 365]
    assert batch.points_read > 580_000
    assert batch.points_kept < 0.65 * batch.points_read
