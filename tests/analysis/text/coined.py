"""A small coined world for the text kernels: none of these names is in the official list."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from kentongan.analysis.text.gazetteer import Gazetteer, build_gazetteer
from kentongan.analysis.text.place_names import PlaceAlias, PlaceName

ARTICLES = Path(__file__).resolve().parents[2] / "data" / "articles"

NAMES = (
    PlaceName("99", 1, "Bimasakti Raya", "provinsi"),
    PlaceName("99.01", 2, "Kabupaten Waluku", "kabupaten", "99"),
    PlaceName("99.02", 2, "Lintang Wuluh", "kabupaten", "99"),
    PlaceName("99.03", 2, "Pesisir Panjer", "kabupaten", "99"),
    PlaceName("99.04", 2, "Kepulauan Gumarang", "kabupaten", "99"),
    PlaceName("99.71", 2, "Kota Penceng", "kota", "99"),
    PlaceName("99.72", 2, "Kota Pesisir Panjer", "kota", "99"),
    PlaceName("99.01.01", 3, "Tegalwuku", "kecamatan", "99.01"),
    PlaceName("99.01.02", 3, "Banyupanjer", "kecamatan", "99.01"),
    PlaceName("99.02.01", 3, "Watukemukus", "kecamatan", "99.02"),
    PlaceName("99.03.01", 3, "Watukemukus", "kecamatan", "99.03"),
    PlaceName("99.02.02", 3, "Waluku", "kecamatan", "99.02"),
    PlaceName("99.01.01.2001", 4, "Sumberluku", "desa", "99.01.01"),
    PlaceName("99.02.01.2001", 4, "Karangmukus", "desa", "99.02.01"),
    PlaceName("99.03.01.2001", 4, "Karangmukus", "desa", "99.03.01"),
)
ALIASES = (PlaceAlias("Bimara", "99"), PlaceAlias("Kaltara", "65"))


@lru_cache(maxsize=1)
def coined_gazetteer() -> Gazetteer:
    """The coined world, with an alias for its province and one of a region it does not have."""
    return build_gazetteer(NAMES, aliases=ALIASES)


def article(name: str) -> str:
    """The text of one invented article."""
    return (ARTICLES / f"{name}.txt").read_text(encoding="utf-8")
