"""Reading places: by code, key or name, up and down the tree, as known on a date.

"In force" means today; a code of the past is found by naming a date, or through its key, which old rows
keep.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Count, Q, QuerySet

from kentongan.edge.problems import Problem
from kentongan.places.boundary_reading import (
    BoundarySource,
    Outline,
    Spot,
    boundary_edition,
    has_boundaries,
    neighbours_of,
    outline_of_key,
    outlines_around,
    outlines_in,
    outlines_of,
    sources_of,
    spots_of,
)
from kentongan.places.keys import Level, RegionRange, key_at, level_of_key
from kentongan.places.lists import NATIONAL_SOURCE
from kentongan.places.models import Island, Region, RegionAlias, RegionList
from kentongan.places.search import MatchedBy, RegionMatch, search_regions
from kentongan.places.time_zones import ZONE_LABELS

__all__ = [
    "BoundarySource",
    "MatchedBy",
    "Outline",
    "PlaceName",
    "RegionMatch",
    "Spot",
    "all_place_names",
    "ancestors_of",
    "boundary_edition",
    "children_of",
    "counts_by_level",
    "edition",
    "has_boundaries",
    "in_force",
    "islands_of",
    "key_in_force",
    "neighbours_of",
    "outline_of_key",
    "outlines_around",
    "outlines_in",
    "outlines_of",
    "region_at",
    "region_by_code",
    "region_by_key",
    "region_label",
    "region_labels",
    "search_regions",
    "sources_of",
    "spots_of",
    "successors_of",
    "time_zone_of",
    "zone_label",
]


@dataclass(frozen=True, slots=True)
class PlaceName:
    """One row for a gazetteer; a region has one per name it is known by."""

    code: str
    level: int
    name: str
    kind: str
    parent_code: str
    is_alias: bool = False


def in_force(on: date | None = None) -> QuerySet[Region]:
    """Regions valid today, or on a day."""
    if on is None:
        return Region.objects.filter(valid_to=None)
    begun = Q(valid_from=None) | Q(valid_from__lte=on)
    return Region.objects.filter(begun, Q(valid_to=None) | Q(valid_to__gt=on))


def region_by_code(code: str, on: date | None = None) -> Region:
    """The region with a code, today or on a day. Raises Problem if there is none, or none any more."""
    region = in_force(on).filter(code=code.strip()).order_by("-pk").first()
    if region is not None:
        return region
    ended = (
        Region.objects.filter(code=code.strip(), valid_to__isnull=False).order_by("-valid_to", "-pk").first()
    )
    if ended is None or on is not None:
        raise Problem("places.region_unknown", value=code)
    successors = ", ".join(str(region) for region in successors_of(ended)) or "kode penerusnya"
    raise Problem("places.region_ended", value=code, until=ended.valid_to, successors=successors)


def key_in_force(code: str) -> int | None:
    """The key of the region that bears this code today; None where there is none. For paths that many take at once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM places_region WHERE code = %s AND valid_to IS NULL", [code])
        found = cursor.fetchone()
    return int(found[0]) if found else None


def region_by_key(key: int) -> Region:
    """The region with a key: the one in force, else the last to bear it. Raises Problem if there is none."""
    region = _latest_by_key([key]).get(key)
    if region is None:
        raise Problem("places.region_unknown", value=key)
    return region


def children_of(region: Region | None) -> QuerySet[Region]:
    """The regions in force right below one, in order of code; of None: the provinces."""
    return in_force().filter(parent=region).order_by("code")


def ancestors_of(region: Region) -> list[Region]:
    """The regions above one, province first."""
    above: list[Region] = []
    current = region.parent
    while current is not None:
        above.insert(0, current)
        current = current.parent
    return above


def region_at(key: int, level: int) -> Region:
    """The region of `level` that holds `key`. Raises Problem if `key` lies above that level or is unknown."""
    try:
        return region_by_key(key_at(key, level))
    except ValueError as fault:
        raise Problem("places.region_unknown", value=key) from fault


def region_label(key: int) -> str:
    """How a region is written on pages: "Desa Sumberluku, Kec. Tegalwuku"; "Kab. Waluku"."""
    return region_labels([key])[key]


def region_labels(keys: Iterable[int], *, up_to: Level | None = None) -> Mapping[int, str]:
    """The labels of many keys in one query; with `up_to` every level up to that one is named.

    Raises Problem for a key that no region ever had.
    """
    chains = {key: _shown_chain(key, up_to=up_to) for key in set(keys)}
    regions = _latest_by_key({part for chain in chains.values() for part in chain})
    for key in chains:
        if key not in regions:
            raise Problem("places.region_unknown", value=key)
    return {
        key: ", ".join(regions[part].short_name for part in chain if part in regions)
        for key, chain in chains.items()
    }


def time_zone_of(key: int) -> ZoneInfo:
    """The zone whose days and hours hold at a region."""
    return ZoneInfo(region_by_key(key_at(key, Level.PROVINCE)).time_zone)


def zone_label(zone: ZoneInfo) -> str:
    """WIB, WITA or WIT; another zone by its own name."""
    return ZONE_LABELS.get(zone.key, zone.key)


def successors_of(region: Region) -> QuerySet[Region]:
    """The regions that took its place."""
    return Region.objects.filter(predecessions__old=region).order_by("code")


def islands_of(region: Region) -> QuerySet[Island]:
    """The islands of a region with everything below it."""
    return Island.objects.filter(region__key__in_region=region.range, valid_to=None).order_by("name", "code")


def all_place_names(*, within: RegionRange | None = None) -> Iterator[PlaceName]:
    """Every name in force, own names first, for a gazetteer."""
    regions = in_force() if within is None else in_force().filter(key__in_region=within)
    columns = ("code", "level", "name", "kind")
    for code, level, name, kind in regions.order_by("key", "level").values_list(*columns).iterator():
        yield PlaceName(code, level, name, kind, code.rpartition(".")[0])
    aliases = RegionAlias.objects.filter(region__in=regions).order_by("region__key", "name")
    for code, level, name, kind in aliases.values_list(
        "region__code", "region__level", "name", "region__kind"
    ):
        yield PlaceName(code, level, name, kind, code.rpartition(".")[0], is_alias=True)


def counts_by_level() -> Mapping[Level, int]:
    """How many regions are in force on each level."""
    counts = dict(in_force().values_list("level").annotate(Count("pk")))
    return {level: counts.get(level, 0) for level in Level}


def edition(source: str = NATIONAL_SOURCE) -> RegionList | None:
    """The newest list loaded from a source; None before the first."""
    return RegionList.objects.filter(source=source).order_by("-pk").first()


def _shown_chain(key: int, *, up_to: Level | None) -> list[int]:
    """The keys named in a label: districts and villages need at least the region above them."""
    try:
        level = level_of_key(key)
    except ValueError:
        return [key]
    highest = max(level - 1, Level.REGENCY) if up_to is None else up_to
    return [key, *(key_at(key, above) for above in range(level - 1, highest - 1, -1))]


def _latest_by_key(keys: Iterable[int]) -> dict[int, Region]:
    """The region of each key that is in force, or else the last one to bear it."""
    rows = Region.objects.filter(key__in=sorted(keys)).order_by("pk")
    found: dict[int, Region] = {}
    for region in sorted(rows, key=lambda row: (row.valid_to is None, row.valid_to or date.min, row.pk)):
        found[region.key] = region
    return found
