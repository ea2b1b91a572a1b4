"""Reading briefs, and drawing the facts of one out of the earlier stages, all through one scope."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from kentongan.accounts.scopes import Scope
from kentongan.alerts.models import Alert
from kentongan.alerts.queries import alerts_in, is_in_force, standing_postures
from kentongan.documents.decisions.brief import AlertFact, BriefFacts, EventFact, PostureFact, TaskFact
from kentongan.documents.models import Brief
from kentongan.edge.formats import format_weekday_date, local_time
from kentongan.edge.problems import Problem
from kentongan.events.models import Event, EventRevision
from kentongan.events.queries import events_in, titles
from kentongan.indicators.queries import coverage
from kentongan.places.keys import Level, level_of_key
from kentongan.places.queries import region_by_key, region_label, time_zone_of
from kentongan.response.decisions import is_overdue
from kentongan.response.models import Task
from kentongan.response.queries import open_tasks

# A window ends with the first moment after it; people name the day before.
LAST_MOMENT = timedelta(seconds=1)


def briefs_in(scope: Scope) -> QuerySet[Brief]:
    """Briefs of the scope, newest first, with what they ask."""
    rows: QuerySet[Brief] = Brief.objects.in_scope(scope)
    return rows.prefetch_related("requests").order_by("-cut_off", "-pk")


def brief_in(scope: Scope, number: int) -> Brief:
    """One brief inside the scope; what lies outside is not even said to exist."""
    found: Brief | None = briefs_in(scope).filter(pk=number).first()
    if found is None:
        raise Problem("documents.brief_unknown", number=number)
    return found


def brief_facts(scope: Scope, *, area: int, since: datetime, cut_off: datetime) -> tuple[BriefFacts, int]:
    """What a brief says of an area, and the highest label among its events. `scope` is already narrowed to the area."""
    here = Q(area__in_region=region_by_key(area).range)
    zone = time_zone_of(area)
    alerts = [each for each in alerts_in(scope).filter(here) if _counts(each, since)]
    events = {each.pk: each for each in events_in(scope).filter(here, merged_into=None)}
    moved = _moved(events, since=since, cut_off=cut_off)
    named = titles(events.values(), language="id")
    today = cut_off.astimezone(zone).date()
    facts = BriefFacts(
        today=today,
        events=[
            _event(each, named[each.pk], moved=each.pk in moved, since=since) for each in events.values()
        ],
        alerts=[_alert(each, named.get(each.event_id, each.number), since=since) for each in alerts],
        tasks=[_task(each, zone.key, cut_off) for each in open_tasks(scope).filter(here)],
        postures=[
            PostureFact(
                each.pk,
                region_label(each.area),
                each.level,
                format_weekday_date((each.ends_at - LAST_MOMENT).astimezone(zone).date()),
                each.approved_at is not None and each.approved_at >= since,
            )
            for each in standing_postures(scope).filter(here, approved_at__isnull=False)
        ],
        silent=_silent(scope, cut_off),
    )
    return facts, max((each.label for each in events.values()), default=1)


def _counts(alert: Alert, since: datetime) -> bool:
    ended_now = alert.stood_down_at is not None and alert.stood_down_at >= since
    return is_in_force(alert) or alert.state == "proposed" or ended_now


def _moved(events: dict[int, Event], *, since: datetime, cut_off: datetime) -> set[int]:
    """Events whose state or verdict was revised in the time; the first revision is the making itself."""
    rows = EventRevision.objects.filter(
        event__in=events, recorded_at__gte=since, recorded_at__lte=cut_off, number__gt=1
    )
    return {each.event_id for each in rows if {"state", "verification"} & set(each.values)}


def _event(event: Event, title: str, *, moved: bool, since: datetime) -> EventFact:
    return EventFact(
        pk=event.pk,
        title=title,
        state=event.state,
        verification=event.verification,
        confirmed=event.is_confirmed,
        severity=event.severity if event.severity is not None else event.severity_proposed,
        is_new=event.created_at >= since,
        moved=moved,
        happens_on=event.happens_on,
    )


def _alert(alert: Alert, title: str, *, since: datetime) -> AlertFact:
    recipients = list(alert.recipients.all())
    return AlertFact(
        pk=alert.pk,
        title=title,
        message=alert.message,
        level=alert.level,
        confirmed=alert.event.is_confirmed,
        issued_now=is_in_force(alert) and alert.issued_at is not None and alert.issued_at >= since,
        ended_now=alert.stood_down_at is not None and alert.stood_down_at >= since,
        waits_for_approval=alert.state == "proposed",
        silent=sum(each.acknowledged_at is None for each in recipients),
        addressed=len(recipients),
    )


def _task(task: Task, zone: str, now: datetime) -> TaskFact:
    return TaskFact(
        pk=task.pk,
        agency=task.agency.short_name,
        what=task.what,
        due=local_time(task.due_at, zone),
        overdue=is_overdue(task.state, task.due_at, now=now),
        returned=task.state == "returned",
        confirmed=task.event.is_confirmed,
    )


def _silent(scope: Scope, now: datetime) -> list[tuple[str, int | None]]:
    """Kecamatan that have fallen silent, the longest silence first; silence is not safety."""
    rows = [
        row
        for row in coverage(scope, now=now)
        if row.is_unheard and level_of_key(row.area.key) == Level.DISTRICT
    ]
    days = [
        (region_label(row.area.key), (now - row.last_contact).days if row.last_contact else None)
        for row in rows
    ]
    return sorted(days, key=lambda each: -(10_000 if each[1] is None else each[1]))
