"""The board: from which areas news came, which said nil, which are silent. Derived when asked, inside the scope."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from kentongan.accounts.scopes import Scope
from kentongan.indicators.decisions import UNHEARD, WORST_FIRST, CoverageState, Rhythm, standing_of
from kentongan.indicators.models import StatusRequest
from kentongan.indicators.queries.areas import Area, Zones, areas_in, own_ranges, rhythms_in, without_doubles
from kentongan.indicators.queries.contacts import latest, news_in, nils_in
from kentongan.places.keys import Level, key_at, level_of_key
from kentongan.policy import policy_on


@dataclass(frozen=True, slots=True)
class AskedNow:
    """A question that waits for an answer from the area."""

    asked_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class AreaCoverage:
    """What is known of one area: the newest contact, the rhythm expected, the state, and the question that is open."""

    area: Area
    last_report: datetime | None
    last_nil: datetime | None
    every_days: int
    state: CoverageState
    days: int | None
    asked: AskedNow | None = None
    visit: bool = False

    @property
    def last_contact(self) -> datetime | None:
        return max((each for each in (self.last_report, self.last_nil) if each is not None), default=None)

    @property
    def is_unheard(self) -> bool:
        return self.state in UNHEARD


@dataclass(frozen=True, slots=True)
class _Heard:
    """The newest report and the newest nil, by area and by the kecamatan around it."""

    reports: Mapping[int, datetime]
    nils: Mapping[int, datetime]

    def of(self, area: Area) -> tuple[datetime | None, datetime | None]:
        return self.reports.get(area.key), self.nils.get(area.key)


def coverage(scope: Scope, *, now: datetime) -> list[AreaCoverage]:
    """One row per desa and kecamatan of the scope's own areas, in the order of the codes.

    A kecamatan is heard through anything inside it. Neighbours and what is only addressed to an agency have no row.
    """
    ranges = own_ranges(scope)
    heard = _Heard(
        _with_districts(latest(ranges, news_in(scope))), _with_districts(latest(ranges, nils_in(scope)))
    )
    rhythms, asked, zones = rhythms_in(scope, on=now.date()), _open_requests(scope, now=now), Zones()
    return [
        _row(area, heard.of(area), rhythms.of(area), asked.get(area.key), now=now, zone=zones.at(area.key))
        for area in areas_in(ranges)
    ]


def silent_count(scope: Scope, *, now: datetime) -> int:
    """How many desa (kecamatan where no desa is listed) are silent or were never heard of."""
    return sum(row.is_unheard for row in finest(coverage(scope, now=now)))


def finest(rows: Sequence[AreaCoverage]) -> list[AreaCoverage]:
    """The desa, and those kecamatan of which the list knows no desa: each place once."""
    kept = set(without_doubles([row.area for row in rows]))
    return [row for row in rows if row.area in kept]


def worst_first(rows: Iterable[AreaCoverage]) -> list[AreaCoverage]:
    """Silent ones first, the longest silent on top; then those never heard of, then nil, then news."""
    return sorted(rows, key=lambda row: (WORST_FIRST.index(row.state), -(row.days or 0), row.area.code))


def _row(
    area: Area,
    heard: tuple[datetime | None, datetime | None],
    rhythm: Rhythm,
    asked: AskedNow | None,
    *,
    now: datetime,
    zone: tzinfo,
) -> AreaCoverage:
    last_report, last_nil = heard
    standing = standing_of(last_report=last_report, last_nil=last_nil, rhythm=rhythm, now=now, zone=zone)
    last = max((moment for moment in heard if moment is not None), default=None)
    unanswered = asked is not None and (last is None or last < asked.asked_at)
    days_to_visit = int(policy_on(now.date()).thresholds["silent_weeks"]) * 7
    return AreaCoverage(
        area=area,
        last_report=last_report,
        last_nil=last_nil,
        every_days=rhythm.every_days,
        state=standing.state,
        days=standing.days,
        asked=asked if unanswered else None,
        visit=standing.state is CoverageState.SILENT and (standing.days or 0) >= days_to_visit,
    )


def _with_districts(newest: Mapping[int, datetime]) -> dict[int, datetime]:
    """The same moments, and for each kecamatan the newest of all inside it."""
    found = dict(newest)
    for key, moment in newest.items():
        if level_of_key(key) >= Level.DISTRICT:
            district = key_at(key, Level.DISTRICT)
            found[district] = max(moment, found.get(district, moment))
    return found


def _open_requests(scope: Scope, *, now: datetime) -> dict[int, AskedNow]:
    rows = (
        StatusRequest.objects.in_scope(scope).filter(asked_at__lte=now, due_at__gt=now).order_by("asked_at")
    )
    return {row.area: AskedNow(row.asked_at, row.due_at) for row in rows}
