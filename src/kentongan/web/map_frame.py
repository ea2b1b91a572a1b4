"""The ground of a map: which outlines are drawn, where on the sheet, and what is written on them.

A frame is made once per area and edition of boundaries and kept in the process: it holds nothing that depends on the
reader. What is drawn on it (`map_marks.py`) is made anew for each request.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kentongan.analysis.geometry.coverage import Arc, Coverage, edges_of
from kentongan.analysis.geometry.projection import Projection
from kentongan.analysis.geometry.rings import Box, Point, Shape, box_around, box_of, shape_area
from kentongan.analysis.geometry.simplify import simplified
from kentongan.places.keys import (
    KEY_DIGITS,
    WHOLE_COUNTRY,
    Level,
    RegionRange,
    code_of,
    key_at,
    level_of_range,
    range_of_key,
)
from kentongan.places.queries import (
    BoundarySource,
    Outline,
    boundary_edition,
    outline_of_key,
    outlines_around,
    outlines_in,
    outlines_of,
    sources_of,
)

WIDTH, HEIGHT, MARGIN = 740, 540, 14
SMALL_WIDTH, SMALL_HEIGHT = 560, 190
FRAMES_KEPT = 32
# Villages are drawn as thin lines inside their kecamatan as long as a page stays light with them.
MOST_FINE_OUTLINES = 500
SMALLEST_STEP = 0.6  # units of the drawing; nobody sees less
SMALL_STEP = 1.2  # the same on a small map
LETTER = 6.4  # about the width of a letter of a label, in units
# How much wider than its kecamatan a small map looks, so that the neighbours are on it.
AROUND = 0.45


@dataclass(frozen=True, slots=True)
class DrawnRegion:
    """One region of a frame: its outline as a path, and where its name stands, if there is room."""

    key: int
    code: str
    label: str
    path: str
    x: float
    y: float
    named: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """An area as it is drawn. `fine` are the lines one level below, `context` those of the neighbourhood."""

    width: int
    height: int
    projection: Projection
    level: Level
    regions: tuple[DrawnRegion, ...]
    edge: str
    fine: str
    context: str
    names_around: tuple[tuple[str, float, float], ...]
    sources: tuple[BoundarySource, ...]

    @property
    def generated(self) -> bool:
        return any(source.generated for source in self.sources)

    def holds(self, point: Point) -> bool:
        """Whether a place lies on the sheet."""
        x, y = self.projection.drawn(point)
        return 0 <= x <= self.width and 0 <= y <= self.height


def area_frame(ranges: Sequence[RegionRange]) -> Frame | None:
    """The frame of some regions with what lies below them; None where no outline is known."""
    edition = boundary_edition()
    return _area_frame(tuple(ranges), edition) if edition is not None and ranges else None


def small_frame(key: int) -> Frame | None:
    """A frame around one place, its kecamatan in the middle; None where no outline is known."""
    edition = boundary_edition()
    return _small_frame(key, edition) if edition is not None else None


@lru_cache(maxsize=FRAMES_KEPT)
def _area_frame(ranges: tuple[RegionRange, ...], _edition: Hashable) -> Frame | None:
    above = min(_level_of(part) for part in ranges)
    level = Level(min(above + 1, Level.VILLAGE)) if len(ranges) == 1 else Level(max(above, Level.PROVINCE))
    outlines = outlines_of(ranges, level) or outlines_of(ranges, Level(max(above, Level.PROVINCE)))
    if not outlines:
        return None
    level = outlines[0].level
    whole = outline_of_key(ranges[0].low) if len(ranges) == 1 and above in set(Level) else None
    box = box_around(each.box for each in ([whole] if whole else outlines))
    projection = Projection.fitting(box, width=WIDTH, height=HEIGHT, margin=MARGIN)
    around = _context(box, Level(max(above, Level.PROVINCE)), ranges)
    fine = _finer(ranges, level)
    return Frame(
        width=WIDTH,
        height=HEIGHT,
        projection=projection,
        level=level,
        regions=tuple(_drawn(each, projection) for each in outlines),
        edge=_lines({whole.key: whole.polygons}, projection) if whole and _fits(whole, outlines) else "",
        fine=_lines({each.key: each.polygons for each in fine}, projection),
        context=_lines({each.key: each.polygons for each in around}, projection),
        names_around=tuple(_names(around, projection, WIDTH, HEIGHT)),
        sources=_sources([*outlines, *around, *fine]),
    )


@lru_cache(maxsize=FRAMES_KEPT * 4)
def _small_frame(key: int, _edition: Hashable) -> Frame | None:
    middle = _middle_of(key)
    if middle is None:
        return None
    level = middle.level if middle.level < Level.VILLAGE else Level.DISTRICT
    around = middle.box.grown(AROUND * max(middle.box.width, middle.box.height))
    projection = Projection.fitting(around, width=SMALL_WIDTH, height=SMALL_HEIGHT)
    window = _window(projection)
    regions = outlines_around(window, level)
    fine = _finer([range_of_key(middle.key)], level)
    return Frame(
        width=SMALL_WIDTH,
        height=SMALL_HEIGHT,
        projection=projection,
        level=level,
        regions=(),
        edge=_lines({each.key: each.polygons for each in regions}, projection, step=SMALL_STEP),
        fine=_lines({each.key: each.polygons for each in fine}, projection, step=SMALL_STEP),
        context="",
        names_around=tuple(_names(regions, projection, SMALL_WIDTH, SMALL_HEIGHT)),
        sources=_sources([*regions, *fine]),
    )


def _fits(whole: Outline, parts: Sequence[Outline]) -> bool:
    """Whether an outline may be drawn over its parts: where they leave some of it open, or run along it exactly.

    Levels are often published with different fineness; both lines beside each other would only look wrong.
    """
    covered = sum(shape_area(each.polygons) for each in parts)
    inner = {edge for each in parts for edge in edges_of(each.polygons)}
    return covered < 0.9 * shape_area(whole.polygons) or edges_of(whole.polygons) <= inner


def _level_of(part: RegionRange) -> int:
    """The level of a range; 0 for one that is wider than a province."""
    return 0 if part.high - part.low > 10 ** (KEY_DIGITS - 2) else level_of_range(part)


def _middle_of(key: int) -> Outline | None:
    """What a small map shows in the middle: the kecamatan of a place, or the wider region the place is."""
    levels = [Level.DISTRICT, Level.VILLAGE, Level.REGENCY, Level.PROVINCE]
    own = level_of_range(range_of_key(key))
    for level in levels if own >= Level.DISTRICT else [own]:
        found = outline_of_key(key_at(key, level)) if level <= own else None
        if found is not None:
            return found
    return None


def _window(projection: Projection) -> Box:
    west, north = projection.place((0, 0))
    east, south = projection.place((SMALL_WIDTH, SMALL_HEIGHT))
    return Box(west, south, east, north)


def _finer(ranges: Sequence[RegionRange], level: Level) -> list[Outline]:
    """The outlines one level below, for areas in which they can still be told apart."""
    if level != Level.DISTRICT or len(ranges) > 1:
        return []
    found = outlines_in(ranges[0], Level.VILLAGE)
    return found if len(found) <= MOST_FINE_OUTLINES else []


def _context(box: Box, level: Level, ranges: Sequence[RegionRange]) -> list[Outline]:
    """What lies around, of the area's own level."""
    wide = box.grown(0.15 * max(box.width, box.height))
    if any(part.covers(WHOLE_COUNTRY) for part in ranges):
        return []
    return [each for each in outlines_around(wide, level) if not any(p.contains(each.key) for p in ranges)]


