"""Tables of the response stage: tasks with owner, deadline and proof, and the outcome that ends an event."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kentongan.accounts.models import Agency
from kentongan.accounts.scopes import Scoped, Sight, in_own_area
from kentongan.alerts.models import Alert
from kentongan.events.models import Event
from kentongan.places.fields import RegionKeyField


class TaskState(models.TextChoices):
    """Overdue is derived from the deadline and never stored."""

    ASSIGNED = "assigned"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    CHECKED = "checked"
    CANCELLED = "cancelled"


class Measure(models.IntegerChoices):
    """The ladder from dialogue to enforcement; the last step needs its own proportionality check."""

    DIALOGUE = 1, "klarifikasi dan dialog"
    MEDIATION = 2, "mediasi"
    REROUTING = 3, "pengalihan rute atau waktu"
    PRESENCE = 4, "kehadiran patroli"


class Task(models.Model):
    """One thing one agency does by a deadline. `done` carries its result as evidence."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="tasks")
    alert = models.ForeignKey(Alert, null=True, on_delete=models.PROTECT, related_name="tasks")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    area = RegionKeyField()
    measure = models.PositiveSmallIntegerField(choices=Measure.choices)
    what = models.CharField(max_length=280)
    due_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=TaskState.choices, default=TaskState.ASSIGNED)
    result = models.TextField(blank=True, default="")
    return_reason = models.CharField(max_length=280, blank=True, default="")
    assigned_by = models.CharField(max_length=80)
    assigned_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    objects = Scoped()
    rows = models.Manager()

    class Meta:
        base_manager_name = "rows"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=TaskState.values), name="task_state_is_known"),
            models.CheckConstraint(condition=Q(measure__in=Measure.values), name="task_measure_is_known"),
            models.CheckConstraint(
                condition=~Q(state__in=["done", "checked"]) | ~Q(result=""), name="task_done_has_result"
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(return_reason=""), name="task_returned_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["done", "checked"], finished_at__isnull=False)
                | (~Q(state__in=["done", "checked"]) & Q(finished_at=None)),
                name="task_finished_when_done",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "due_at"], name="task_due")]

    @property
    def number(self) -> str:
        return f"TL-{self.pk:03d}"

    @staticmethod
    def visible_in(sight: Sight) -> Q:
        """Tasks of the own agency wherever they lie, and those of the own areas for whoever runs them."""
        return Q(agency_id=sight.agency_id) | in_own_area(sight)


class Outcome(models.Model):
    """How it ended: did it happen, did it spread, who was hurt, why. Unknown is not zero."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="outcome")
    occurred = models.BooleanField()
    spread = models.BooleanField()
    casualties = models.PositiveIntegerField(null=True)
    why = models.TextField()
    recorded_by = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()
    watch_until = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(why=""), name="outcome_has_why"),
            models.CheckConstraint(
                condition=Q(occurred=True) | Q(spread=False), name="outcome_spread_only_if_occurred"
            ),
        ]
