"""The column type for "in which region": a range key with the lookup `in_region`, alike on both databases.

`Event.objects.filter(region_key__in_region=range_of("35.14"))` becomes two comparisons on a B-tree index.
A text prefix would need a collation of its own on PostgreSQL and scan the whole index on SQLite.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.db.models.lookups import Lookup

from kentongan.places.keys import RegionRange, merged

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.sql.compiler import SQLCompiler

    _BigInteger = models.BigIntegerField[Any, Any]
    _Lookup = Lookup[Any]
else:  # generic only in the type stubs
    _BigInteger, _Lookup = models.BigIntegerField, Lookup


class RegionKeyField(_BigInteger):
    """A ten-digit region key (`places.keys`)."""


@RegionKeyField.register_lookup
class InRegion(_Lookup):
    """`column__in_region=RegionRange`: the key lies in the half-open range."""

    lookup_name = "in_region"
    prepare_rhs = False

    def get_prep_lookup(self) -> RegionRange:
        if not isinstance(self.rhs, RegionRange):
            raise TypeError(f"in_region wants a RegionRange (places.keys.range_of), not {self.rhs!r}.")
        return self.rhs

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[str | int, ...]]:
        column, params = self.process_lhs(compiler, connection)
        return (
            f"({column} >= %s AND {column} < %s)",
            (*params, self.rhs.low, *params, self.rhs.high),
        )


@RegionKeyField.register_lookup
class InRegionListed(InRegion):
    """The same condition for lists that are read in another order than that of places.

    SQLite keeps no statistics of ranges: it takes the index on the place also where that is every row, reads them all
    and sorts them. A plus sign before the column tells it to walk the index of the order instead, which holds all that
    the list asks for, and to stop at the end of the page; a kecamatan then costs what the kabupaten costs. PostgreSQL
    knows better by itself.
    """

    lookup_name = "in_region_listed"

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[str | int, ...]]:
        column, params = self.process_lhs(compiler, connection)
        return (
            f"(+{column} >= %s AND +{column} < %s)",
            (*params, self.rhs.low, *params, self.rhs.high),
        )


def in_any_region(field_name: str, ranges: Iterable[RegionRange], *, lookup: str = "in_region") -> Q:
    """The condition "in at least one of the ranges"; with no range it matches no row at all."""
    condition = Q(pk__in=[])
    for each in merged(ranges):
        condition |= Q(**{f"{field_name}__{lookup}": each})
    return condition
