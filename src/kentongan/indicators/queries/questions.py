"""The other end of "tanya keadaan": what the people of an area are asked on their phone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kentongan.accounts.actors import Actor, Post
from kentongan.accounts.permissions import Permission
from kentongan.accounts.scopes import Scope, Sight
from kentongan.indicators.models import StatusRequest
from kentongan.indicators.queries.contacts import news_in, nils_in
from kentongan.places.keys import Level, RegionRange, level_of_key, merged, range_of_key
from kentongan.places.queries import region_labels

ASKED_ROLES = frozenset({"fkdm", "tiga_pilar"})


@dataclass(frozen=True, slots=True)
class StatusQuestion:
    """ "Bagaimana keadaan di desa Anda?" as the phone of the area shows it; a desk asks, no person."""

    number: int
    area: int
    label: str
    desk: str
    asked_at: datetime
    due_at: datetime


def status_questions_for(actor: Actor, *, now: datetime) -> list[StatusQuestion]:
    """Questions about the own desa or kecamatan of somebody in the field, the newest of each area, oldest first.

    Open means: asked, not yet due, and nothing came in since that a desk of that very area could see.
    """
    own = [part for post in actor.posts if _is_asked(post) for part in post.own if _is_small(part)]
    if not own:
        return []
    scope = Scope((Sight(agency_id=0, own=merged(own)),))
    requests = StatusRequest.objects.in_scope(scope).filter(asked_at__lte=now, due_at__gt=now)
    newest = {row.area: row for row in requests.select_related("desk").order_by("asked_at", "pk")}
    labels = region_labels(newest) if newest else {}
    return [
        StatusQuestion(row.pk, key, labels[key], row.desk.short_name, row.asked_at, row.due_at)
        for key, row in newest.items()
        if not _answered(key, since=row.asked_at)
    ]


def _is_asked(post: Post) -> bool:
    return post.role.code in ASKED_ROLES and Permission.REPORT_SEND in post.role.permissions


def _is_small(part: RegionRange) -> bool:
    """A desa or kecamatan: whoever works for a whole kabupaten is not asked about each of its desa."""
    return range_of_key(part.low) == part and level_of_key(part.low) >= Level.DISTRICT


def _answered(area: int, *, since: datetime) -> bool:
    there = Scope((Sight(agency_id=0, own=(range_of_key(area),)),))
    return any(rows.filter(received_at__gt=since).exists() for rows in (news_in(there), nils_in(there)))
