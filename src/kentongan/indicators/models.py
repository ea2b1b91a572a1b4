"""Tables of the indicators stage, first form: how often an area is expected to say something, and what was asked of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kentongan.accounts.models import Agency
from kentongan.accounts.scopes import Scoped, Sight, in_own_area
from kentongan.places.fields import RegionKeyField


class ReportingRhythm(models.Model):
    """How often news is expected from an area (desa or kecamatan), from a day on. Without a row the policy's rhythm holds.

    It serves to see silence, never to count what a person sends.
    """

    area = RegionKeyField()
    every_days = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    reason = models.CharField(max_length=200, blank=True, default="")
    set_by = models.CharField(max_length=80)

    objects = Scoped()
    rows = models.Manager()

    class Meta:
        base_manager_name = "rows"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["area", "valid_from"], name="rhythm_once_per_day"),
            models.CheckConstraint(
                condition=Q(every_days__range=(1, 92)), name="rhythm_one_day_to_a_quarter"
            ),
        ]

    @staticmethod
    def visible_in(sight: Sight) -> Q:
        return in_own_area(sight)


class StatusRequest(models.Model):
    """ "Bagaimana keadaan di desa Anda?": asked once, open until news comes from that area or the time runs out."""

    area = RegionKeyField()
    desk = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    asked_by = models.CharField(max_length=80)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()

    objects = Scoped()
    rows = models.Manager()

    class Meta:
        base_manager_name = "rows"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(due_at__gt=models.F("asked_at")), name="status_request_has_time"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["area", "-asked_at"], name="status_request_by_area")]

    @staticmethod
    def visible_in(sight: Sight) -> Q:
        """Requests about the own areas."""
        return in_own_area(sight)
