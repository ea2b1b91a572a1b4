"""The counts of a recap, drawn from the event list's own rows: every figure is the length of a list with that filter.

One grouped reading for a period and one for the period it is compared with; the news of all areas is read once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, F, QuerySet, Value
from django.db.models.functions import TruncMonth, TruncWeek, TruncYear

from kentongan.accounts.scopes import Scope
from kentongan.documents.decisions.periods import Period, Step, StepKind, earlier, so_far, step_kind, steps
from kentongan.documents.decisions.recap_table import Counted, Layout, Table, Tally, build
from kentongan.events.models import CONFIRMED, Event, VerificationState
from kentongan.events.queries import EventFilter, events_matching
from kentongan.indicators.decisions import Completeness
from kentongan.indicators.queries import Heard, heard_in
from kentongan.places.keys import range_of_key, span_of
from kentongan.places.models import Region
from kentongan.places.queries import children_of, region_labels, time_zone_of
from kentongan.policy import PolicyOnDate

_TRUNCATED: Mapping[StepKind, Any] = {
    StepKind.DAY: lambda: F("happens_on"),
    StepKind.WEEK: lambda: TruncWeek("happens_on"),
    StepKind.MONTH: lambda: TruncMonth("happens_on"),
    StepKind.YEAR: lambda: TruncYear("happens_on"),
}


@dataclass(frozen=True, slots=True)
class RecapAsked:
    """Which table: the region, what stands in rows and columns, leaf types or their classes, and the facets."""

    region: Region
    layout: Layout
    leaves: bool
    period: Period
    facets: EventFilter

    def filter(self, period: Period) -> EventFilter:
        """The event list whose rows are counted."""
        return replace(self.facets, area=self.region.code, since=period.first, until=period.last)


@dataclass(frozen=True, slots=True)
class Recap:
    """A table with the names of its keys, and the moment up to which things were known."""

    asked: RecapAsked
    passed: Period
    compared: Period
    table: Table
    places: Mapping[int, str]
    steps: Sequence[Step]
    cut_off: datetime


def recap(scope: Scope, asked: RecapAsked, *, policy: PolicyOnDate, now: datetime) -> Recap:
    """The table as known at `now`."""
    passed = so_far(asked.period, today=now.astimezone(time_zone_of(asked.region.key)).date())
    compared, parts = earlier(passed), steps(asked.period)
    by_row, by_column = _groups(asked)
    tallies = _tallies(_rows(scope, asked, asked.period, now=now), by_row, by_column, asked=asked)
    before = _confirmed(_rows(scope, asked, compared, now=now), by_row, asked=asked)
    heard = heard_in(scope, [asked.region.range], compared.first, passed.last)
    rows, columns = _keys(asked, policy, parts, tallies, before)
    counted = _with_news(Counted(
        tallies=tallies,
        passed=_confirmed(_rows(scope, asked, passed, now=now), by_row, asked=asked),
        before=before,
        complete=heard.completeness(passed.first, passed.last),
        complete_before=heard.completeness(compared.first, compared.last),
        row_complete={},
        row_complete_before={},
    ), heard, asked, (passed, compared), rows=rows, parts=[_cut(step, passed) for step in parts])  # fmt: skip
    comparable = policy.thresholds["recap_comparable_share"]
    table = build(rows, columns, counted, comparable=comparable)
    keys = [key for key in rows if isinstance(key, int)]
    return Recap(asked, passed, compared, table, _names(keys), parts, now)


def _cut(step: Step, passed: Period) -> Step:
    """The part of a step of which news could have come; none of one that lies ahead."""
    return replace(step, last=min(step.last, passed.last))


def _rows(scope: Scope, asked: RecapAsked, period: Period, *, now: datetime) -> QuerySet[Event]:
    return events_matching(scope, asked.filter(period), now=now).order_by()


def _groups(asked: RecapAsked) -> tuple[Any, Any]:
    """The expressions that rows and columns are grouped by, in the language of the database."""
    kind = F("type_code")
    place, time = _child(asked.region), _TRUNCATED[step_kind(asked.period)]()
    if asked.layout is Layout.AREA_TYPE:
        return place, kind
    return (kind, time) if asked.layout is Layout.TIME_TYPE else (place, time)


def _child(region: Region) -> Any:
    """The part of a region in which an event lies; its own key where no finer place is known."""
    if region.level == 4:
        return F("area")
    return F("area") - F("area") % Value(span_of(region.level + 1))


def _tallies(
    rows: QuerySet[Event], by_row: Any, by_column: Any, *, asked: RecapAsked
) -> dict[tuple[Hashable, Hashable], Tally]:
    found: dict[tuple[Hashable, Hashable], Tally] = defaultdict(Tally)
    grouped = rows.values(row=by_row, col=by_column, judged=F("verification")).annotate(n=Count("pk"))
    for row, column, judged, count in grouped.values_list("row", "col", "judged", "n"):
        cell = (_key(row, asked), _key(column, asked))
        found[cell] = found[cell] + _tally(judged, count)
    return dict(found)


def _tally(judged: str, count: int) -> Tally:
    if judged in CONFIRMED:
        return Tally(confirmed=count)
    return Tally(refuted=count) if judged == VerificationState.REFUTED else Tally(unverified=count)


def _confirmed(rows: QuerySet[Event], by_row: Any, *, asked: RecapAsked) -> dict[Hashable, int]:
    found: dict[Hashable, int] = defaultdict(int)
    grouped = rows.filter(verification__in=CONFIRMED).values(row=by_row).annotate(n=Count("pk"))
    for row, count in grouped.values_list("row", "n"):
        found[_key(row, asked)] += count
    return dict(found)


def _key(value: Any, asked: RecapAsked) -> Hashable:
    """A place's key, the first day of a step, or a type: its class unless leaves were asked for."""
    if isinstance(value, str) and not asked.leaves:
        return value.partition(".")[0]
    return value.date() if isinstance(value, datetime) else value


