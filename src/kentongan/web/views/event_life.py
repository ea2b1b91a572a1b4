"""What a person does with an event beside changing its words: move it, look again, show it, note, watch, give back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, reverse
from django.utils.translation import gettext as _

from kentongan.accounts.permissions import Permission
from kentongan.events.actions import (
    detach_report,
    move_event,
    review_event,
    share_event,
    unwatch_area,
    watch_area,
    withdraw_share,
    write_note,
)
from kentongan.events.queries import event_in
from kentongan.places.queries import region_by_code, time_zone_of
from kentongan.response.actions import reopen_ended
from kentongan.web.event_steps import move_form, note_form, reopen_form, review_form, share_form, watch_form
from kentongan.web.forms.event_steps import DetachForm
from kentongan.web.forms.reasons import carried_out
from kentongan.web.routing import StaffRequest, route
from kentongan.web.views.event_page import dossier


def move(request: StaffRequest, number: int) -> HttpResponse:
    """To the next state of its life."""
    form = move_form(request, event_in(request.scope, number), request.POST)

    def write() -> None:
        move_event(number, by=request.actor, at=request.now, **form.cleaned_data)

    return _done(request, number, form, write, step="move", told=_("Keadaan peristiwa berubah."))


def reopen(request: StaffRequest, number: int) -> HttpResponse:
    """An event that had ended flares up again."""
    event_in(request.scope, number)
    form = reopen_form(request.POST)

    def write() -> None:
        reopen_ended(number, by=request.actor, at=request.now, **form.cleaned_data)

    return _done(request, number, form, write, step="reopen", told=_("Peristiwa dibuka lagi."))


def review(request: StaffRequest, number: int) -> HttpResponse:
    """Looked at again, with the day of the next look."""
    event_in(request.scope, number)
    form = review_form(request.POST)

    def write() -> None:
        review_event(number, by=request.actor, at=request.now, **form.cleaned_data)

    return _done(request, number, form, write, step="review", told=_("Tinjauan tercatat."))


def share(request: StaffRequest, number: int) -> HttpResponse:
    """Address it to an agency until a moment."""
    found = event_in(request.scope, number)
    form = share_form(found, request.POST)

    def write() -> None:
        until = form.moment(time_zone_of(found.area))
        share_event(number, agency=form.cleaned_data["agency"], until=until, by=request.actor, at=request.now)

    return _done(request, number, form, write, step="share", told=_("Peristiwa dibagikan."))


def unshare(request: StaffRequest, number: int, agency: int) -> HttpResponse:
    """Take an address back before its time."""
    event_in(request.scope, number)
    withdraw_share(number, agency=agency, by=request.actor, at=request.now)
    messages.success(request, _("Akses ditarik."))
    return redirect("event", number=number)


def note(request: StaffRequest, number: int) -> HttpResponse:
    """Write into one of the four boxes."""
    event_in(request.scope, number)
    form = note_form(request.POST)

    def write() -> None:
        said = form.cleaned_data
        write_note(number, said["box"], said["text"], by=request.actor, at=request.now)

    return _done(request, number, form, write, step="note", told=_("Catatan tersimpan."), at="#k-analysis")


def watch(request: StaffRequest, number: int) -> HttpResponse:
    """Watch a neighbouring region with it."""
    event_in(request.scope, number)
    form = watch_form(request.POST)

    def write() -> None:
        watch_area(number, form.cleaned_data["area"], by=request.actor, at=request.now)

    return _done(request, number, form, write, step="watch", told=_("Wilayah diawasi."), at="#k-place")


def unwatch(request: StaffRequest, number: int, code: str) -> HttpResponse:
    """Watch a region no longer."""
    event_in(request.scope, number)
    unwatch_area(number, region_by_code(code).key, by=request.actor, at=request.now)
    messages.success(request, _("Wilayah tidak diawasi lagi."))
    return redirect("event", number=number)


def give_back(request: StaffRequest, number: int) -> HttpResponse:
    """A report that speaks of something else goes back to the inbox."""
    event_in(request.scope, number)
    form = DetachForm(request.POST, auto_id="lepas_%s")

    def write() -> None:
        said = form.cleaned_data
        detach_report(number, said["report"], by=request.actor, at=request.now, reason=said["reason"])

    return _done(
        request,
        number,
        form,
        write,
        step="detach",
        told=_("Laporan kembali ke kotak masuk."),
        at="#k-reports",
    )


def _done(
    request: StaffRequest,
    number: int,
    form: forms.Form,
    write: Callable[[], Any],
    *,
    step: str,
    told: str,
    at: str = "",
) -> HttpResponse:
    """Carry it out and go back to the dossier; what is refused stands open there with what was typed."""
    if form.is_valid() and carried_out(form, write):
        messages.success(request, told)
        return redirect(reverse("event", args=[number]) + at)
    return dossier(request, number, status=422, opened=step, **{f"{step}_form": form})


def _post(pattern: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
    return route(
        f"peristiwa/<int:number>/{pattern}",
        view,
        name=name,
        need=Permission.EVENT_WRITE,
        methods=("POST",),
        section="events",
    )


ROUTES: list[URLPattern] = [
    _post("keadaan/", move, "event_move"),
    _post("buka-lagi/", reopen, "event_reopen"),
    _post("tinjau/", review, "event_review"),
    _post("bagikan/", share, "event_share"),
    _post("bagikan/<int:agency>/tarik/", unshare, "event_unshare"),
    _post("catatan/", note, "event_note"),
    _post("awasi/", watch, "event_watch"),
    _post("awasi/<str:code>/hapus/", unwatch, "event_unwatch"),
    _post("laporan/kembalikan/", give_back, "event_detach"),
]
