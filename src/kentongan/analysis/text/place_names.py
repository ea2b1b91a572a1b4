"""The values the place kernels are built from: official names, well-known aliases, cue words.

The rows come from the `places` stage, the word lists from `terms_id`; both are passed in.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from kentongan.analysis.text.normalise import letters_only


class Level(IntEnum):
    """Level of a region, as in the official code: province, kabupaten or kota, kecamatan, desa or
    kelurahan."""

    PROVINCE = 1
    REGENCY = 2
    DISTRICT = 3
    VILLAGE = 4


class Cue(StrEnum):
    """What a word before a name says about the name's level."""

    PROVINCE = "province"
    REGENCY = "regency"
    CITY = "city"
    REGENCY_OR_CITY = "regency_or_city"
    OFFICE = "office"
    DISTRICT = "district"
    VILLAGE = "village"


@dataclass(frozen=True, slots=True)
class PlaceName:
    """One region: dotted code, level 1 to 4, official name (with or without "Kabupaten", "Kota"), kind,
    parent.

    `kind` may be empty when it is not known; `parent_code` is None for a province.
    """

    code: str
    level: int
    name: str
    kind: str = ""
    parent_code: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceAlias:
    """A well-known other name of a region ("Kaltara" for 65)."""

    alias: str
    code: str


# From the code list itself: municipalities are numbered from 71 on inside their province.
_FIRST_CITY_NUMBER = 71
_KIND_WORDS = {
    Level.PROVINCE: ("provinsi",),
    Level.REGENCY: ("kabupaten administrasi", "kota administrasi", "kabupaten", "kota"),
}


def is_city(place: PlaceName) -> bool:
    """Whether a level-2 region is a kota: by its kind or name, else by its number in the official code."""
    for word in (place.kind.casefold(), place.name.casefold()):
        if word.startswith(("kota ", "kab")) or word == "kota":
            return word.startswith("kota")
    number = place.code.rpartition(".")[2]
    return number.isdecimal() and int(number) >= _FIRST_CITY_NUMBER


def name_key(place: PlaceName) -> str:
    """Comparison key of the name without its administrative word; "Kepulauan", "Raya" and the like stay."""
    name = place.name.strip()
    for word in _KIND_WORDS.get(Level(place.level), ()):
        if name.casefold().startswith(f"{word} "):
            return letters_only(name[len(word) :])
    return letters_only(name)
