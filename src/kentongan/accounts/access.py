"""The one question every action asks first: may this actor do this, here?"""

from __future__ import annotations

from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import PERMISSION_NAMES, Permission
from kentongan.edge.problems import Problem
from kentongan.places.queries import region_label


def require(by: Actor, permission: Permission, *, area: int | None = None) -> None:
    """Return quietly when `by` may; raise the problem that names what is missing otherwise."""
    if by.may(permission, area):
        return
    if area is not None and by.may(permission):
        raise Problem("accounts.outside_area", area=region_label(area))
    raise not_permitted(permission)


def not_permitted(permission: Permission) -> Problem:
    """The refusal that names the missing permission in plain words."""
    plain = PERMISSION_NAMES[permission]
    return Problem("accounts.not_permitted", permission=plain["id"], permission_en=plain["en"])
