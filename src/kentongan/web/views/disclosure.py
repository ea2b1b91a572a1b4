"""Opening a sealed identity: asked by one, given by two bodies, shown once, watched by the overseer.

Three doors onto the same requests, one per permission, because a route names exactly one; the key holders' is
`disclosure_holder`. What `intake.disclosure` holds back, no page can show.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, reverse
from django.utils.translation import gettext as _

from kentongan.accounts.permissions import Permission
from kentongan.audit.queries import entries_about
from kentongan.edge.problems import Problem
from kentongan.intake import disclosure as openings
from kentongan.intake.queries import report_in
from kentongan.web.audit_sentences import in_words
from kentongan.web.disclosures import (
    ASKED,
    WATCHED,
    contact_lines,
    in_lines,
    listed,
    one_behind,
    page_about,
    rows_behind,
    source_of,
)
from kentongan.web.forms.disclosure import AskForm, ShowForm
from kentongan.web.forms.reasons import carried_out
from kentongan.web.routing import StaffRequest, route, scope_of
from kentongan.web.views import disclosure_holder
from kentongan.web.wording import zone_of_reader

MOST_DIGITS = 18


def asked(request: StaffRequest) -> HttpResponse:
    """The reader's own requests."""
    return listed(request, ASKED, "disclosure/asked.html")


def ask(request: StaffRequest) -> HttpResponse:
    """Ask for the identity behind one report: `?laporan=31`. A report without one says so."""
    found = report_in(scope_of(request, Permission.REPORT_READ), _number(request.GET.get("laporan", "")))
    form = AskForm(request.POST if request.method == "POST" else None)
    if found.identity is None:
        return _ask_page(request, found, None, status=409 if form.is_bound else 200)
    made: list[int] = []
    if form.is_valid() and carried_out(form, lambda: made.append(_ask(request, found, form))):
        messages.success(request, _("Permintaan %(number)s menunggu dua lembaga.") % {"number": made[0]})
        return redirect("disclosure", number=made[0])
    return _ask_page(request, found, form, status=422 if form.is_bound else 200)


def _ask(request: StaffRequest, found: Any, form: AskForm) -> int:
    return openings.request_disclosure(
        found.identity,
        report=f"report:{found.pk}",
        pseudonym=found.source,
        by=request.actor,
        at=request.now,
        **form.cleaned_data,
    )


def _ask_page(request: StaffRequest, found: Any, form: AskForm | None, *, status: int) -> HttpResponse:
    same = [row for row in rows_behind(request, ASKED) if row.report == f"report:{found.pk}"]
    context = {
        "report": found,
        "source": source_of(found.source, found.pk),
        "form": form,
        "running": next((line for line in in_lines(same) if line.is_open), None),
        "zone": zone_of_reader(request.actor),
    }
    return render(request, "disclosure/ask.html", context, status=status)


def request_page(request: StaffRequest, number: int) -> HttpResponse:
    """One own request: how far it is, and the one look once both bodies agreed."""
    return _request_page(request, number)


def _request_page(request: StaffRequest, number: int, *, form: ShowForm | None = None) -> HttpResponse:
    line = one_behind(request, ASKED, number)
    blank = ShowForm() if str(line.row.state) == "ready" else None
    context = {"form": form or blank, "may_look": blank is not None, "may_open_report": True}
    return page_about(request, "disclosure/request.html", line, status=422 if form else 200, **context)


def show(request: StaffRequest, number: int) -> HttpResponse:
    """The identity, in this one answer and nowhere else; opened by address it leads back to the request."""
    one_behind(request, ASKED, number)
    if request.method != "POST":
        return redirect("disclosure", number=number)
    form, looks = ShowForm(request.POST), []

    def look() -> None:
        said = form.cleaned_data
        looks.append(
            openings.show_once(
                number,
                by=request.actor,
                at=request.now,
                delay_telling_until=said["delay_until"],
                delay_reason=said["delay_reason"],
            )
        )

    if form.is_valid() and carried_out(form, look):
        return _shown(request, number, looks[0])
    return _request_page(request, number, form=form)


def _shown(request: StaffRequest, number: int, look: openings.Shown) -> HttpResponse:
    """Never stored by the browser; without any script it leaves by itself when the time is over."""
    seconds = int((look.until - request.now).total_seconds())
    context: dict[str, Any] = {
        "contact": contact_lines(look.contact),
        "until": look.until,
        "seconds": seconds,
        "watermark": f"{request.actor.name} · {look.watermark}",
    }
    answer = page_about(request, "disclosure/shown.html", one_behind(request, ASKED, number), **context)
    answer["Cache-Control"] = "no-store"
    answer["Refresh"] = f"{seconds}; url={reverse('disclosure', args=[number])}"
    return answer


def _number(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and len(typed) <= MOST_DIGITS):
        raise Problem("intake.report_unknown", number=typed[:20] or "–")
    return int(typed)


def overseen(request: StaffRequest) -> HttpResponse:
    """Every request of the overseer's area, answered or not."""
    return listed(request, WATCHED, "disclosure/overseen.html")


def overseen_page(request: StaffRequest, number: int) -> HttpResponse:
    """One request with its whole trail."""
    line = one_behind(request, WATCHED, number)
    trail = list(reversed(in_words(entries_about(f"disclosure:{number}"))))
    return page_about(request, "disclosure/watch.html", line, trail=trail)


_ASK, _WATCH, _BOTH = Permission.DISCLOSURE_REQUEST, Permission.DISCLOSURE_OVERSEE, ("GET", "POST")
ROUTES: list[URLPattern] = [
    route("identitas/", asked, name=ASKED, need=_ASK),
    route("identitas/minta/", ask, name="disclosure_ask", need=_ASK, methods=_BOTH, section=ASKED),
    route("identitas/<int:number>/", request_page, name="disclosure", need=_ASK, section=ASKED),
    route(
        "identitas/<int:number>/tampilkan/",
        show,
        name="disclosure_show",
        need=_ASK,
        methods=_BOTH,
        section=ASKED,
    ),
    *disclosure_holder.ROUTES,
    route("identitas/pengawas/", overseen, name=WATCHED, need=_WATCH),
    route(
        "identitas/pengawas/<int:number>/",
        overseen_page,
        name="disclosure_overseen",
        need=_WATCH,
        section=WATCHED,
    ),
]
