"""Reading region lists from files: the one that ships with the product, or one an operator brings.

The shipped list lies in `data/`, apart from the code because its licence is another (ODbL, see
`data/README.md`). An operator's list is a CSV with the columns `code,name` and, for provinces we do not
know, `time_zone`.
"""

from __future__ import annotations

import csv
import hashlib
import io
import lzma
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from kentongan.edge.problems import Problem
from kentongan.places.decisions import ListedRegion

NATIONAL_SOURCE = "daftar nasional"
SHIPPED = resources.files("kentongan.places") / "data"


@dataclass(frozen=True, slots=True)
class ListFacts:
    """Where a list comes from. Lists of one `source` follow each other; another source is left alone."""

    source: str
    version: str
    licence: str
    sha256: str
    decree: str = ""
    attribution: str = ""
    effective: date | None = None


@dataclass(frozen=True, slots=True)
class ListedIsland:
    """One line of the list of islands; `region_code` is the regency, or the province where none is named."""

    code: str
    region_code: str
    name: str
    latitude: float | None = None
    longitude: float | None = None
    populated: bool | None = None
    outermost: bool | None = None


@dataclass(frozen=True, slots=True)
class RegionListing:
    """A whole list in memory, ready to be loaded. `islands` is None where it says nothing about islands."""

    facts: ListFacts
    rows: Sequence[ListedRegion]
    islands: Sequence[ListedIsland] | None = None
    aliases: Sequence[tuple[str, str]] = ()


def shipped_list() -> RegionListing:
    """The official list that ships with the product, with islands and well-known other names."""
    edition = _yaml("edition.yaml")
    regions = _unpacked("regions.csv.xz", edition["files"])
    islands = _unpacked("islands.csv.xz", edition["files"])
    facts = ListFacts(
        source=NATIONAL_SOURCE,
        version=str(edition["version"]),
        licence=edition["licence"],
        sha256=hashlib.sha256(regions + islands).hexdigest(),
        decree=edition["decree"],
        attribution=edition["attribution"],
    )
    aliases = [(str(code), name) for code, names in _yaml("aliases.yaml").items() for name in names]
    return RegionListing(facts, read_rows(regions), _read_islands(islands), aliases)


def list_in(path: Path) -> RegionListing:
    """A list an operator brings: CSV, plain or packed with xz."""
    try:
        packed = path.read_bytes()
        content = lzma.decompress(packed) if path.suffix == ".xz" else packed
        rows = read_rows(content)
    except OSError as fault:
        raise Problem("places.list_unreadable", value=path, why=fault.strerror or fault) from fault
    except (lzma.LZMAError, UnicodeDecodeError, csv.Error, ValueError) as fault:
        raise Problem("places.list_unreadable", value=path, why=fault) from fault
    digest = hashlib.sha256(content).hexdigest()
    return RegionListing(ListFacts(NATIONAL_SOURCE, path.name[:40], "menurut sumbernya", digest), rows)


def listing_of(source: str, rows: Iterable[tuple[str, str]], *, time_zone: str = "") -> RegionListing:
    """A list made by the program itself (a demo world, a test): pairs of code and official name."""
    listed = [ListedRegion(number, code, name, time_zone) for number, (code, name) in enumerate(rows, 1)]
    digest = hashlib.sha256(repr([(row.code, row.name) for row in listed]).encode()).hexdigest()
    return RegionListing(ListFacts(source, "1", "Apache-2.0", digest), listed)


def read_rows(content: bytes) -> list[ListedRegion]:
    """The rows of a CSV with the columns code and name. Raises ValueError if a column is missing."""
    reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    missing = {"code", "name"} - set(reader.fieldnames or ())
    if missing:
        raise ValueError(f"kolom {', '.join(sorted(missing))} tidak ada")
    return [
        ListedRegion(
            reader.line_num,
            (row["code"] or "").strip(),
            row["name"] or "",
            (row.get("time_zone") or "").strip(),
        )
        for row in reader
    ]


def _read_islands(content: bytes) -> list[ListedIsland]:
    reader = csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""))
    return [
        ListedIsland(
            code=row["code"],
            region_code=row["region_code"],
            name=row["name"],
            latitude=float(row["latitude"]) if row["latitude"] else None,
            longitude=float(row["longitude"]) if row["longitude"] else None,
            populated=_yes_or_no(row["populated"]),
            outermost=_yes_or_no(row["outermost"]),
        )
        for row in reader
    ]


def _yes_or_no(written: str) -> bool | None:
    return {"1": True, "0": False}.get(written)


def _unpacked(name: str, files: Mapping[str, Mapping[str, str]]) -> bytes:
    content = lzma.decompress((SHIPPED / name).read_bytes())
    if hashlib.sha256(content).hexdigest() != files[name]["sha256"]:
        raise Problem("places.list_damaged", value=name)
    return content


def _yaml(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((SHIPPED / name).read_text(encoding="utf-8"))
    return loaded
