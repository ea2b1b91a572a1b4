"""Catat laporan: what somebody phoned in, on one dense page; the receipt is shown once, to be read out.

The report goes in as `publik` through this desk: neither the caller nor the officer stands beside it.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import URLPattern

from kentongan.intake.actions import Sender, can_keep_contact, receive_report
from kentongan.policy import policy_on
from kentongan.web.entry_desk import NEED, SECTION, common, desk_of
from kentongan.web.forms.entry import EntryForm
from kentongan.web.forms.lapor import CONTACT_FIELDS
from kentongan.web.forms.reasons import carried_out
from kentongan.web.lapor_choices import level_words
from kentongan.web.routing import StaffRequest, route
from kentongan.web.views import entry_import, entry_paste
from kentongan.web.wording import language


def report_new(request: StaffRequest) -> HttpResponse:
    """The empty form, or the stored report with its receipt; a refused form keeps everything that was typed."""
    desk = desk_of(request)
    keeps = can_keep_contact()
    form = EntryForm(
        request.POST if request.method == "POST" else None,
        policy=policy_on(request.now.date()),
        speaks=language(),
        within=desk.range,
        may_keep_contact=keeps,
    )
    stored: list[tuple[Any, str]] = []
    if request.method == "POST" and form.is_valid():

        def write() -> None:
            stored.append(
                receive_report(
                    form.draft(),
                    sender=Sender.public(),
                    desk=desk.agency_id,
                    at=request.now,
                    contact=form.contact() or None,
                )
            )

        if carried_out(form, write, field="text"):
            return _recorded(request, *stored[0], with_contact=bool(form.contact()))
    context = {
        **common(request, desk),
        "form": form,
        "keeps_contact": keeps,
        "contact_fields": [form[name] for name in CONTACT_FIELDS if name in form.fields],
    }
    return render(request, "entry/new.html", context, status=422 if form.errors else 200)


def _recorded(request: StaffRequest, report: Any, receipt: str, *, with_contact: bool) -> HttpResponse:
    """Shown once: the answer to the sending is the only page that knows this code."""
    level = report.read_from_level
    context = {
        "report": report,
        "receipt": receipt,
        "with_contact": with_contact,
        "read_by": level_words(level) if level else "",
        "may_open": request.scope.covers(report.area) if report.area is not None else True,
    }
    return render(request, "entry/recorded.html", context)


_BOTH = ("GET", "POST")

ROUTES: list[URLPattern] = [
    route("laporan/baru/", report_new, name="report_new", need=NEED, methods=_BOTH, section=SECTION),
    *entry_paste.ROUTES,
    *entry_import.ROUTES,
]
