"""The level of an area for a time (*kesiagaan wilayah*), with reason, approval and end. It needs no event."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kentongan.accounts.models import Account, Agency
from kentongan.accounts.scopes import Scoped, Sight, in_own_area
from kentongan.places.fields import RegionKeyField
from kentongan.places.keys import RegionRange, key_at, level_of_range


class PostureState(models.TextChoices):
    PROPOSED = "proposed"
    APPROVED = "approved"
    DECLINED = "declined"
    ENDED = "ended"
    EXPIRED = "expired"


class Posture(models.Model):
    """One level of one area from one moment to another. Renewal is a new row that names the old one."""

    area = RegionKeyField()
    level = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=PostureState.choices, default=PostureState.PROPOSED)
    reason = models.TextField()
    least_intrusive = models.CharField(max_length=280)
    rights_affected = models.CharField(max_length=280)
    owner = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    playbook = models.CharField(max_length=40)
    first_action = models.CharField(max_length=280)
    measures = models.TextField(blank=True)
    anchor_on = models.DateField(null=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    renews = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="renewals")
    proposed_by = models.CharField(max_length=80)
    proposed_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=80, blank=True)
    closing_reason = models.TextField(blank=True)

    objects = Scoped()
    rows = models.Manager()

    class Meta:
        base_manager_name = "rows"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(level__range=(1, 3)), name="posture_level_is_known"),
            models.CheckConstraint(condition=Q(state__in=PostureState.values), name="posture_state_is_known"),
            models.CheckConstraint(
                condition=~Q(reason="")
                & ~Q(least_intrusive="")
                & ~Q(rights_affected="")
                & ~Q(playbook="")
                & ~Q(first_action=""),
                name="posture_is_complete",
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="posture_ends"),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "declined"], approved_at=None)
                | Q(state__in=["approved", "ended"], approved_at__isnull=False)
                | Q(state="expired"),
                name="posture_in_force_was_approved",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "approved"], closed_at=None, closing_reason="")
                | (
                    Q(state__in=["declined", "ended", "expired"], closed_at__isnull=False)
                    & ~Q(closing_reason="")
                ),
                name="posture_closed_says_why",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "ends_at"], name="posture_by_state")]

    @property
    def number(self) -> str:
        return f"KW-{self.pk:03d}"

    @staticmethod
    def visible_in(sight: Sight) -> Q:
        """Approved ones addressed to the agency or holding over the own areas; proposals only for the desk's staff."""
        decided = ~Q(state__in=["proposed", "declined"])
        addressed = Q(recipients__agency_id=sight.agency_id) & decided
        if sight.addressed_only:
            return addressed
        own = in_own_area(sight)
        above = Q(area__in=sorted({key for part in sight.own for key in _around(part)})) & decided
        return addressed | above | (own if sight.unverified else own & decided)


class PostureApproval(models.Model):
    """A person who confirmed a posture; Awas needs two different ones."""

    posture = models.ForeignKey(Posture, on_delete=models.CASCADE, related_name="approvals")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["posture", "account"], name="posture_approval_once_per_person")
        ]


class PostureRecipient(models.Model):
    """An agency outside the desk that is told of the posture and asked to prepare."""

    posture = models.ForeignKey(Posture, on_delete=models.CASCADE, related_name="recipients")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["posture", "agency"], name="posture_recipient_once")
        ]


def _around(part: RegionRange) -> list[int]:
    """The keys of the areas in which a range lies: a level set for the kabupaten holds in its kecamatan too."""
    return [key_at(part.low, level) for level in range(1, level_of_range(part))]
