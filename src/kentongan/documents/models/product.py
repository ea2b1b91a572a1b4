"""Tables of the documents stage: products and their life, the files they went out as, layouts, numbers, deliveries."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kentongan.accounts.labels import Label
from kentongan.accounts.models import Agency
from kentongan.accounts.scopes import Scoped, Sight, in_own_area
from kentongan.places.fields import RegionKeyField


class ProductKind(models.TextChoices):
    DAILY = "daily", "Laporan harian"


class ProductState(models.TextChoices):
    """Life of a product; the allowed moves are policy data (`lifecycles`, period_report)."""

    DRAFTING = "drafting"
    REVIEWED = "reviewed"
    SIGNED = "signed"
    SENT = "sent"
    RECEIVED = "received"


UNSIGNED = (ProductState.DRAFTING, ProductState.REVIEWED)


class Product(models.Model):
    """One product. Until it is signed its texts may change; afterwards nothing of it does.

    `figures` are as read at the cut-off. `content` is everything the signed document says, and `content_hash` its
    hash; `text` the message it went out as. An addendum points at what it adds to.
    """

    kind = models.CharField(max_length=10, choices=ProductKind.choices)
    area = RegionKeyField()
    day = models.DateField()
    edition = models.PositiveSmallIntegerField()
    office = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ProductState.choices, default=ProductState.DRAFTING)
    label = models.PositiveSmallIntegerField(default=Label.INTERNAL)
    figures = models.JSONField()
    texts = models.JSONField(default=dict)
    cut_off = models.DateTimeField(null=True)
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    edited_by = models.CharField(max_length=80, blank=True, default="")
    edited_at = models.DateTimeField(null=True)
    reviewed_by = models.CharField(max_length=80, blank=True, default="")
    reviewed_at = models.DateTimeField(null=True)
    comment = models.CharField(max_length=500, blank=True, default="")
    signed_by = models.CharField(max_length=80, blank=True, default="")
    signed_at = models.DateTimeField(null=True)
    serial = models.PositiveIntegerField(null=True)
    addendum = models.PositiveSmallIntegerField(default=0)
    number = models.CharField(max_length=120, blank=True, default="")
    amends = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="addenda")
    content = models.JSONField(null=True)
    content_hash = models.CharField(max_length=64, blank=True, default="")
    text = models.TextField(blank=True, default="")
    sha256 = models.CharField(max_length=64, blank=True, default="")
    audit_head = models.CharField(max_length=90, blank=True, default="")

    objects = Scoped()
    rows = models.Manager()

    class Meta:
        base_manager_name = "rows"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "area", "day", "edition"], name="product_edition_once"),
            models.CheckConstraint(condition=Q(kind__in=ProductKind.values), name="product_kind_is_known"),
            models.CheckConstraint(condition=Q(state__in=ProductState.values), name="product_state_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=["drafting", "reviewed"], signed_at=None, number="")
                | (~Q(state__in=["drafting", "reviewed"]) & Q(signed_at__isnull=False) & ~Q(sha256="")),
                name="product_signed_is_frozen",
            ),
            models.CheckConstraint(
                condition=Q(addendum=0, amends=None) | Q(addendum__gt=0, amends__isnull=False),
                name="product_addendum_has_original",
            ),
            models.UniqueConstraint(
                fields=["office", "number"], condition=~Q(number=""), name="product_number_once"
            ),
        ]

    @property
    def is_signed(self) -> bool:
        return self.state not in UNSIGNED

    @staticmethod
    def visible_in(sight: Sight) -> Q:
        """What is signed, in the own areas; a draft only for those who see the unverified there."""
        seen = in_own_area(sight) & Q(label__lte=sight.label)
        return seen if sight.unverified else seen & ~Q(state__in=UNSIGNED)


class NumberSeries(models.Model):
    """The last serial that an office gave in a year; a row to wait on, so that numbers follow one by one."""

    office = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "year"], name="number_series_once")
        ]


class ProductFile(models.Model):
    """The very bytes of a signed product in one format, kept sealed; made again by another renderer it says so."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="files")
    form = models.CharField(max_length=4)
    stored = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    renderer = models.CharField(max_length=20)
    again = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["product", "form", "renderer"], name="product_file_once"),
            models.CheckConstraint(condition=Q(form__in=["pdf", "docx", "txt"]), name="product_file_form"),
        ]


class Delivery(models.Model):
    """One addressee of a sent product, and when the receipt came back."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="deliveries")
    to = models.CharField(max_length=120)
    sent_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    received_by = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["product", "to"], name="delivery_once"),
            models.CheckConstraint(
                condition=Q(received_at=None, received_by="")
                | (Q(received_at__isnull=False) & ~Q(received_by="")),
                name="delivery_received_by_whom",
            ),
        ]


class OfficeLayout(models.Model):
    """Head and layout of an office's documents from a day on. Rows are added, never changed: who and when stay."""

    office = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    values = models.JSONField()
    word_template = models.CharField(max_length=40, blank=True, default="")
    word_name = models.CharField(max_length=120, blank=True, default="")
    word_sha256 = models.CharField(max_length=64, blank=True, default="")
    set_by = models.CharField(max_length=80)
    set_at = models.DateTimeField()
