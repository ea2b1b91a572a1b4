"""Tables of the verification stage: what was checked, by what evidence, with which verdict; and the claims desk."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kentongan.accounts.models import Agency
from kentongan.accounts.scopes import Scoped, Sight, in_own_area
from kentongan.events.models import Event, VerificationState
from kentongan.intake.models import Report
from kentongan.places.fields import RegionKeyField


class Verdict(models.Model):
    """One conclusion about an event. Content is graded before source; neither is ever combined into one score.

    Some types are judged by two persons: the first verdict then waits (`needs_second`) and moves nothing, until
    somebody else adds a row that `confirms` it.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="verdicts")
    verdict = models.CharField(max_length=12, choices=VerificationState.choices)
    content_grade = models.PositiveSmallIntegerField()
    source_grade = models.CharField(max_length=1)
    evidence = models.TextField(blank=True, default="")
    reason = models.TextField()
    given_by = models.CharField(max_length=80)
    given_at = models.DateTimeField()
    # When what could not be settled is looked at again.
    review_on = models.DateField(null=True)
    needs_second = models.BooleanField(default=False)
    confirms = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="confirmed_by")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(confirms__isnull=True) | Q(needs_second=False), name="verdict_first_or_second"
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=["verified", "partly", "refuted", "inconclusive"]),
                name="verdict_is_a_conclusion",
            ),
            models.CheckConstraint(condition=Q(content_grade__range=(1, 6)), name="verdict_content_grade"),
            models.CheckConstraint(condition=Q(source_grade__in=list("ABCDEF")), name="verdict_source_grade"),
            models.CheckConstraint(condition=~Q(reason=""), name="verdict_has_reason"),
        ]


class CheckStatus(models.TextChoices):
    """What stands beside one line of the checklist; `cannot` needs the reason why it cannot be checked."""

    OPEN = "open", "belum diperiksa"
    ASKED = "asked", "ditanyakan"
    PROVEN = "proven", "terbukti"
    CONTRADICTED = "contradicted", "bertentangan"
    CANNOT = "cannot", "tidak dapat diperiksa"


class Check(models.Model):
    """One line of an event's checklist (`policy` list `check_item`), with what was found and by whom."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="checks")
    item = models.CharField(max_length=20)
    status = models.CharField(max_length=12, choices=CheckStatus.choices, default=CheckStatus.OPEN)
    finding = models.TextField(blank=True, default="")
    checked_by = models.CharField(max_length=80)
    checked_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "item"], name="check_once_per_item"),
            models.CheckConstraint(condition=Q(status__in=CheckStatus.values), name="check_status_is_known"),
            models.CheckConstraint(
                condition=~Q(status__in=["proven", "contradicted", "cannot"]) | ~Q(finding=""),
                name="check_settled_says_how",
            ),
        ]


class Evidence(models.Model):
    """One piece of evidence: what it is, whom it comes from, the hash of its content, who added it. Never changed.

    A photo of a report is pointed to (`photo`), a file of its own is kept sealed (`stored`), a statement is its text.
    """

    class Kind(models.TextChoices):
        PHOTO = "photo", "foto"
        STATEMENT = "statement", "keterangan"
        DOCUMENT = "document", "dokumen"
        LINK = "link", "tautan"

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    item = models.CharField(max_length=20, blank=True, default="")
    text = models.TextField()
    origin = models.CharField(max_length=120)
    photo = models.BigIntegerField(null=True)
    stored = models.CharField(max_length=64, blank=True, default="")
    sha256 = models.CharField(max_length=64)
    added_by = models.CharField(max_length=80)
    added_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=["photo", "statement", "document", "link"]),
                name="evidence_kind_is_known",
            ),
            models.CheckConstraint(condition=~Q(sha256="") & ~Q(text=""), name="evidence_has_hash_and_words"),
        ]


class FieldAnswer(models.TextChoices):
    """What somebody on the spot answers; not knowing is an answer."""

    TRUE = "true", "Benar"
    PARTLY = "partly", "Sebagian benar"
    UNTRUE = "untrue", "Tidak benar"
    UNKNOWN = "unknown", "Tidak tahu"


class FieldCheck(models.Model):
    """A request to an office on the spot (kades, Babinsa, Bhabin …) to look and answer by a time.

    `question` is the edited summary that the office sees: it holds no source number and no report text.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="field_checks")
    item = models.CharField(max_length=20, blank=True, default="")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    question = models.TextField()
    asked_by = models.CharField(max_length=80)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answer = models.CharField(max_length=8, choices=FieldAnswer.choices, blank=True, default="")
    note = models.TextField(blank=True, default="")
    answered_by = models.CharField(max_length=80, blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = Scoped()
    rows = models.Manager()

    class Meta:
        base_manager_name = "rows"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | Q(answer__in=FieldAnswer.values, answered_at__isnull=False),
                name="field_check_answered_once",
            ),
            models.CheckConstraint(condition=~Q(question=""), name="field_check_asks"),
            models.CheckConstraint(condition=Q(due_at__gt=models.F("asked_at")), name="field_check_has_time"),
        ]
        indexes: ClassVar = [models.Index(fields=["agency", "answer", "due_at"], name="field_check_open")]

    @staticmethod
    def visible_in(sight: Sight) -> Q:
        """Requests to the own agency; and, for a desk that sees unverified events, all those of its area."""
        mine = Q(agency_id=sight.agency_id)
        return mine | in_own_area(sight, "event__area") if sight.unverified else mine


class Dissent(models.Model):
    """Somebody who may verify does not agree with a verdict; it stands beside the verdict and changes nothing."""

    verdict = models.ForeignKey(Verdict, on_delete=models.CASCADE, related_name="dissents")
    text = models.TextField()
    written_by = models.CharField(max_length=80)
    written_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(text=""), name="dissent_says_why")]


class ClaimState(models.TextChoices):
    """The lifecycle `claim`: an assertion that travels, to be checked."""

    UNSTARTED = "unstarted"
    IN_PROGRESS = "in_progress"
    TRUE = "true"
    FALSE = "false"
    MISLEADING = "misleading"
    INCONCLUSIVE = "inconclusive"


class Claim(models.Model):
    """What is being said, never who said it: there is no field for a sender. The verdict is used by later issues."""

    text = models.TextField()
    state = models.CharField(max_length=12, choices=ClaimState.choices, default=ClaimState.UNSTARTED)
    reason = models.TextField(blank=True, default="")
    area = RegionKeyField(null=True)
    desk = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    created_by = models.CharField(max_length=80)
    created_at = models.DateTimeField()

    objects = Scoped()
    rows = models.Manager()

    class Meta:
        base_manager_name = "rows"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=ClaimState.values), name="claim_state_is_known"),
            models.CheckConstraint(condition=~Q(text=""), name="claim_says_something"),
        ]

    @property
    def number(self) -> str:
        return f"KL-{self.pk:04d}"

    @staticmethod
    def visible_in(sight: Sight) -> Q:
        """Claims of the own areas and of the own desk, for whoever sees unverified matter."""
        return in_own_area(sight) | Q(desk_id=sight.agency_id) if sight.unverified else Q(pk__in=[])


class ClaimReport(models.Model):
    """A report that carries a claim; each stays a report of its own."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="sources")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["claim", "report"], name="claim_report_once")
        ]
