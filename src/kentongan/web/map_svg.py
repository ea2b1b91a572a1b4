"""Maps as inline SVG, drawn by the server: the page Peta, and the small map of a dossier, a report or a check.

    event_map(ranges, happenings)                       the area of the reader with its events
    small_map(area=…, precision=…, point=…, scope=…)    one place with its neighbourhood

No script, no picture and nothing from elsewhere is needed to see them; without outlines both say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import hypot
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kentongan.accounts.scopes import Scope
from kentongan.analysis.geometry.rings import Box, Point
from kentongan.events.queries import near_events
from kentongan.places.keys import RegionRange
from kentongan.places.queries import BoundarySource
from kentongan.web.map_frame import LETTER, DrawnRegion, Frame, area_frame, small_frame
from kentongan.web.map_marks import WIDE, Happening, Mark, marks_on

_HERE = 24.0  # the circle around the place of a small map
_BESIDE = (4, 26, -16, 40)  # how far below its centre a name may stand


@dataclass(frozen=True, slots=True)
class Name:
    """A word on the map."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Scale:
    """The bar that says how far is how far."""

    kilometres: int
    length: float


@dataclass(frozen=True, slots=True)
class SvgMap:
    """Everything a template draws. On a small map `here` is the place, `same_place` who else happened in its circle."""

    frame: Frame
    marks: tuple[Mark, ...]
    names: tuple[Name, ...]
    here: Mark | None = None
    same_place: tuple[str, ...] = ()

    @property
    def regions(self) -> tuple[DrawnRegion, ...]:
        return self.frame.regions

    @property
    def sources(self) -> tuple[BoundarySource, ...]:
        return self.frame.sources

    @property
    def generated(self) -> bool:
        return self.frame.generated

    @property
    def hatched(self) -> tuple[str, ...]:
        """The regions that are the place of something as a whole."""
        wide = {mark.region for mark in self.marks if mark.form == WIDE and not mark.is_count}
        return tuple(region.path for region in self.regions if region.key in wide)

    @property
    def wide_rings(self) -> tuple[Mark, ...]:
        """What is wider than a region of the sheet, or lies beside them."""
        drawn = {region.key for region in self.regions}
        wide = (mark for mark in self.marks if mark.form == WIDE and not mark.is_count)
        return tuple(mark for mark in wide if mark.region not in drawn)

    @property
    def scale(self) -> Scale:
        """A round number of kilometres between a tenth and a fifth of the width."""
        unit = self.frame.projection.units(1000)
        fitting = [km for km in (1, 2, 5, 10, 20, 50, 100, 200, 500) if km * unit <= 0.2 * self.frame.width]
        kilometres = max(fitting, default=1)
        return Scale(kilometres, round(kilometres * unit, 1))


def event_map(
    ranges: Sequence[RegionRange], happenings: Sequence[Happening]
) -> tuple[SvgMap | None, list[int | None]]:
    """The map of an area, and for each happening the number of its sign; no map where no outline is known."""
    frame = area_frame(ranges)
    if frame is None:
        return None, [None] * len(happenings)
    marks, numbers = marks_on(frame, happenings)
    around = [Name(*each) for each in frame.names_around]
    own = [Name(each.label, each.x, each.y) for each in frame.regions if each.named]
    return SvgMap(frame, tuple(marks), tuple(_clear_of(marks, [*own, *around]))), numbers


def small_map(
    *,
    area: int | None,
    precision: int,
    scope: Scope,
    now: datetime,
    point: Point | None = None,
    events: Iterable[Any] | None = None,
    without: int | None = None,
) -> SvgMap | None:
    """One place with its precision, its neighbours and the events near it; None where no outline is known.

    `events` defaults to those near the place inside the scope; `without` leaves out the event the page is about.
    """
    frame = small_frame(area) if area is not None else None
    if frame is None or area is None:
        return None
    near = near_events(area, scope, now=now) if events is None else events
    shown = [happening_of(each) for each in _but(near, without)]
    marks, _numbers = marks_on(frame, shown)
    place = Happening(area, precision, point, confirmed=True, severity=None, words="", url="")
    here = next(iter(marks_on(frame, [place])[0]), None)
    apart = tuple(mark for mark in marks if not _is_there(mark, here))
    same = tuple(mark.name for mark in marks if _is_there(mark, here))
    names = _clear_of([*apart, *([here] if here else [])], [Name(*each) for each in frame.names_around])
    return SvgMap(frame, apart, tuple(names), here, same)


def happening_of(event: Any, title: str = "") -> Happening:
    """An event as a sign needs it."""
    exact = event.latitude is not None and event.longitude is not None
    return Happening(
        area=event.area,
        precision=event.place_precision,
        point=(float(event.longitude), float(event.latitude)) if exact else None,
        confirmed=event.is_confirmed,
        severity=event.severity,
        words=_in_words(event, title),
        url=reverse("event", args=[event.pk]),
        name=event.number,
    )


def _in_words(event: Any, title: str) -> str:
    sure = "" if event.is_confirmed else f" ({_('BELUM TERVERIFIKASI')})"
    return f"{event.number} {title}".strip() + sure


def _but(events: Iterable[Any], without: int | None) -> list[Any]:
    return [event for event in events if event.pk != without]


def _is_there(mark: Mark, here: Mark | None) -> bool:
    """Whether a sign would cover the place itself: it is told in words, for a sign moved aside would be a false place."""
    return here is not None and hypot(mark.x - here.x, mark.y - here.y) < _HERE


def _clear_of(marks: Iterable[Mark], names: Iterable[Name]) -> list[Name]:
    """Names where they cover no sign and no other name: in their place, else below or above; else they are left out."""
    taken = [Box(m.sign_x - m.width / 2, m.sign_y - 11, m.sign_x + m.width / 2, m.sign_y + 11) for m in marks]
    placed = []
    for name in names:
        tries = (Name(name.text, name.x, round(name.y + down, 1)) for down in _BESIDE)
        free = next((each for each in tries if not any(_room(each).touches(box) for box in taken)), None)
        if free is not None:
            placed.append(free)
            taken.append(_room(free))
    return placed


def _room(name: Name) -> Box:
    half = LETTER * len(name.text) / 2
    return Box(name.x - half, name.y - 10, name.x + half, name.y + 3)
