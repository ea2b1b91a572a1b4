"""The ten points that must be answered before anybody's rights are restricted. Never changed; a new one supersedes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kentongan.accounts.scopes import Scoped, Sight
from kentongan.alerts.models import Alert
from kentongan.events.models import Event
from kentongan.places.fields import RegionKeyField, in_any_region

# The points that are words; the dates of the seventh have constraints of their own.
WRITTEN = (
    *(
        "legal_basis",
        "aim",
        "facts",
        "facts_grade",
        "gentler_steps",
        "gentler",
        "rights_affected",
        "least_form",
    ),
    *("decided_by", "consulted", "counter_effect", "remedy"),
)


class ProportionalityCheck(models.Model):
    """One check of one event. `facts_grade` is the event's own grade on that day, such as B2.

    `gentler_steps` names the steps 1–4 that were tried or considered, as numbers parted by blanks.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="proportionality_checks")
    alert = models.ForeignKey(
        Alert, null=True, on_delete=models.PROTECT, related_name="proportionality_checks"
    )
    area = RegionKeyField()
    legal_basis = models.TextField()
    aim = models.TextField()
    facts = models.TextField()
    facts_grade = models.CharField(max_length=2)
    gentler_steps = models.CharField(max_length=8)
    gentler = models.TextField()
    rights_affected = models.TextField()
    least_form = models.TextField()
    ends_on = models.DateField()
    review_on = models.DateField()
    decided_by = models.CharField(max_length=120)
    consulted = models.TextField()
    counter_effect = models.TextField()
    remedy = models.TextField()
    made_on = models.DateField()
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    supersedes = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="superseded_by"
    )

    objects = Scoped()
    rows = models.Manager()

    class Meta:
        base_manager_name = "rows"
        constraints: ClassVar = [
            *[
                models.CheckConstraint(condition=~Q(**{name: ""}), name=f"proportionality_{name}")
                for name in WRITTEN
            ],
            models.CheckConstraint(
                condition=Q(
                    ends_on__gt=F("made_on"), review_on__gt=F("made_on"), review_on__lte=F("ends_on")
                ),
                name="proportionality_ends_and_is_reviewed",
            ),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True) | ~Q(supersedes=F("id")),
                name="proportionality_not_its_own_successor",
            ),
        ]

    @property
    def number(self) -> str:
        return f"UP-{self.pk:03d}"

    @staticmethod
    def visible_in(sight: Sight) -> Q:
        """Checks of the own areas; an overseer, who is addressed otherwise, reads these too."""
        return in_any_region("area", sight.own)
