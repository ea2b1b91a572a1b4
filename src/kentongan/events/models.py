"""Tables of the events stage: one happening or potential happening, its revisions, its reports, whom it is shown to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kentongan.accounts.labels import Label
from kentongan.accounts.models import Account, Agency
from kentongan.accounts.scopes import Scoped, Sight
from kentongan.intake.models import Report
from kentongan.places.fields import RegionKeyField, in_any_region
from kentongan.places.keys import RegionRange


class EventKind(models.TextChoices):
    POTENTIAL = "potential", "potensi"
    INCIDENT = "incident", "kejadian"


class EventState(models.TextChoices):
    """Life of an event; the allowed moves are policy data (`lifecycles`)."""

    OPEN = "open"
    MONITORED = "monitored"
    HANDLED = "handled"
    DAMPENED = "dampened"
    RESOLVED = "resolved"
    WATCH = "watch"
    CLOSED = "closed"


class VerificationState(models.TextChoices):
    UNVERIFIED = "unverified"
    IN_PROGRESS = "in_progress"
    VERIFIED = "verified"
    PARTLY = "partly"
    REFUTED = "refuted"
    INCONCLUSIVE = "inconclusive"


CONFIRMED = (VerificationState.VERIFIED, VerificationState.PARTLY)


class Event(models.Model):
    """One happening, one place, one leaf type.

    Lawful protest, criticism, belief and membership cannot be stored: `hostile_facet` names the facet of threat,
    force, damage or inter-group hostility without which no event exists.
    """

    kind = models.CharField(max_length=10, choices=EventKind.choices)
    type_code = models.CharField(max_length=10)
    forms = models.JSONField(default=list)
    hostile_facet = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=EventState.choices, default=EventState.OPEN)
    verification = models.CharField(
        max_length=12, choices=VerificationState.choices, default=VerificationState.UNVERIFIED
    )
    source_grade = models.CharField(max_length=1, default="F")
    content_grade = models.PositiveSmallIntegerField(default=6)
    area = RegionKeyField()
    place_precision = models.PositiveSmallIntegerField()
    place_note = models.CharField(max_length=120, blank=True, default="")
    latitude = models.DecimalField(max_digits=5, decimal_places=3, null=True)
    longitude = models.DecimalField(max_digits=6, decimal_places=3, null=True)
    happens_on = models.DateField()
    # The hour on the clocks of that place, where it is known.
    happens_time = models.TimeField(null=True)
    time_precision = models.PositiveSmallIntegerField()
    crowd = models.PositiveIntegerField(null=True)
    # What the anchors propose, and what holds; where a person decided otherwise, the reason stands beside it.
    severity_proposed = models.PositiveSmallIntegerField(null=True)
    severity = models.PositiveSmallIntegerField(null=True)
    severity_reason = models.TextField(blank=True, default="")
    likelihood = models.PositiveSmallIntegerField(null=True)
    confidence = models.CharField(max_length=10, blank=True, default="")
    phase = models.CharField(max_length=4, blank=True, default="")
    origin = models.CharField(max_length=20, default="tidak_diketahui")
    origin_confidence = models.CharField(max_length=10, blank=True, default="")
    uu7_definition = models.CharField(max_length=12, default="belum_jelas")
    summary = models.TextField()
    # The inventory of potentials: what lies beneath, what may set it off next, what was tried, what holds it back.
    cause = models.TextField(blank=True, default="")
    next_trigger = models.CharField(max_length=200, blank=True, default="")
    next_trigger_on = models.DateField(null=True)
    solution_tried = models.TextField(blank=True, default="")
    capacity = models.TextField(blank=True, default="")
    label = models.PositiveSmallIntegerField(default=Label.INTERNAL)
    owner = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    review_on = models.DateField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    assigned_to = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")
    # Taken back within the half minute in which a decision may be undone; seen by nobody afterwards.
    undone_at = models.DateTimeField(null=True)

    objects = Scoped()
    rows = models.Manager()

    class Meta:
        base_manager_name = "rows"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=EventKind.values), name="event_kind_is_known"),
            models.CheckConstraint(condition=Q(state__in=EventState.values), name="event_state_is_known"),
            models.CheckConstraint(
                condition=Q(verification__in=VerificationState.values), name="event_verification_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(hostile_facet="") & ~Q(hostile_facet="F04"), name="event_shows_hostility"
            ),
            models.CheckConstraint(condition=Q(place_precision__range=(1, 3)), name="event_place_precision"),
            models.CheckConstraint(condition=Q(time_precision__range=(1, 3)), name="event_time_precision"),
            models.CheckConstraint(
                condition=Q(severity__isnull=True) | Q(severity__range=(1, 5)),
                name="event_severity_one_to_five",
            ),
            models.CheckConstraint(condition=Q(content_grade__range=(1, 6)), name="event_content_grade"),
            models.CheckConstraint(condition=Q(source_grade__in=list("ABCDEF")), name="event_source_grade"),
            models.CheckConstraint(
                condition=Q(label__in=[label.value for label in Label]), name="event_label"
            ),
            models.CheckConstraint(
                condition=Q(likelihood__isnull=True) | Q(likelihood__range=(1, 5)),
                name="event_likelihood_one_to_five",
            ),
            models.CheckConstraint(
                condition=Q(origin="luar_negeri") & ~Q(origin_confidence="") | ~Q(origin="luar_negeri"),
                name="event_foreign_origin_how_sure",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="event_point_on_earth",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True) | Q(place_precision=1), name="event_point_is_precise"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=models.F("id")),
                name="event_not_merged_into_itself",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["area", "-created_at"], name="event_by_area"),
            models.Index(fields=["-created_at"], name="event_by_time"),
            # All that a list is filtered and counted by, in its usual order: it reads this index and not the rows.
            models.Index(
                fields=[
                    *("-created_at", "-id", "area", "verification", "label", "state", "kind", "type_code"),
                    *("severity", "happens_on", "review_on", "assigned_to", "owner", "origin"),
                    *("merged_into", "undone_at"),
                ],
                name="event_listed",
            ),
        ]

    @property
    def number(self) -> str:
        return f"PR-{self.pk:04d}"

    @property
    def is_confirmed(self) -> bool:
        return self.verification in CONFIRMED

    @staticmethod
    def visible_in(sight: Sight) -> Q:
        """Confirmed events of the own and neighbouring areas, unverified ones of the own where the role may see them.

        And, for everybody, what was addressed to the own agency; never above the label.
        """
        # A subquery, not a join: one event addressed twice must not be two rows, and the list needs no DISTINCT.
        shares = EventShare.objects.filter(agency_id=sight.agency_id, withdrawn=False)
        addressed = Q(pk__in=shares.values("event_id"))
        seen = _in_sight(sight) | addressed
        return seen & Q(label__lte=sight.label, undone_at__isnull=True)


def _in_sight(sight: Sight) -> Q:
    """Events of the areas of a sight: whoever may see unverified ones reads the own areas whole."""
    if sight.addressed_only:
        return Q(pk__in=[])
    confirmed = Q(verification__in=CONFIRMED)
    if not sight.unverified:
        return _within(*sight.own, *sight.neighbours) & confirmed
    return _within(*sight.own) | (_within(*sight.neighbours) & confirmed)


def _within(*ranges: RegionRange) -> Q:
    return in_any_region("area", ranges, lookup="in_region_listed")


class EventRevision(models.Model):
    """What an event said, from when: the past can be shown as it was known."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    reason = models.TextField(blank=True, default="")
    values = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "number"], name="event_revision_numbered"),
        ]


