"""Reading verdicts."""

from __future__ import annotations

from django.db.models import QuerySet

from kentongan.events.models import Event
from kentongan.verification.models import Verdict


def verdicts_of(event: Event) -> QuerySet[Verdict]:
    """Every verdict on an event, newest first; the reader has already been given the event through a scope."""
    return Verdict.objects.filter(event=event).order_by("-given_at", "-pk")
