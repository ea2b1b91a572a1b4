"""Reading after-action reviews, and the lessons in them, only of events inside the reader's scope."""

from __future__ import annotations

from django.db.models import Max, Q, QuerySet

from kentongan.accounts.scopes import Scope
from kentongan.events.models import Event
from kentongan.events.queries import events_in
from kentongan.response.models import AfterActionReview


def reviews_of(event: Event) -> QuerySet[AfterActionReview]:
    """Every version of the reviews of an event that the reader was given, newest first."""
    rows = AfterActionReview.objects.filter(outcome__event=event).select_related("outcome")
    return rows.order_by("-outcome__episode", "-version")


def lessons_in(scope: Scope, *, type_code: str = "", words: str = "") -> QuerySet[AfterActionReview]:
    """The newest review of each episode, of one type or one class (`KEL`), with words somewhere in its answers."""
    newest = AfterActionReview.objects.values("outcome").annotate(newest=Max("pk")).values("newest")
    rows = AfterActionReview.objects.filter(
        pk__in=newest, outcome__event__in=events_in(scope).order_by().values("pk")
    )
    if type_code:
        rows = rows.filter(type_code__startswith=type_code)
    for word in words.split():
        rows = rows.filter(_somewhere(word))
    return rows.select_related("outcome__event").order_by("-written_at", "-pk")


def _somewhere(word: str) -> Q:
    found = Q()
    for answer in ("planned", "happened", "difference", "keep", "improve"):
        found |= Q(**{f"{answer}__icontains": word})
    return found
