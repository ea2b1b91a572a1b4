"""Tables of places: regions with their history, their other names, islands, and the lists they came from.

A region keeps its surrogate id for life. Codes change (a regency splits, Papua was split), so a code is
unique only among the regions valid today; a closed one stays, with its successors. Nothing here is ever
deleted.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kentongan.places.fields import RegionKeyField
from kentongan.places.keys import RegionRange
from kentongan.places.kinds import RegionKind, official_name, short_name

_KINDS = [kind.value for kind in RegionKind]


class RegionList(models.Model):
    """One edition of a list that was loaded: where it came from, under which licence, what it held."""

    source = models.CharField(max_length=80)
    version = models.CharField(max_length=40)
    decree = models.CharField(max_length=120, default="", blank=True)
    licence = models.CharField(max_length=80)
    attribution = models.TextField(default="", blank=True)
    sha256 = models.CharField(max_length=64)
    effective = models.DateField()
    loaded_at = models.DateTimeField()
    counts = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(source=""), name="region_list_has_source")
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.version}"


class Region(models.Model):
    """A province, regency or city, district, or village, over the time in which it bears this code.

    `valid_from` is empty where the list does not say since when; `valid_to` is the first day no longer valid.
    `key` and `range_end` span the region with everything below it (`places.keys`).
    """

    code = models.CharField(max_length=13)
    level = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=24, choices=[(kind, kind) for kind in _KINDS])
    key = RegionKeyField()
    range_end = models.BigIntegerField()
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    time_zone = models.CharField(max_length=40)
    search_name = models.CharField(max_length=100)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    opened_by = models.ForeignKey(RegionList, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code"], condition=Q(valid_to=None), name="region_code_unique_while_valid"
            ),
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=4), name="region_level_1_to_4"),
            models.CheckConstraint(condition=Q(kind__in=_KINDS), name="region_kind_is_known"),
            models.CheckConstraint(
                condition=Q(range_end__gt=F("key"), key__gt=0, range_end__lte=10_000_000_000),
                name="region_range_holds",
            ),
            models.CheckConstraint(
                condition=Q(level=1, parent=None) | Q(level__gt=1, parent__isnull=False),
                name="region_parent_but_for_provinces",
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="region_dates_in_order",
            ),
            models.CheckConstraint(condition=~Q(search_name=""), name="region_name_searchable"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["key", "level"], name="region_key_level"),
            models.Index(fields=["search_name", "level"], name="region_search"),
            models.Index(fields=["code"], name="region_code"),
            models.Index(fields=["level", "search_name"], name="region_level_search"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.short_name}"

    @property
    def range(self) -> RegionRange:
        """The keys of this region and of everything below it."""
        return RegionRange(self.key, self.range_end)

    @property
    def official_name(self) -> str:
        """As the list writes it: "Kabupaten Pasuruan"."""
        return official_name(RegionKind(self.kind), self.name)

    @property
    def short_name(self) -> str:
        """As offices write it: "Kab. Pasuruan", "Kec. Rembang"."""
        return short_name(RegionKind(self.kind), self.name)


class RegionSuccession(models.Model):
    """One region takes the place of another, wholly or in part, since a day."""

    old = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="successions")
    new = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="predecessions")
    since = models.DateField()
    source = models.CharField(max_length=200)
    note = models.TextField(default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["old", "new"], name="region_succession_once"),
            models.CheckConstraint(condition=~Q(old=F("new")), name="region_succession_of_another"),
            models.CheckConstraint(condition=~Q(source=""), name="region_succession_has_source"),
        ]

    def __str__(self) -> str:
        return f"{self.old_id} → {self.new_id}, {self.since}"


class RegionAlias(models.Model):
    """Another name people use for a region: Jatim, Babel, DIY, or the name it had before."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="aliases")
    name = models.CharField(max_length=100)
    search_name = models.CharField(max_length=100, db_index=True)
    source = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region", "search_name"], name="region_alias_once"),
            models.CheckConstraint(condition=~Q(search_name=""), name="region_alias_searchable"),
        ]

    def __str__(self) -> str:
        return self.name


class Island(models.Model):
    """A named island: an attribute of its regency (of its province where the list names no regency).

    It has no range key on purpose: a code such as 11.01.40001 would fall inside the range of a real district.
    """

    code = models.CharField(max_length=13, unique=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="islands")
    name = models.CharField(max_length=100)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    populated = models.BooleanField(null=True)
    outermost = models.BooleanField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                # Both must be there: a comparison with nothing is not false, so it would pass.
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__gte=-90,
                    latitude__lte=90,
                    longitude__gte=-180,
                    longitude__lte=180,
                ),
                name="island_position_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class BoundarySet(models.Model):
    """One import of boundaries, or one run of the generator: where the lines come from and under which licence."""

    source = models.CharField(max_length=120)
    licence = models.CharField(max_length=80)
    attribution = models.TextField(default="", blank=True)
    generated = models.BooleanField(default=False)
    sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(source=""), name="boundary_set_has_source")
        ]


class Boundary(models.Model):
    """The outline of a region as a list of polygons, each a list of rings of [longitude, latitude] in degrees (WGS 84).

    The box and the centre, a point inside, are kept beside it so that a page can choose without reading outlines.
    """

    region = models.OneToOneField(Region, on_delete=models.PROTECT, related_name="boundary")
    drawn_from = models.ForeignKey(BoundarySet, on_delete=models.PROTECT, related_name="+")
    polygons = models.JSONField()
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    centre_longitude = models.FloatField()
    centre_latitude = models.FloatField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(west__gte=-180, east__lte=180, south__gte=-90, north__lte=90)
                & Q(west__lte=F("east"), south__lte=F("north")),
                name="boundary_box_on_earth",
            ),
        ]
        # Windows are looked for among the outlines of a country; without this each one would be read whole.
        indexes: ClassVar = [
            models.Index(fields=["south", "north", "west", "east"], name="boundary_box"),
        ]