def _keys(
    asked: RecapAsked,
    policy: PolicyOnDate,
    parts: Sequence[Step],
    tallies: Mapping[tuple[Hashable, Hashable], Tally],
    before: Mapping[Hashable, int],
) -> tuple[list[Hashable], list[Hashable]]:
    """All rows and columns: every place and step of the table, and of the types those that matter."""
    counted_rows = {row for row, _ in tallies} | set(before)
    times: list[Hashable] = [step.key for step in parts]
    if asked.layout is Layout.TIME_TYPE:
        return _types(asked, policy, counted_rows), times
    places = _places(asked, counted_rows)
    if asked.layout is Layout.AREA_TIME:
        return places, times
    return places, _types(asked, policy, {column for _, column in tallies})


def _places(asked: RecapAsked, counted: Iterable[Hashable]) -> list[Hashable]:
    children = list(children_of(asked.region).values_list("key", flat=True))
    known: list[Hashable] = [*children] if children else [asked.region.key]
    return known + sorted({key for key in counted if isinstance(key, int)} - set(known))


def _types(asked: RecapAsked, policy: PolicyOnDate, counted: Iterable[Hashable]) -> list[Hashable]:
    """Every class; of the leaves those that were counted, and those of the one type or class asked for."""
    found = {key for key in counted if isinstance(key, str)}
    wanted = asked.facets.type_code
    if not asked.leaves:
        classes = [code for code in policy.classes if not wanted or code == wanted.partition(".")[0]]
        return [*classes, *sorted(found - set(classes))]
    named = {code for code in policy.event_types if wanted and _is_of(code, wanted)}
    order = [code for code in policy.event_types if code in found | named]
    return [*order, *sorted(found - set(order))]


def _is_of(code: str, wanted: str) -> bool:
    return code == wanted or code.startswith(f"{wanted}.")


def _with_news(
    counted: Counted,
    heard: Heard,
    asked: RecapAsked,
    compared: tuple[Period, Period],
    *,
    rows: Sequence[Hashable],
    parts: Sequence[Step],
) -> Counted:
    """How complete the news was, wherever the table needs it."""
    now, then = ((period.first, period.last) for period in compared)
    if asked.layout is Layout.TIME_TYPE:
        by_step: dict[Hashable, Completeness] = {
            step.key: heard.completeness(step.first, step.last) for step in parts
        }
        return replace(
            counted,
            row_complete=dict.fromkeys(rows, counted.complete),
            row_complete_before=dict.fromkeys(rows, counted.complete_before),
            column_complete=by_step,
            cell_complete={(row, key): part for row in rows for key, part in by_step.items()},
        )
    # An event placed at the region itself lies in no part of it: of that row no news can be expected.
    places = {key: range_of_key(key) for key in rows if isinstance(key, int) and _is_part(key, asked.region)}
    news = replace(
        counted,
        row_complete={key: heard.completeness(*now, part=part) for key, part in places.items()},
        row_complete_before={key: heard.completeness(*then, part=part) for key, part in places.items()},
    )
    if asked.layout is Layout.AREA_TYPE:
        return news
    cells: dict[tuple[Hashable, Hashable], Completeness] = {
        (key, step.key): heard.completeness(step.first, step.last, part=part)
        for key, part in places.items()
        for step in parts
    }
    return replace(news, cell_complete=cells, column_complete=_by_step(cells, parts))


def _by_step(
    cells: Mapping[tuple[Hashable, Hashable], Completeness], parts: Sequence[Step]
) -> dict[Hashable, Completeness]:
    found: dict[Hashable, Completeness] = {step.key: Completeness(0, 0) for step in parts}
    for (_, key), cell in cells.items():
        found[key] = Completeness(found[key].expected + cell.expected, found[key].heard + cell.heard)
    return found


def _is_part(key: int, region: Region) -> bool:
    return key != region.key or region.level == 4


def _names(keys: Sequence[int]) -> dict[int, str]:
    """Short names: all the parts lie in the one region that the heading names."""
    return {key: label.partition(",")[0] for key, label in region_labels(keys).items()}
