"""Uji proporsionalitas: a measure that restricts rights is given with its ten points, and overseen in a list."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern
from django.utils.translation import gettext as _

from kentongan.accounts.permissions import Permission
from kentongan.events.queries import event_in, event_title, titles
from kentongan.places.queries import region_label, region_labels, time_zone_of
from kentongan.response.actions import assign_task
from kentongan.response.queries import check_in, checks_in
from kentongan.web.forms.alerts import LADDER
from kentongan.web.forms.reasons import carried_out
from kentongan.web.forms.tasks import CoerciveTaskForm
from kentongan.web.routing import StaffRequest, route, scope_of
from kentongan.web.views.event_page import agencies_for
from kentongan.web.wording import language

PER_PAGE = 50


def coercion(request: StaffRequest, number: int) -> HttpResponse:
    """The task and its ten points on one page."""
    found = event_in(scope_of(request, Permission.EVENT_READ), number)
    return _form_page(request, found, CoerciveTaskForm(agencies=agencies_for(found.area)))


def give(request: StaffRequest, number: int) -> HttpResponse:
    """Give the task when all ten points carry it."""
    found = event_in(scope_of(request, Permission.EVENT_READ), number)
    form = CoerciveTaskForm(request.POST, agencies=agencies_for(found.area))

    def write() -> None:
        due = form.cleaned_data["due_at"].replace(tzinfo=time_zone_of(found.area))
        assign_task(
            number,
            form.assignment(due=due),
            by=request.actor,
            at=request.now,
            weighing=form.weighing(),
        )

    if not (form.is_valid() and carried_out(form, write)):
        return _form_page(request, found, form, status=422)
    messages.success(request, _("Tugas diberikan, uji proporsionalitas tersimpan."))
    return redirect("event", number=number)


def checks(request: StaffRequest) -> HttpResponse:
    """Every check of the own areas, newest first, for those who give such measures and those who oversee them."""
    page = Paginator(checks_in(request.scope), PER_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    named, places = (
        titles([row.event for row in rows], language=language()),
        region_labels(row.area for row in rows),
    )
    context = {
        "page": page,
        "rows": [(row, named[row.event_id], places[row.area]) for row in rows],
        "query": "",
    }
    return render(request, "proportionality/list.html", context)


def check(request: StaffRequest, number: int) -> HttpResponse:
    """One check with its ten points, as it was decided."""
    found = check_in(request.scope, number)
    steps = dict(LADDER)
    context = {
        "check": found,
        "title": event_title(found.event, language=language()),
        "place": region_label(found.area),
        "zone": time_zone_of(found.area).key,
        "steps": [steps[int(step)] for step in found.gentler_steps.split()],
    }
    return render(request, "proportionality/check.html", context)


def _form_page(
    request: StaffRequest, found: Any, form: CoerciveTaskForm, *, status: int = 200
) -> HttpResponse:
    context = {"event": found, "title": event_title(found, language=language()), "form": form}
    return render(request, "proportionality/form.html", context, status=status)


ROUTES: list[URLPattern] = [
    route(
        "peristiwa/<int:number>/uji/",
        coercion,
        name="event_coercion",
        need=Permission.TASK_ASSIGN,
        section="events",
    ),
    route(
        "peristiwa/<int:number>/uji/beri/",
        give,
        name="event_coercion_give",
        need=Permission.TASK_ASSIGN,
        methods=("POST",),
        section="events",
    ),
    route("uji-proporsionalitas/", checks, name="checks", need=Permission.PROPORTIONALITY_READ),
    route(
        "uji-proporsionalitas/<int:number>/",
        check,
        name="check",
        need=Permission.PROPORTIONALITY_READ,
        section="checks",
    ),
]
