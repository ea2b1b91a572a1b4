"""Region codes as numbers, so that "everything below 35.14" is one range of a plain index.

The official dotted code `35.14.16.2006` becomes the ten-digit key 3514162006; a region's subtree is the
half-open range [its key, the key of its next sibling). Pure: every later stage, scope and lookup rests on
this page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

KEY_DIGITS = 10
# No part may be all zeros: that would give a region the key of the one above it.
_PAIR = r"(?!00)[0-9]{2}"
_CODE = re.compile(rf"{_PAIR}(?:\.{_PAIR}(?:\.{_PAIR}(?:\.(?!0000)[0-9]{{4}})?)?)?")


class Level(IntEnum):
    """The four levels of the official list."""

    PROVINCE = 1
    REGENCY = 2
    DISTRICT = 3
    VILLAGE = 4


_LEVELS = tuple(Level)
_DIGITS = {Level.PROVINCE: 2, Level.REGENCY: 4, Level.DISTRICT: 6, Level.VILLAGE: 10}

_UNITS: dict[int, int] = {level: int(10 ** (KEY_DIGITS - digits)) for level, digits in _DIGITS.items()}


@dataclass(frozen=True, slots=True, order=True)
class RegionRange:
    """Keys from `low` up to but not including `high`: a region with everything below it."""

    low: int
    high: int

    def __post_init__(self) -> None:
        if not 0 <= self.low < self.high <= 10**KEY_DIGITS:
            raise ValueError(
                f"{self.low}..{self.high} is no range of region keys: it is empty or leaves ten digits."
            )

    def contains(self, key: int) -> bool:
        return self.low <= key < self.high

    def covers(self, other: RegionRange) -> bool:
        return self.low <= other.low and other.high <= self.high

    def overlaps(self, other: RegionRange) -> bool:
        return self.low < other.high and other.low < self.high


WHOLE_COUNTRY = RegionRange(0, 10**KEY_DIGITS)


def level_of(code: str) -> Level:
    """The level of a dotted code. Raises ValueError if it is none."""
    if not _CODE.fullmatch(code):
        raise ValueError(
            f"{code!r} is no region code: write 35, 35.14, 35.14.16 or 35.14.16.2006, no part all zeros."
        )
    return _LEVELS[code.count(".")]


def key_of(code: str) -> int:
    """The ten-digit key of a dotted code."""
    level = level_of(code)
    return int(code.replace(".", "")) * _unit(level)


def code_of(key: int, level: int) -> str:
    """The dotted code of a key at its level. Raises ValueError if the key has digits below that level."""
    if not 0 < key < 10**KEY_DIGITS or key % _unit(level):
        raise ValueError(f"{key} is no key of level {level}.")
    digits = f"{key:0{KEY_DIGITS}d}"
    parts = [digits[0:2], digits[2:4], digits[4:6], digits[6:10]][:level]
    code = ".".join(parts)
    level_of(code)
    return code


def level_of_key(key: int) -> Level:
    """The level of a key: the first whose digits hold all of it."""
    if not 0 < key < 10**KEY_DIGITS:
        raise ValueError(f"{key} is no region key: it must have up to ten digits.")
    return next(level for level in Level if key % _unit(level) == 0)


def parent_code(code: str) -> str | None:
    """The code one level up; None for a province."""
    return code.rpartition(".")[0] if level_of(code) > Level.PROVINCE else None


def range_of(code: str) -> RegionRange:
    """The keys of a region and of everything below it."""
    key = key_of(code)
    return RegionRange(key, key + _unit(level_of(code)))


def range_of_key(key: int) -> RegionRange:
    """The same for a key."""
    return RegionRange(key, key + _unit(level_of_key(key)))


def level_of_range(part: RegionRange) -> Level:
    """The level of the region a range spans; a range wider than a province counts as one."""
    width = part.high - part.low
    return next((level for level in reversed(_LEVELS) if _unit(level) >= width), Level.PROVINCE)


def key_at(key: int, level: int) -> int:
    """The key of the region of `level` that holds `key`. Raises ValueError if `key` lies above that level."""
    if level_of_key(key) < level:
        raise ValueError(f"{key} lies above level {level}, so it belongs to no single region of that level.")
    return key - key % _unit(level)


def span_of(level: int) -> int:
    """How many keys a region of a level spans: a key less its remainder is the key of the region of that level."""
    return _unit(level)


def merged(ranges: Iterable[RegionRange]) -> tuple[RegionRange, ...]:
    """The same keys in as few ranges as possible, in order."""
    result: list[RegionRange] = []
    for each in sorted(ranges):
        if result and each.low <= result[-1].high:
            result[-1] = RegionRange(result[-1].low, max(result[-1].high, each.high))
        else:
            result.append(each)
    return tuple(result)


def _unit(level: int) -> int:
    """How many keys one region of `level` spans."""
    return _UNITS[level]
