"""The signs on a map: how sure the place is decides the form, how sure the matter is decides the filling.

Precision 1 with a point is a dot in a circle; a village is a ring at its centre; anything wider is the hatched region, or
a broad dashed ring where the sheet does not hold it as one, and never a point. What is not confirmed is hatched; what is
confirmed is filled, darker as it is graver.
A place without an outline is shown by the next wider region that has one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt

from kentongan.analysis.geometry.rings import Point
from kentongan.places.keys import Level, key_at, level_of_key
from kentongan.places.queries import Spot, spots_of
from kentongan.web.map_frame import Frame

POINT, RING, WIDE = "point", "ring", "wide"
POINT_METRES = 500.0
SMALLEST_CIRCLE, SMALLEST_WIDE, LARGEST_WIDE = 13.0, 26.0, 120.0
TALL = 23.0  # room of a sign upwards
# Where a sign of a wide region may stand instead when another is there already, in widths and heights of a sign.
_ASIDE = ((0, 0), (0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (-1, 1), (1, -1), (-1, -1), (0, 2), (0, -2))


@dataclass(frozen=True, slots=True)
class Happening:
    """What is to be drawn: one event, or `count` events of one region, in the words of the list beside it.

    `sign` is what stands in the sign of a count; an event bears the number of its row.
    """

    area: int
    precision: int
    point: Point | None
    confirmed: bool
    severity: int | None
    words: str
    url: str
    count: int = 1
    name: str = ""
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """One sign: its place, its extent, its number in the list, and what a screen reader says."""

    form: str
    x: float
    y: float
    radius: float
    number: int
    count: int
    confirmed: bool
    severity: int | None
    words: tuple[str, ...]
    url: str
    name: str
    region: int | None
    text: str
    is_count: bool
    sign_x: float
    sign_y: float

    @property
    def width(self) -> int:
        """How wide a sign must be for what stands in it."""
        return max(24, 10 + 7 * len(self.text))

    @property
    def shade(self) -> str:
        """The class of its filling: hatched, or one of four shades."""
        if not self.confirmed:
            return "unsure"
        return f"s{(self.severity + 1) // 2}" if self.severity else "s0"


@dataclass(frozen=True, slots=True)
class _Place:
    form: str
    point: Point
    radius: float
    key: tuple[object, ...]
    region: int | None = None


def marks_on(frame: Frame, happenings: Sequence[Happening]) -> tuple[list[Mark], list[int | None]]:
    """The signs in order of first mention, and for each happening the number of its sign; None if it is off the sheet."""
    places = _places(frame, happenings)
    marks: dict[tuple[object, ...], Mark] = {}
    numbers: list[int | None] = []
    for each, place in zip(happenings, places, strict=True):
        if place is None or not frame.holds(place.point):
            numbers.append(None)
            continue
        key = (*place.key, each.confirmed)
        known = marks.get(key)
        marks[key] = _joined(known, each) if known else _mark(frame, each, place, number=len(marks) + 1)
        numbers.append(marks[key].number)
    return _apart(list(marks.values())), numbers


def _places(frame: Frame, happenings: Iterable[Happening]) -> list[_Place | None]:
    listed = list(happenings)
    spots = spots_of(key for each in listed for key in _candidates(each))
    return [_place(frame, each, spots) for each in listed]


def _candidates(each: Happening) -> list[int]:
    """The regions by which a place may be shown, the best first."""
    own = level_of_key(each.area)
    finest = own if each.precision < 3 else min(own, Level.DISTRICT)
    return [key_at(each.area, level) for level in range(finest, 0, -1)]


def _place(frame: Frame, each: Happening, spots: Mapping[int, Spot]) -> _Place | None:
    if each.precision == 1 and each.point is not None:
        radius = max(frame.projection.units(POINT_METRES), SMALLEST_CIRCLE)
        x, y = frame.projection.drawn(each.point)
        return _Place(POINT, each.point, radius, (POINT, round(x), round(y)))
    spot = next((spots[key] for key in _candidates(each) if key in spots), None)
    if spot is None:
        return None
    if spot.level == Level.VILLAGE:
        return _Place(RING, spot.centre, 0, (RING, spot.key))
    return _Place(WIDE, spot.centre, _extent(frame, spot), (WIDE, spot.key), spot.key)


def _extent(frame: Frame, spot: Spot) -> float:
    """About half the width of a region, as far as a sheet can show it."""
    size = sqrt(spot.box.width * frame.projection.shrink * spot.box.height) * frame.projection.scale
    return min(max(0.42 * size, SMALLEST_WIDE), LARGEST_WIDE)


def _mark(frame: Frame, each: Happening, place: _Place, *, number: int) -> Mark:
    x, y = (round(part, 1) for part in frame.projection.drawn(place.point))
    return Mark(
        form=place.form,
        x=x,
        y=y,
        radius=round(place.radius, 1),
        number=number,
        count=each.count,
        confirmed=each.confirmed,
        severity=each.severity,
        words=(each.words,),
        url=each.url,
        name=each.name,
        region=place.region,
        text=each.sign or str(number),
        is_count=bool(each.sign),
        sign_x=x,
        sign_y=y,
    )


def _joined(mark: Mark, each: Happening) -> Mark:
    """A sign that stands for one more; it leads to the list, and shows the gravest."""
    worst = max((grade for grade in (mark.severity, each.severity) if grade), default=None)
    words = (*mark.words, each.words)
    return replace(
        mark,
        count=mark.count + each.count,
        severity=worst,
        words=words,
        url=f"#baris-{mark.number}",
        name=f"{mark.name} +" if not mark.name.endswith("+") else mark.name,
    )


def _apart(marks: list[Mark]) -> list[Mark]:
    """Signs of rings and wide regions moved from under each other; a dot stays where it was seen."""
    taken = [mark for mark in marks if mark.form == POINT]
    moved = []
    for mark in marks:
        shown = mark if mark.form == POINT else _moved(mark, taken)
        if shown.form != POINT:
            taken.append(shown)
        moved.append(shown)
    return moved


def _moved(mark: Mark, taken: Sequence[Mark]) -> Mark:
    """A sign where no other stands; a ring leaves its place only sideways, so that it stays with its village."""
    wide = mark.width + 2
    steps = [(0, 0), (wide, 0)] if mark.form == RING else [(dx * wide, dy * TALL) for dx, dy in _ASIDE]
    spots = [replace(mark, sign_x=round(mark.x + dx, 1), sign_y=round(mark.y + dy, 1)) for dx, dy in steps]
    free = (spot for spot in spots if not any(_covers(spot, other) for other in taken))
    return next(free, spots[0])


def _covers(one: Mark, other: Mark) -> bool:
    across, down = abs(one.sign_x - other.sign_x), abs(one.sign_y - other.sign_y)
    return across < (one.width + other.width) / 2 and down < TALL
