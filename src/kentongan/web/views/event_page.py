"""Satu peristiwa: the dossier, the same as text, its history; an alert, a task and the outcome begin here."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern
from django.utils.translation import gettext as _

from kentongan.accounts.permissions import Permission
from kentongan.accounts.queries import agencies_acting
from kentongan.alerts.actions import propose_alert
from kentongan.events.actions import look_at_event
from kentongan.events.queries import event_in, remaining
from kentongan.places.queries import time_zone_of
from kentongan.policy import policy_on
from kentongan.response.actions import assign_task, record_outcome
from kentongan.response.queries import outcome_of
from kentongan.web.dossier import (
    beside,
    known_now,
    known_then,
    main_step,
    moment_of,
    rows_of,
    trail_page,
    words_of,
)
from kentongan.web.event_steps import life_forms
from kentongan.web.event_text import text_of
from kentongan.web.forms.alerts import AlertForm, TaskForm
from kentongan.web.forms.events import OutcomeForm
from kentongan.web.forms.reasons import carried_out
from kentongan.web.routing import StaffRequest, route, scope_of
from kentongan.web.wording import language


def event(request: StaffRequest, number: int) -> HttpResponse:
    """The dossier; `?per=` shows it as it was known, and one that was merged leads to the remaining one."""
    found = event_in(request.scope, number)
    look_at_event(found, by=request.actor, at=request.now)
    if found.merged_into is not None and "asli" not in request.GET:
        return _to_the_remaining(request, found)
    if request.GET.get("per"):
        return _as_known(request, found)
    return dossier(request, number)


def _to_the_remaining(request: StaffRequest, found: Any) -> HttpResponse:
    number = remaining(found).pk
    named = {"number": found.number, "into": f"PR-{number:04d}"}
    messages.info(request, _("%(number)s sudah digabung. Anda melihat %(into)s.") % named)
    return redirect("event", number=number)


def _as_known(request: StaffRequest, found: Any) -> HttpResponse:
    """What was known then: the facts, grades, reports and decisions of that moment, without anything to press."""
    zone = time_zone_of(found.area)
    moment = moment_of(request.GET["per"], zone)
    known = known_then(found, moment) if moment is not None else None
    if moment is None or known is None:
        messages.warning(request, _("Belum ada catatan sampai waktu itu. Ini keadaan sekarang."))
        return redirect("event", number=found.pk)
    context = {
        "event": found,
        **words_of(found, known, request),
        **rows_of(found, request, upto=moment),
        "known_at": moment,
        "alerts": [],
        "tasks": [],
        "level": None,
    }
    return render(request, "events/as_known.html", context)


def event_text(request: StaffRequest, number: int) -> HttpResponse:
    """The dossier as plain text, to copy into a message; it says what it is and how far it may go."""
    found = event_in(request.scope, number)
    look_at_event(found, by=request.actor, at=request.now)
    context = {"event": found, "text": text_of(found, request)}
    return render(request, "events/text.html", context)


def warn(request: StaffRequest, number: int) -> HttpResponse:
    """Propose an alert; it goes out when its level has the confirmation it demands."""
    found = event_in(request.scope, number)
    form = _alert_form(request, found.area, request.POST)

    def write() -> None:
        propose_alert(number, form.proposal(), by=request.actor, at=request.now)

    if form.is_valid() and carried_out(form, write):
        messages.success(request, _("Peringatan diusulkan. Menunggu persetujuan."))
        return redirect("alerts")
    return dossier(request, number, status=422, opened="alert", alert_form=form)


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
    return dossier(request, number, status=422, opened="task", task_form=form)


def outcome(request: StaffRequest, number: int) -> HttpResponse:
    """Record how it ended."""
    event_in(request.scope, number)
    form = _outcome_form(request.POST)

    def write() -> None:
        record_outcome(
            number,
            form.ending(),
            by=request.actor,
            at=request.now,
            cancel_reason=form.cleaned_data["cancel_reason"],
        )

    if form.is_valid() and carried_out(form, write):
        messages.success(request, _("Hasil tersimpan. Peristiwa masuk masa pantau."))
        return redirect("event", number=number)
    return dossier(request, number, status=422, opened="outcome", outcome_form=form)


def dossier(
    request: StaffRequest, number: int, *, status: int = 200, opened: str = "", **forms: Form
) -> HttpResponse:
    """The dossier of now, with the forms of this person; a refused one stands open with what was typed."""
    found = event_in(scope_of(request, Permission.EVENT_READ), number)
    own = {**_blank_forms(request, found), **forms}
    may_verify = found.merged_into_id is None and request.actor.may(Permission.EVENT_VERIFY, found.area)
    opened = opened or request.GET.get("buka", "")
    context = {
        "event": found,
        **words_of(found, known_now(found), request),
        **rows_of(found, request),
        **beside(found, request),
        "opened": opened if f"{opened}_form" in own else "",
        "main_step": "" if f"{opened}_form" in own else main_step(found, own, may_verify=may_verify),
        "may_verify": may_verify,
        "who_saw": trail_page(request),
        "may_write": request.actor.may(Permission.EVENT_WRITE, found.area),
        "copy_text": text_of(found, request),
        **own,
    }
    return render(request, "events/dossier.html", context, status=status)


def _blank_forms(request: StaffRequest, found: Any) -> dict[str, Form]:
    """The forms this person may use on this event, empty."""
    actor = request.actor
    if found.merged_into_id is not None:
        return {}
    forms: dict[str, Form] = life_forms(request, found)
    # An event whose end is recorded is judged, warned about and ended no more; its life goes on in the other forms.
    if outcome_of(found) is not None:
        return forms
    if actor.may(Permission.ALERT_PROPOSE, found.area):
        forms["alert_form"] = _alert_form(request, found.area)
    if actor.may(Permission.TASK_ASSIGN, found.area):
        forms["task_form"] = _task_form(found.area)
    if actor.may(Permission.OUTCOME_RECORD, found.area):
        forms["outcome_form"] = _outcome_form()
    return forms


# Several forms stand on one page: each has ids of its own.
def _task_form(area: int, data: Any = None) -> TaskForm:
    return TaskForm(data, agencies=agencies_for(area), auto_id="tugas_%s")


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
        agencies=agencies_for(area),
        auto_id="peringatan_%s",
        initial={"owner": own},
    )


def agencies_for(area: int) -> list[tuple[int, str]]:
    """The agencies whose jurisdiction covers the place, and only those: routed to those who must act."""
    return [(agency.pk, agency.short_name) for agency in agencies_acting(area).order_by("kind", "short_name")]


ROUTES: list[URLPattern] = [
    route("peristiwa/<int:number>/", event, name="event", need=Permission.EVENT_READ, section="events"),
    route(
        "peristiwa/<int:number>/teks/",
        event_text,
        name="event_text",
        need=Permission.EVENT_READ,
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
