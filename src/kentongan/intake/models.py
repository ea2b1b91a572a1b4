"""Tables of the intake stage: reports as they arrived, and what the machine suggests about them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kentongan.accounts.models import Agency
from kentongan.accounts.scopes import Scoped, Sight, in_own_area
from kentongan.edge.sealed_fields import SealedTextField
from kentongan.places.fields import RegionKeyField


class Channel(models.TextChoices):
    """By which door a report came."""

    ARTICLE = "article", "Artikel"
    DESK = "desk", "Dicatat petugas"
    FORM = "form", "Formulir"


class ReportState(models.TextChoices):
    """The lifecycle of `taxonomy`: content is immutable until lawful erasure."""

    RECEIVED = "received"
    TRIAGED = "triaged"
    ARCHIVED = "archived"
    WITHDRAWN = "withdrawn"


class TriageOutcome(models.TextChoices):
    LINKED = "linked", "digabung ke peristiwa"
    NEW_EVENT = "new_event", "menjadi peristiwa"
    CLAIM = "claim", "menjadi klaim"
    FORWARDED = "forwarded", "dirujuk"
    OUT_OF_SCOPE = "out_of_scope", "di luar lingkup"
    SPAM = "spam", "bukan laporan"


class Report(models.Model):
    """One arrival, unchanged. `text_masked` is shown and searched; `raw_sealed` opens by an audited action alone.

    `source` is a pseudonym (S-14), `publik`, or the name of an article: never an account. `area` is the place a
    person has set; what the machine guessed stays in `Suggestion`. A report without a place, or placed only at a
    province, is seen by the desk that received it.
    """

    client_id = models.UUIDField()
    content_hash = models.CharField(max_length=64)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    source = models.CharField(max_length=120)
    title = models.CharField(max_length=200, blank=True, default="")
    text_masked = models.TextField()
    raw_sealed = SealedTextField()
    # Keyed, and empty for whoever has no account: answers "is this my own report?" and nothing else.
    own_tag = models.CharField(max_length=64, blank=True, default="")
    # The sealed identity in the vault, if the reporter left one; a random number, no foreign key.
    identity = models.UUIDField(null=True)
    area = RegionKeyField(null=True, blank=True)
    desk = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.RECEIVED)
    triage_outcome = models.CharField(max_length=14, choices=TriageOutcome.choices, blank=True, default="")
    # Copies form a derived group: the earliest report with the same words. Each stays a report of its own.
    copy_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="copies")

    objects = Scoped()

    class Meta:
        base_manager_name = "rows"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["client_id", "content_hash"], name="report_once_per_client_id"),
            models.CheckConstraint(condition=Q(state__in=ReportState.values), name="report_state_is_known"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="report_channel_is_known"),
            models.CheckConstraint(
                condition=Q(triage_outcome__in=["", *TriageOutcome.values]), name="report_outcome_is_known"
            ),
            models.CheckConstraint(
                condition=Q(triage_outcome="", state__in=["received", "withdrawn"]) | ~Q(triage_outcome=""),
                name="report_triaged_has_outcome",
            ),
            models.CheckConstraint(
                condition=Q(area__isnull=False) | Q(desk__isnull=False), name="report_has_area_or_desk"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "-received_at"], name="report_inbox"),
            models.Index(fields=["area", "-received_at"], name="report_by_area"),
        ]

    rows = models.Manager()

    @staticmethod
    def visible_in(sight: Sight) -> Q:
        """Reports of the own areas, and those that stay with the own desk; others see no report at all."""
        if sight.addressed_only:
            return Q(pk__in=[])
        return in_own_area(sight) | Q(desk_id=sight.agency_id)


class Suggestion(models.Model):
    """What a rule or model reads out of a report, with its evidence; grey until a person decides."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="suggestions")
    kind = models.CharField(max_length=20)
    value = models.JSONField()
    evidence = models.JSONField(default=list)
    method = models.CharField(max_length=60)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "kind", "method"], name="suggestion_once_per_method"),
        ]
