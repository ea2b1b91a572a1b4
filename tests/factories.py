"""Rows for tests, made directly: a small coined world, agencies, and whatever hangs below them.

`waluku()` is the world of the demo in small: Prov. Bimasakti Raya 99 with two regencies. Code 99 is nobody's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timezone
from typing import Any

from kentongan.accounts.models import Agency, AgencyArea, AgencyKind, AreaRelation
from kentongan.places.keys import level_of, parent_code, range_of
from kentongan.places.kinds import kind_and_name
from kentongan.places.models import Region, RegionList
from kentongan.places.spelling import search_name

NOW = datetime(2026, 11, 12, 1, 15, tzinfo=timezone.utc)  # Thursday, 08.15 WIB
TODAY = NOW.date()
ZONE = "Asia/Jakarta"

WALUKU: dict[str, str] = {
    "99": "Bimasakti Raya",
    "99.01": "Kabupaten Waluku",
    "99.01.01": "Tegalwuku",
    "99.01.01.2001": "Sumberluku",
    "99.01.01.2002": "Kukusan Wetan",
    "99.01.02": "Watukemukus",
    "99.01.02.2001": "Watukemukus Kidul",
    "99.01.03": "Banyupanjer",
    "99.01.03.2001": "Banyupanjer Lor",
    "99.02": "Kabupaten Lintang Wuluh",
    "99.02.01": "Wuluh Penceng",
    "99.02.01.2001": "Karangmukus",
}


def region_list(**values: Any) -> RegionList:
    """The edition of a list that regions of a test belong to."""
    facts = {
        "source": "uji", "version": "1", "licence": "CC0-1.0", "sha256": "0" * 64,
        "effective": date(2025, 1, 1), "loaded_at": NOW,
    }  # fmt: skip
    return RegionList.objects.create(**facts | values)


def region(code: str, name: str, *, zone: str = ZONE, **values: Any) -> Region:
    """One region as the list writes it ("Kabupaten Waluku"); its parent must be there already."""
    kind, bare = kind_and_name(code, name)
    above = parent_code(code)
    span = range_of(code)
    facts = {
        "code": code, "level": int(level_of(code)), "name": bare, "kind": kind.value,
        "key": span.low, "range_end": span.high,
        "parent": Region.objects.get(code=above, valid_to=None) if above else None,
        "time_zone": zone, "search_name": search_name(bare),
    }  # fmt: skip
    opened_by = RegionList.objects.order_by("-pk").first() or region_list()
    return Region.objects.create(**facts | {"opened_by": opened_by} | values)


def waluku() -> dict[str, Region]:
    """The small coined world, by code; made once per test."""
    there = {each.code: each for each in Region.objects.filter(code__in=WALUKU, valid_to=None)}
    for code, name in WALUKU.items():
        if code not in there:
            there[code] = region(code, name)
    return there


def agency(
    name: str = "Kesbangpol Waluku",
    *,
    kind: str = AgencyKind.KESBANGPOL,
    own: tuple[str, ...] = ("99.01",),
    neighbours: tuple[str, ...] = (),
    **values: Any,
) -> Agency:
    """An agency over some regions of the coined world; the one of that name if it is there already."""
    world = waluku()
    made, fresh = Agency.objects.get_or_create(
        name=name, defaults={"short_name": name[:40], "kind": kind, **values}
    )
    if fresh:
        areas = [(code, AreaRelation.OWN) for code in own] + [
            (code, AreaRelation.NEIGHBOUR) for code in neighbours
        ]
        for code, relation in areas:
            AgencyArea.objects.create(agency=made, region=world[code], relation=relation)
    return made


@dataclass(frozen=True)
class TwoPolres:
    """Seed article 000: two police resorts share one regency, each with some of its districts."""

    north: Agency
    south: Agency


def two_polres() -> TwoPolres:
    return TwoPolres(
        north=agency("Polres Waluku Utara", kind=AgencyKind.POLRI, own=("99.01.01", "99.01.02")),
        south=agency("Polres Waluku Selatan", kind=AgencyKind.POLRI, own=("99.01.03",)),
    )
