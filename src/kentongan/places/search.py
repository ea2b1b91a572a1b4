"""Finding regions by what people write: exact names first, then beginnings, parts, and near spellings.

Exact names and beginnings are read from the database's own index. Parts and near spellings need letter
groups, which no index gives on both databases; each process keeps the distinct names (about 66,000, some
30 MB) in memory, built on the first such search after a list was loaded and read only.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from django.db import connection
from django.db.models import Count, Max, Q, QuerySet

from kentongan.places.fields import in_any_region
from kentongan.places.keys import Level, RegionRange
from kentongan.places.models import Region, RegionAlias, RegionList
from kentongan.places.spelling import NameIndex, just_after
from kentongan.places.wording import ANY_KIND, Named, Wish, read_wishes

_MOST_NAMES = 150
_MOST_AREAS = 60
_SHORTEST_PART = 3
_MOST_LARGE = 2


class MatchedBy(StrEnum):
    """Why a region was found, best first."""

    NAME = "name"
    ALIAS = "alias"
    BEGINNING = "beginning"
    PART = "part"
    SPELLING = "spelling"


@dataclass(frozen=True, slots=True)
class RegionMatch:
    """A found region, why, and the name that matched (its own or another one it is known by)."""

    region: Region
    by: MatchedBy
    name: str


@dataclass(frozen=True, slots=True)
class _Place:
    """Where to look: one condition on regions, ready made."""

    condition: Q
    kinds: frozenset[str]

    def regions(self) -> QuerySet[Region]:
        found = Region.objects.filter(self.condition, valid_to=None)
        return found.filter(kind__in=sorted(self.kinds)) if self.kinds else found


def search_regions(
    text: str, *, within: RegionRange | None = None, level: int | None = None, limit: int = 20
) -> list[RegionMatch]:
    """Regions in force that a person may mean, best first: exact before near, larger before smaller."""
    wishes = read_wishes(text)
    found = _search(wishes, within=within, level=level, limit=limit)
    if not found and any(wish.place.kinds for wish in wishes):
        # A wrong word for the kind ("desa" for a kecamatan) must not hide the place.
        relaxed = tuple(replace(wish, place=Named(wish.place.name, ANY_KIND)) for wish in wishes)
        found = _search(relaxed, within=within, level=level, limit=limit)
    return found


def _search(
    wishes: Sequence[Wish], *, within: RegionRange | None, level: int | None, limit: int
) -> list[RegionMatch]:
    found: dict[int, RegionMatch] = {}
    places = {
        wish: place for wish in wishes if (place := _place_of(wish, within=within, level=level)) is not None
    }
    for way in (_same, _beginning, _part, _near):
        for wish, place in places.items():
            if len(found) >= limit or (wish.guessed and (found or way in {_part, _near})):
                continue
            for match in way(wish.place.name, place, limit):
                found.setdefault(match.region.pk, match)
    best = list(found.values())[:limit]
    if level is None and places and all(match.region.level > Level.REGENCY for match in best):
        large = _large_and_near(places, limit=limit)
        best = best[: limit - len(large)] + [match for match in large if match not in best]
    return best


def _large_and_near(places: Mapping[Wish, _Place], *, limit: int) -> list[RegionMatch]:
    """Provinces and regencies of a near spelling: twenty villages called Pasuruhan must not hide Pasuruan."""
    wish, place = next(iter(places.items()))
    large = _Place(place.condition & Q(level__lte=Level.REGENCY), place.kinds)
    return _near(wish.place.name, large, min(_MOST_LARGE, limit))


def _place_of(wish: Wish, *, within: RegionRange | None, level: int | None) -> _Place | None:
    """Where the wish points to; None if a place it names around is unknown."""
    condition = Q() if within is None else in_any_region("key", [within])
    if level is not None:
        condition &= Q(level=level)
    areas: list[RegionRange] | None = None
    for named in reversed(wish.around):
        areas = _areas_named(named, inside=areas, guessed=wish.guessed)
        if not areas:
            return None
    if areas is not None:
        condition &= in_any_region("key", areas)
    return _Place(condition, frozenset(wish.place.kinds))


def _areas_named(named: Named, *, inside: list[RegionRange] | None, guessed: bool) -> list[RegionRange]:
    """The ranges of regions above village level that bear a name, inside other ranges if given."""
    condition = Q(level__lt=Level.VILLAGE)
    if inside is not None:
        condition &= in_any_region("key", inside)
    place = _Place(condition, frozenset(named.kinds))
    matches = _same(named.name, place, _MOST_AREAS)
    if not matches and not guessed:
        matches = _near(named.name, place, _MOST_AREAS)
    return [match.region.range for match in matches]


def _same(name: str, place: _Place, limit: int) -> list[RegionMatch]:
    return _bearing([name], place, limit, by=MatchedBy.NAME, by_alias=MatchedBy.ALIAS)


def _beginning(name: str, place: _Place, limit: int) -> list[RegionMatch]:
    beginning = Q(search_name__gte=name)
    end = just_after(name)
    if end is not None:
        beginning &= Q(search_name__lt=end)
    regions = place.regions().filter(beginning).order_by("level", "search_name", "code")[:limit]
    return [RegionMatch(region, MatchedBy.BEGINNING, region.name) for region in regions]


def _part(name: str, place: _Place, limit: int) -> list[RegionMatch]:
    if len(name) < _SHORTEST_PART:
        return []
    names = _known_names().containing(name, limit=_MOST_NAMES)
    return _bearing(names, place, limit, by=MatchedBy.PART, by_alias=MatchedBy.PART)


def _near(name: str, place: _Place, limit: int) -> list[RegionMatch]:
    distances = {near.name: near.distance for near in _known_names().near(name, limit=_MOST_NAMES)}
    return _bearing(
        list(distances), place, limit, by=MatchedBy.SPELLING, by_alias=MatchedBy.SPELLING, distances=distances
    )


def _bearing(
    names: Sequence[str],
    place: _Place,
    limit: int,
    *,
    by: MatchedBy,
    by_alias: MatchedBy,
    distances: Mapping[str, int] | None = None,
) -> list[RegionMatch]:
    """Regions in `place` that bear one of the search names, or are known by it; nearest, then largest."""
    if not names:
        return []
    ranks = distances or {}
    aliases = {
        region_id: (name, searched)
        for region_id, name, searched in RegionAlias.objects.filter(search_name__in=names).values_list(
            "region_id", "name", "search_name"
        )
    }
    wanted = set(names)
    own = _ranked(place.regions().filter(search_name__in=names), ranks=ranks, limit=limit)
    known_as = place.regions().filter(pk__in=list(aliases)).order_by("level", "search_name", "code")[:limit]
    matches = [(ranks.get(region.search_name, 0), RegionMatch(region, by, region.name)) for region in own]
    matches += [
        (ranks.get(aliases[region.pk][1], 0), RegionMatch(region, by_alias, aliases[region.pk][0]))
        for region in known_as
        if region.search_name not in wanted
    ]
    matches.sort(
        key=lambda pair: (pair[0], pair[1].region.level, pair[1].region.search_name, pair[1].region.code)
    )
    return [match for _, match in matches[:limit]]


def _ranked(regions: QuerySet[Region], *, ranks: Mapping[str, int], limit: int) -> Iterable[Region]:
    """The `limit` best; nearest names first, so that far but large regions do not push them out."""
    if not ranks:
        return regions.order_by("level", "search_name", "code")[:limit]
    found: list[Region] = []
    for distance in sorted(set(ranks.values())):
        names = [name for name, rank in ranks.items() if rank == distance]
        found += regions.filter(search_name__in=names).order_by("level", "search_name", "code")[
            : limit - len(found)
        ]
        if len(found) >= limit:
            break
    return found


_building = threading.Lock()
_kept: tuple[object, NameIndex] | None = None


def _known_names() -> NameIndex:
    """The index of all names in force, built anew in this process when a list or another name was added."""
    global _kept  # noqa: PLW0603 - one index per process is the point; it is replaced as a whole
    edition = _edition_now()
    kept = _kept
    if kept is not None and kept[0] == edition:
        return kept[1]
    with _building:
        if _kept is None or _kept[0] != edition:
            names = set(Region.objects.filter(valid_to=None).values_list("search_name", flat=True).distinct())
            names.update(RegionAlias.objects.values_list("search_name", flat=True))
            _kept = (edition, NameIndex(names))
        return _kept[1]


def _edition_now() -> object:
    """What changes whenever a name can have changed: the newest list and the other names."""
    newest = RegionList.objects.order_by("-pk").values_list("pk", "sha256", "loaded_at").first()
    aliases = RegionAlias.objects.aggregate(Count("pk"), Max("pk"))
    return connection.settings_dict["NAME"], newest, tuple(aliases.values())
