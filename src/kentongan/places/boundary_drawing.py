"""Generated outlines for a region and everything below it, as a schema until real boundaries are imported. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from kentongan.analysis.geometry.noise import seed_of
from kentongan.analysis.geometry.outlines import Setting, generated_outlines
from kentongan.places.boundaries import BoundaryBatch, BoundaryFacts, outline_of
from kentongan.places.keys import Level, level_of, parent_code

SOURCE = "Dibuat Kentongan dari daftar wilayah"
LICENCE = "Apache-2.0"
NOTE = "Skema, bukan batas sebenarnya"

# South of Java, in open sea and inside the country's box: a schema must lie on nobody's land.
OPEN_SEA = (109.0, -9.7)
# How large a region without known parts is drawn, in villages; and how wide a drawing of each level is.
_SIZES: Mapping[Level, float] = {
    Level.PROVINCE: 40.0,
    Level.REGENCY: 12.0,
    Level.DISTRICT: 3.0,
    Level.VILLAGE: 1.0,
}
_WIDTHS_KM: Mapping[Level, float] = {
    Level.PROVINCE: 120.0,
    Level.REGENCY: 55.0,
    Level.DISTRICT: 20.0,
    Level.VILLAGE: 5.0,
}


def drawn_boundaries(
    root: str, codes: Iterable[str], *, seed: int | None = None, at: tuple[float, float] = OPEN_SEA
) -> BoundaryBatch:
    """Outlines for the root and the codes below it; the same codes, seed and place give the same outlines."""
    below = sorted(code for code in set(codes) if code.startswith(f"{root}."))
    children: dict[str, list[str]] = {}
    for code in below:
        children.setdefault(parent_code(code) or root, []).append(code)
    setting = Setting(*at, _WIDTHS_KM[level_of(root)])
    chosen = seed_of(root, *below) if seed is None else seed
    shapes = generated_outlines(
        root, children, _weights([root, *below], children), setting=setting, seed=chosen
    )
    digest = hashlib.sha256(repr(sorted(shapes.items())).encode()).hexdigest()
    facts = BoundaryFacts(SOURCE, LICENCE, digest, NOTE, generated=True)
    return BoundaryBatch(facts, tuple(outline_of(code, shape) for code, shape in sorted(shapes.items())))


def _weights(codes: list[str], children: Mapping[str, list[str]]) -> dict[str, float]:
    """A region is as large as its parts together, and at least as large as one of its level."""
    weights: dict[str, float] = {}
    for code in sorted(codes, key=level_of, reverse=True):
        parts = sum(weights[child] for child in children.get(code, ()))
        weights[code] = max(_SIZES[level_of(code)], parts)
    return weights
