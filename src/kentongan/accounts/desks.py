"""Which desk receives what comes through the public door, and which areas those desks answer for.

A desk is a working Kesbangpol office.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from kentongan.accounts.models import AgencyKind, AreaRelation
from kentongan.edge.problems import Problem
from kentongan.places.keys import RegionRange, level_of_range, merged

# Written out, because every report from the public passes here: building the statement costs more than running it.
_OWN_AREAS = (
    "SELECT a.agency_id, r.key, r.range_end FROM accounts_agencyarea a"
    " JOIN accounts_agency g ON g.id = a.agency_id JOIN places_region r ON r.id = a.region_id"
    " WHERE a.relation = %s AND g.kind = %s AND g.active ORDER BY a.agency_id, r.key"
)


@dataclass(frozen=True, slots=True)
class Desk:
    """One office with its own areas; `widest` is the level of the widest, 1 province to 4 desa."""

    agency_id: int
    own: tuple[RegionRange, ...]

    @property
    def widest(self) -> int:
        return min(level_of_range(part) for part in self.own)

    def covers(self, area: int) -> bool:
        return any(part.contains(area) for part in self.own)


def desks() -> list[Desk]:
    """Every working Kesbangpol office that has an area, the oldest first."""
    own: dict[int, list[RegionRange]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_OWN_AREAS, [AreaRelation.OWN.value, AgencyKind.KESBANGPOL.value])
        for agency, low, high in cursor.fetchall():
            own.setdefault(agency, []).append(RegionRange(low, high))
    return [Desk(agency, tuple(parts)) for agency, parts in own.items()]


def desk_for(area: int | None) -> int:
    """The agency that receives a report: the finest desk over its place; without a place the oldest office.

    Intake itself moves a report about an office up to a desk that may read it.
    """
    known = desks()
    if not known:
        raise Problem("accounts.desk_unknown", value="Kesbangpol")
    if area is None:
        return known[0].agency_id
    near = [desk for desk in known if desk.covers(area)] or known
    return min(near, key=lambda desk: (-desk.widest, desk.agency_id)).agency_id


def areas_of_desks() -> tuple[RegionRange, ...]:
    """The areas that this instance answers for."""
    return merged(part for desk in desks() for part in desk.own)
