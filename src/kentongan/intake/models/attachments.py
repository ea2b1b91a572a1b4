"""Photos of a report: sealed as they came, shown only as the stripped picture that the worker made."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kentongan.intake.models.reports import Report


class PhotoState(models.TextChoices):
    WAITING = "waiting", "menunggu diolah"
    READY = "ready", "siap dilihat"
    REFUSED = "refused", "tidak dapat dibuka"


class Photo(models.Model):
    """One photo. `original` names the sealed bytes as they came; `shown` and `small` the sealed stripped pictures.

    The row is made by the second request, the pictures by the worker; `refused_as` is the catalogue code of what was
    wrong with a file that is no photo.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="photos")
    client_id = models.UUIDField()
    sha256 = models.CharField(max_length=64)
    original = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=PhotoState.choices, default=PhotoState.WAITING)
    shown = models.CharField(max_length=64, blank=True, default="")
    small = models.CharField(max_length=64, blank=True, default="")
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    shown_sha256 = models.CharField(max_length=64, blank=True, default="")
    refused_as = models.CharField(max_length=60, blank=True, default="")
    received_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "client_id"], name="photo_once_per_client_id"),
            models.CheckConstraint(condition=Q(state__in=PhotoState.values), name="photo_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state="ready") | (~Q(shown="") & ~Q(small="") & Q(width__gt=0, height__gt=0)),
                name="photo_ready_has_pictures",
            ),
            models.CheckConstraint(
                condition=Q(state="refused") & ~Q(refused_as="") | ~Q(state="refused") & Q(refused_as=""),
                name="photo_refused_says_why",
            ),
        ]
