"""Completeness: what share of the expected news was heard, the figure that stands beside every count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kentongan.accounts.scopes import Scope
from kentongan.indicators.decisions import Completeness, heard_periods, periods
from kentongan.indicators.queries.areas import Area, areas_in, own_ranges, rhythms_in, without_doubles
from kentongan.indicators.queries.contacts import contact_days, nil_spans
from kentongan.places.keys import RegionRange, merged


@dataclass(frozen=True, slots=True)
class Heard:
    """The contacts of many areas over some time, read once, to be asked for any part of it."""

    areas: Sequence[Area]
    every_days: Mapping[int, int]
    days: Mapping[int, Sequence[date]]
    spans: Mapping[int, Sequence[tuple[date, date]]]

    def completeness(self, start: date, end: date, *, part: RegionRange | None = None) -> Completeness:
        """What was expected and heard from `start` to `end`, both included, in one part or in all of it."""
        expected = heard = 0
        for area in self.areas:
            if part is not None and not part.contains(area.key):
                continue
            asked = periods(start, end, every_days=self.every_days[area.key])
            expected += len(asked)
            heard += heard_periods(
                asked, days=self.days.get(area.key, ()), spans=self.spans.get(area.key, ())
            )
        return Completeness(expected, heard)


def completeness(scope: Scope, ranges: Iterable[RegionRange], start: date, end: date) -> Completeness:
    """How much of the news expected from `start` to `end` (local days, both included) was heard in these ranges.

    No range means all of the scope. Counted over desa, or kecamatan of which no desa is listed.
    """
    return heard_in(scope, ranges, start, end).completeness(start, end)


def heard_in(scope: Scope, ranges: Iterable[RegionRange], start: date, end: date) -> Heard:
    """The contacts that any period between `start` and `end` can ask for: a table's worth of figures in one reading."""
    areas = without_doubles(areas_in(_inside(scope, list(ranges))))
    if not areas or end < start:
        return Heard((), {}, {}, {})
    rhythms = rhythms_in(scope, on=end)
    every_days = {area.key: rhythms.of(area).every_days for area in areas}
    # A single day is heard through the rhythm that ends on it, which begins before `start`.
    first = start - timedelta(days=max(every_days.values()))
    days = {key: sorted(found) for key, found in contact_days(scope, first, end).items()}
    return Heard(areas, every_days, days, nil_spans(scope, first, end))


def _inside(scope: Scope, ranges: Sequence[RegionRange]) -> tuple[RegionRange, ...]:
    """The own areas of the scope that lie in these ranges; the scope itself stays whole, because what a desk may read
    depends on how wide its own area is, not on which part of it is looked at.
    """
    if not ranges:
        return own_ranges(scope)
    return merged(part for each in ranges for part in own_ranges(scope.within(each)))
