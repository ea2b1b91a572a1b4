"""Tables of the verification stage: verdicts with their grades and reasons. The newest one stands on the event."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kentongan.events.models import Event, VerificationState


class Verdict(models.Model):
    """One conclusion about an event. Content is graded before source; neither is ever combined into one score."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="verdicts")
    verdict = models.CharField(max_length=12, choices=VerificationState.choices)
    content_grade = models.PositiveSmallIntegerField()
    source_grade = models.CharField(max_length=1)
    evidence = models.TextField(blank=True, default="")
    reason = models.TextField()
    given_by = models.CharField(max_length=80)
    given_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(verdict__in=["verified", "partly", "refuted", "inconclusive"]),
                name="verdict_is_a_conclusion",
            ),
            models.CheckConstraint(condition=Q(content_grade__range=(1, 6)), name="verdict_content_grade"),
            models.CheckConstraint(condition=Q(source_grade__in=list("ABCDEF")), name="verdict_source_grade"),
            models.CheckConstraint(condition=~Q(reason=""), name="verdict_has_reason"),
        ]
