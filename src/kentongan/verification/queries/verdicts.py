"""Verdicts of an event: those that stand, the one that waits for a second person, and all that were ever given."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from kentongan.events.models import Event
from kentongan.verification.models import Verdict

STANDS = Q(needs_second=False) | Q(confirmed_by__isnull=False)


def verdicts_of(event: Event) -> QuerySet[Verdict]:
    """Every verdict that stands, newest first; the reader has already been given the event through a scope.

    A first verdict that still waits for its second person is none of them: it must not look like a finding.
    """
    return _of(event).filter(STANDS)


def all_verdicts_of(event: Event) -> QuerySet[Verdict]:
    """Every verdict ever given, the waiting and the lapsed ones too, with what others wrote beside them."""
    return _of(event).select_related("confirms", "confirmed_by").prefetch_related("dissents")


def verdict_waiting(event: Event) -> Verdict | None:
    """The first verdict that waits for its second person: the newest row, if it is one."""
    newest = _of(event).select_related("confirmed_by").first()
    waits = newest is not None and newest.needs_second and not hasattr(newest, "confirmed_by")
    return newest if waits else None


def _of(event: Event) -> QuerySet[Verdict]:
    return Verdict.objects.filter(event=event).order_by("-given_at", "-pk")
