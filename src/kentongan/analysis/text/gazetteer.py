"""The gazetteer: names of regions by key, ready for matching.

Built once from about 92,000 rows (well under two seconds) and then only read.  Matching walks the words of a
text and looks up joined keys, so its time grows with the text and not with the number of names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kentongan.analysis.text.normalise import letters_only
from kentongan.analysis.text.place_names import PlaceAlias, PlaceName, is_city, name_key


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Regions by code, codes by name key, the codes of cities, and the length of the longest key."""

    places: Mapping[str, PlaceName]
    codes_by_key: Mapping[str, tuple[str, ...]]
    cities: frozenset[str]
    longest_key: int

    def level_of(self, code: str) -> int:
        """Level 1 to 4 of a region; KeyError when the code is not in the gazetteer."""
        return self.places[code].level

    def line_of(self, code: str) -> tuple[str, ...]:
        """The region itself and its ancestors, nearest first; codes missing from the gazetteer are left
        out."""
        line: list[str] = []
        current: str | None = code
        while current and current in self.places and current not in line:
            line.append(current)
            current = parent_of(self.places[current])
        return tuple(line)

    def ancestor(self, code: str, level: int) -> str | None:
        """The region of `level` that holds `code` (or is it); None when there is none."""
        return next((held for held in self.line_of(code) if self.level_of(held) == level), None)


def build_gazetteer(names: Iterable[PlaceName], *, aliases: Iterable[PlaceAlias] = ()) -> Gazetteer:
    """Index the rows.  An alias of a code that is not among the rows is left out (a smaller world has fewer).

    Raises
    ------
    ValueError
        If a code comes twice or a level is not 1 to 4.
    """
    places: dict[str, PlaceName] = {}
    index: dict[str, tuple[str, ...]] = {}
    for place in names:
        if place.code in places:
            raise ValueError(f"region code {place.code} comes twice")
        places[place.code] = place
        _add(index, name_key(place), place.code)
    for row in aliases:
        if row.code in places:
            _add(index, letters_only(row.alias), row.code)
    cities = frozenset(code for code, place in places.items() if place.level == 2 and is_city(place))
    longest = max(map(len, index), default=0)
    return Gazetteer(MappingProxyType(places), MappingProxyType(index), cities, longest)


def parent_of(place: PlaceName) -> str | None:
    """Code of the region above: as given, else read from the dotted code; None for a province."""
    return place.parent_code or place.code.rpartition(".")[0] or None


def _add(index: dict[str, tuple[str, ...]], key: str, code: str) -> None:
    known = index.get(key, ())
    if key and code not in known:
        index[key] = (*known, code)
