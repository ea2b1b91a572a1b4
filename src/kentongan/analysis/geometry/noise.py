"""Repeatable chance: numbers that look random but depend on nothing except seed and place.

No generator is carried along, so the same seed gives the same bytes on every machine and in every order of work.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from hashlib import sha256
from math import floor

from kentongan.analysis.geometry.rings import Point

_MASK = (1 << 64) - 1


def hashed(seed: int, *numbers: int) -> float:
    """A number in [0, 1) (the mixing steps of SplitMix64: G. Steele and others, OOPSLA 2014)."""
    state = seed & _MASK
    for number in numbers:
        state = (state ^ (number & _MASK)) * 0x9E3779B97F4A7C15 & _MASK
        state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9 & _MASK
        state = (state ^ (state >> 27)) * 0x94D049BB133111EB & _MASK
        state ^= state >> 31
    return (state >> 11) / (1 << 53)


def seed_of(*names: Hashable) -> int:
    """A seed from words and numbers."""
    return int.from_bytes(sha256(repr(names).encode()).digest()[:8], "big")


def smooth_noise(x: float, y: float, *, seed: int, size: float) -> float:
    """Value noise in [0, 1]: random heights on a grid of `size`, smoothly joined (K. Perlin's smoothstep)."""
    column, row = floor(x / size), floor(y / size)
    across, up = _eased(x / size - column), _eased(y / size - row)
    south = _between(hashed(seed, column, row), hashed(seed, column + 1, row), across)
    north = _between(hashed(seed, column, row + 1), hashed(seed, column + 1, row + 1), across)
    return _between(south, north, up)


def displaced(point: Point, *, seed: int, ways: Iterable[tuple[float, float]]) -> Point:
    """A point moved by noise: for every (far, size) at most `far` along each axis, alike within about `size`.

    While the sum of 3 · far / size stays below 1 no two points change sides, so what lay apart stays apart.
    """
    x, y = point
    for number, (far, size) in enumerate(ways):
        x += far * (2 * smooth_noise(*point, seed=seed + 2 * number, size=size) - 1)
        y += far * (2 * smooth_noise(*point, seed=seed + 2 * number + 1, size=size) - 1)
    return x, y


def _eased(share: float) -> float:
    return share * share * (3 - 2 * share)


def _between(low: float, high: float, share: float) -> float:
    return low + (high - low) * share
