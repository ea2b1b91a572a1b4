"""Reading products, and drawing the figures of a day out of the earlier stages, all through one scope."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from kentongan.accounts.scopes import Scope
from kentongan.alerts.models import Alert
from kentongan.alerts.queries import alerts_between
from kentongan.documents.decisions import AlertLine, DailyFigures, EventLine, TaskLine
from kentongan.documents.models import Product
from kentongan.edge.formats import format_weekday_date, local_time
from kentongan.edge.problems import Problem
from kentongan.events.models import Event
from kentongan.events.queries import event_title, events_between, events_in
from kentongan.intake.models import ReportState
from kentongan.intake.queries import reports_between
from kentongan.places.queries import region_by_key, region_label, time_zone_of
from kentongan.policy import policy_on
from kentongan.response.models import Outcome, Task
from kentongan.response.queries import outcomes_for, tasks_between


def products_in(scope: Scope) -> QuerySet[Product]:
    """Issued products of the scope, newest first."""
    rows: QuerySet[Product] = Product.objects.in_scope(scope)
    return rows.order_by("-day", "-made_at", "-pk")


def product_in(scope: Scope, number: int) -> Product:
    """One product inside the scope; what lies outside is not even said to exist."""
    product: Product | None = Product.objects.in_scope(scope).filter(pk=number).first()
    if product is None:
        raise Problem("documents.product_unknown", number=number)
    return product


def local_day(area: int, moment: datetime) -> date:
    """The day of a moment in the region's own zone."""
    return moment.astimezone(time_zone_of(area)).date()


def day_bounds(area: int, day: date) -> tuple[datetime, datetime]:
    """The first moment of a day in the region's own zone, and the first after it."""
    zone = time_zone_of(area)
    start = datetime.combine(day, time(), tzinfo=zone)
    return start, datetime.combine(day + timedelta(days=1), time(), tzinfo=zone)


def daily_figures(scope: Scope, *, area: int, day: date, cut_off: datetime) -> DailyFigures:
    """What a day's report says of an area, up to its cut-off. `scope` is already narrowed to the area.

    A scope also holds what is addressed to the maker's agency, wherever that lies: only what lies in the area counts.
    Reports that have no place yet count with the desk that received them.
    """
    start, end = day_bounds(area, day)
    end = min(end, cut_off)
    zone = time_zone_of(area).key
    here = Q(area__in_region=region_by_key(area).range)
    reports = reports_between(scope, start, end).filter(here | Q(area=None))
    outcomes = {
        outcome.event_id: outcome for outcome in outcomes_for(events_in(scope).filter(here), start, end)
    }
    events = {event.pk: event for event in events_between(scope, start, end).filter(here)}
    events |= {outcome.event_id: outcome.event for outcome in outcomes.values()}
    return DailyFigures(
        area=region_label(area),
        day=format_weekday_date(day),
        cut_off=local_time(end, zone),
        reports=reports.count(),
        undecided=reports.filter(state=ReportState.RECEIVED).count(),
        events=[_event_line(event, outcomes.get(event.pk)) for _, event in sorted(events.items())],
        alerts=[_alert_line(alert) for alert in alerts_between(scope, start, end).filter(here)],
        tasks=[_task_line(task, zone=zone) for task in tasks_between(scope, start, end).filter(here)],
    )


def _event_line(event: Event, outcome: Outcome | None) -> EventLine:
    policy = policy_on(event.created_at.date())
    return EventLine(
        number=event.number,
        title=event_title(event),
        verification=policy.lifecycles["verification"].label_of(event.verification).id,
        grade=f"{event.source_grade}{event.content_grade}",
        summary=event.summary,
        outcome=_outcome_words(outcome),
        confirmed=event.is_confirmed,
    )


def _outcome_words(outcome: Outcome | None) -> str:
    if outcome is None:
        return ""
    happened = "terjadi" if outcome.occurred else "tidak terjadi"
    spread = "meluas" if outcome.spread else "tidak meluas"
    return f"{happened}, {spread}"


def _alert_line(alert: Alert) -> AlertLine:
    policy = policy_on(alert.proposed_at.date())
    recipients = list(alert.recipients.all())
    return AlertLine(
        number=alert.number,
        level=policy.alert_level(alert.level).label.id.upper(),
        message=alert.message,
        owner=alert.owner.short_name,
        first_action=alert.first_action,
        acknowledged=sum(recipient.acknowledged_at is not None for recipient in recipients),
        addressed=len(recipients),
        state=policy.lifecycles["alert"].label_of(alert.state).id,
        # As the event stands now: one refuted since is as unverified as one never checked.
        unverified=not alert.event.is_confirmed,
    )


def _task_line(task: Task, *, zone: str) -> TaskLine:
    policy = policy_on(task.assigned_at.date())
    return TaskLine(
        number=task.number,
        agency=task.agency.short_name,
        what=task.what,
        state=policy.lifecycles["task"].label_of(task.state).id,
        due=local_time(task.due_at, zone),
        result=task.result,
        unverified=not task.event.is_confirmed,
    )
