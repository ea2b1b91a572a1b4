"""Tindak lanjut: what an agency is asked to do, by when, and what came of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kentongan.accounts.permissions import Permission
from kentongan.accounts.queries import agencies_acting
from kentongan.edge.formats import local_time
from kentongan.events.queries import events_in, titles
from kentongan.places.queries import region_labels
from kentongan.policy import policy_on
from kentongan.response.actions import accept_task, return_task
from kentongan.response.decisions import is_overdue
from kentongan.response.queries import (
    climbs_of,
    moves_of,
    open_tasks,
    overdue_tasks,
    proofs_of,
    task_in,
    tasks_in,
)
from kentongan.web.asked import asked_number
from kentongan.web.audit_sentences import account_names, who
from kentongan.web.forms.reasons import ReasonForm, carried_out
from kentongan.web.forms.tasks import FULL_LADDER, ProofForm, ReassignForm
from kentongan.web.inert_csv import csv_answer, csv_text
from kentongan.web.routing import StaffRequest, route, scope_of
from kentongan.web.wording import language, zones_of

PER_PAGE = 50
MOST_CARDS = 30  # of one column; the list shows all of them
MOST_FILE = 5_000
COLUMNS = (
    ("assigned", gettext_lazy("Ditugaskan")),
    ("accepted", gettext_lazy("Diterima")),
    ("in_progress", gettext_lazy("Berjalan")),
    ("done", gettext_lazy("Selesai")),
    ("checked", gettext_lazy("Diperiksa")),
)


def tasks(request: StaffRequest) -> HttpResponse:
    """Tasks of the scope, the nearest deadline first: those that run, `?lihat=terlambat`, or `=semua`."""
    shown = request.GET.get("lihat", "")
    if shown == "terlambat":
        found = overdue_tasks(request.scope, now=request.now)
    else:
        found = tasks_in(request.scope) if shown == "semua" else open_tasks(request.scope)
    if shown == "papan":
        return _board(request)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": _rows(list(page.object_list), request),
        "shown": shown if shown in {"terlambat", "semua"} else "",
        "query": f"lihat={shown}" if shown in {"terlambat", "semua"} else "",
    }
    return render(request, "tasks/list.html", context)


def _board(request: StaffRequest) -> HttpResponse:
    """Papan: a column for each state that somebody works through, the overdue first, narrowed to one agency."""
    found = tasks_in(request.scope).filter(state__in=[state for state, _title in COLUMNS])
    agencies = sorted({(each.agency_id, each.agency.short_name) for each in found}, key=lambda one: one[1])
    wanted = request.GET.get("instansi", "")
    if (agency := asked_number(wanted)) is not None:
        found = found.filter(agency_id=agency)
    rows = sorted(_rows(list(found), request), key=lambda row: not row["overdue"])
    columns = [(title, [row for row in rows if row["task"].state == state]) for state, title in COLUMNS]
    context = {
        "columns": [(title, part[:MOST_CARDS], len(part)) for title, part in columns],
        "agencies": agencies,
        "wanted": wanted,
        "shown": "papan",
    }
    return render(request, "tasks/board.html", context)


def tasks_file(request: StaffRequest) -> HttpResponse:
    """Every task of the scope as a table that a spreadsheet opens and never runs; the unverified are marked."""
    rows = _rows(list(tasks_in(request.scope)[:MOST_FILE]), request)
    head = [
        _("Nomor"),
        _("Tugas"),
        _("Langkah"),
        _("Instansi"),
        _("Tenggat"),
        _("Keadaan"),
        _("Peristiwa"),
        _("Tempat"),
        _("Verifikasi"),
        _("Hasil"),
    ]
    lines = [
        [
            row["task"].number,
            row["task"].what,
            row["measure"],
            row["task"].agency.short_name,
            local_time(row["task"].due_at, row["zone"]),
            f"{row['state']}, {_('terlambat')}" if row["overdue"] else row["state"],
            row["task"].event.number,
            row["place"],
            _("terverifikasi") if row["task"].event.is_confirmed else _("BELUM TERVERIFIKASI"),
            row["task"].result,
        ]
        for row in rows
    ]
    text = csv_text(_("Kentongan, tindak lanjut. Internal."), head, lines)
    return csv_answer(text, name=f"tindak-lanjut-{request.now:%Y%m%d-%H%M}.csv")


def task(request: StaffRequest, number: int) -> HttpResponse:
    return card(request, task_in(request.scope, number))


def card(request: StaffRequest, found: Any, *, status: int = 200, **forms: Any) -> HttpResponse:
    """One task as a card with what can be done next."""
    own = found.agency_id in request.actor.agency_ids and request.actor.may(Permission.TASK_DO)
    running = own and found.state in {"assigned", "accepted", "in_progress"}
    context = {
        **_rows([found], request)[0],
        "own": own,
        "may_accept": own and found.state == "assigned",
        "finish_form": finish_form() if running and found.state != "assigned" else None,
        "may_start": own and found.state == "accepted",
        **_giving_side(request, found),
        "moves": _moves(found, request),
        "proofs": list(proofs_of(found)),
        "climbs": list(climbs_of(found)),
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


def _giving_side(request: StaffRequest, found: Any) -> dict[str, Any]:
    """What whoever gave the task may do with it now."""
    if not request.actor.may(Permission.TASK_ASSIGN, found.area):
        return {}
    steps: dict[str, Any] = {"may_check": found.state == "done"}
    if found.state == "done":
        steps["send_back_form"] = reason_form("lengkapi", hint=_("Apa yang masih kurang."))
    if found.state == "returned":
        steps["reassign_form"] = reassign_form(found)
    if found.state in {"assigned", "accepted", "returned", "in_progress"}:
        steps["cancel_form"] = reason_form("batal", hint=_("Kenapa tidak perlu lagi."))
    return steps


def _moves(found: Any, request: StaffRequest) -> list[tuple[Any, str, str]]:
    """Each step with its state in words and who took it."""
    moves = list(moves_of(found))
    names = account_names(move.by for move in moves)
    machine = policy_on(request.now.date()).lifecycles["task"]
    return [
        (move, machine.label_of(move.to_state).in_language(language()), who(move.by, names)) for move in moves
    ]


def finish_form(data: Any = None, files: Any = None) -> ProofForm:
    return ProofForm(data, files, auto_id="selesai_%s")


def reason_form(name: str, data: Any = None, *, hint: str = "") -> ReasonForm:
    return ReasonForm(data, auto_id=f"{name}_%s", hint=hint)


def reassign_form(found: Any, data: Any = None) -> ReassignForm:
    agencies = [
        (each.pk, each.short_name) for each in agencies_acting(found.area).order_by("kind", "short_name")
    ]
    return ReassignForm(data, agencies=agencies, auto_id="ulang_%s", initial={"agency": found.agency_id})


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
        return card(request, found, status=422, return_form=form)
    messages.success(request, _("Tugas dikembalikan kepada pemberi tugas."))
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
            "measure": dict(FULL_LADDER)[each.measure],
            "overdue": is_overdue(each.state, each.due_at, now=request.now),
        }
        for each in found
    ]


ROUTES: list[URLPattern] = [
    route("tindak-lanjut/", tasks, name="tasks", need=Permission.TASK_READ),
    route(
        "tindak-lanjut/daftar.csv", tasks_file, name="tasks_file", need=Permission.TASK_READ, section="tasks"
    ),
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
]
