"""The one scoping object: ranges × stage × label × neighbours. Rows are read through it or not at all.

A person holds one `Sight` per assignment (own role or a delegation); a `Scope` is the union of those sights that carry
the permission a route declared. Every model that belongs to an area says in `visible_in` how a sight applies to it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import Q

from kentongan.accounts.labels import Label
from kentongan.places.fields import in_any_region
from kentongan.places.keys import WHOLE_COUNTRY, RegionRange, level_of_range

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Sight:
    """How far one assignment sees. `addressed_only` sees what names its agency, wherever that lies, and nothing else.

    `whole` keeps the own areas while a page is narrowed to a part of them: the level of a desk does not sink with it.
    """

    agency_id: int
    own: tuple[RegionRange, ...]
    neighbours: tuple[RegionRange, ...] = ()
    unverified: bool = False
    label: Label = Label.INTERNAL
    addressed_only: bool = False
    whole: tuple[RegionRange, ...] = ()

    def level_at(self, part: RegionRange) -> int:
        """The level of the desk that answers for `part`: of its own area around it, however narrow the page is."""
        around = [own for own in (self.whole or self.own) if own.covers(part)]
        return min((level_of_range(own) for own in around), default=level_of_range(part))

    def widest(self) -> int:
        """The level of the widest own area, the page narrowed or not; 4 without any."""
        return min((level_of_range(own) for own in (self.whole or self.own)), default=4)

    def covers(self, area: int) -> bool:
        return any(part.contains(area) for part in self.own)


@dataclass(frozen=True, slots=True)
class Scope:
    """The union of sights through which one request or job reads; `everything` is for named system jobs only."""

    sights: tuple[Sight, ...] = ()
    everything: str = ""

    @classmethod
    def system(cls, reason: str) -> Scope:
        """All rows, for work no person asked for; `reason` says which (shown by the tests that list such places)."""
        return cls(everything=reason)

    def within(self, area: RegionRange) -> Scope:
        """The same scope, narrowed to one area chosen on the screen; what lay outside before stays outside."""
        if self.everything:
            whole = Sight(
                agency_id=0, own=(area,), unverified=True, label=Label.TERBATAS, whole=(WHOLE_COUNTRY,)
            )
            return Scope(sights=(whole,))
        return Scope(tuple(_narrowed(sight, area) for sight in self.sights))

    def covers(self, area: int) -> bool:
        return bool(self.everything) or any(sight.covers(area) for sight in self.sights)

    def matching(self, rule: Callable[[Sight], Q]) -> Q:
        """The filter of all rows that `rule` shows to any of the sights; nothing when there is none."""
        if self.everything:
            return Q()
        whole = Q(pk__in=[])
        for sight in self.sights:
            whole |= rule(sight)
        return whole


def _narrowed(sight: Sight, area: RegionRange) -> Sight:
    return replace(
        sight,
        own=_cut(sight.own, area),
        neighbours=_cut(sight.neighbours, area),
        whole=sight.whole or sight.own,
    )


def _cut(ranges: tuple[RegionRange, ...], area: RegionRange) -> tuple[RegionRange, ...]:
    # Official ranges nest or lie apart; they never overlap in part.
    inner = tuple(part for part in ranges if area.low <= part.low and part.high <= area.high)
    return (area,) if any(part.low <= area.low and area.high <= part.high for part in ranges) else inner


def in_own_area(sight: Sight, field: str = "area") -> Q:
    """Rows of the assignment's own areas; an addressed-only sight has none."""
    return Q(pk__in=[]) if sight.addressed_only else in_any_region(field, sight.own)


def in_seen_area(sight: Sight, field: str = "area") -> Q:
    """Rows of the own areas and of the neighbours it may watch."""
    return Q(pk__in=[]) if sight.addressed_only else in_any_region(field, (*sight.own, *sight.neighbours))


class ScopedQuerySet(models.QuerySet[M]):
    """Rows that somebody may see. Made by `in_scope`, never by hand."""

    def in_scope(self, scope: Scope) -> Self:
        rule: Callable[[Sight], Q] = getattr(self.model, "visible_in")  # noqa: B009  (every scoped model has it)
        rows = self.filter(scope.matching(rule))
        # Only a join can show one row twice; without one, DISTINCT would sort the whole table for nothing.
        # A join that Django trimmed away stays in the map with no reference left, and shows nothing twice.
        joined = sum(count > 0 for count in rows.query.alias_refcount.values())
        return rows.distinct() if joined > 1 else rows


class Scoped(models.Manager[Any]):
    """The only way to rows: `in_scope(scope)` for readers, `for_action()` inside an action that has called `require`.

    Everything else a manager offers (`all`, `filter`, `get` …) is refused, so that no page can forget the scope.
    """

    def in_scope(self, scope: Scope) -> ScopedQuerySet[Any]:
        return self._rows().in_scope(scope)

    def for_action(self) -> ScopedQuerySet[Any]:
        return self._rows()

    def create(self, **values: Any) -> Any:
        return self._rows().create(**values)

    def get_queryset(self) -> ScopedQuerySet[Any]:
        raise LookupError(f"{self.model.__name__} is read through in_scope(scope) only")

    def _rows(self) -> ScopedQuerySet[Any]:
        return ScopedQuerySet(self.model, using=self._db)
