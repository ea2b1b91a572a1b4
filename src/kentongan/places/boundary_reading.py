"""Reading outlines: those of an area and level, those around a window, centres alone, neighbours by common border."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from kentongan.analysis.geometry.coverage import touching
from kentongan.analysis.geometry.rings import Box, Point, Shape
from kentongan.places.fields import in_any_region
from kentongan.places.keys import WHOLE_COUNTRY, Level, RegionRange, level_of_key
from kentongan.places.kinds import RegionKind, short_name
from kentongan.places.models import Boundary, BoundarySet, RegionList

# How far apart (degrees) two lines may be that are one border: published outlines are thinned one by one.
_SLACK: Mapping[Level, float] = {
    Level.PROVINCE: 0.005,
    Level.REGENCY: 0.003,
    Level.DISTRICT: 0.0015,
    Level.VILLAGE: 0.0006,
}
_NEIGHBOURS_KEPT = 2_000


@dataclass(frozen=True, slots=True)
class Spot:
    """A region that has an outline, without it: where its box and its centre lie, and what it is called."""

    key: int
    level: Level
    name: str
    label: str
    box: Box
    centre: Point
    edition: int


@dataclass(frozen=True, slots=True)
class Outline(Spot):
    """A region with its outline."""

    polygons: Shape


@dataclass(frozen=True, slots=True)
class BoundarySource:
    """Where outlines come from: shown on every map. Of a generated one a map must say that it is a schema."""

    source: str
    licence: str
    attribution: str
    generated: bool


def outlines_in(part: RegionRange, level: Level) -> list[Outline]:
    """The outlines of the regions in force of one level inside a range, in order of code."""
    return _outlines(Q(region__key__in_region=part), level)


def outlines_around(box: Box, level: Level, *, within: RegionRange = WHOLE_COUNTRY) -> list[Outline]:
    """The same for all whose box touches a window."""
    return _listed(_in_force().filter(pk__in=_touching(box, level, within=within)))


def outlines_of(ranges: Iterable[RegionRange], level: Level) -> list[Outline]:
    """The same for several ranges at once."""
    return _outlines(in_any_region("region__key", ranges), level)


def outline_of_key(key: int) -> Outline | None:
    """The outline of one region in force, if there is one."""
    return next(iter(_outlines(Q(region__key=key), level_of_key(key))), None)


def spots_of(keys: Iterable[int]) -> dict[int, Spot]:
    """The centres and boxes of some regions, without reading outlines; regions without one are missing."""
    wanted = sorted(set(keys))
    columns = (
        *_REGION,
        "west",
        "south",
        "east",
        "north",
        "centre_longitude",
        "centre_latitude",
        "drawn_from",
    )
    found: dict[int, Spot] = {}
    for start in range(0, len(wanted), 500):
        rows = _in_force().filter(region__key__in=wanted[start : start + 500])
        found |= {row[0]: Spot(*_spot(row)) for row in rows.values_list(*columns)}
    return found


def has_boundaries(part: RegionRange) -> bool:
    """Whether any region of a range can be drawn."""
    return _in_force().filter(region__key__in_region=part).exists()


def sources_of(editions: Iterable[int]) -> list[BoundarySource]:
    """Whence the outlines of a map come, each source once."""
    rows = BoundarySet.objects.filter(pk__in=set(editions)).order_by("-pk")
    columns = ("source", "licence", "attribution", "generated")
    return list(dict.fromkeys(BoundarySource(*row) for row in rows.values_list(*columns)))


def boundary_edition() -> Hashable | None:
    """What changes whenever an outline can have changed, to keep drawings by; None where nothing was ever drawn."""
    newest = BoundarySet.objects.order_by("-pk").values_list("pk", "sha256", "loaded_at").first()
    if newest is None:
        return None
    names = RegionList.objects.order_by("-pk").values_list("pk", "sha256", "loaded_at").first()
    return str(connection.settings_dict["NAME"]), newest, names


def neighbours_of(key: int) -> tuple[int, ...]:
    """The regions of the same level that share a border with one, in order of code; none where nothing is drawn."""
    edition = boundary_edition()
    return _neighbours(key, edition) if edition is not None else ()


@lru_cache(maxsize=_NEIGHBOURS_KEPT)
def _neighbours(key: int, _edition: Hashable) -> tuple[int, ...]:
    own = outline_of_key(key)
    if own is None:
        return ()
    slack = _SLACK[own.level]
    beside = outlines_around(own.box.grown(slack), own.level)
    others = {each.key: each.polygons for each in beside if each.key != key}
    return tuple(touching(own.polygons, others, slack=slack))


_REGION = ("region__key", "region__level", "region__kind", "region__name")


def _in_force() -> QuerySet[Boundary]:
    return Boundary.objects.filter(region__valid_to=None)


def _outlines(condition: Q, level: Level) -> list[Outline]:
    return _listed(_in_force().filter(condition, region__level=level))


def _listed(rows: QuerySet[Boundary]) -> list[Outline]:
    columns = (
        *_REGION,
        "west",
        "south",
        "east",
        "north",
        "centre_longitude",
        "centre_latitude",
        "drawn_from",
    )
    found = rows.order_by("region__key").values_list(*columns, "polygons")
    return [Outline(*_spot(row[:-1]), _shape(row[-1])) for row in found]


def _spot(row: tuple[Any, ...]) -> tuple[int, Level, str, str, Box, Point, int]:
    key, level, kind, name, west, south, east, north, longitude, latitude, edition = row
    label = short_name(RegionKind(kind), name)
    return key, Level(level), name, label, Box(west, south, east, north), (longitude, latitude), edition


def _shape(stored: Any) -> Shape:
    return tuple(tuple(tuple((x, y) for x, y in ring) for ring in polygon) for polygon in stored)


def _touching(box: Box, level: Level, *, within: RegionRange) -> list[int]:
    """The outlines of a level whose box touches a window.

    Asked for by themselves, on the index of boxes: in one query with the level a database reads every outline of it.
    """
    window = _in_force().filter(
        west__lte=box.east, east__gte=box.west, south__lte=box.north, north__gte=box.south
    )
    rows = window.values_list("pk", "region__level", "region__key")
    return [pk for pk, its_level, key in rows if its_level == level and within.contains(key)]
