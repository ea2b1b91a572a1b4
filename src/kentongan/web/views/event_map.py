"""Peta: the events of the reader's area on a map, and beside it a list that holds exactly the same.

Up to a page full, every event has its row and its sign. Beyond that both show counts per region, in the same order, and
each leads one level down. Everything the page shows stands in its address; the filter is that of the list of events.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, F, Max, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kentongan.accounts.labels import Label
from kentongan.accounts.permissions import Permission
from kentongan.edge.formats import format_number
from kentongan.events.queries import EventFilter, events_matching
from kentongan.places.keys import (
    WHOLE_COUNTRY,
    Level,
    RegionRange,
    code_of,
    level_of_key,
    level_of_range,
    merged,
    range_of,
    span_of,
)
from kentongan.places.queries import region_labels
from kentongan.policy import policy_on
from kentongan.web.event_rows import EventRow, filter_form, filters_in_words, rows_of_list
from kentongan.web.map_marks import Happening
from kentongan.web.map_svg import SvgMap, event_map, happening_of
from kentongan.web.routing import StaffRequest, route
from kentongan.web.wording import language, zone_of_reader

MOST_EVENTS = 80
CONFIRMED = ("verified", "partly")


@dataclass(frozen=True, slots=True)
class ListedEvent:
    """A row of the list that is one event; `first` rows carry the address their sign leads to."""

    number: int | None
    first: bool
    row: EventRow
    precision: str


@dataclass(frozen=True, slots=True)
class ListedRegion:
    """A row of the list that is a count."""

    number: int | None
    place: str
    count: int
    unconfirmed: int
    url: str


@dataclass(frozen=True, slots=True)
class _Counted:
    """What is known of the events of one region."""

    count: int
    confirmed: int
    label: int


def event_page(request: StaffRequest) -> HttpResponse:
    """The map and the list of what the address asks for."""
    form = filter_form(request, request.META.get("QUERY_STRING", ""))
    asked = form.asked()
    ranges = shown_ranges(request, asked)
    found = events_matching(request.scope, asked, now=request.now)
    # Asked without an order first: sorting a hundred thousand rows to throw them away is what would take long.
    few = len(found.order_by().values_list("pk")[: MOST_EVENTS + 1]) <= MOST_EVENTS
    context: dict[str, Any] = {
        "form": form,
        "asked": asked,
        "query": asked.to_query(),
        "given": filters_in_words(form, asked),
        "more_open": bool(set(asked.given) - {"text", "type_code", "state", "area", "verification"}),
        "area": _area_in_words(ranges),
        "up": _one_up(request, asked),
        "zone": zone_of_reader(request.actor),
    }
    if few:
        context |= _one_by_one(request, ranges, list(found))
    else:
        context |= _counted(found, ranges, asked)
    context |= _regions(context["map"], asked)
    return render(request, "map/map.html", context)


def shown_ranges(request: StaffRequest, asked: EventFilter) -> tuple[RegionRange, ...]:
    """The area of the sheet: the one asked for, else the one chosen in the top bar, else the reader's own."""
    if asked.area:
        return (range_of(asked.area),)
    if request.area is not None:
        return (request.area,)
    own = tuple(part for post in request.actor.posts for part in post.own)
    return merged(own) if len(set(own)) > 1 else own[:1]


def _one_by_one(
    request: StaffRequest, ranges: Sequence[RegionRange], events: Sequence[Any]
) -> dict[str, Any]:
    rows = rows_of_list(request, events)
    happenings = [happening_of(row.event, row.title) for row in rows]
    drawn, numbers = event_map(ranges, happenings)
    words = policy_on(request.now.date()).facets["place_precision"]
    seen: set[int | None] = {None}
    listed = []
    for row, number in zip(rows, numbers, strict=True):
        precision = words[str(row.event.place_precision)].label.in_language(language())
        if row.event.place_precision == 1 and row.event.latitude is None:
            precision = _("%(precision)s, titiknya belum dicatat") % {"precision": precision}
        listed.append(ListedEvent(number, number not in seen, row, precision))
        seen.add(number)
    label = max((event.label for event in events), default=Label.INTERNAL)
    return {
        "map": drawn,
        "rows": listed,
        "total": len(events),
        "off": numbers.count(None) if drawn else 0,
        "label": Label(label),
    }


