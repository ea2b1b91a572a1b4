"""What is kept, and the proof of what went: holds on a report, and the runs of the retention."""

from __future__ import annotations

from django.db.models import QuerySet

from kentongan.intake.models import LegalHold, Report, RetentionRun


def holds_of(report: Report) -> QuerySet[LegalHold]:
    """Every hold there was on a report, newest first; the report has been read through a scope."""
    return report.holds.order_by("-placed_at", "-pk")


def retention_runs() -> QuerySet[RetentionRun]:
    """The runs of this instance, newest first: numbers alone, of no area and no report."""
    return RetentionRun.objects.order_by("-ran_at", "-pk")


def held_now() -> int:
    """How many reports a hold keeps just now."""
    return LegalHold.objects.filter(lifted_at=None).count()
