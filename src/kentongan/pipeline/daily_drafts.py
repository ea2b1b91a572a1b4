"""The 15.00 rhythm: from half past two the day's draft is there, for the offices that turned it on."""

from __future__ import annotations

from datetime import datetime, time

from kentongan.accounts.actors import Actor
from kentongan.accounts.models import AgencyArea, AreaRelation
from kentongan.accounts.permissions import Permission
from kentongan.documents.actions import draft_daily_report
from kentongan.documents.queries import auto_draft_offices, local_day, products_in
from kentongan.places.queries import time_zone_of

FROM = time(14, 30)
SCHEDULE = Actor.of_system("jadwal")


def draft_due(*, at: datetime) -> int:
    """Draft what is due and not there yet, in each area's own time; returns how many were made."""
    made = 0
    for office in auto_draft_offices(on=at.date()):
        for area in _areas(office):
            day = local_day(area, at)
            there = products_in(SCHEDULE.scope_for(Permission.DOCUMENT_MAKE)).filter(
                area=area, day=day, office_id=office
            )
            if at.astimezone(time_zone_of(area)).time() >= FROM and not there.exists():
                draft_daily_report(area=area, day=day, office=office, by=SCHEDULE, at=at)
                made += 1
    return made


def _areas(office: int) -> list[int]:
    own = AgencyArea.objects.filter(agency_id=office, relation=AreaRelation.OWN)
    return sorted(own.values_list("region__key", flat=True))
