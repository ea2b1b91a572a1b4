"""Beranda: what needs you first, what you are here for, and every figure as a link to its rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, reverse
from django.utils.translation import gettext as _

from kentongan.accounts.permissions import Permission
from kentongan.alerts.queries import is_in_force, standing
from kentongan.edge.formats import format_age
from kentongan.events.queries import open_events, titles
from kentongan.intake.queries import inbox
from kentongan.pipeline.world import is_demo
from kentongan.places.queries import region_labels
from kentongan.response.decisions import is_overdue
from kentongan.response.queries import open_tasks, overdue_tasks
from kentongan.web.routing import Audience, StaffRequest, route, scope_of
from kentongan.web.views.alerts import APPROVE
from kentongan.web.views.field import field_home
from kentongan.web.wording import greeting, language, zone_of_reader, zones_of

MOST_ROWS = 8
MOST_WEIGHED = 60  # newest open events among which the most urgent are chosen
UNJUDGED = frozenset({"unverified", "in_progress"})


@dataclass(frozen=True, slots=True)
class Figure:
    """One counted thing with the page that lists it."""

    label: str
    value: int
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Urgent:
    """One event of the first table: its highest level in force, and what has to happen next."""

    event: Any
    title: str
    place: str
    level: int | None
    next_step: str


def front(request: HttpRequest) -> HttpResponse:
    """The bare address: home for whoever is signed in, the front door for everybody else."""
    if request.user.is_authenticated:
        return redirect("home")
    return redirect("choose_role" if is_demo() else "account_login")


def home(request: StaffRequest) -> HttpResponse:
    """The home page of every role: duties, figures and lists by what the role may read."""
    zone = zone_of_reader(request.actor)
    alerts = _standing(request)
    if request.actor.posts and all(post.role.field for post in request.actor.posts):
        return field_home(request, _alerts(request, alerts))
    context: dict[str, Any] = {
        "zone": zone,
        "greeting": greeting(request.now, zone),
        "posts": [
            (post, post.role.name[language()], post.role.duties[language()]) for post in request.actor.posts
        ],
        "figures": _figures(request, alerts),
        "waiting": _waiting(request),
        **_events(request, alerts),
        **_alerts(request, alerts),
        **_tasks(request),
    }
    return render(request, "home/home.html", context)


def _standing(request: StaffRequest) -> Sequence[Any]:
    if not request.actor.may(Permission.ALERT_READ):
        return []
    return list(standing(scope_of(request, Permission.ALERT_READ)))


def _waiting(request: StaffRequest) -> int:
    """How many reports wait for this reader's decision."""
    if not request.actor.may(Permission.REPORT_TRIAGE):
        return 0
    return inbox(scope_of(request, Permission.REPORT_READ)).count()


def _figures(request: StaffRequest, alerts: Sequence[Any]) -> list[Figure]:
    actor, figures = request.actor, []
    if actor.may(Permission.REPORT_READ):
        waiting = inbox(scope_of(request, Permission.REPORT_READ))
        oldest = waiting.first()
        age = format_age(request.now - oldest.received_at, language=language()) if oldest else ""
        note = _("tertua %(age)s") % {"age": age} if oldest else _("kotak masuk bersih")
        figures.append(Figure(_("Perlu keputusan"), waiting.count(), reverse("reports"), note))
    if actor.may(Permission.ALERT_READ):
        proposed = sum(alert.state == "proposed" for alert in alerts)
        note = _("%(number)s menunggu persetujuan") % {"number": proposed} if proposed else ""
        figures.append(Figure(_("Peringatan berjalan"), len(alerts), reverse("alerts"), note))
    if actor.may(Permission.EVENT_READ):
        scope = scope_of(request, Permission.EVENT_READ)
        events = open_events(scope)
        count = events.count()
        figures.append(Figure(_("Peristiwa terbuka"), count, reverse("events") + "?keadaan=terbuka"))
        if any(
            sight.unverified for sight in scope.sights
        ):  # to whoever may not see them, none would read as zero
            unverified = events.filter(verification__in=UNJUDGED).count()
            note = _("dari %(number)s terbuka") % {"number": count}
            url = reverse("events") + "?keadaan=unverified"
            figures.append(Figure(_("Belum terverifikasi"), unverified, url, note))
    if actor.may(Permission.TASK_READ):
        scope = scope_of(request, Permission.TASK_READ)
        late = overdue_tasks(scope, now=request.now).count()
        note = _("dari %(number)s berjalan") % {"number": open_tasks(scope).count()}
        figures.append(
            Figure(_("Tindak lanjut terlambat"), late, reverse("tasks") + "?lihat=terlambat", note)
        )
    return figures


