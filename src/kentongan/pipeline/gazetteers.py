"""The place names that texts are read with, built once per list of regions: all of the country, and those of one area."""

from __future__ import annotations

from functools import lru_cache

from kentongan.analysis.text.gazetteer import Gazetteer, build_gazetteer
from kentongan.analysis.text.messages import names_inside
from kentongan.analysis.text.place_names import PlaceName
from kentongan.analysis.text.terms_id import INDONESIAN
from kentongan.edge.problems import Problem
from kentongan.places.queries import all_place_names, edition, region_by_code


def gazetteer() -> Gazetteer:
    """The place names of the list loaded now.  Raises Problem when none is loaded."""
    return _gazetteer(_edition())


def gazetteer_inside(areas: tuple[str, ...]) -> Gazetteer:
    """The districts and villages of some areas, by their codes."""
    return _inside(_edition(), areas)


def forget_gazetteers() -> None:
    """Build anew at the next reading: for a process in which the list of regions changes under the same number."""
    _gazetteer.cache_clear()
    _inside.cache_clear()


def place_name(code: str) -> str:
    """A region as offices write it: "Kab. Pasuruan"."""
    return region_by_code(code).short_name


def _edition() -> int:
    listed = edition()
    return listed.pk if listed else 0


@lru_cache(maxsize=1)
def _gazetteer(_edition: int) -> Gazetteer:
    rows = [row for row in all_place_names() if not row.is_alias]
    if not rows:
        raise Problem("pipeline.no_regions")
    known = {row.code for row in rows}
    names = (PlaceName(row.code, row.level, row.name, row.kind, row.parent_code or None) for row in rows)
    return build_gazetteer(
        names, aliases=[alias for alias in INDONESIAN.places.aliases if alias.code in known]
    )


@lru_cache(maxsize=64)
def _inside(edition_number: int, areas: tuple[str, ...]) -> Gazetteer:
    return names_inside(_gazetteer(edition_number), areas)
