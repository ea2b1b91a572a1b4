"""Which desk keeps what has no place and speaks of an office: one high enough to read it, or nobody would."""

from __future__ import annotations

from kentongan.accounts.models import AgencyArea, AgencyKind, AreaRelation


def desk_for_accusation(desk_id: int, *, level: int) -> int:
    """The receiving desk if its own areas reach up to `level`; else the nearest Kesbangpol office above it that does.

    The desk itself where there is none: the report then waits unread, and the health page says so.
    """
    own = AgencyArea.objects.filter(relation=AreaRelation.OWN).select_related("region")
    areas = list(own.filter(agency_id=desk_id).order_by("region__level", "region__key"))
    if not areas or areas[0].region.level <= level:
        return desk_id
    above = own.filter(
        agency__active=True,
        agency__kind=AgencyKind.KESBANGPOL,
        region__level__lte=level,
        region__key__lte=areas[0].region.key,
        region__range_end__gte=areas[0].region.range_end,
    )
    nearest = above.order_by("-region__level", "agency_id").first()
    return nearest.agency_id if nearest is not None else desk_id
