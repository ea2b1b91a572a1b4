"""The rows of boundaries: which region an outline belongs to, and how a second import replaces the first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from kentongan.places.boundaries import BoundaryFacts, FeatureFault, PreparedOutline
from kentongan.places.models import Boundary, BoundarySet, Region, RegionSuccession

BATCH = 500


def regions_of(codes: Iterable[str]) -> dict[str, int]:
    """The regions in force by code, with their row numbers."""
    wanted = set(codes)
    rows = Region.objects.filter(valid_to=None).values_list("code", "pk")
    return {code: pk for code, pk in rows.iterator() if code in wanted}


def faults_of_codes(codes: Sequence[str]) -> list[FeatureFault]:
    """Why codes name no region in force: retired with its successors, or never known."""
    ended = dict(
        Region.objects.filter(code__in=codes, valid_to__isnull=False).values_list("code", "valid_to")
    )
    heirs: dict[str, list[str]] = {}
    for old, new in RegionSuccession.objects.filter(old__code__in=ended).values_list(
        "old__code", "new__code"
    ):
        heirs.setdefault(old, []).append(new)
    return [
        FeatureFault(0, code, f"kode berakhir {ended[code]}{_to(heirs.get(code, []))}")
        if code in ended
        else FeatureFault(0, code, "kode tidak ada di daftar wilayah")
        for code in codes
    ]


def replace_outlines(
    outlines: Iterable[PreparedOutline], regions: Mapping[str, int], *, facts: BoundaryFacts, at: datetime
) -> tuple[BoundarySet, int]:
    """Write the outlines as one edition; returns it, and how many regions had another outline before."""
    edition = BoundarySet.objects.create(**asdict(facts), loaded_at=at)
    replaced = 0
    numbers = list(regions.values())
    for start in range(0, len(numbers), BATCH):
        replaced += Boundary.objects.filter(region__in=numbers[start : start + BATCH]).delete()[0]
    rows = (_row(outline, regions[outline.code], edition) for outline in outlines)
    Boundary.objects.bulk_create(rows, batch_size=BATCH)
    return edition, replaced


def _row(outline: PreparedOutline, region: int, edition: BoundarySet) -> Boundary:
    return Boundary(
        region_id=region,
        drawn_from=edition,
        polygons=outline.polygons,
        west=outline.box.west,
        south=outline.box.south,
        east=outline.box.east,
        north=outline.box.north,
        centre_longitude=outline.centre[0],
        centre_latitude=outline.centre[1],
    )


def _to(heirs: Sequence[str]) -> str:
    return f", kini {', '.join(heirs)}" if heirs else ""
