"""Reading which recap an address asks for, and writing the addresses of its neighbours: other period, other area."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import QueryDict

from kentongan.accounts.permissions import Permission
from kentongan.accounts.scopes import Scope
from kentongan.documents.decisions.periods import Period, Span, own_period, period_of
from kentongan.documents.decisions.recap_table import Layout
from kentongan.documents.queries.recap import RecapAsked
from kentongan.edge.formats import in_zone
from kentongan.edge.problems import Problem
from kentongan.events.decisions.filters import QUERY_NAMES
from kentongan.events.queries import EventFilter
from kentongan.indicators.queries import own_ranges
from kentongan.places.keys import RegionRange, range_of_key
from kentongan.places.queries import region_by_key, region_label, time_zone_of
from kentongan.policy import policy_on
from kentongan.web.forms.recap import FACETS, RecapForm
from kentongan.web.routing import StaffRequest, scope_of
from kentongan.web.wording import language

OLDEST, FARTHEST = date(1990, 1, 1), timedelta(days=5 * 366)


@dataclass(frozen=True, slots=True)
class RecapAddress:
    """One recap as its address: the same table has one spelling."""

    asked: RecapAsked
    zone: str
    today: date

    def query(self, **other: object) -> str:
        """The query string, with some of its values replaced; an empty value is left out."""
        said: dict[str, object] = {
            "wilayah": self.asked.region.code,
            **_period_query(self.asked.period),
            "susun": self.asked.layout.value,
            "rinci": "1" if self.asked.leaves else "",
            **dict(_facet_query(self.asked.facets)),
        }
        merged = said | other
        return urlencode({name: str(value) for name, value in merged.items() if value not in {"", None}})

    def with_period(self, period: Period) -> str:
        return self.query(**{"dari": "", "sampai": "", "tanggal": "", **_period_query(period)})


def recap_form(request: StaffRequest, said: QueryDict) -> RecapForm:
    ranges = own_ranges(request.scope)
    return RecapForm(
        said,
        policy=policy_on(request.now.date()),
        language=language(),
        owners=(),
        within=ranges[0] if len(ranges) == 1 else None,
        auto_id="rekap_%s",
    )


def recap_address(request: StaffRequest, form: RecapForm) -> RecapAddress:
    """What is asked for, with this month of the reader's own area where nothing is said."""
    scope = scope_of(request, Permission.EVENT_READ)
    key = form.said("wilayah") or _own_area(scope)
    _check_seen(scope, key)
    region = region_by_key(key)
    zone = time_zone_of(key).key
    today = in_zone(request.now, zone).date()
    asked = RecapAsked(
        region=region,
        layout=Layout(form.said("susun") or Layout.AREA_TYPE),
        leaves=bool(form.said("rinci")),
        period=_period(form, today),
        facets=_facets(form),
    )
    return RecapAddress(asked, zone, today)


def _own_area(scope: Scope) -> int:
    ranges = own_ranges(scope)
    if not ranges:
        raise Problem("documents.recap_no_area")
    return ranges[0].low


def _check_seen(scope: Scope, key: int) -> None:
    """An area that neither the reader's own nor a neighbouring one meets would show a table of nothing."""
    part = range_of_key(key)
    seen: list[RegionRange] = [
        each for sight in scope.sights if not sight.addressed_only for each in (*sight.own, *sight.neighbours)
    ]
    if not any(each.overlaps(part) for each in seen):
        raise Problem("accounts.outside_area", area=region_label(key))


def _period(form: RecapForm, today: date) -> Period:
    first, last = _sensible(form.said("dari"), today), _sensible(form.said("sampai"), today)
    if first or last:
        begins = first or last or today
        return own_period(begins, last or max(begins, today))
    span = Span(form.said("rentang") or Span.MONTH)
    return period_of(
        Span.MONTH if span is Span.OWN else span, on=_sensible(form.said("tanggal"), today) or today
    )


def _sensible(day: date | None, today: date) -> date | None:
    """A day that calendars can count with: no event is older than the oldest, none is expected that far ahead."""
    return None if day is None else max(OLDEST, min(day, today + FARTHEST))


def _facets(form: RecapForm) -> EventFilter:
    asked = form.asked()
    kept = {name for name, key in QUERY_NAMES.items() if key in FACETS}
    return asked.without(*(set(QUERY_NAMES) - kept))


def _period_query(period: Period) -> Mapping[str, object]:
    if period.span is Span.OWN:
        return {"rentang": "sendiri", "dari": period.first.isoformat(), "sampai": period.last.isoformat()}
    return {"rentang": period.span.value, "tanggal": period.last.isoformat()}


def _facet_query(facets: EventFilter) -> list[tuple[str, str]]:
    return [
        (QUERY_NAMES[name], "1" if getattr(facets, name) is True else str(getattr(facets, name)))
        for name in facets.given
    ]


def events_query(asked: RecapAsked, **narrowed: object) -> str:
    """The address of the event list whose rows a figure counts."""
    return replace(asked.filter(asked.period), **narrowed).to_query()  # type: ignore[arg-type]
