"""Where a matter is referred, and how a report stays away from the office it accuses."""

from __future__ import annotations

from collections.abc import Collection

from kentongan.policy.errors import UnknownCode
from kentongan.policy.policy import PolicyOnDate
from kentongan.policy.schema.routes import ReferralTarget


def targets_for(
    matter: str, *, policy: PolicyOnDate, accused: Collection[str] = ()
) -> tuple[ReferralTarget, ...]:
    """The bodies that take a matter, in the order of the list.

    `accused` are the actor types the report is about. A body of such a type is left out and its alternatives
    take its place; an alternative of an accused type is left out as well.
    """
    if matter not in policy.referral_matters:
        raise UnknownCode(matter, listed_in="referral matters")
    chosen: dict[str, ReferralTarget] = {}
    for target in policy.referrals.values():
        if matter in target.matters:
            for body in _without_conflict(target, accused=accused, policy=policy):
                chosen.setdefault(body.code, body)
    return tuple(chosen.values())


def lowest_desk(accused: Collection[str], *, policy: PolicyOnDate) -> int | None:
    """The lowest administrative level whose desk may read a report about these actor types.

    1 is the province, 4 the village. None means nobody with an office is accused: the ordinary way.
    """
    levels = [policy.accused_desks[code].lowest_level for code in accused if code in policy.accused_desks]
    return min(levels, default=None)


def _without_conflict(
    target: ReferralTarget, *, accused: Collection[str], policy: PolicyOnDate
) -> list[ReferralTarget]:
    if not _is_accused(target, accused):
        return [target]
    others = [policy.referrals[code] for code in target.if_accused if code in policy.referrals]
    return [other for other in others if not _is_accused(other, accused)]


def _is_accused(target: ReferralTarget, accused: Collection[str]) -> bool:
    return any(actor in target.accused_as for actor in accused)
