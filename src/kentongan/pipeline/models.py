"""Tables of the pipeline: how far each cursor has read the outbox, and when each scheduled piece runs next."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Cursor(models.Model):
    """The last chain number whose follow-up has been enqueued; moves only forward, in one transaction with it."""

    name = models.CharField(max_length=40, primary_key=True)
    seq = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(seq__gte=0), name="cursor_not_negative")]


class ScheduledRun(models.Model):
    """One entry of the schedule: when it last ran, when it is due, and what went wrong if anything did."""

    name = models.CharField(max_length=60, primary_key=True)
    due = models.DateTimeField()
    last_run = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True, default="")


class Heartbeat(models.Model):
    """The worker's last sign of life: a silent worker is seen on the health page, not guessed."""

    name = models.CharField(max_length=60, primary_key=True)
    at = models.DateTimeField()


class DemoMark(models.Model):
    """At most one row, made by the demo builder on an empty database and by nothing else.

    It opens the role chooser and waives the second factor, so a drill or a moved clock must never imply it.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    marked_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(id=1), name="demo_mark_is_one")]
