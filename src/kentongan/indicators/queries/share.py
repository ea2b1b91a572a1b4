"""Completeness: what share of the expected news was heard, the figure that stands beside every count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from kentongan.accounts.scopes import Scope
from kentongan.indicators.decisions import Completeness, heard_periods, periods
from kentongan.indicators.queries.areas import areas_in, own_ranges, rhythms_in, without_doubles
from kentongan.indicators.queries.contacts import contact_days, nil_spans
from kentongan.places.keys import RegionRange, merged


def completeness(scope: Scope, ranges: Iterable[RegionRange], start: date, end: date) -> Completeness:
    """How much of the news expected from `start` to `end` (local days, both included) was heard in these ranges.

    No range means all of the scope. Counted over desa, or kecamatan of which no desa is listed.
    """
    areas = without_doubles(areas_in(_inside(scope, list(ranges))))
    if not areas or end < start:
        return Completeness(0, 0)
    rhythms = rhythms_in(scope, on=end)
    first = min(start, end - timedelta(days=max(rhythms.of(area).every_days for area in areas)))
    days, spans = contact_days(scope, first, end), nil_spans(scope, first, end)
    expected = heard = 0
    for area in areas:
        steps = periods(start, end, every_days=rhythms.of(area).every_days)
        expected += len(steps)
        heard += heard_periods(steps, days=days.get(area.key, ()), spans=spans.get(area.key, ()))
    return Completeness(expected, heard)


def _inside(scope: Scope, ranges: Sequence[RegionRange]) -> tuple[RegionRange, ...]:
    """The own areas of the scope that lie in these ranges; the scope itself stays whole, because what a desk may read
    depends on how wide its own area is, not on which part of it is looked at.
    """
    if not ranges:
        return own_ranges(scope)
    return merged(part for each in ranges for part in own_ranges(scope.within(each)))
