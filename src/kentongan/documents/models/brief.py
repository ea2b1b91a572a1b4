"""The leaders' brief (*ringkasan pimpinan*): lines frozen at their cut-off, and the decisions it asks for."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kentongan.accounts.scopes import Scoped, Sight, in_own_area
from kentongan.places.fields import RegionKeyField


class Brief(models.Model):
    """One issued brief of an area. `lines` is what was written then; it never changes afterwards."""

    area = RegionKeyField()
    lines = models.JSONField()
    label = models.PositiveSmallIntegerField()
    since = models.DateTimeField()
    cut_off = models.DateTimeField()
    made_by = models.CharField(max_length=80)

    objects = Scoped()
    rows = models.Manager()

    class Meta:
        base_manager_name = "rows"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(cut_off__gt=models.F("since")), name="brief_covers_a_time")
        ]
        indexes: ClassVar = [models.Index(fields=["area", "-cut_off"], name="brief_by_area")]

    @staticmethod
    def visible_in(sight: Sight) -> Q:
        return in_own_area(sight) & Q(label__lte=sight.label)


class BriefAnswer(models.TextChoices):
    AGREED = "agreed"
    ASKED_BACK = "asked_back"


class BriefRequest(models.Model):
    """One decision that the Kabid asks of the leader, with the answer and its note: all three of who, when and what."""

    brief = models.ForeignKey(Brief, on_delete=models.CASCADE, related_name="requests")
    text = models.CharField(max_length=200)
    answer = models.CharField(max_length=12, choices=BriefAnswer.choices, blank=True, default="")
    note = models.CharField(max_length=280, blank=True, default="")
    answered_by = models.CharField(max_length=80, blank=True, default="")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="brief_request_says_what"),
            models.CheckConstraint(
                condition=Q(answer="", answered_by="", answered_at=None)
                | (Q(answer__in=BriefAnswer.values) & ~Q(answered_by="") & Q(answered_at__isnull=False)),
                name="brief_answer_who_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(answer="asked_back") | ~Q(note=""), name="brief_question_is_written"
            ),
        ]
