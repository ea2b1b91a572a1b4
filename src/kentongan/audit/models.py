"""Tables of the audit chain. No foreign keys: an entry must outlive every row it speaks of, and name no person."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class AuditEntry(models.Model):
    """One action: who (a plain value), what, where, about which row, when, why. Never changed, never removed.

    `mac` is keyed over the entry and the mac before it, so a changed, removed or reordered entry shows; the head is
    kept outside the database (`heads.py`), so a cut tail shows too.
    """

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    action = models.CharField(max_length=80)
    actor = models.CharField(max_length=80)
    area = models.BigIntegerField(null=True)
    subject = models.CharField(max_length=120, default="", blank=True)
    reason = models.TextField(default="", blank=True)
    detail = models.JSONField(default=dict)
    mac = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["subject", "seq"], name="audit_subject"),
            models.Index(fields=["actor", "seq"], name="audit_actor"),
            models.Index(fields=["action", "seq"], name="audit_action"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(seq__gte=1), name="audit_seq_from_one"),
            models.CheckConstraint(condition=~Q(actor=""), name="audit_actor_named"),
        ]


class ChainHead(models.Model):
    """The chain's last number and mac: one row, locked while an action adds its entry, so numbers follow commits."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField(default=0)
    mac = models.CharField(max_length=64, default="", blank=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(id=1), name="chain_head_is_one")]
