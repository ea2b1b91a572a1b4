"""The key holder's pages: weigh a request, take its file away, bring the opened half back, or refuse.

The private key never comes near a page: the half is opened on the holder's own machine with its recovery sheet.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern
from django.utils.translation import gettext as _

from kentongan.accounts.permissions import Permission
from kentongan.edge.problems import Problem
from kentongan.intake import disclosure as openings
from kentongan.web.disclosures import HELD, listed, one_behind, page_about
from kentongan.web.forms.disclosure import GiveForm
from kentongan.web.forms.reasons import ReasonForm, carried_out
from kentongan.web.routing import StaffRequest, route


def held(request: StaffRequest) -> HttpResponse:
    """The requests that wait for, or were answered by, the reader's body."""
    return listed(request, HELD, "disclosure/held.html")


def holder_page(request: StaffRequest, number: int) -> HttpResponse:
    return _holder_page(request, number)


def _holder_page(request: StaffRequest, number: int, **forms: Any) -> HttpResponse:
    """One request to weigh: its grounds, the file to take away, the half to bring back, or a refusal."""
    line = one_behind(request, HELD, number)
    given = line.given_by(request.actor.audit_name)
    blank: dict[str, Any] = {
        "give_form": None if given or not line.is_open or not line.missing else GiveForm(auto_id="beri_%s"),
        "refuse_form": _refuse_form() if line.is_open else None,
    }
    context = {**blank, **forms, "given": given, "file_name": _file_name(number)}
    return page_about(request, "disclosure/hold.html", line, status=422 if forms else 200, **context)


def take_file(request: StaffRequest, number: int) -> HttpResponse:
    """The file for the holder's own machine. By POST, because taking it is recorded."""
    if not one_behind(request, HELD, number).is_open:
        raise Problem("vault.request_over", number=number)
    text = openings.request_file(number, by=request.actor, at=request.now)
    answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{_file_name(number)}"'
    return answer


def give(request: StaffRequest, number: int) -> HttpResponse:
    """The half comes back; one that does not fit stays in the form, and nothing else changes."""
    one_behind(request, HELD, number)
    form, states = GiveForm(request.POST, auto_id="beri_%s"), []

    def write() -> None:
        half = form.cleaned_data["half"]
        states.append(openings.give_half(number, half, by=request.actor, at=request.now))

    if form.is_valid() and carried_out(form, write, field="half"):
        ready = str(states[0]) == "ready"
        done = _("Kedua lembaga setuju. Pengaju dapat melihat identitas satu kali.")
        waits = _("Separuh kunci tersimpan. Menunggu lembaga kedua.")
        messages.success(request, done if ready else waits)
        return redirect("disclosure_held", number=number)
    return _holder_page(request, number, give_form=form)


def refuse(request: StaffRequest, number: int) -> HttpResponse:
    """The request ends here, with the reason."""
    one_behind(request, HELD, number)
    form = _refuse_form(request.POST)

    def write() -> None:
        openings.refuse(number, reason=form.cleaned_data["reason"], by=request.actor, at=request.now)

    if form.is_valid() and carried_out(form, write, field="reason"):
        messages.success(request, _("Permintaan %(number)s ditolak dan berakhir.") % {"number": number})
        return redirect("disclosure_held", number=number)
    return _holder_page(request, number, refuse_form=form)


def _refuse_form(data: Any = None) -> ReasonForm:
    return ReasonForm(data, auto_id="tolak_%s", hint=_("Wajib. Dibaca pengaju dan pengawas."))


def _file_name(number: int) -> str:
    return f"permintaan-{number}.json"


_HOLD, _POST, _UNDER = Permission.DISCLOSURE_HOLD, ("POST",), "identitas/kunci/<int:number>/"
ROUTES: list[URLPattern] = [
    route("identitas/kunci/", held, name=HELD, need=_HOLD),
    route(_UNDER, holder_page, name="disclosure_held", need=_HOLD, section=HELD),
    route(f"{_UNDER}berkas/", take_file, name="disclosure_file", need=_HOLD, methods=_POST, section=HELD),
    route(f"{_UNDER}separuh/", give, name="disclosure_give", need=_HOLD, methods=_POST, section=HELD),
    route(f"{_UNDER}tolak/", refuse, name="disclosure_refuse", need=_HOLD, methods=_POST, section=HELD),
]
