"""Tables of the alerts stage: the alert, who confirmed it, whom it is addressed to and who has acknowledged it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kentongan.accounts.models import Account, Agency
from kentongan.accounts.scopes import Scoped, Sight, in_own_area
from kentongan.events.models import Event
from kentongan.places.fields import RegionKeyField


class AlertState(models.TextChoices):
    DRAFT = "draft"
    PROPOSED = "proposed"
    ACTIVE = "active"
    ACKNOWLEDGED = "acknowledged"
    RESPONDING = "responding"
    STOOD_DOWN = "stood_down"
    REVIEWED = "reviewed"


IN_FORCE = (AlertState.ACTIVE, AlertState.ACKNOWLEDGED, AlertState.RESPONDING)


class Alert(models.Model):
    """A decision that named people must act; it is not, and never says, a legal status of conflict.

    Without reason, owner, first action, playbook, expiry and a proportionality note it cannot be stored.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="alerts")
    level = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=AlertState.choices, default=AlertState.PROPOSED)
    area = RegionKeyField()
    message = models.CharField(max_length=280)
    reason = models.TextField()
    owner = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    first_action = models.CharField(max_length=280)
    playbook = models.CharField(max_length=120)
    least_intrusive = models.CharField(max_length=280)
    rights_affected = models.CharField(max_length=280)
    expires_at = models.DateTimeField()
    proposed_by = models.CharField(max_length=80)
    proposed_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True)
    stood_down_at = models.DateTimeField(null=True)
    # Ended because it was wrong, not because the danger is over: those who were told are told that too.
    retracted = models.BooleanField(default=False)
    # What was known when the level was set: an unverified alert says so wherever it is read.
    unverified = models.BooleanField()

    objects = Scoped()
    rows = models.Manager()

    class Meta:
        base_manager_name = "rows"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(level__range=(1, 3)), name="alert_level_is_known"),
            models.CheckConstraint(condition=Q(state__in=AlertState.values), name="alert_state_is_known"),
            models.CheckConstraint(
                condition=~Q(message="")
                & ~Q(reason="")
                & ~Q(first_action="")
                & ~Q(playbook="")
                & ~Q(least_intrusive="")
                & ~Q(rights_affected=""),
                name="alert_is_complete",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("proposed_at")), name="alert_expires"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "proposed"], issued_at=None)
                | (~Q(state__in=["draft", "proposed"]) & Q(issued_at__isnull=False)),
                name="alert_in_force_was_issued",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["stood_down", "reviewed"], stood_down_at__isnull=False)
                | (~Q(state__in=["stood_down", "reviewed"]) & Q(stood_down_at=None)),
                name="alert_ended_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(retracted=False) | Q(stood_down_at__isnull=False),
                name="alert_retracted_has_ended",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "-proposed_at"], name="alert_by_state")]

    @property
    def number(self) -> str:
        return f"PG-{self.pk:03d}"

    @staticmethod
    def visible_in(sight: Sight) -> Q:
        """Issued alerts addressed to the own agency; every alert of the own areas for those who see the unverified."""
        addressed = Q(recipients__agency_id=sight.agency_id) & ~Q(state__in=["draft", "proposed"])
        issued = in_own_area(sight) & ~Q(state__in=["draft", "proposed"])
        return addressed | (in_own_area(sight) if sight.unverified else issued)


class AlertApproval(models.Model):
    """A person who confirmed an alert. Awas needs two; nothing above Waspada goes out without one."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="approvals")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["alert", "account"], name="approval_once_per_person")
        ]


class AlertRecipient(models.Model):
    """An agency that must acknowledge. Who did and when are set together or not at all."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="recipients")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    acknowledged_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)
    # How far the ladder has been climbed for this agency; nobody climbs back.
    rung = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["alert", "agency"], name="alert_recipient_once"),
            models.CheckConstraint(
                condition=Q(acknowledged_by__isnull=True, acknowledged_at__isnull=True)
                | Q(acknowledged_by__isnull=False, acknowledged_at__isnull=False),
                name="acknowledged_who_and_when",
            ),
            models.CheckConstraint(condition=Q(rung__lte=3), name="alert_recipient_rung_known"),
        ]
