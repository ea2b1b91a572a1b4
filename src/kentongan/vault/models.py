"""Tables of the vault: the two key holders, sealed identities, source numbers, and requests to open an
identity.

No foreign key leaves the vault, no account is named in it, and whatever belongs to a reporter carries a day,
never a time: nothing here can be laid beside a report or a log-in. A copy of the whole database opens no
identity.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from kentongan.edge.sealed_fields import SealedTextField
from kentongan.places.fields import RegionKeyField
from kentongan.vault.decisions import State


class KeySlot(models.TextChoices):
    """The two halves of every sealed identity."""

    A = "A"
    B = "B"


class KeyHolder(models.Model):
    """A body that holds one of the two keys. A retired key still opens what was sealed to it."""

    slot = models.CharField(max_length=1, choices=KeySlot.choices)
    agency_id = models.BigIntegerField()  # a plain value: the vault outlives the register of agencies
    body = models.CharField(max_length=120)
    office = models.CharField(max_length=120)
    public_key = models.BinaryField(max_length=32)
    fingerprint = models.CharField(max_length=19, unique=True)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(slot__in=KeySlot.values), name="key_holder_slot_known"),
            models.CheckConstraint(condition=~Q(body="") & ~Q(office=""), name="key_holder_named"),
            models.UniqueConstraint(fields=["slot"], condition=Q(until=None), name="key_holder_one_per_slot"),
            models.UniqueConstraint(
                fields=["agency_id"], condition=Q(until=None), name="key_holders_are_two_bodies"
            ),
        ]


class SealedIdentity(models.Model):
    """How to reach a reporter, sealed to both holders. The report knows its random id; it knows no report."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sealed = models.BinaryField()
    regency_key = RegionKeyField()
    sealed_on = models.DateField()
    retention_until = models.DateField(db_index=True)


class PseudonymSeries(models.Model):
    """One row per kabupaten, locked while a number is given out."""

    regency_key = RegionKeyField(primary_key=True)


class Pseudonym(models.Model):
    """A source number of one kabupaten. Whose it is, only the keyed tag can tell; it is blanked with the
    identity.

    The row stays when the tag goes, so that a number is never given to a second person.
    """

    regency_key = RegionKeyField()
    number = models.PositiveIntegerField()
    account_tag = models.CharField(max_length=26, blank=True, default="")
    issued_on = models.DateField()
    retention_until = models.DateField(db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["regency_key", "number"], name="pseudonym_number_once"),
            models.UniqueConstraint(
                fields=["regency_key", "account_tag"],
                condition=~Q(account_tag=""),
                name="pseudonym_one_per_person",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="pseudonym_from_one"),
        ]


class DisclosureRequest(models.Model):
    """Somebody asks to learn who a source is: why, on what basis, and how it ended. Never removed."""

    identity_id = models.UUIDField()  # outlives the identity
    report = models.CharField(max_length=40)  # "report:31", as in the audit chain
    pseudonym = models.CharField(max_length=20)
    regency_key = RegionKeyField()
    legal_basis = models.CharField(max_length=300)
    reason = models.TextField()
    requested_by = models.CharField(max_length=80)
    agency_id = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in State])
    requested_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    shown_at = models.DateTimeField(null=True)
    refused_by = models.CharField(max_length=80, blank=True, default="")
    refusal = models.TextField(blank=True, default="")
    # The reporter reads of it behind the receipt from this day on; a later day needs its reason.
    tell_from = models.DateField(null=True)
    delay_reason = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]), name="disclosure_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(legal_basis="") & ~Q(reason=""), name="disclosure_has_grounds"
            ),
            models.CheckConstraint(
                condition=Q(state="shown", shown_at__isnull=False, tell_from__isnull=False)
                | (~Q(state="shown") & Q(shown_at=None)),
                name="disclosure_shown_is_told",
            ),
            models.CheckConstraint(
                condition=Q(state="refused", refused_by__gt="", refusal__gt="")
                | (~Q(state="refused") & Q(refused_by="")),
                name="disclosure_refused_has_reason",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["report"], name="disclosure_report")]


class DisclosureHalf(models.Model):
    """One holder's opened half for one request: two persons, two bodies, by constraint. The share is gone
    once shown.
    """

    request = models.ForeignKey(DisclosureRequest, on_delete=models.PROTECT, related_name="halves")
    slot = models.CharField(max_length=1, choices=KeySlot.choices)
    given_by = models.CharField(max_length=80)
    agency_id = models.BigIntegerField()
    body = models.CharField(max_length=120)
    given_at = models.DateTimeField()
    share = SealedTextField(null=True)  # type: ignore[misc]  # the plugin knows no nullable custom field

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(slot__in=KeySlot.values), name="disclosure_half_slot_known"),
            models.UniqueConstraint(fields=["request", "slot"], name="disclosure_half_once_per_slot"),
            models.UniqueConstraint(fields=["request", "given_by"], name="disclosure_by_two_persons"),
            models.UniqueConstraint(fields=["request", "agency_id"], name="disclosure_by_two_bodies"),
        ]
