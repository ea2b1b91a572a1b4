"""Reading postures through a scope: those that stand, one by its number, those that hold over a place."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from kentongan.accounts.scopes import Scope
from kentongan.alerts.models import Posture, PostureState
from kentongan.edge.problems import Problem
from kentongan.places.fields import in_any_region
from kentongan.places.keys import RegionRange, key_at, level_of_range


def postures_in(scope: Scope) -> QuerySet[Posture]:
    """Postures of the scope, those that end first at the top."""
    rows: QuerySet[Posture] = Posture.objects.in_scope(scope).select_related("owner", "renews")
    return rows.prefetch_related("recipients__agency").order_by("ends_at", "-level", "pk")


def standing_postures(scope: Scope) -> QuerySet[Posture]:
    """Postures that hold, will hold, or wait for a confirmation."""
    return postures_in(scope).filter(state__in=[PostureState.PROPOSED, PostureState.APPROVED])


def posture_in(scope: Scope, number: int) -> Posture:
    """One posture inside the scope; what lies outside is not even said to exist."""
    found: Posture | None = postures_in(scope).filter(pk=number).first()
    if found is None:
        raise Problem("alerts.posture_unknown", number=number)
    return found


def postures_around(scope: Scope, part: RegionRange, *, at: datetime) -> QuerySet[Posture]:
    """Postures in force at a moment inside a place, or in the places around it; the highest first."""
    around = [key_at(part.low, level) for level in range(1, level_of_range(part))]
    held = postures_in(scope).filter(state=PostureState.APPROVED, starts_at__lte=at, ends_at__gt=at)
    inside = in_any_region("area", [part])
    return held.filter(inside | Q(area__in=around)).order_by("-level", "ends_at", "pk")
