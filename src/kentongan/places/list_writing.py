"""The statements a load of a list consists of; called by `actions.load_regions` alone, in its transaction.

Closing, renaming and opening regions, and the same for islands and other names. No row is ever removed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from django.db import connection

from kentongan.places.decisions import SoundRegion
from kentongan.places.keys import Level, range_of
from kentongan.places.lists import ListedIsland
from kentongan.places.models import Island, Region, RegionAlias, RegionList
from kentongan.places.spelling import search_name

T = TypeVar("T")

_CHUNK = 2000


def close_regions(codes: Sequence[str], *, on: date) -> None:
    for chunk in _chunks(codes):
        Region.objects.filter(code__in=chunk, valid_to=None).update(valid_to=on)


def rename_regions(regions: Sequence[SoundRegion], *, on: date) -> None:
    """A new spelling keeps the region and its id; the old spelling stays findable."""
    by_code = {region.code: region for region in regions}
    for chunk in _chunks(list(by_code)):
        stored = list(Region.objects.filter(code__in=chunk, valid_to=None))
        RegionAlias.objects.bulk_create(
            [
                RegionAlias(
                    region=region,
                    name=region.name,
                    search_name=region.search_name,
                    source=f"nama sampai {on.isoformat()}",
                )
                for region in stored
                if region.search_name != by_code[region.code].search_name
            ],
            ignore_conflicts=True,
        )
        for region in stored:
            listed = by_code[region.code]
            region.name, region.search_name = listed.name, listed.search_name
            region.kind, region.time_zone = listed.kind, listed.time_zone
        Region.objects.bulk_update(stored, ["name", "search_name", "kind", "time_zone"], batch_size=100)


def open_regions(regions: Iterable[SoundRegion], *, since: date | None, edition: RegionList) -> None:
    """Level by level, since a row needs its parent's id.

    The rows go straight to the driver: with 90,000 of them the ORM's bulk insert takes three times as long.
    """
    by_level: dict[Level, list[SoundRegion]] = {level: [] for level in Level}
    for region in regions:
        by_level[region.level].append(region)
    parents: dict[str, int] = {}
    for level, listed in by_level.items():
        if listed and level > Level.PROVINCE:
            above = Region.objects.filter(level=level - 1, valid_to=None)
            parents = dict(above.values_list("code", "pk"))
        _insert_regions([_row_of(region, parents=parents, since=since, edition=edition) for region in listed])
    _refresh_statistics()


_COLUMNS = (
    "code",
    "level",
    "name",
    "kind",
    "key",
    "range_end",
    "parent_id",
    "time_zone",
    "search_name",
    "valid_from",
    "opened_by_id",
)


def _row_of(
    region: SoundRegion, *, parents: Mapping[str, int], since: date | None, edition: RegionList
) -> tuple[Any, ...]:
    """The values of a region in the order of `_COLUMNS`."""
    span = range_of(region.code)
    return (
        region.code,
        int(region.level),
        region.name,
        region.kind.value,
        span.low,
        span.high,
        parents[region.code.rpartition(".")[0]] if region.level > Level.PROVINCE else None,
        region.time_zone,
        region.search_name,
        connection.ops.adapt_datefield_value(since),
        edition.pk,
    )


def _insert_regions(rows: Sequence[tuple[Any, ...]]) -> None:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(name) for name in _COLUMNS)
    row = f"({', '.join(['%s'] * len(_COLUMNS))})"
    with connection.cursor() as cursor:
        for chunk in _chunks(rows):
            values = ", ".join([row] * len(chunk))
            cursor.execute(
                f"INSERT INTO {quote(Region._meta.db_table)} ({columns}) VALUES {values}",  # noqa: S608 - own names
                [value for one in chunk for value in one],
            )


def _refresh_statistics() -> None:
    """Tell PostgreSQL's planner about the new rows; until it looks itself it would join by nested loops."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(Region._meta.db_table)}")


def bring_islands(listed: Sequence[ListedIsland] | None, *, on: date) -> int:
    """Open, change and close islands; the number of rows touched. None: the list has nothing on islands."""
    if listed is None:
        return 0
    regions = dict(Region.objects.filter(level__lte=Level.REGENCY, valid_to=None).values_list("code", "pk"))
    wanted = {
        each.code: _island_of(each, regions[each.region_code])
        for each in listed
        if each.region_code in regions
    }
    stored = {island.code: island for island in Island.objects.all()}
    new = [island for code, island in wanted.items() if code not in stored]
    changed = [_copied(stored[code], island) for code, island in wanted.items() if code in stored]
    altered = [island for island in changed if island is not None]
    gone = [code for code, island in stored.items() if code not in wanted and island.valid_to is None]
    Island.objects.bulk_create(new, batch_size=_CHUNK)
    Island.objects.bulk_update(altered, [*_ISLAND_FACTS, "valid_to"], batch_size=100)
    for chunk in _chunks(gone):
        Island.objects.filter(code__in=chunk).update(valid_to=on)
    return len(new) + len(altered) + len(gone)


_ISLAND_FACTS = ("region_id", "name", "latitude", "longitude", "populated", "outermost")


def _island_of(listed: ListedIsland, region_id: int) -> Island:
    return Island(
        code=listed.code,
        region_id=region_id,
        name=listed.name,
        latitude=listed.latitude,
        longitude=listed.longitude,
        populated=listed.populated,
        outermost=listed.outermost,
    )


def _copied(stored: Island, wanted: Island) -> Island | None:
    """The stored island with the wanted facts; None if they are the same already."""
    if stored.valid_to is None and all(
        getattr(stored, name) == getattr(wanted, name) for name in _ISLAND_FACTS
    ):
        return None
    for name in _ISLAND_FACTS:
        setattr(stored, name, getattr(wanted, name))
    stored.valid_to = None
    return stored


def bring_aliases(names: Sequence[tuple[str, str]], *, source: str) -> int:
    regions = dict(
        Region.objects.filter(code__in={code for code, _ in names}, valid_to=None).values_list("code", "pk")
    )
    stored = set(
        RegionAlias.objects.filter(region__in=regions.values()).values_list("region_id", "search_name")
    )
    new: dict[tuple[int, str], RegionAlias] = {}
    for code, name in names:
        identity = (regions.get(code, 0), search_name(name))
        if code in regions and identity not in stored:
            new[identity] = RegionAlias(
                region_id=identity[0], name=name, search_name=identity[1], source=source
            )
    RegionAlias.objects.bulk_create(new.values())
    return len(new)


def _chunks(values: Sequence[T]) -> Iterable[Sequence[T]]:
    """Pieces small enough for one statement on either database."""
    return (values[start : start + 500] for start in range(0, len(values), 500))