class EventReport(models.Model):
    """A report that speaks of an event."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="sources")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "report"], name="event_report_once")
        ]


class EventShare(models.Model):
    """An event addressed to an agency outside the desk: the only way that agency sees it."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="shares")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    until = models.DateTimeField()
    withdrawn = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["event", "agency"], name="event_share_once")]


class Facet(models.TextChoices):
    """The lists beside the one leaf type, each with its codes in `policy`."""

    ACTOR = "actor_type", "pihak"
    TRIGGER = "trigger", "pemicu"
    ATHG = "athg", "ATHG"
    INTEREST = "affected_interest", "kepentingan terdampak"
    FIELD = "field", "bidang"


class EventFacet(models.Model):
    """One code of one facet; for a party the note may name the group or office, never a private person."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="facets")
    facet = models.CharField(max_length=20, choices=Facet.choices)
    code = models.CharField(max_length=30)
    note = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "facet", "code", "note"], name="event_facet_once"),
            models.CheckConstraint(condition=Q(facet__in=Facet.values), name="event_facet_is_known"),
        ]
        indexes: ClassVar = [models.Index(fields=["facet", "code"], name="event_by_facet")]


class EventImpact(models.Model):
    """One counted consequence. An unknown count is empty, never zero."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="impacts")
    code = models.CharField(max_length=4)
    count = models.PositiveBigIntegerField(null=True)
    qualifier = models.CharField(max_length=16)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "code"], name="event_impact_once"),
            models.CheckConstraint(
                condition=Q(qualifier="tidak_diketahui", count__isnull=True)
                | Q(qualifier__in=["pasti", "perkiraan"], count__isnull=False),
                name="event_impact_unknown_is_empty",
            ),
        ]


class EventWatch(models.Model):
    """A neighbouring region that is watched while the event is open: whoever looks after it should know."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="watches")
    area = RegionKeyField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["event", "area"], name="event_watch_once")]


class EventNote(models.Model):
    """What somebody thinks of an event, kept apart from what is known: fact, analysis, prediction, recommendation."""

    class Box(models.TextChoices):
        FACT = "fact", "Fakta"
        ANALYSIS = "analysis", "Analisis"
        PREDICTION = "prediction", "Prediksi"
        RECOMMENDATION = "recommendation", "Rekomendasi"

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="notes")
    box = models.CharField(max_length=14, choices=Box.choices)
    text = models.TextField()
    written_by = models.CharField(max_length=80)
    written_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(box__in=["fact", "analysis", "prediction", "recommendation"]),
                name="event_note_box_is_known",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="event_note_says_something"),
        ]
