"""Reading how events ended; the reader has been given the events through a scope."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import QuerySet

from kentongan.events.models import Event
from kentongan.response.models import Outcome


def outcome_of(event: Event) -> Outcome | None:
    """How the present episode ended; None while it runs, and after the event flared up again."""
    return Outcome.objects.filter(event=event, reopened_at=None).first()


def outcomes_of(event: Event) -> QuerySet[Outcome]:
    """How each episode of an event ended, oldest first."""
    return Outcome.objects.filter(event=event).order_by("episode")


def standing_outcomes(events: Iterable[Event]) -> Mapping[int, Outcome]:
    """The outcome that stands, by event, in one query; an event without one is missing."""
    rows = Outcome.objects.filter(event__in=[event.pk for event in events], reopened_at=None)
    return {outcome.event_id: outcome for outcome in rows}


def outcomes_for(events: QuerySet[Event], start: datetime, end: datetime) -> QuerySet[Outcome]:
    """Outcomes recorded from `start` up to but not including `end`, of events already read through a scope."""
    rows = Outcome.objects.filter(event__in=events.values("pk"), recorded_at__gte=start, recorded_at__lt=end)
    return rows.select_related("event").order_by("recorded_at", "pk")
