"""The steps of a task after it was taken on: begun, done with proof, checked, sent back, given again, cancelled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern
from django.utils.translation import gettext as _

from kentongan.accounts.permissions import Permission
from kentongan.places.queries import time_zone_of
from kentongan.response.actions import (
    add_proof,
    cancel_task,
    check_task,
    finish_task,
    open_proof,
    reassign_task,
    send_back_task,
    start_task,
)
from kentongan.response.queries import task_in
from kentongan.web.forms.reasons import carried_out
from kentongan.web.routing import StaffRequest, route, scope_of
from kentongan.web.views.tasks import card, finish_form, reason_form, reassign_form


def start(request: StaffRequest, number: int) -> HttpResponse:
    start_task(_found(request, number).pk, by=request.actor, at=request.now)
    messages.success(request, _("Tugas berjalan."))
    return redirect("task", number=number)


def finish(request: StaffRequest, number: int) -> HttpResponse:
    """Report what came of a task; a photo is kept first, so that the result never stands without its proof."""
    form = finish_form(request.POST, request.FILES)

    def write() -> None:
        said = form.cleaned_data
        if said["photo"] is not None and said["result"].strip():
            content = said["photo"].read()
            add_proof(number, client_id=uuid4(), content=content, by=request.actor, at=request.now)
        finish_task(number, result=said["result"], cost=said["cost"], by=request.actor, at=request.now)

    told = _("Hasil tugas tersimpan. Terima kasih.")
    return _done(request, number, form, write, name="finish_form", told=told)


def check(request: StaffRequest, number: int) -> HttpResponse:
    check_task(_found(request, number).pk, by=request.actor, at=request.now)
    messages.success(request, _("Hasil tugas diperiksa."))
    return redirect("task", number=number)


def send_back(request: StaffRequest, number: int) -> HttpResponse:
    """The result is not enough."""
    form = reason_form("lengkapi", request.POST)

    def write() -> None:
        send_back_task(number, reason=form.cleaned_data["reason"], by=request.actor, at=request.now)

    return _done(request, number, form, write, name="send_back_form", told=_("Tugas dikirim balik."))


def cancel(request: StaffRequest, number: int) -> HttpResponse:
    """Nobody need do it any more."""
    form = reason_form("batal", request.POST)

    def write() -> None:
        cancel_task(number, reason=form.cleaned_data["reason"], by=request.actor, at=request.now)

    return _done(request, number, form, write, name="cancel_form", told=_("Tugas dibatalkan."))


def reassign(request: StaffRequest, number: int) -> HttpResponse:
    """A returned task goes to the same agency again or to another."""
    found = _found(request, number)
    form = reassign_form(found, request.POST)

    def write() -> None:
        said = form.cleaned_data
        reassign_task(
            number,
            agency=said["agency"],
            due_at=said["due_at"].replace(tzinfo=time_zone_of(found.area)),
            reason=said["reason"],
            by=request.actor,
            at=request.now,
        )

    return _done(request, number, form, write, name="reassign_form", told=_("Tugas diberikan lagi."))


def proof(request: StaffRequest, number: int, piece: int) -> HttpResponse:
    """The picture of what was done; opening it leaves a trace."""
    task_in(request.scope, number)
    content = open_proof(piece, by=request.actor, at=request.now)
    # The browser keeps no copy, and nothing but a picture can come out of it.
    headers = {"Content-Disposition": "inline", "Content-Security-Policy": "default-src 'none'; sandbox"}
    return HttpResponse(content, content_type="image/jpeg", headers=headers)


def _found(request: StaffRequest, number: int) -> Any:
    return task_in(scope_of(request, Permission.TASK_READ), number)


def _done(
    request: StaffRequest,
    number: int,
    form: forms.Form,
    write: Callable[[], None],
    *,
    name: str,
    told: str,
) -> HttpResponse:
    """Carry it out and go back to the card; what is refused stands open there with what was typed."""
    found = _found(request, number)
    if form.is_valid() and carried_out(form, write):
        messages.success(request, told)
        return redirect("task", number=number)
    return card(request, found, status=422, **{name: form})


def _post(pattern: str, view: Callable[..., HttpResponse], name: str, need: Permission) -> URLPattern:
    return route(
        f"tindak-lanjut/<int:number>/{pattern}",
        view,
        name=name,
        need=need,
        methods=("POST",),
        section="tasks",
    )


ROUTES: list[URLPattern] = [
    _post("mulai/", start, "task_start", Permission.TASK_DO),
    _post("selesai/", finish, "task_finish", Permission.TASK_DO),
    _post("periksa/", check, "task_check", Permission.TASK_ASSIGN),
    _post("lengkapi/", send_back, "task_send_back", Permission.TASK_ASSIGN),
    _post("batal/", cancel, "task_cancel", Permission.TASK_ASSIGN),
    _post("ulang/", reassign, "task_reassign", Permission.TASK_ASSIGN),
    route(
        "tindak-lanjut/<int:number>/bukti/<int:piece>/",
        proof,
        name="task_proof",
        need=Permission.TASK_READ,
        section="tasks",
    ),
]
