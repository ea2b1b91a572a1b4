"""One thing that one agency does by a deadline: its state, every move of it, its proof, and how far it climbed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kentongan.accounts.models import Agency
from kentongan.accounts.scopes import Scoped, Sight, in_own_area
from kentongan.alerts.models import Alert
from kentongan.events.models import Event
from kentongan.places.fields import RegionKeyField
from kentongan.response.models.proportionality import ProportionalityCheck


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
    """The ladder from dialogue to enforcement; the last step stands on a proportionality check."""

    DIALOGUE = 1, "klarifikasi dan dialog"
    MEDIATION = 2, "mediasi"
    REROUTING = 3, "pengalihan rute atau waktu"
    PRESENCE = 4, "kehadiran patroli"
    ENFORCEMENT = 5, "penegakan hukum"


class Task(models.Model):
    """One thing one agency does by a deadline. `done` carries its result as evidence.

    `restrictions` names the rights it would restrict, as codes parted by blanks; any of them, and the last step of the
    ladder, cannot be stored without the check that carries it.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="tasks")
    alert = models.ForeignKey(Alert, null=True, on_delete=models.PROTECT, related_name="tasks")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    area = RegionKeyField()
    measure = models.PositiveSmallIntegerField(choices=Measure.choices)
    restrictions = models.CharField(max_length=60, blank=True, default="")
    proportionality = models.ForeignKey(
        ProportionalityCheck, null=True, on_delete=models.PROTECT, related_name="tasks"
    )
    what = models.CharField(max_length=280)
    due_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=TaskState.choices, default=TaskState.ASSIGNED)
    result = models.TextField(blank=True, default="")
    # What it cost in rupiah, where somebody counted; empty is unknown and not zero.
    cost = models.PositiveBigIntegerField(null=True)
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
            models.CheckConstraint(
                condition=Q(measure__lt=5, restrictions="") | Q(proportionality__isnull=False),
                name="task_coercion_is_weighed",
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


class TaskMove(models.Model):
    """One step of a task's life: from, to, at, by, why, and whose task it was then. The first comes from nothing."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="moves")
    from_state = models.CharField(max_length=12, blank=True, default="")
    to_state = models.CharField(max_length=12)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    why = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(from_state__in=["", *TaskState.values], to_state__in=TaskState.values),
                name="task_move_states_known",
            ),
            models.CheckConstraint(
                condition=~Q(to_state__in=["returned", "cancelled"])
                & ~Q(from_state="done", to_state="in_progress")
                & ~Q(from_state="returned", to_state="assigned")
                | ~Q(why=""),
                name="task_move_back_has_reason",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["task", "to_state", "at"], name="task_move_reached")]


class EvidenceState(models.TextChoices):
    WAITING = "waiting"
    READY = "ready"
    REFUSED = "refused"


class TaskEvidence(models.Model):
    """A picture that proves a result: sealed as it came, shown only as the worker made it again, with its hash."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="evidence")
    client_id = models.UUIDField()
    sha256 = models.CharField(max_length=64)
    original = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=EvidenceState.choices, default=EvidenceState.WAITING)
    shown = models.CharField(max_length=64, blank=True, default="")
    shown_sha256 = models.CharField(max_length=64, blank=True, default="")
    refused_as = models.CharField(max_length=60, blank=True, default="")
    added_by = models.CharField(max_length=80)
    added_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["task", "client_id"], name="task_evidence_once"),
            models.CheckConstraint(
                condition=Q(state="waiting", shown="", shown_sha256="", refused_as="")
                | (Q(state="ready", refused_as="") & ~Q(shown="") & ~Q(shown_sha256=""))
                | (Q(state="refused", shown="", shown_sha256="") & ~Q(refused_as="")),
                name="task_evidence_state",
            ),
        ]


class TaskClimb(models.Model):
    """A deadline that passed unanswered went up one rung: to whose head, and when. Once per deadline and rung."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="climbs")
    due_at = models.DateTimeField()
    rung = models.PositiveSmallIntegerField()
    office = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["task", "due_at", "rung"], name="task_climbs_each_rung_once"),
            models.CheckConstraint(condition=Q(rung__gte=1), name="task_climb_rung_from_one"),
            models.CheckConstraint(
                condition=Q(office__in=["agency_head", "kabid"]), name="task_climb_office_is_known"
            ),
            models.CheckConstraint(condition=Q(at__gt=models.F("due_at")), name="task_climbs_after_due"),
        ]
