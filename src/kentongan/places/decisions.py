"""Which rows of a list are sound, and what a new list changes: plain values in, plan out.

A bad row never stops the load: it is named with line and reason and the good rows are kept. A region goes
out of force only when the list names neither it nor anything below it, so that one bad row cannot close
half a province.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kentongan.places.keys import Level, level_of, parent_code
from kentongan.places.kinds import RegionKind, kind_and_name
from kentongan.places.spelling import search_name
from kentongan.places.time_zones import PROVINCE_ZONES, ZONE_LABELS

LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class ListedRegion:
    """One line of a list as it stands there; `time_zone` only for provinces we do not know."""

    line: int
    code: str
    name: str
    time_zone: str = ""


@dataclass(frozen=True, slots=True)
class RowError:
    """A line that was left out, and why."""

    line: int
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class SoundRegion:
    """A checked line, taken apart."""

    code: str
    level: Level
    kind: RegionKind
    name: str
    search_name: str
    time_zone: str


@dataclass(frozen=True, slots=True)
class KnownRegion:
    """A region in force in the database, as far as a list can change it; `ours`: of the same source."""

    code: str
    kind: str
    name: str
    time_zone: str
    ours: bool = True


@dataclass(frozen=True, slots=True)
class CheckedList:
    """The sound rows by code, the errors, and every well-formed code the list named (bad rows too)."""

    regions: Mapping[str, SoundRegion]
    errors: tuple[RowError, ...]
    named: frozenset[str]


@dataclass(frozen=True, slots=True)
class ListPlan:
    """What a list changes: regions to open and to rename, codes to close. Empty when nothing differs."""

    opened: Sequence[SoundRegion] = ()
    renamed: Sequence[SoundRegion] = ()
    closed: Sequence[str] = ()
    unchanged: int = field(default=0)


def check_list(rows: Iterable[ListedRegion], *, known: Mapping[str, KnownRegion]) -> CheckedList:
    """Sort the rows into sound ones and errors; parents may stand after their children in the file."""
    errors: list[RowError] = []
    zones = {code: region.time_zone for code, region in known.items() if len(code) == 2}
    first_lines: dict[str, int] = {}
    drafts: list[tuple[ListedRegion, Level]] = []
    for row in rows:
        reason, level = _fault_of(row, first_lines)
        if level is None:
            errors.append(RowError(row.line, row.code, reason))
            continue
        first_lines[row.code] = row.line
        if level is Level.PROVINCE:
            zones[row.code] = row.time_zone or PROVINCE_ZONES.get(row.code) or zones.get(row.code, "")
        drafts.append((row, level))
    regions: dict[str, SoundRegion] = {}
    for row, level in sorted(drafts, key=lambda draft: draft[1]):
        try:
            regions[row.code] = _sound(row, level, regions=regions, known=known, zones=zones)
        except ValueError as fault:
            errors.append(RowError(row.line, row.code, str(fault)))
    errors.sort(key=lambda error: error.line)
    return CheckedList(regions, tuple(errors), frozenset(first_lines))


def plan_changes(checked: CheckedList, *, known: Mapping[str, KnownRegion]) -> ListPlan:
    """Compare a checked list with the regions in force."""
    opened, renamed = [], []
    for code, region in checked.regions.items():
        before = known.get(code)
        if before is None:
            opened.append(region)
        elif (before.kind, before.name, before.time_zone) != (region.kind, region.name, region.time_zone):
            renamed.append(region)
    kept = _with_ancestors(checked.named)
    closed = sorted(code for code, region in known.items() if region.ours and code not in kept)
    return ListPlan(opened, renamed, closed, len(checked.regions) - len(opened) - len(renamed))


def shrinks_too_much(closed: int, *, in_force: int, largest_loss: float) -> bool:
    """Whether a list would close so large a share that it is more likely cut off than true."""
    return in_force > 0 and closed / in_force > largest_loss


def _fault_of(row: ListedRegion, first_lines: Mapping[str, int]) -> tuple[str, Level | None]:
    try:
        level = level_of(row.code)
    except ValueError:
        return f"kode {row.code!r} tidak berbentuk 35, 35.14, 35.14.16 atau 35.14.16.2006", None
    if row.code in first_lines:
        return f"kode {row.code} sudah ada di baris {first_lines[row.code]}", None
    return "", level


def _sound(
    row: ListedRegion,
    level: Level,
    *,
    regions: Mapping[str, SoundRegion],
    known: Mapping[str, KnownRegion],
    zones: Mapping[str, str],
) -> SoundRegion:
    above = parent_code(row.code)
    if above is not None and above not in regions and above not in known:
        raise ValueError(f"wilayah induk {above} tidak ada")
    kind, name, searched = _named(row)
    zone = zones.get(row.code[:2], "")
    if zone not in ZONE_LABELS:
        raise ValueError(
            f"zona waktu provinsi {row.code[:2]} tidak dikenal: isi time_zone ({', '.join(ZONE_LABELS)})"
        )
    return SoundRegion(row.code, level, kind, name, searched, zone)


def _named(row: ListedRegion) -> tuple[RegionKind, str, str]:
    """Kind, bare name and search name of a row."""
    written = " ".join(row.name.split())
    if not written.isprintable():
        raise ValueError("nama berisi tanda yang tidak terbaca")
    try:
        kind, name = kind_and_name(row.code, written)
    except ValueError:
        raise ValueError(f"nama {written!r} atau kodenya tidak menyebut jenis wilayah") from None
    searched = search_name(name)
    if not searched:
        raise ValueError("nama kosong")
    if max(len(name), len(searched)) > LONGEST_NAME:
        raise ValueError(f"nama lebih panjang dari {LONGEST_NAME} huruf")
    return kind, name, searched


def _with_ancestors(codes: Iterable[str]) -> set[str]:
    kept = set(codes)
    for code in codes:
        parts = code.split(".")
        kept.update(".".join(parts[:end]) for end in range(1, len(parts)))
    return kept
