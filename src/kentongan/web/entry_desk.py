"""What the entry pages share: at which desk somebody sits, where names are sought, and what a stored row is shown as."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kentongan.accounts.actors import Post
from kentongan.accounts.permissions import Permission
from kentongan.pipeline.guessing import within_of_ranges
from kentongan.places.keys import RegionRange
from kentongan.places.queries import all_place_names
from kentongan.web.lapor_choices import names_of_places
from kentongan.web.routing import StaffRequest

NEED = Permission.REPORT_TRIAGE
SECTION = "reports"
MOST_NAMES = 1_500


@dataclass(frozen=True, slots=True)
class Desk:
    """The agency that receives, the areas it answers for, and where a name is sought first."""

    agency_id: int
    name: str
    own: tuple[RegionRange, ...]

    @property
    def within(self) -> tuple[str, ...]:
        """Codes of the areas in which names are sought, no finer than a kabupaten."""
        return within_of_ranges(self.own)

    @property
    def range(self) -> RegionRange | None:
        return self.own[0] if len(self.own) == 1 else None


def desk_of(request: StaffRequest) -> Desk:
    """The first post that may triage: what comes without a place stays there."""
    post: Post = next(post for post in request.actor.posts if NEED in post.role.permissions)
    return Desk(post.agency_id, post.agency, post.own)


def offered_places(desk: Desk) -> Sequence[str]:
    """What place fields offer while one types: the own villages and districts, then those of the neighbourhood."""
    rows = [row for part in desk.own for row in all_place_names(within=part) if not row.is_alias]
    districts = {row.code: row.name for row in rows if row.level == 3}
    villages = [row for row in rows if row.level == 4]
    names = [f"{code} Kec. {name}" for code, name in districts.items()]
    if len(villages) + len(names) <= MOST_NAMES:
        names += [f"{row.code} {row.name}{_in(districts, row.parent_code)}" for row in villages]
    return names or names_of_places()


def _in(districts: dict[str, str], code: str) -> str:
    return f", Kec. {districts[code]}" if code in districts else ""


def common(request: StaffRequest, desk: Desk) -> dict[str, Any]:
    """The context that every entry page draws."""
    return {
        "desk": desk,
        "offered_places": offered_places(desk),
        "may_read": request.actor.may(Permission.REPORT_READ),
    }
