"""Kotak masuk: the queue, the open report and its context on one page; what changed since the last look; presence.

Every pane is reached by plain links. A request of htmx gets the panes alone, and the context a moment later; the page
itself is the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.urls import URLPattern

from kentongan.accounts.permissions import Permission
from kentongan.intake.actions import look_at_report, take_over_report, take_up_report
from kentongan.intake.decisions import is_waiting
from kentongan.intake.queries import InboxFilter, inbox, report_in
from kentongan.policy import policy_on
from kentongan.policy.severity import severity_of
from kentongan.web import inbox_undo
from kentongan.web.inbox import View, address_if_there, address_of, mark_of, queue_of, standing_of, zone_of
from kentongan.web.inbox_context import beside, context_of, found_events, map_of, silent_in_scope
from kentongan.web.inbox_item import item_of
from kentongan.web.routing import StaffRequest, route
from kentongan.web.wording import language

LONGEST_COUNT = 7  # digits


def reports(request: StaffRequest) -> HttpResponse:
    """The queue with its first report opened; a phone shows the queue alone."""
    view = View.of(request.GET)
    queue = queue_of(request, view)
    found = report_in(request.scope, queue.selected) if queue.selected else None
    if found is not None:
        look_at_report(found, by=request.actor, at=request.now)
    return inbox_page(request, view, found, queue=queue, chosen=False)


def report(request: StaffRequest, number: int) -> HttpResponse:
    """The same page with one report opened: by a link, a key, or after the decision before it."""
    found = report_in(request.scope, number)
    look_at_report(found, by=request.actor, at=request.now)
    if is_waiting(found.state, found.triage_outcome) and request.actor.may(Permission.REPORT_TRIAGE):
        take_up_report(found, by=request.actor, at=request.now)
    return inbox_page(request, View.of(request.GET), found)


def inbox_page(
    request: StaffRequest,
    view: View,
    found: Any,
    *,
    queue: Any = None,
    chosen: bool = True,
    status: int = 200,
    opened: str = "",
    conflict: str = "",
    kept: list[tuple[str, str]] | None = None,
    refused: Mapping[str, forms.Form] | None = None,
) -> HttpResponse:
    """The panes. `opened` is the decision whose form came back; `conflict` says who was first, `kept` what was typed."""
    queue = queue or queue_of(request, view, selected=found.pk if found is not None else 0)
    parts = is_part(request)
    context: dict[str, Any] = {
        "view": view,
        "queue": queue,
        "page": queue.page,
        "mark": queue.mark,
        "zone": zone_of(request),
        "chosen": chosen,
        "report": found,
        "undo": inbox_undo.standing(request),
        "undo_seconds": _seconds_left(request),
        "opened": opened,
        "conflict": conflict,
        "kept": kept,
        "paste_url": address_if_there("report_paste"),
        "new_url": address_if_there("report_new"),
        "coverage_url": address_if_there("coverage"),
        "silent_count": silent_in_scope(request),
        "back_url": address_of(view),
        "later": parts,
    }
    if found is None:
        newest = inbox(request.scope, InboxFilter(decided=True)).first()
        context["newest"] = newest.received_at if newest else None
    else:
        context |= item_of(request, found) | dict(refused or {}) | {"standing": standing_of(queue, found.pk)}
        context |= beside(request, found) if parts else context_of(request, found)
        context["small_map"] = map_of(request, found, context["near"])
    template = "inbox/panes_alone.html" if parts else "inbox/inbox.html"
    answer = render(request, template, context, status=status)
    if status != 200:
        # What was refused has no address of its own: going back leads to the report.
        answer["HX-Push-Url"] = "false"
    return answer


def is_part(request: StaffRequest) -> bool:
    """Whether the panes alone are wanted. Going back in the browser asks for the whole page."""
    return "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers


def inbox_mark(request: StaffRequest) -> HttpResponse:
    """The queue again, if anything in it has changed; otherwise 304 and no row is read."""
    view = View.of(request.GET)
    mark = mark_of(request, view)
    if request.headers.get("If-None-Match") == f'"{mark}"':
        answer: HttpResponse = HttpResponseNotModified()
    else:
        chosen = request.GET.get("terbuka", "")
        selected = int(chosen) if chosen.isdecimal() and len(chosen) < 19 else 0
        queue = queue_of(request, view, selected=selected, mark=mark)
        context = {
            "queue": queue,
            "view": view,
            "mark": mark,
            "zone": zone_of(request),
            "silent_count": silent_in_scope(request),
            "coverage_url": address_if_there("coverage"),
        }
        answer = render(request, "inbox/queue.html", context)
    answer["ETag"] = f'"{mark}"'
    return answer


def report_context(request: StaffRequest, number: int) -> HttpResponse:
    """What stands beside a report, by itself: it is asked for once the report can be read already."""
    found = report_in(request.scope, number)
    context = {"report": found, "view": View.of(request.GET), **context_of(request, found)}
    return render(request, "inbox/context.html", context)


def inbox_events(request: StaffRequest) -> HttpResponse:
    """Events by number or words, for the picker."""
    rows = found_events(request, request.GET.get("find", "")[:80])
    return render(
        request, "inbox/found_events.html", {"found_events": rows, "asked": request.GET.get("find", "")}
    )


def inbox_severity(request: StaffRequest) -> HttpResponse:
    """The impact that the chosen forms propose, and why; a person may set another one in the dossier."""
    policy = policy_on(request.now.date())
    known = [code for code in request.GET.getlist("forms_seen") if code in policy.facets["form"]]
    said = request.GET.get("crowd", "").strip()
    crowd = int(said) if said.isdecimal() and len(said) <= LONGEST_COUNT else None
    proposal = severity_of({}, known, crowd=crowd, policy=policy)
    reasons = [hit.condition.label.in_language(language()) for hit in proposal.anchors_hit[:2]]
    grade = policy.facets["severity"].get(str(proposal.code)) if proposal.code else None
    context = {
        "grade": proposal.code,
        "words": grade.label.in_language(language()) if grade else "",
        "reasons": reasons,
    }
    return render(request, "inbox/severity.html", context)


def presence(request: StaffRequest, number: int) -> HttpResponse:
    """ "I am still on it", said by the page while it is open and seen; the answer says who is."""
    found = report_in(request.scope, number)
    if not is_waiting(found.state, found.triage_outcome):
        return HttpResponse(status=204)
    present = take_up_report(found, by=request.actor, at=request.now)
    mine = present.account_id == request.actor.account_id
    context = {"report": found, "present": None if mine else present, "view": View.of(request.GET)}
    return render(request, "inbox/presence.html", context)


def take_over(request: StaffRequest, number: int) -> HttpResponse:
    """Take the report from whoever has it open."""
    found = report_in(request.scope, number)
    take_over_report(found, by=request.actor, at=request.now)
    return redirect(address_of(View.of(request.GET), number))


def _seconds_left(request: StaffRequest) -> int:
    undo = inbox_undo.standing(request)
    return undo.seconds_left(request.now) if undo else 0


READ = Permission.REPORT_READ
ROUTES: list[URLPattern] = [
    route("kotak-masuk/", reports, name="reports", need=READ),
    route("kotak-masuk/antrean/", inbox_mark, name="inbox_mark", need=READ, section="reports"),
    route(
        "kotak-masuk/cari-peristiwa/",
        inbox_events,
        name="inbox_events",
        need=Permission.EVENT_WRITE,
        section="reports",
    ),
    route(
        "kotak-masuk/dampak/",
        inbox_severity,
        name="inbox_severity",
        need=Permission.EVENT_WRITE,
        section="reports",
    ),
    route("kotak-masuk/<int:number>/", report, name="report", need=READ, section="reports"),
    route(
        "kotak-masuk/<int:number>/konteks/",
        report_context,
        name="report_context",
        need=READ,
        section="reports",
    ),
    route(
        "kotak-masuk/<int:number>/hadir/",
        presence,
        name="report_presence",
        need=Permission.REPORT_TRIAGE,
        methods=("POST",),
        section="reports",
    ),
    route(
        "kotak-masuk/<int:number>/ambil-alih/",
        take_over,
        name="report_take_over",
        need=Permission.REPORT_TRIAGE,
        methods=("POST",),
        section="reports",
    ),
]
