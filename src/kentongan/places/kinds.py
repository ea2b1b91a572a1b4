"""What a region is called: its kind, the words people write for it, and its official and short names.

The list writes "Kabupaten Pasuruan" for a regency but only "Rembang" for a district; we keep the bare name
and the kind apart, so that search and labels can put either word before it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from kentongan.places.keys import Level, level_of


class RegionKind(StrEnum):
    """The kinds of the official list, in the words of the law."""

    PROVINSI = "provinsi"
    KABUPATEN = "kabupaten"
    KABUPATEN_ADMINISTRASI = "kabupaten_administrasi"
    KOTA = "kota"
    KOTA_ADMINISTRASI = "kota_administrasi"
    KECAMATAN = "kecamatan"
    DISTRIK = "distrik"
    DESA = "desa"
    KELURAHAN = "kelurahan"
    DESA_ADAT = "desa_adat"


# Short form before a name, as offices write it.
SHORT_WORDS: Mapping[RegionKind, str] = {
    RegionKind.PROVINSI: "Prov.",
    RegionKind.KABUPATEN: "Kab.",
    RegionKind.KABUPATEN_ADMINISTRASI: "Kab. Adm.",
    RegionKind.KOTA: "Kota",
    RegionKind.KOTA_ADMINISTRASI: "Kota Adm.",
    RegionKind.KECAMATAN: "Kec.",
    RegionKind.DISTRIK: "Distrik",
    RegionKind.DESA: "Desa",
    RegionKind.KELURAHAN: "Kel.",
    RegionKind.DESA_ADAT: "Desa Adat",
}

_PROVINCES = frozenset({RegionKind.PROVINSI})
_REGENCIES = frozenset({RegionKind.KABUPATEN, RegionKind.KABUPATEN_ADMINISTRASI})
_CITIES = frozenset({RegionKind.KOTA, RegionKind.KOTA_ADMINISTRASI})
_DISTRICTS = frozenset({RegionKind.KECAMATAN, RegionKind.DISTRIK})
_VILLAGES = frozenset({RegionKind.DESA, RegionKind.KELURAHAN, RegionKind.DESA_ADAT})

# Which kinds a word before a name may mean. People mix desa and kelurahan, so both words mean the level.
KIND_WORDS: Mapping[str, frozenset[RegionKind]] = {
    **dict.fromkeys(("prov", "provinsi", "propinsi"), _PROVINCES),
    **dict.fromkeys(("kab", "kabupaten"), _REGENCIES),
    **dict.fromkeys(("kota", "kotamadya", "kodya"), _CITIES),
    **dict.fromkeys(("kec", "kecamatan", "distrik"), _DISTRICTS),
    **dict.fromkeys(("desa", "ds", "kel", "kelurahan"), _VILLAGES),
}

_REGENCY_NAME = re.compile(r"(kabupaten|kab\.?|kota)(\s+(?:administrasi|adm\.?))?\s+(\S.*)", re.IGNORECASE)
_VILLAGE_KINDS = {"1": RegionKind.KELURAHAN, "2": RegionKind.DESA, "3": RegionKind.DESA_ADAT}
# Law 21/2001 calls the level below a regency "distrik" in the provinces of Papua.
_PAPUA = frozenset({"91", "92", "93", "94", "95", "96"})


def kind_and_name(code: str, official: str) -> tuple[RegionKind, str]:
    """Take an official name apart. Raises ValueError where code and name do not tell the kind."""
    level = level_of(code)
    if level is Level.PROVINCE:
        return RegionKind.PROVINSI, _without(official, "Provinsi ")
    if level is Level.REGENCY:
        return _regency(official)
    if level is Level.DISTRICT:
        return (RegionKind.DISTRIK if code[:2] in _PAPUA else RegionKind.KECAMATAN), official
    kind = _VILLAGE_KINDS.get(code.split(".")[3][0])
    if kind is None:
        raise ValueError(f"{code}: the last part of a village's code begins with 1, 2 or 3.")
    return kind, _without(official, "Desa Adat ") if kind is RegionKind.DESA_ADAT else official


def official_name(kind: RegionKind, name: str) -> str:
    """Put the name together again as the list writes it."""
    if kind in _REGENCIES | _CITIES or kind is RegionKind.DESA_ADAT:
        return f"{kind.replace('_', ' ').title()} {name}"
    return name


def short_name(kind: RegionKind, name: str) -> str:
    """The name with the short word before it: "Kab. Pasuruan", "Kel. Bugul Lor"."""
    if kind is RegionKind.PROVINSI and name.startswith("Daerah "):
        return name
    return f"{SHORT_WORDS[kind]} {name}"


def _regency(official: str) -> tuple[RegionKind, str]:
    found = _REGENCY_NAME.fullmatch(official)
    if found is None:
        raise ValueError(f"{official!r} does not begin with Kabupaten or Kota.")
    word, administrative, name = found.groups()
    if word.lower() == "kota":
        return (RegionKind.KOTA_ADMINISTRASI if administrative else RegionKind.KOTA), name
    return (RegionKind.KABUPATEN_ADMINISTRASI if administrative else RegionKind.KABUPATEN), name


def _without(name: str, word: str) -> str:
    return name[len(word) :] if name.lower().startswith(word.lower()) else name
