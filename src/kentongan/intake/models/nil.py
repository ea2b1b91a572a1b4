"""Nil reports: somebody looked and saw nothing. Not the same as silence, and worth as much as any report."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kentongan.accounts.scopes import Scoped, Sight, in_own_area
from kentongan.places.fields import RegionKeyField


class NilReport(models.Model):
    """ "Aman, tidak ada kejadian" for an area and a time. `source` goes with the retention of reports; the row stays,
    because completeness is counted from it.
    """

    client_id = models.UUIDField(unique=True)
    area = RegionKeyField()
    covers_from = models.DateField()
    covers_to = models.DateField()
    source = models.CharField(max_length=120, blank=True, default="")
    own_tag = models.CharField(max_length=64, blank=True, default="")
    received_at = models.DateTimeField()

    objects = Scoped()
    rows = models.Manager()

    class Meta:
        base_manager_name = "rows"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(covers_from__lte=F("covers_to")), name="nil_dates_in_order"),
        ]
        indexes: ClassVar = [models.Index(fields=["area", "-received_at"], name="nil_by_area")]

    @staticmethod
    def visible_in(sight: Sight) -> Q:
        """Nil reports of the own areas."""
        return in_own_area(sight)
