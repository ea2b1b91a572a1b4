"""Reports as they arrived, and what the machine suggests about them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import ExpressionWrapper, Q

from kentongan.accounts.models import Agency
from kentongan.accounts.scopes import Scoped, Sight
from kentongan.edge.sealed_fields import SealedTextField
from kentongan.places.fields import RegionKeyField, in_any_region


class Channel(models.TextChoices):
    """By which door a report came."""

    ARTICLE = "article", "Artikel"
    DESK = "desk", "Dicatat petugas"
    FORM = "form", "Formulir publik"
    PHONE = "phone", "Ponsel"
    PASTE = "paste", "Pesan ditempel"
    SHEET = "sheet", "Berkas CSV"
    MAIL = "mail", "Surel"


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


class Happens(models.TextChoices):
    """When it happens, as the sender says."""

    NOW = "now", "Sekarang"
    EARLIER = "earlier", "Tadi"
    UPCOMING = "upcoming", "Akan terjadi"


class Knowledge(models.TextChoices):
    """How the sender knows."""

    SAW = "saw", "Lihat sendiri"
    HEARD = "heard", "Dengar orang"
    READ = "read", "Baca di HP"


class Answer(models.TextChoices):
    """Unknown is an answer of its own; an empty field means that nobody was asked."""

    YES = "yes", "Ya"
    NO = "no", "Tidak"
    UNKNOWN = "unknown", "Tidak tahu"


# Just received, or declined once and taken out of the archive again (`decisions.is_waiting`); what was erased waits for
# nobody, though its state stays for the counts.
_WAITS = Q(erased_on__isnull=True) & (
    Q(state=ReportState.RECEIVED)
    | Q(state=ReportState.TRIAGED, triage_outcome__in=[TriageOutcome.OUT_OF_SCOPE, TriageOutcome.SPAM])
)


class Report(models.Model):
    """One arrival, unchanged. `text_masked` is shown and searched; `raw_sealed` opens by an audited action alone.

    `source` is a pseudonym (S-14), `publik`, or the name of an article: never an account. `area` is the place that
    the sender or a person at the desk has set; what the machine guessed stays in `Suggestion`. A report without a
    place, or placed only at a province, is seen by the desk that received it. `read_from_level` keeps a report about
    an office above that office: desks of a finer level do not see it, not even in a count.

    After lawful erasure the row is the tombstone: number, receipt tag, salted hash, reason and date; all else is empty.
    """

    client_id = models.UUIDField()
    content_hash = models.CharField(max_length=64)
    # The words alone, without the answers beside them: copies are found by it.
    words_hash = models.CharField(max_length=64, db_index=True)
    receipt_tag = models.CharField(max_length=64, unique=True)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    source = models.CharField(max_length=120)
    title = models.CharField(max_length=200, blank=True, default="")
    text_masked = models.TextField()
    raw_sealed = SealedTextField(null=True)  # type: ignore[misc]  # empty after erasure alone
    # Keyed, and empty for whoever has no account: answers "is this my own report?" and nothing else.
    own_tag = models.CharField(max_length=64, blank=True, default="")
    # The sealed identity in the vault, if the reporter left one; a random number, no foreign key.
    identity = models.UUIDField(null=True)
    area = RegionKeyField(null=True, blank=True)
    desk = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    tile = models.CharField(max_length=20, blank=True, default="")
    place_note = models.CharField(max_length=160, blank=True, default="")
    latitude = models.DecimalField(max_digits=5, decimal_places=3, null=True)
    longitude = models.DecimalField(max_digits=6, decimal_places=3, null=True)
    happens = models.CharField(max_length=8, choices=Happens.choices, blank=True, default="")
    happens_on = models.DateField(null=True)
    knowledge = models.CharField(max_length=5, choices=Knowledge.choices, blank=True, default="")
    ongoing = models.CharField(max_length=7, choices=Answer.choices, blank=True, default="")
    danger = models.CharField(max_length=7, choices=Answer.choices, blank=True, default="")
    accused = models.CharField(max_length=20, blank=True, default="")
    read_from_level = models.PositiveSmallIntegerField(null=True)
    # What the phone's clock said; the server's time stands beside it and is the one that counts.
    sent_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.RECEIVED)
    triage_outcome = models.CharField(max_length=14, choices=TriageOutcome.choices, blank=True, default="")
    triaged_at = models.DateTimeField(null=True)
    triaged_by = models.CharField(max_length=80, blank=True, default="")
    triage_reason = models.TextField(blank=True, default="")
    put_off_until = models.DateTimeField(null=True)
    # Copies form a derived group: the earliest report with the same words. Each stays a report of its own.
    copy_of = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="copies", db_index=False
    )
    erased_on = models.DateField(null=True)
    erased_why = models.CharField(max_length=200, blank=True, default="")
    # Kept by the database: an OR over three columns would be read row by row on every poll of the inbox.
    waits = models.GeneratedField(
        expression=ExpressionWrapper(_WAITS, output_field=models.BooleanField()),
        output_field=models.BooleanField(),
        db_persist=True,
    )

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
            models.CheckConstraint(
                condition=Q(happens__in=["", *Happens.values]), name="report_happens_known"
            ),
            models.CheckConstraint(
                condition=Q(knowledge__in=["", *Knowledge.values]), name="report_knowledge_known"
            ),
            models.CheckConstraint(
                condition=Q(ongoing__in=["", *Answer.values]) & Q(danger__in=["", *Answer.values]),
                name="report_answers_known",
            ),
            models.CheckConstraint(
                condition=Q(read_from_level__isnull=True) | Q(read_from_level__range=(1, 4)),
                name="report_read_from_level",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="report_point_on_earth",
            ),
            models.CheckConstraint(
                condition=Q(erased_on__isnull=True, raw_sealed__isnull=False)
                | (
                    Q(erased_on__isnull=False, raw_sealed__isnull=True, identity__isnull=True)
                    & Q(text_masked="", title="", place_note="", own_tag="")
                    & ~Q(erased_why="")
                ),
                name="report_erased_holds_nothing",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "-received_at"], name="report_inbox"),
            # Few wait among very many: the inbox, its counts and its poll read these alone.
            models.Index(fields=["received_at"], condition=Q(waits=True), name="report_waits"),
            models.Index(fields=["area", "-received_at"], name="report_by_area"),
            # Few are copies: an index that also held every report without one would look useless to the planner.
            models.Index(fields=["copy_of"], condition=Q(copy_of__isnull=False), name="report_copies"),
            # The inbox also holds what was declined and taken out of the archive again: few rows among very many.
            models.Index(fields=["triage_outcome", "state"], name="report_by_outcome"),
        ]

    rows = models.Manager()

    @staticmethod
    def visible_in(sight: Sight) -> Q:
        """Reports of the own areas, and those that stay with the own desk; others see no report at all.

        A report about an office is seen from its level upwards alone.
        """
        if sight.addressed_only:
            return Q(pk__in=[])
        seen = Q(pk__in=[])
        for part in sight.own:
            high_enough = Q(read_from_level__isnull=True) | Q(read_from_level__gte=sight.level_at(part))
            seen |= in_any_region("area", (part,)) & high_enough
        at_desk = Q(read_from_level__isnull=True) | Q(read_from_level__gte=sight.widest())
        return seen | (Q(desk_id=sight.agency_id) & at_desk)


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
