"""The areas of a board: desa and kecamatan of a scope, each with its time zone and the rhythm expected of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from kentongan.accounts.scopes import Scope
from kentongan.indicators.decisions import Rhythm
from kentongan.indicators.models import ReportingRhythm
from kentongan.places.fields import in_any_region
from kentongan.places.keys import WHOLE_COUNTRY, Level, RegionRange, key_at, merged
from kentongan.places.kinds import RegionKind, short_name
from kentongan.places.queries import in_force, time_zone_of
from kentongan.policy import policy_on


@dataclass(frozen=True, slots=True)
class Area:
    """One desa or kecamatan on the board."""

    key: int
    code: str
    name: str
    level: Level
    district: int


@dataclass(frozen=True, slots=True)
class Rhythms:
    """How often news is expected: by level from the policy, and what was set for single areas."""

    village: int
    district: int
    grace: int
    set_for: Mapping[int, int]

    def of(self, area: Area) -> Rhythm:
        usual = self.village if area.level == Level.VILLAGE else self.district
        return Rhythm(self.set_for.get(area.key, usual), self.grace)


class Zones:
    """The time zone of each area, asked once per province."""

    def __init__(self) -> None:
        self._known: dict[int, ZoneInfo] = {}

    def at(self, key: int) -> ZoneInfo:
        province = key_at(key, Level.PROVINCE)
        if province not in self._known:
            self._known[province] = time_zone_of(province)
        return self._known[province]


def own_ranges(scope: Scope) -> tuple[RegionRange, ...]:
    """The areas a scope answers for: no neighbours, nothing merely addressed."""
    if scope.everything:
        return (WHOLE_COUNTRY,)
    return merged(part for sight in scope.sights if not sight.addressed_only for part in sight.own)


def without_doubles(areas: Sequence[Area]) -> list[Area]:
    """The desa, and those kecamatan of which the list knows no desa: each place once."""
    with_villages = {area.district for area in areas if area.level == Level.VILLAGE}
    return [area for area in areas if area.level == Level.VILLAGE or area.key not in with_villages]


def areas_in(ranges: Sequence[RegionRange]) -> list[Area]:
    rows = in_force().filter(in_any_region("key", ranges), level__gte=Level.DISTRICT).order_by("code")
    columns = ("key", "code", "name", "kind", "level")
    return [
        Area(
            key,
            code,
            short_name(RegionKind(kind), name),
            Level(level),
            key_at(key, Level.DISTRICT),
        )
        for key, code, name, kind, level in rows.values_list(*columns)
    ]


def rhythms_in(scope: Scope, *, on: date) -> Rhythms:
    thresholds = policy_on(on).thresholds
    rows = ReportingRhythm.objects.in_scope(scope).filter(valid_from__lte=on).order_by("valid_from")
    return Rhythms(
        village=int(thresholds["rhythm_days_village"]),
        district=int(thresholds["rhythm_days_district"]),
        grace=int(thresholds["rhythm_grace_days"]),
        set_for=dict(rows.values_list("area", "every_days")),
    )
