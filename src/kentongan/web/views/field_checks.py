"""Cek: what an office on the spot is asked, and the card that answers it with one press."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern
from django.utils.translation import gettext as _

from kentongan.accounts.permissions import Permission
from kentongan.places.queries import region_labels
from kentongan.verification.actions import answer_field_check, look_at_field_check
from kentongan.verification.queries import (
    answered_requests,
    field_answers,
    field_check_in,
    is_overdue,
    open_requests,
    was_late,
)
from kentongan.web.forms.reasons import carried_out
from kentongan.web.forms.verification import AnswerForm
from kentongan.web.routing import StaffRequest, route
from kentongan.web.wording import zones_of

PER_PAGE = 20
ANSWER_ICONS = {"true": "check", "partly": "minus", "untrue": "x", "unknown": "help"}


def field_checks(request: StaffRequest) -> HttpResponse:
    """What waits for an answer, the most pressing first; then what was answered."""
    own = request.actor.agency_ids
    waiting = list(open_requests(request.scope, agencies=own))
    page = Paginator(answered_requests(request.scope, agencies=own), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "waiting": _rows(request, waiting),
        "answered": _rows(request, list(page.object_list)),
        "page": page,
    }
    return render(request, "verification/field_checks.html", context)


def field_check(request: StaffRequest, number: int) -> HttpResponse:
    """One card. A POST is the answer."""
    found = field_check_in(request.scope, number)
    if request.method == "POST":
        return _answer(request, found)
    look_at_field_check(found, by=request.actor, at=request.now)
    return _card(request, found, AnswerForm())


def _answer(request: StaffRequest, found: Any) -> HttpResponse:
    form = AnswerForm(request.POST)

    def write() -> None:
        said = form.cleaned_data
        answer_field_check(
            found.pk, answer=said["answer"], note=said["note"], by=request.actor, at=request.now
        )

    if form.is_valid() and carried_out(form, write):
        messages.success(request, _("Terkirim. Terima kasih sudah melihat di tempat."))
        return redirect("field_checks")
    return _card(request, field_check_in(request.scope, found.pk), form, status=422)


def _card(request: StaffRequest, found: Any, form: AnswerForm, *, status: int = 200) -> HttpResponse:
    context = {
        **_rows(request, [found])[0],
        "form": form,
        "answers": [(code, word, ANSWER_ICONS[code]) for code, word in field_answers()],
        "may_answer": not found.answer and found.withdrawn_at is None,
    }
    return render(request, "verification/field_check.html", context, status=status)


def _rows(request: StaffRequest, found: list[Any]) -> list[dict[str, Any]]:
    areas = [each.event.area for each in found]
    places, zones = region_labels(areas), zones_of(areas)
    return [
        {
            "request_row": each,
            "place": places[each.event.area],
            "zone": zones[each.event.area],
            "overdue": is_overdue(each, now=request.now),
            "late": was_late(each),
        }
        for each in found
    ]


ROUTES: list[URLPattern] = [
    route("cek/", field_checks, name="field_checks", need=Permission.CHECK_ANSWER),
    route(
        "cek/<int:number>/",
        field_check,
        name="field_check",
        need=Permission.CHECK_ANSWER,
        methods=("GET", "POST"),
        section="field_checks",
    ),
]
