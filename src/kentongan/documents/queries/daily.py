"""Drawing the figures of a day out of the earlier stages, all through one scope."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from kentongan.accounts.scopes import Scope
from kentongan.alerts.models import Alert
from kentongan.alerts.queries import alerts_between
from kentongan.documents.decisions import AlertLine, DailyFigures, EventLine, Heard, TaskLine
from kentongan.edge.formats import format_weekday_date, local_time
from kentongan.events.models import Event, EventKind, EventRevision, EventState
from kentongan.events.queries import events_between, events_in, titles
from kentongan.indicators.decisions import CoverageState
from kentongan.indicators.queries import coverage, finest
from kentongan.intake.models import ReportState
from kentongan.intake.queries import reports_between
from kentongan.places.queries import region_by_key, region_label, time_zone_of
from kentongan.policy import policy_on
from kentongan.response.models import Outcome, Task
from kentongan.response.queries import OPEN_STATES, outcomes_for, tasks_between


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
    all_here = events_in(scope).filter(here)
    outcomes = {outcome.event_id: outcome for outcome in outcomes_for(all_here, start, end)}
    events = {event.pk: event for event in events_between(scope, start, end).filter(here)}
    events |= {outcome.event_id: outcome.event for outcome in outcomes.values()}
    named = titles(events.values())
    potentials = _potentials(scope, here, start, end)
    return DailyFigures(
        area=region_label(area),
        day=format_weekday_date(day),
        cut_off=local_time(end, zone),
        reports=reports.count(),
        undecided=reports.filter(state=ReportState.RECEIVED).count(),
        events=[
            _event_line(event, outcomes.get(event.pk), title=named[event.pk])
            for _, event in sorted(events.items())
        ],
        alerts=[_alert_line(alert) for alert in alerts_between(scope, start, end).filter(here)],
        tasks=[_task_line(task, zone=zone, at=end) for task in tasks_between(scope, start, end).filter(here)],
        new_potentials=potentials.new,
        changed_potentials=potentials.changed,
        unowned_potentials=potentials.unowned,
        heard=_heard(scope, at=end),
    )


@dataclass(frozen=True, slots=True)
class _Potentials:
    new: int
    changed: int
    unowned: int


def _potentials(scope: Scope, here: Q, start: datetime, end: datetime) -> _Potentials:
    standing = (
        events_in(scope)
        .filter(here, kind=EventKind.POTENTIAL, created_at__lt=end)
        .exclude(state=EventState.CLOSED)
        .order_by()
    )
    changed = EventRevision.objects.filter(
        event__in=standing.filter(created_at__lt=start).values("pk"),
        recorded_at__gte=start,
        recorded_at__lt=end,
        number__gt=1,
    )
    return _Potentials(
        new=standing.filter(created_at__gte=start).count(),
        changed=changed.values("event").distinct().count(),
        unowned=standing.filter(assigned_to=None).count(),
    )


def _heard(scope: Scope, *, at: datetime) -> Heard:
    rows = finest(coverage(scope, now=at))
    silent = [row for row in rows if row.is_unheard]
    nil = sum(row.state is CoverageState.NIL for row in rows)
    return Heard(
        areas=len(rows),
        news=len(rows) - len(silent) - nil,
        nil=nil,
        silent=len(silent),
        silent_names=[row.area.name for row in silent],
    )


def _event_line(event: Event, outcome: Outcome | None, *, title: str) -> EventLine:
    policy = policy_on(event.created_at.date())
    kind = policy.event_types.get(event.type_code)
    return EventLine(
        number=event.number,
        title=title,
        verification=policy.lifecycles["verification"].label_of(event.verification).id,
        grade=f"{event.source_grade}{event.content_grade}",
        summary=event.summary,
        outcome=_outcome_words(outcome),
        confirmed=event.is_confirmed,
        kind=event.kind,
        state=policy.lifecycles["event"].label_of(event.state).id,
        fields=[str(name) for name in kind.field] if kind is not None else [],
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


def _task_line(task: Task, *, zone: str, at: datetime) -> TaskLine:
    policy = policy_on(task.assigned_at.date())
    return TaskLine(
        number=task.number,
        agency=task.agency.short_name,
        what=task.what,
        state=policy.lifecycles["task"].label_of(task.state).id,
        due=local_time(task.due_at, zone),
        result=task.result,
        unverified=not task.event.is_confirmed,
        overdue=task.state in OPEN_STATES and task.due_at < at,
    )


FIGURE_NAMES: Mapping[str, tuple[str, str]] = {
    "reports": ("laporan masuk", "reports received"),
    "undecided": ("belum diputuskan", "undecided"),
    "confirmed": ("peristiwa terverifikasi", "verified events"),
    "unverified": ("belum terverifikasi", "unverified"),
    "new_potentials": ("potensi baru", "new potentials"),
    "changed_potentials": ("potensi berubah", "changed potentials"),
    "unowned_potentials": ("potensi tanpa penanggung jawab", "potentials without owner"),
    "alerts": ("peringatan", "alerts"),
    "acknowledged": ("peringatan diterima", "alerts acknowledged"),
    "addressed": ("pihak yang diperingatkan", "parties alerted"),
    "tasks": ("tugas", "tasks"),
    "overdue": ("tugas lewat tenggat", "overdue tasks"),
    "areas": ("desa wajib lapor", "areas expected"),
    "news": ("desa melapor", "areas with news"),
    "nil": ("desa nihil", "areas with nil"),
    "silent": ("desa senyap", "silent areas"),
}
"""How a page calls each figure that moved, in both languages."""
