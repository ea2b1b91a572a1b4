"""Peristiwa: the list, the dossier, and what a person adds to it: a verdict, an alert, a task, the outcome."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern
from django.utils.translation import gettext as _

from kentongan.accounts.permissions import Permission
from kentongan.accounts.queries import agencies_acting
from kentongan.alerts.actions import propose_alert
from kentongan.alerts.queries import alerts_in, is_in_force
from kentongan.events.actions import look_at_event
from kentongan.events.queries import event_in, event_title, events_in, open_events, titles
from kentongan.places.queries import region_labels, time_zone_of
from kentongan.policy import policy_on
from kentongan.response.actions import assign_task, record_outcome
from kentongan.response.queries import outcome_of
from kentongan.verification.actions import verify_event
from kentongan.web.dossier import main_step, rows_of, trail_page, words_of
from kentongan.web.forms.alerts import AlertForm, TaskForm
from kentongan.web.forms.events import OutcomeForm, VerdictForm
from kentongan.web.forms.reasons import carried_out
from kentongan.web.routing import StaffRequest, route, scope_of
from kentongan.web.wording import language

PER_PAGE = 30


def events(request: StaffRequest) -> HttpResponse:
    """All events of the scope, newest first; `?keadaan=terbuka` or `=unverified` keep the open, or those not yet judged."""
    shown = request.GET.get("keadaan", "")
    rows = events_in(request.scope) if shown not in {"terbuka", "unverified"} else open_events(request.scope)
    if shown == "unverified":
        rows = rows.filter(verification__in=["unverified", "in_progress"])
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": _listed(request, list(page.object_list)),
        "shown": shown,
        "query": _query(shown),
    }
    return render(request, "events/list.html", context)


def _query(shown: str) -> str:
    return f"keadaan={shown}" if shown in {"terbuka", "unverified"} else ""


def _listed(request: StaffRequest, found: list[Any]) -> list[dict[str, Any]]:
    """The rows of the list; the level is that of the highest alert in force that the reader may see."""
    levels: dict[int, int] = {}
    if request.actor.may(Permission.ALERT_READ):
        alerts = alerts_in(scope_of(request, Permission.ALERT_READ)).filter(event__in=found)
        for alert in sorted(filter(is_in_force, alerts), key=lambda alert: alert.level):
            levels[alert.event_id] = alert.level
    named, places = titles(found, language=language()), region_labels(event.area for event in found)
    machine = policy_on(request.now.date()).lifecycles["event"]
    return [
        {
            "event": event,
            "title": named[event.pk],
            "place": places[event.area],
            "level": levels.get(event.pk),
            "state": machine.label_of(event.state).in_language(language()),
        }
        for event in found
    ]


def event(request: StaffRequest, number: int) -> HttpResponse:
    look_at_event(event_in(request.scope, number), by=request.actor, at=request.now)
    return _dossier(request, number)


def verify(request: StaffRequest, number: int) -> HttpResponse:
    """Give a verdict."""
    event_in(request.scope, number)
    form = _verdict_form(request, request.POST)

    def write() -> None:
        verify_event(number, form.conclusion(), by=request.actor, at=request.now)

    if form.is_valid() and carried_out(form, write):
        messages.success(request, _("Simpulan tersimpan."))
        return redirect("event", number=number)
    return _dossier(request, number, status=422, opened="verdict", verdict_form=form)


def warn(request: StaffRequest, number: int) -> HttpResponse:
    """Propose an alert; it goes out when its level has the confirmation it demands."""
    found = event_in(request.scope, number)
    form = _alert_form(request, found.area, request.POST)

    def write() -> None:
        propose_alert(number, form.proposal(), by=request.actor, at=request.now)

    if form.is_valid() and carried_out(form, write):
        messages.success(request, _("Peringatan diusulkan. Menunggu persetujuan."))
        return redirect("alerts")
    return _dossier(request, number, status=422, opened="alert", alert_form=form)


def task(request: StaffRequest, number: int) -> HttpResponse:
    """Ask an agency to do something by a deadline."""
    found = event_in(request.scope, number)
    form = _task_form(found.area, request.POST)
    if form.is_valid():
        due = form.cleaned_data["due_at"].replace(tzinfo=time_zone_of(found.area))
        if carried_out(
            form, lambda: assign_task(number, form.assignment(due=due), by=request.actor, at=request.now)
        ):
            messages.success(request, _("Tugas diberikan."))
            return redirect("event", number=number)
    return _dossier(request, number, status=422, opened="task", task_form=form)


def outcome(request: StaffRequest, number: int) -> HttpResponse:
    """Record how it ended."""
    event_in(request.scope, number)
    form = _outcome_form(request.POST)

    def write() -> None:
        record_outcome(number, form.ending(), by=request.actor, at=request.now)

    if form.is_valid() and carried_out(form, write):
        messages.success(request, _("Hasil tersimpan. Peristiwa masuk masa pantau."))
        return redirect("event", number=number)
    return _dossier(request, number, status=422, opened="outcome", outcome_form=form)


def _dossier(
    request: StaffRequest, number: int, *, status: int = 200, opened: str = "", **forms: Form
) -> HttpResponse:
    found = event_in(scope_of(request, Permission.EVENT_READ), number)
    own = {**_blank_forms(request, found), **forms}
    opened = opened or request.GET.get("buka", "")
    context = {
        "event": found,
        "title": event_title(found, language=language()),
        **words_of(found, request),
        **rows_of(found, request),
        "opened": opened if f"{opened}_form" in own else "",
        "main_step": "" if f"{opened}_form" in own else main_step(found, own),
        "who_saw": trail_page(request),
        **own,
    }
    return render(request, "events/dossier.html", context, status=status)


def _blank_forms(request: StaffRequest, found: Any) -> dict[str, Form]:
    """The forms this person may use on this event, empty."""
    actor = request.actor
    forms: dict[str, Form] = {}
    if outcome_of(found) is not None:
        return {}
    if actor.may(Permission.EVENT_VERIFY, found.area):
        forms["verdict_form"] = _verdict_form(request)
    if actor.may(Permission.ALERT_PROPOSE, found.area):
        forms["alert_form"] = _alert_form(request, found.area)
    if actor.may(Permission.TASK_ASSIGN, found.area):
        forms["task_form"] = _task_form(found.area)
    if actor.may(Permission.OUTCOME_RECORD, found.area):
        forms["outcome_form"] = _outcome_form()
    return forms


# Several forms stand on one page: each has ids of its own.
def _verdict_form(request: StaffRequest, data: Any = None) -> VerdictForm:
    return VerdictForm(data, policy=policy_on(request.now.date()), language=language(), auto_id="nilai_%s")


def _task_form(area: int, data: Any = None) -> TaskForm:
    return TaskForm(data, agencies=_agencies(area), auto_id="tugas_%s")


def _outcome_form(data: Any = None) -> OutcomeForm:
    return OutcomeForm(data, auto_id="hasil_%s")


def _alert_form(request: StaffRequest, area: int, data: Any = None) -> AlertForm:
    policy = policy_on(request.now.date())
    own = next(
        (post.agency_id for post in request.actor.posts if post.may(Permission.ALERT_PROPOSE, area)), None
    )
    return AlertForm(
        data,
        policy=policy,
        language=language(),
        agencies=_agencies(area),
        auto_id="peringatan_%s",
        initial={"owner": own},
    )


def _agencies(area: int) -> list[tuple[int, str]]:
    """The agencies whose jurisdiction covers the place, and only those: routed to those who must act."""
    return [(agency.pk, agency.short_name) for agency in agencies_acting(area).order_by("kind", "short_name")]


ROUTES: list[URLPattern] = [
    route("peristiwa/", events, name="events", need=Permission.EVENT_READ),
    route("peristiwa/<int:number>/", event, name="event", need=Permission.EVENT_READ, section="events"),
    route(
        "peristiwa/<int:number>/verifikasi/",
        verify,
        name="event_verify",
        need=Permission.EVENT_VERIFY,
        methods=("POST",),
        section="events",
    ),
    route(
        "peristiwa/<int:number>/peringatan/",
        warn,
        name="event_alert",
        need=Permission.ALERT_PROPOSE,
        methods=("POST",),
        section="events",
    ),
    route(
        "peristiwa/<int:number>/tugas/",
        task,
        name="event_task",
        need=Permission.TASK_ASSIGN,
        methods=("POST",),
        section="events",
    ),
    route(
        "peristiwa/<int:number>/hasil/",
        outcome,
        name="event_outcome",
        need=Permission.OUTCOME_RECORD,
        methods=("POST",),
        section="events",
    ),
]
