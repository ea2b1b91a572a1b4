"""Who acts: an account with the assignments and delegations that are in force today, as one plain value."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from kentongan.accounts.permissions import APPROVALS, Permission
from kentongan.accounts.roles import Reach, Role
from kentongan.accounts.scopes import Scope, Sight
from kentongan.places.keys import RegionRange


@dataclass(frozen=True, slots=True)
class Post:
    """One role at one agency, in force today. `delegated` names the kind (plh, plt) when it is another's."""

    assignment_id: int
    agency_id: int
    agency: str
    agency_kind: str
    role: Role
    title: str
    own: tuple[RegionRange, ...]
    neighbours: tuple[RegionRange, ...]
    delegated: str = ""

    def sight(self) -> Sight:
        return Sight(
            agency_id=self.agency_id,
            own=self.own,
            neighbours=self.neighbours if self.role.neighbours else (),
            unverified=self.role.unverified,
            label=self.role.label,
            addressed_only=self.role.reach is Reach.ADDRESSED,
        )

    def may(self, permission: Permission, area: int | None) -> bool:
        if permission not in self.role.permissions:
            return False
        # What is addressed to an agency may lie outside its areas: the row's own scope decides then.
        return (
            area is None
            or self.role.reach is Reach.ADDRESSED
            or any(part.contains(area) for part in self.own)
        )


@dataclass(frozen=True)
class Actor:
    """A signed-in person, or a named part of the system; the only thing actions and queries know of a caller."""

    account_id: int
    name: str
    posts: tuple[Post, ...]
    system: str = ""

    @classmethod
    def of_system(cls, name: str) -> Actor:
        """A named part of the system (`pipeline`, `ingest`): may do what its own code does, seen as `sistem:name`."""
        return cls(account_id=0, name=name, posts=(), system=name)

    @property
    def audit_name(self) -> str:
        return f"sistem:{self.system}" if self.system else f"akun:{self.account_id}"

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        return (
            frozenset().union(*(post.role.permissions for post in self.posts)) if self.posts else frozenset()
        )

    @property
    def agency_ids(self) -> frozenset[int]:
        return frozenset(post.agency_id for post in self.posts)

    @property
    def needs_second_factor(self) -> bool:
        return bool(self.permissions & APPROVALS)

    def may(self, permission: Permission, area: int | None = None) -> bool:
        return bool(self.system) or any(post.may(permission, area) for post in self.posts)

    def scope_for(self, permission: Permission) -> Scope:
        """What the actor sees when a route declares `permission`: the sights of those posts that carry it."""
        if self.system:
            return Scope.system(self.system)
        return Scope(tuple(post.sight() for post in self.posts if permission in post.role.permissions))
