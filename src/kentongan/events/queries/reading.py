"""Reading events, always through a scope: lists of what stands by itself, and one event wherever it stands."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from kentongan.accounts.scopes import Scope
from kentongan.edge.problems import Problem
from kentongan.events.models import (
    Event,
    EventFacet,
    EventImpact,
    EventNote,
    EventReport,
    EventRevision,
    EventShare,
    EventState,
    EventWatch,
)
from kentongan.intake.models import Report


def events_in(scope: Scope) -> QuerySet[Event]:
    """Events of the scope, newest first; one that went up in another is read there."""
    rows: QuerySet[Event] = Event.objects.in_scope(scope).filter(merged_into=None).select_related("owner")
    return rows.order_by("-created_at", "-pk")


def open_events(scope: Scope) -> QuerySet[Event]:
    """Events that are not closed and not only watched."""
    return events_in(scope).exclude(state__in=[EventState.CLOSED, EventState.WATCH])


def event_in(scope: Scope, number: int) -> Event:
    """One event inside the scope, merged ones included; what lies outside is not even said to exist."""
    rows = Event.objects.in_scope(scope).select_related("owner", "assigned_to", "merged_into")
    event: Event | None = rows.filter(pk=number).first()
    if event is None:
        raise Problem("events.event_unknown", number=number)
    return event


def events_between(scope: Scope, start: datetime, end: datetime) -> QuerySet[Event]:
    """Events first recorded from `start` up to but not including `end`."""
    return events_in(scope).filter(created_at__gte=start, created_at__lt=end)


def merged_into(event: Event, scope: Scope) -> list[Event]:
    """The events that went up in this one, and those that had gone up in them, as far as the reader may see them."""
    rows: QuerySet[Event] = Event.objects.in_scope(scope).filter(pk__in=_family(event, scope)[1:])
    return list(rows.order_by("pk"))


def remaining(event: Event) -> Event:
    """The event that is read in place of a merged one; the event itself when it stands alone."""
    while event.merged_into is not None:
        event = event.merged_into
    return event


def reports_of(event: Event, scope: Scope) -> QuerySet[Report]:
    """The reports behind an event and behind those that went up in it, as far as the reader may see them."""
    numbers = EventReport.objects.filter(event__in=_family(event, scope)).values("report_id")
    rows: QuerySet[Report] = Report.objects.in_scope(scope).filter(pk__in=numbers)
    return rows.order_by("received_at", "pk")


def own_reports_of(event: Event, scope: Scope) -> QuerySet[Report]:
    """The reports that stand with the event itself: those that may be taken from it."""
    return reports_of(event, scope).filter(pk__in=event.sources.values("report_id"))


def facets_of(event: Event) -> dict[str, list[tuple[str, str]]]:
    """The codes of each facet with their notes, by the name of the list; a facet without codes is missing."""
    found: dict[str, list[tuple[str, str]]] = {}
    for facet, code, note in (
        EventFacet.objects.filter(event=event).order_by("facet", "pk").values_list("facet", "code", "note")
    ):
        found.setdefault(facet, []).append((code, note))
    return found


def impacts_of(event: Event) -> dict[str, tuple[int | None, str]]:
    """What was counted, by code: the number, None for unknown, and how sure."""
    rows = EventImpact.objects.filter(event=event).order_by("code")
    return {code: (count, sure) for code, count, sure in rows.values_list("code", "count", "qualifier")}


def watches_of(event: Event) -> list[int]:
    """The regions watched with the event."""
    return list(EventWatch.objects.filter(event=event).order_by("area").values_list("area", flat=True))


def notes_of(event: Event) -> QuerySet[EventNote]:
    """What was written beside the event, newest first."""
    return EventNote.objects.filter(event=event).order_by("-written_at", "-pk")


def shares_of(event: Event) -> QuerySet[EventShare]:
    """To whom the event is addressed now, and until when."""
    rows = EventShare.objects.filter(event=event, withdrawn=False).select_related("agency")
    return rows.order_by("until", "agency__short_name")


def events_of_report(report_id: int, scope: Scope) -> list[Event]:
    """The events of the scope that a report speaks of."""
    numbers = EventReport.objects.filter(report_id=report_id).values("event_id")
    rows: QuerySet[Event] = Event.objects.in_scope(scope).filter(pk__in=numbers)
    return list(rows.order_by("pk"))


def revisions_of(event: Event) -> QuerySet[EventRevision]:
    """What the event said, oldest first."""
    return event.revisions.order_by("number")


def newest_revision(event: Event) -> int:
    """The number of the last revision: what a page shows, and what a change is based on."""
    number = event.revisions.order_by("-number").values_list("number", flat=True).first()
    return number or 0


def _family(event: Event, scope: Scope) -> list[int]:
    """The numbers of an event and of all in the scope that went up in it, level by level."""
    numbers, level = [event.pk], [event.pk]
    while level:
        level = list(Event.objects.in_scope(scope).filter(merged_into__in=level).values_list("pk", flat=True))
        numbers += level
    return numbers
