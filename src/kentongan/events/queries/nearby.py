"""Which events stand near a place: the same kecamatan, or one whose centre is close, not long ago."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import asin, cos, radians, sin, sqrt

from django.db.models import Q

from kentongan.accounts.scopes import Scope
from kentongan.events.models import Event
from kentongan.events.queries.reading import events_in
from kentongan.places.fields import in_any_region
from kentongan.places.keys import Level, RegionRange, key_at, level_of_key, range_of_key
from kentongan.places.models import Boundary
from kentongan.policy import policy_on

EARTH_KM = 6371.0
KM_PER_DEGREE = 111.0
MOST = 20


def near_events(area: int, scope: Scope, *, now: datetime) -> list[Event]:
    """Events of the last days around a place, newest first; at most twenty.

    Around means the same kecamatan, or another whose centre lies within the policy's kilometres where centres are
    known. A place wider than a kecamatan has no neighbourhood: nothing is near it.
    """
    if level_of_key(area) < Level.DISTRICT:
        return []
    rules = policy_on(now.date()).thresholds
    since = now - timedelta(days=rules["near_event_days"])
    recent = Q(created_at__gte=since) | Q(happens_on__gte=since.date())
    around = _districts_around(key_at(area, Level.DISTRICT), km=rules["near_event_km"])
    return list(events_in(scope).filter(recent, in_any_region("area", around))[:MOST])


def _districts_around(district: int, *, km: float) -> list[RegionRange]:
    """The kecamatan itself and those whose centre is within reach of its own."""
    own = range_of_key(district)
    centre = Boundary.objects.filter(region__key=district, region__valid_to=None).first()
    if centre is None:
        return [own]
    reach = km / KM_PER_DEGREE
    wider = reach / max(cos(radians(centre.centre_latitude)), 0.1)
    beside = Boundary.objects.filter(
        region__level=Level.DISTRICT,
        region__valid_to=None,
        centre_latitude__range=(centre.centre_latitude - reach, centre.centre_latitude + reach),
        centre_longitude__range=(centre.centre_longitude - wider, centre.centre_longitude + wider),
    ).values_list("region__key", "centre_longitude", "centre_latitude")
    here = (centre.centre_longitude, centre.centre_latitude)
    return [own, *(range_of_key(key) for key, east, north in beside if _km(here, (east, north)) <= km)]


def _km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The great-circle distance of two points (longitude, latitude in degrees), by the haversine formula."""
    east, north, east_2, north_2 = (radians(value) for value in (*one, *other))
    half = sin((north_2 - north) / 2) ** 2 + cos(north) * cos(north_2) * sin((east_2 - east) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))
