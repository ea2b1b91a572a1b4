"""The sealed text of a report: opened for a written reason, shown once, written into the chain."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import URLPattern

from kentongan.accounts.permissions import Permission
from kentongan.edge.problems import Problem
from kentongan.intake.actions import open_raw_text
from kentongan.intake.queries import report_in
from kentongan.web.forms.reasons import carried_out
from kentongan.web.inbox import View
from kentongan.web.inbox_item import raw_form
from kentongan.web.routing import StaffRequest, route
from kentongan.web.views.inbox import inbox_page


def raw_text(request: StaffRequest, number: int) -> HttpResponse:
    """The sealed text, shown once for a written reason; the opening is recorded."""
    found = report_in(request.scope, number)
    if found.raw_sealed is None:
        raise Problem("intake.report_erased", number=found.pk, day=found.erased_on)
    form = raw_form(request.POST)
    texts: list[str] = []

    def read() -> None:
        reason = form.cleaned_data["reason"]
        texts.append(open_raw_text(found.pk, by=request.actor, at=request.now, reason=reason))

    if form.is_valid() and carried_out(form, read, field="reason"):
        context = {"report": found, "text": texts[0], "reason": form.cleaned_data["reason"]}
        return render(request, "reports/raw.html", context)
    return inbox_page(
        request, View.of(request.GET), found, status=422, opened="raw", refused={"raw_form": form}
    )


ROUTES: list[URLPattern] = [
    route(
        "kotak-masuk/<int:number>/teks-asli/",
        raw_text,
        name="report_raw",
        need=Permission.REPORT_TRIAGE,
        methods=("POST",),
        section="reports",
    ),
]
