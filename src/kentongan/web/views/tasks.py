"""Tindak lanjut: what an agency is asked to do, by when, and what came of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern
from django.utils.translation import gettext as _

from kentongan.accounts.permissions import Permission
from kentongan.events.queries import events_in, titles
from kentongan.places.queries import region_labels
from kentongan.policy import policy_on
from kentongan.response.actions import accept_task, finish_task, return_task
from kentongan.response.decisions import is_overdue
from kentongan.response.queries import open_tasks, overdue_tasks, task_in, tasks_in
from kentongan.web.forms.alerts import LADDER
from kentongan.web.forms.reasons import ReasonForm, ResultForm, carried_out
from kentongan.web.routing import StaffRequest, route, scope_of
from kentongan.web.wording import language, zones_of

PER_PAGE = 50


def tasks(request: StaffRequest) -> HttpResponse:
    """Tasks of the scope, the nearest deadline first: those that run, `?lihat=terlambat`, or `=semua`."""
    shown = request.GET.get("lihat", "")
    if shown == "terlambat":
        found = overdue_tasks(request.scope, now=request.now)
    else:
        found = tasks_in(request.scope) if shown == "semua" else open_tasks(request.scope)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": _rows(list(page.object_list), request),
        "shown": shown if shown in {"terlambat", "semua"} else "",
        "query": f"lihat={shown}" if shown in {"terlambat", "semua"} else "",
    }
    return render(request, "tasks/list.html", context)


def task(request: StaffRequest, number: int) -> HttpResponse:
    return _card(request, task_in(request.scope, number))


def _card(request: StaffRequest, found: Any, *, status: int = 200, **forms: Any) -> HttpResponse:
    """One task as a card with what can be done next."""
    own = found.agency_id in request.actor.agency_ids and request.actor.may(Permission.TASK_DO)
    running = own and found.state in {"assigned", "accepted", "in_progress"}
    context = {
        **_rows([found], request)[0],
        "own": own,
        "may_accept": own and found.state == "assigned",
        "finish_form": _finish_form() if running and found.state != "assigned" else None,
        "return_form": _return_form() if running and found.state == "assigned" else None,
        "opened": next(iter(forms), ""),
        "may_open_event": _sees_event(request, found),
        **forms,
    }
    return render(request, "tasks/task.html", context, status=status)


def _sees_event(request: StaffRequest, found: Any) -> bool:
    """Whether the link to the event leads anywhere for this reader."""
    scope = scope_of(request, Permission.EVENT_READ)
    return request.actor.may(Permission.EVENT_READ) and events_in(scope).filter(pk=found.event_id).exists()


def _finish_form(data: Any = None) -> ResultForm:
    return ResultForm(data, auto_id="selesai_%s")


def _return_form(data: Any = None) -> ReasonForm:
    return ReasonForm(data, auto_id="kembali_%s", hint=_("Kenapa tidak dapat dikerjakan instansi Anda."))


def accept(request: StaffRequest, number: int) -> HttpResponse:
    accept_task(task_in(request.scope, number).pk, by=request.actor, at=request.now)
    messages.success(request, _("Tugas diterima."))
    return redirect("task", number=number)


def give_back(request: StaffRequest, number: int) -> HttpResponse:
    """Return a task to whoever gave it, with the reason."""
    found, form = task_in(request.scope, number), _return_form(request.POST)

    def write() -> None:
        return_task(found.pk, reason=form.cleaned_data["reason"], by=request.actor, at=request.now)

    if not (form.is_valid() and carried_out(form, write, field="reason")):
        return _card(request, found, status=422, return_form=form)
    messages.success(request, _("Tugas dikembalikan kepada pemberi tugas."))
    return redirect("task", number=number)


def finish(request: StaffRequest, number: int) -> HttpResponse:
    """Report what came of a task."""
    found, form = task_in(request.scope, number), _finish_form(request.POST)

    def write() -> None:
        finish_task(found.pk, result=form.cleaned_data["result"], by=request.actor, at=request.now)

    if not (form.is_valid() and carried_out(form, write, field="result")):
        return _card(request, found, status=422, finish_form=form)
    messages.success(request, _("Hasil tugas tersimpan. Terima kasih."))
    return redirect("task", number=number)


def _rows(found: list[Any], request: StaffRequest) -> list[dict[str, Any]]:
    events = {each.event_id: each.event for each in found}
    named, places = titles(events.values(), language=language()), region_labels(each.area for each in found)
    zones, machine = zones_of(each.area for each in found), policy_on(request.now.date()).lifecycles["task"]
    return [
        {
            "task": each,
            "title": named[each.event_id],
            "place": places[each.area],
            "zone": zones[each.area],
            "state": machine.label_of(each.state).in_language(language()),
            "measure": dict(LADDER)[each.measure],
            "overdue": is_overdue(each.state, each.due_at, now=request.now),
        }
        for each in found
    ]


ROUTES: list[URLPattern] = [
    route("tindak-lanjut/", tasks, name="tasks", need=Permission.TASK_READ),
    route("tindak-lanjut/<int:number>/", task, name="task", need=Permission.TASK_READ, section="tasks"),
    route(
        "tindak-lanjut/<int:number>/terima/",
        accept,
        name="task_accept",
        need=Permission.TASK_DO,
        methods=("POST",),
        section="tasks",
    ),
    route(
        "tindak-lanjut/<int:number>/kembalikan/",
        give_back,
        name="task_return",
        need=Permission.TASK_DO,
        methods=("POST",),
        section="tasks",
    ),
    route(
        "tindak-lanjut/<int:number>/selesai/",
        finish,
        name="task_finish",
        need=Permission.TASK_DO,
        methods=("POST",),
        section="tasks",
    ),
]