def _events(request: StaffRequest, alerts: Sequence[Any]) -> dict[str, Any]:
    """The open events that need somebody most: the highest level first, then what nobody has judged yet."""
    if not request.actor.may(Permission.EVENT_READ):
        return {"shows_events": False}
    events = open_events(scope_of(request, Permission.EVENT_READ))[:MOST_WEIGHED]
    of_event = {event.pk: [alert for alert in alerts if alert.event_id == event.pk] for event in events}
    levels = {number: _level(rows) for number, rows in of_event.items()}
    chosen = sorted(events, key=lambda event: (-(levels[event.pk] or 0), event.verification not in UNJUDGED))[
        :MOST_ROWS
    ]
    named, places = titles(chosen, language=language()), region_labels(event.area for event in chosen)
    rows = [
        Urgent(
            event,
            named[event.pk],
            places[event.area],
            levels[event.pk],
            _next_step(event, of_event[event.pk]),
        )
        for event in chosen
    ]
    return {"shows_events": True, "events": rows}


def _level(alerts: Iterable[Any]) -> int | None:
    return max((alert.level for alert in alerts if is_in_force(alert)), default=None)


def _next_step(event: Any, alerts: Iterable[Any]) -> str:
    """What has to happen next on an event, in a few words."""
    for alert in alerts:
        if alert.state == "proposed":
            return _("Tunggu putusan %(number)s") % {"number": alert.number}
        silent = sum(recipient.acknowledged_at is None for recipient in alert.recipients.all())
        if silent:
            return _("Tunggu %(number)s penerima") % {"number": silent}
    if event.verification in UNJUDGED:
        return _("Verifikasi")
    if event.state == "handled":
        return _("Tunggu hasil tugas")
    if event.verification == "inconclusive":
        return _("Periksa lagi")
    return _("Catat hasil akhir") if event.verification == "refuted" else _("Tentukan tindak lanjut")


def _alerts(request: StaffRequest, alerts: Sequence[Any]) -> dict[str, Any]:
    """Alerts that name the own agency and wait for it, and proposals the reader may approve."""
    actor = request.actor
    unanswered = [
        alert
        for alert in alerts
        if actor.may(Permission.ALERT_ACKNOWLEDGE)
        and is_in_force(alert)
        and _waits_for(alert, actor.agency_ids)
    ]
    to_approve = [
        alert for alert in alerts if alert.state == "proposed" and actor.may(APPROVE[alert.level], alert.area)
    ]
    shown = [alert.area for alert in [*unanswered, *to_approve]]
    places, zones = region_labels(shown), zones_of(shown)
    return {
        "reads_alerts": actor.may(Permission.ALERT_ACKNOWLEDGE),
        "unanswered": [(alert, places[alert.area], zones[alert.area]) for alert in unanswered],
        "to_approve": [(alert, places[alert.area], zones[alert.area]) for alert in to_approve],
    }


def _waits_for(alert: Any, agencies: frozenset[int]) -> bool:
    return any(each.agency_id in agencies and each.acknowledged_at is None for each in alert.recipients.all())


def _tasks(request: StaffRequest) -> dict[str, Any]:
    """Open tasks of the own agencies."""
    if not request.actor.may(Permission.TASK_DO):
        return {"does_tasks": False}
    own = open_tasks(scope_of(request, Permission.TASK_READ)).filter(agency_id__in=request.actor.agency_ids)
    tasks = list(own[:MOST_ROWS])
    zones = zones_of(task.area for task in tasks)
    rows = [(task, zones[task.area], is_overdue(task.state, task.due_at, now=request.now)) for task in tasks]
    return {"does_tasks": True, "own_tasks": rows}


ROUTES: list[URLPattern] = [
    route("", front, name="front", need=Audience.PUBLIC),
    route("beranda/", home, name="home", need=Permission.HOME_READ),
]
