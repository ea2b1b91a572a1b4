"""How long things are kept: holds that stop the clock, and the proof of each run that erased."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kentongan.intake.models.reports import Report


class LegalHold(models.Model):
    """A reason why a report must be kept for now, with the person who answers for it; lifted by a person."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="holds")
    reason = models.TextField()
    placed_by = models.CharField(max_length=80)
    placed_at = models.DateTimeField()
    lifted_by = models.CharField(max_length=80, blank=True, default="")
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="hold_has_reason"),
            models.UniqueConstraint(
                fields=["report"], condition=Q(lifted_at=None), name="hold_once_at_a_time"
            ),
        ]


class RetentionRun(models.Model):
    """The proof of one run: what was due by which rule, what was erased, what a hold kept."""

    ran_at = models.DateTimeField()
    policy_version = models.CharField(max_length=40)
    counts = models.JSONField(default=dict)
