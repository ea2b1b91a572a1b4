"""Tables of the documents stage: issued products with the very bytes and figures they went out with."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kentongan.accounts.scopes import Scoped, Sight, in_own_area
from kentongan.places.fields import RegionKeyField


class ProductKind(models.TextChoices):
    DAILY = "daily", "Laporan harian"


class Product(models.Model):
    """One issued product: frozen figures, frozen text, its hash, and the audit head of that moment."""

    kind = models.CharField(max_length=10, choices=ProductKind.choices)
    area = RegionKeyField()
    day = models.DateField()
    edition = models.PositiveSmallIntegerField()
    figures = models.JSONField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    audit_head = models.CharField(max_length=90)
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()

    objects = Scoped()
    rows = models.Manager()

    class Meta:
        base_manager_name = "rows"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "area", "day", "edition"], name="product_edition_once"),
            models.CheckConstraint(condition=Q(kind__in=ProductKind.values), name="product_kind_is_known"),
        ]

    @staticmethod
    def visible_in(sight: Sight) -> Q:
        return in_own_area(sight)
