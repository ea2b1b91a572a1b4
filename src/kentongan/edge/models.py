"""Tables of the edge: the domain's clock and the jobs with their tries."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class DomainClock(models.Model):
    """At most one row: present only where the story's time differs from the machine's (demo, drill)."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    origin = models.DateTimeField()
    started = models.DateTimeField()
    speed = models.FloatField(default=1.0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(id=1), name="domain_clock_is_one"),
            models.CheckConstraint(condition=Q(speed__gte=0), name="domain_clock_never_runs_back"),
        ]


class JobState(models.TextChoices):
    """Where a job stands. A parked job waits for a person: it is never dropped."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    PARKED = "parked"


class Job(models.Model):
    """One piece of follow-up work: what, with which plain values, how often it was tried, and how it ended."""

    kind = models.CharField(max_length=80)
    values = models.JSONField(default=dict)
    # Two jobs with the same key are one piece of work: enqueuing twice after a crash changes nothing.
    key = models.CharField(max_length=160, unique=True)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField()
    # The moment a worker was last told to run it: a delivery that got lost is told again (`jobs.deliver_due`).
    delivered = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    created = models.DateTimeField()
    finished = models.DateTimeField(null=True)
    last_error = models.TextField(default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="job_state_is_known"),
            models.CheckConstraint(
                condition=Q(state="running", leased_until__isnull=False)
                | (~Q(state="running") & Q(leased_until=None)),
                name="job_lease_only_while_running",
            ),
            models.CheckConstraint(
                condition=Q(state="done", finished__isnull=False) | (~Q(state="done") & Q(finished=None)),
                name="job_finished_only_when_done",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "next_try"], name="job_next")]
