"""Outlines as they arrive in GeoJSON: which are sound, to which code they belong, how many points they keep. Pure.

A bad feature never stops an import: it is named with its reason and the good ones are kept. Nothing is guessed: turned
coordinates and unknown spellings are told, not mended; only a ring that was left open is closed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kentongan.analysis.geometry.coverage import simplified_coverage
from kentongan.analysis.geometry.rings import (
    Box,
    Point,
    Polygon,
    Ring,
    Shape,
    box_of,
    centre_of,
    points_of,
    polygon_area,
)
from kentongan.places.keys import KEY_DIGITS, Level, level_of

# How the code is called by those who publish boundaries; in one feature the finest level counts.
CODE_PROPERTIES = ("code", "kode", "kode_wilayah", "kode_kemendagri", "kdepum", "kdcpum", "kdpkab", "kdppum")
# Indonesia with its sea (degrees): wide enough for every island, narrow enough to catch turned coordinates.
COUNTRY = Box(94.0, -12.0, 142.0, 7.0)
MOST_POINTS_OF_ONE = 200_000
DECIMALS = 5

# Per level: the tolerance in degrees to begin with (0.001 is about 110 m), how many points a region may keep on
# average, and how many of its islands are drawn.
FINENESS: Mapping[Level, tuple[float, int, int]] = {
    Level.PROVINCE: (0.004, 500, 60),
    Level.REGENCY: (0.0015, 250, 40),
    Level.DISTRICT: (0.0006, 90, 20),
    Level.VILLAGE: (0.0003, 50, 8),
}
COARSER = 1.6


@dataclass(frozen=True, slots=True)
class FeatureFault:
    """A feature that is left out: its place in the file, what it says it is, and why not."""

    number: int
    name: str
    reason: str

    def line(self) -> str:
        return f"fitur {self.number} ({self.name or 'tanpa kode'}): {self.reason}"


@dataclass(frozen=True, slots=True)
class ReadFeature:
    """A sound feature: the code it names and its polygons. `mended` counts rings that had to be closed."""

    number: int
    code: str
    polygons: Shape
    mended: int = 0


@dataclass(frozen=True, slots=True)
class BoundaryFacts:
    """Where outlines come from; shown on every map drawn from them."""

    source: str
    licence: str
    sha256: str
    attribution: str = ""
    generated: bool = False


@dataclass(frozen=True, slots=True)
class PreparedOutline:
    """An outline as it is stored: few points, its box and a point inside."""

    code: str
    polygons: Shape
    box: Box
    centre: Point


@dataclass(frozen=True, slots=True)
class BoundaryBatch:
    """Everything of one import or one drawing, ready to be written."""

    facts: BoundaryFacts
    outlines: Sequence[PreparedOutline]
    faults: Sequence[FeatureFault] = ()
    mended: int = 0
    points_read: int = 0

    @property
    def points_kept(self) -> int:
        return sum(1 for outline in self.outlines for _ in points_of(outline.polygons))


@dataclass
class _Rings:
    """What reading the rings of one feature came upon."""

    mended: int = 0
    points: int = 0
    outside: Point | None = None


def read_feature(number: int, feature: Any) -> ReadFeature | FeatureFault:
    """One feature of a GeoJSON collection (RFC 7946), or why it cannot be used."""
    name = ""
    try:
        name = _written_code(feature)
        found = _Rings()
        shape = tuple(_polygons(feature.get("geometry"), found))
        _on_our_map(found)
        return ReadFeature(number, _dotted(name), shape, found.mended)
    except _Unusable as fault:
        return FeatureFault(number, name, str(fault))


def prepared(features: Iterable[ReadFeature]) -> Iterator[PreparedOutline]:
    """The outlines of the codes, with no more points than a map of their level shows; common borders stay common."""
    by_level: dict[Level, dict[str, Shape]] = {}
    for feature in features:
        shapes = by_level.setdefault(level_of(feature.code), {})
        # Some publishers write every island of a region as a feature of its own.
        shapes[feature.code] = shapes.get(feature.code, ()) + feature.polygons
    for level, shapes in sorted(by_level.items()):
        for code, shape in sorted(_thinned(shapes, level).items()):
            yield outline_of(code, shape)


def outline_of(code: str, shape: Shape) -> PreparedOutline:
    """A shape with what a page must know of it before reading it."""
    east, north = centre_of(shape)
    centre = (round(east, DECIMALS), round(north, DECIMALS))
    return PreparedOutline(code, shape, box_of(points_of(shape)), centre)


def _thinned(shapes: Mapping[str, Shape], level: Level) -> dict[str, Shape]:
    tolerance, points, islands = FINENESS[level]
    kept = {code: _largest_islands(shape, islands) for code, shape in shapes.items()}
    thin = simplified_coverage(kept, tolerance)
    while sum(1 for shape in thin.values() for _ in points_of(shape)) > points * len(thin) and tolerance < 1:
        tolerance *= COARSER
        thin = simplified_coverage(kept, tolerance)
    return thin


def _largest_islands(shape: Shape, most: int) -> Shape:
    return shape if len(shape) <= most else tuple(sorted(shape, key=polygon_area, reverse=True)[:most])


class _Unusable(ValueError):
    """Why a feature cannot be used, in the words of the report."""


def _written_code(feature: Any) -> str:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        raise _Unusable("bukan fitur GeoJSON dengan properti")
    named = {str(key).lower(): value for key, value in properties.items()}
    for name in CODE_PROPERTIES:
        value = named.get(name)
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return str(value).strip()[:40]
    raise _Unusable(f"tidak ada properti kode ({', '.join(CODE_PROPERTIES[:3])})")


def _dotted(written: str) -> str:
    """The dotted code of "35.14.16" or "351416"."""
    code = written
    if written.isascii() and written.isdigit() and len(written) in {2, 4, 6, KEY_DIGITS}:
        code = ".".join(part for part in (written[:2], written[2:4], written[4:6], written[6:]) if part)
    try:
        level_of(code)
    except ValueError:
        raise _Unusable("bukan kode wilayah, contoh 35.14.16") from None
    return code


def _polygons(geometry: Any, found: _Rings) -> Iterator[Polygon]:
    if not isinstance(geometry, dict):
        raise _Unusable("tidak ada geometri")
    kind, written = geometry.get("type"), geometry.get("coordinates")
    if kind not in {"Polygon", "MultiPolygon"}:
        raise _Unusable(f"geometri {str(kind)[:20]}, bukan Polygon atau MultiPolygon")
    read = [_polygon(each, found) for each in _listed([written] if kind == "Polygon" else written)]
    if not any(read):
        raise _Unusable("geometri kosong")
    yield from filter(None, read)


def _polygon(written: Any, found: _Rings) -> Polygon:
    """The rings of a polygon; none where its outer ring holds no area."""
    rings = [_ring(ring, found) for ring in _listed(written)]
    if not rings or len(rings[0]) < 4:
        return ()
    return (rings[0], *(ring for ring in rings[1:] if len(ring) >= 4))


def _ring(written: Any, found: _Rings) -> Ring:
    points: list[Point] = []
    for place in _listed(written):
        point = _point(place)
        if not points or points[-1] != point:
            points.append(point)
    found.points += len(points)
    if found.points > MOST_POINTS_OF_ONE:
        raise _Unusable(f"lebih dari {MOST_POINTS_OF_ONE} titik; sederhanakan dulu")
    found.outside = found.outside or next((point for point in points if not COUNTRY.holds(point)), None)
    if len(points) >= 3 and points[0] != points[-1]:
        points.append(points[0])
        found.mended += 1
    return tuple(points)


def _point(written: Any) -> Point:
    place = _listed(written)[:2]
    if len(place) < 2 or any(isinstance(part, bool) or not isinstance(part, int | float) for part in place):
        raise _Unusable("koordinat bukan sepasang angka")
    east, north = float(place[0]), float(place[1])
    # A comparison with "not a number" is never true.
    if not (-400 <= east <= 400 and -400 <= north <= 400):
        raise _Unusable("koordinat bukan derajat (mungkin meter atau NaN); pakai EPSG:4326")
    return round(east, DECIMALS), round(north, DECIMALS)


def _on_our_map(found: _Rings) -> None:
    if found.outside is None:
        return
    east, north = found.outside
    if COUNTRY.holds((north, east)):
        raise _Unusable(f"lintang dan bujur tertukar ({east}, {north}); bujur ditulis lebih dulu")
    raise _Unusable(f"di luar Indonesia ({east}, {north})")


def _listed(written: Any) -> list[Any]:
    if not isinstance(written, list):
        raise _Unusable("susunan koordinat salah")
    return written
