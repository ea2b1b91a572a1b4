"""How an event ended, once for each time it flared up, and what was learned from it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kentongan.events.models import Event


class Outcome(models.Model):
    """How one episode ended: did it happen, did it spread, who was hurt, why. Unknown is empty and not zero.

    An event that flares up again keeps the outcome of the episode before, marked with the moment it was reopened.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="outcomes")
    episode = models.PositiveSmallIntegerField(default=1)
    occurred = models.BooleanField()
    spread = models.BooleanField()
    casualties = models.PositiveIntegerField(null=True)
    deaths = models.PositiveIntegerField(null=True)
    injured = models.PositiveIntegerField(null=True)
    displaced = models.PositiveIntegerField(null=True)
    why = models.TextField()
    what_worked = models.TextField(blank=True, default="")
    # The line each reporter of this event reads behind the own receipt; identifiers were masked before it was stored.
    thanks = models.CharField(max_length=280, blank=True, default="")
    recorded_by = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()
    watch_until = models.DateField()
    reopened_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(why=""), name="outcome_has_why"),
            models.CheckConstraint(
                condition=Q(occurred=True) | Q(spread=False), name="outcome_spread_only_if_occurred"
            ),
            models.UniqueConstraint(fields=["event", "episode"], name="outcome_one_per_episode"),
            models.UniqueConstraint(
                fields=["event"], condition=Q(reopened_at=None), name="outcome_one_that_stands"
            ),
            models.CheckConstraint(
                condition=Q(reopened_at=None) | Q(reopened_at__gte=F("recorded_at")),
                name="outcome_reopened_after_recorded",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["recorded_at"], name="outcome_by_time")]


class AfterActionReview(models.Model):
    """Five short answers after an episode, beside the times that were measured. A new version is a new row."""

    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="reviews")
    version = models.PositiveSmallIntegerField()
    planned = models.TextField()
    happened = models.TextField()
    difference = models.TextField()
    keep = models.TextField()
    improve = models.TextField()
    type_code = models.CharField(max_length=10)
    written_by = models.CharField(max_length=80)
    written_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["outcome", "version"], name="review_versions_numbered"),
            models.CheckConstraint(
                condition=~Q(planned="") & ~Q(happened="") & ~Q(difference="") & ~Q(keep="") & ~Q(improve=""),
                name="review_answers_all_five",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["type_code"], name="review_by_type")]