def _counted(found: Any, ranges: Sequence[RegionRange], asked: EventFilter) -> dict[str, Any]:
    """Counts per region one level below the sheet, in order of code: a list of places is no league table."""
    counts = _counts(found, _count_level(ranges))
    names = region_labels(counts)
    happenings = [_count_sign(key, counts[key], names[key], _narrower(key, asked)) for key in sorted(counts)]
    drawn, numbers = event_map(ranges, happenings)
    rows = [
        ListedRegion(number, names[each.area], each.count, each.count - counts[each.area].confirmed, each.url)
        for each, number in zip(happenings, numbers, strict=True)
    ]
    return {
        "map": drawn,
        "counted": True,
        "regions_counted": rows,
        "total": sum(row.count for row in rows),
        "off": sum(row.count for row in rows if row.number is None) if drawn else 0,
        "label": Label(max(each.label for each in counts.values())),
    }


def _counts(found: Any, level: Level) -> dict[int, _Counted]:
    """How many events each region of a level holds; what is placed wider stands by itself. Counted by the database."""
    sure = Q(verification__in=CONFIRMED)
    grouped = (
        found.order_by()
        .annotate(region=F("area") - F("area") % span_of(level))
        .values_list("region")
        .annotate(
            number=Count("pk"),
            confirmed=Count("pk", filter=sure),
            highest=Max("label"),
        )
    )
    return {region: _Counted(*counted) for region, *counted in grouped}


def _count_sign(key: int, counted: _Counted, name: str, url: str) -> Happening:
    said = format_number(counted.count, language=language())
    words = ngettext("%(place)s: %(count)s peristiwa", "%(place)s: %(count)s peristiwa", counted.count)
    return Happening(
        area=key,
        precision=2,
        point=None,
        confirmed=counted.confirmed == counted.count,
        severity=None,
        words=words % {"place": name, "count": said},
        url=url,
        count=counted.count,
        sign=said,
    )


def _narrower(key: int, asked: EventFilter) -> str:
    """Where a count leads: the map of that region, or the list of events where there is nothing smaller."""
    code = code_of(key, level_of_key(key))
    inner = replace(asked, area=code).to_query()
    return f"{reverse('events')}?{inner}" if code == asked.area else f"?{inner}"


def _count_level(ranges: Sequence[RegionRange]) -> Level:
    if not ranges or len(ranges) > 1:
        return Level.DISTRICT
    if ranges[0].covers(WHOLE_COUNTRY):
        return Level.PROVINCE
    return Level(min(level_of_range(ranges[0]) + 1, Level.VILLAGE))


def _regions(drawn: SvgMap | None, asked: EventFilter) -> dict[str, Any]:
    """The regions of the sheet with the address that narrows the filter to each; a village is narrow enough."""
    if drawn is None:
        return {"drawn_regions": []}
    return {
        "drawn_regions": [
            (each, "" if each.code == asked.area else f"?{replace(asked, area=each.code).to_query()}")
            for each in drawn.regions
        ]
    }


def _area_in_words(ranges: Sequence[RegionRange]) -> str:
    if not ranges or any(part.covers(WHOLE_COUNTRY) for part in ranges):
        return _("Indonesia")
    return "; ".join(region_labels(part.low for part in ranges).values())


def _one_up(request: StaffRequest, asked: EventFilter) -> str | None:
    """The same filter without its place, or with the place above it."""
    if not asked.area:
        return None
    above = asked.area.rpartition(".")[0]
    own = [part for post in request.actor.posts for part in post.own]
    inside = above and any(part.covers(range_of(above)) for part in own)
    return replace(asked, area=above if inside else "").to_query()


ROUTES: list[URLPattern] = [route("peta/", event_page, name="map", need=Permission.EVENT_READ)]