def _drawn(outline: Outline, projection: Projection) -> DrawnRegion:
    x, y = projection.drawn(outline.centre)
    room = outline.box.width * projection.shrink * projection.scale
    return DrawnRegion(
        key=outline.key,
        code=code_of(outline.key, outline.level),
        label=outline.name,
        path="".join(projection.path(ring, closed=True) for polygon in outline.polygons for ring in polygon),
        x=round(x, 1),
        y=round(y, 1),
        named=room > LETTER * len(outline.name) * 0.75,
    )


def _lines(shapes: dict[int, Shape], projection: Projection, *, step: float = SMALLEST_STEP) -> str:
    """All borders of some shapes as one path, each once, without steps too small to see."""
    if not shapes:
        return ""
    lines = (simplified(line, step / projection.scale) for line, _ in Coverage.of(shapes).borders())
    return "".join(projection.path(line) for line in lines if not _is_speck(line, projection, step))


def _is_speck(line: Arc, projection: Projection, step: float) -> bool:
    """An island too small to be seen on the sheet."""
    box = box_of(line)
    return line[0] == line[-1] and max(box.width, box.height) * projection.scale < 2 * step


def _names(
    outlines: Iterable[Outline], projection: Projection, width: int, height: int
) -> Iterable[tuple[str, float, float]]:
    """The names of regions whose centre is on the sheet with room for the word."""
    for each in outlines:
        x, y = projection.drawn(each.centre)
        half = LETTER * len(each.name) / 2
        if half < x < width - half and 14 < y < height - 8:
            yield each.name, round(x, 1), round(y, 1)


def _sources(outlines: Iterable[Outline]) -> tuple[BoundarySource, ...]:
    return tuple(sources_of(each.edition for each in outlines))
