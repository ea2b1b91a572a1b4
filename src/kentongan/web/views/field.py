"""The phone of whoever works in the field: the big button, "aman" in one tap, what waits for an answer, own reports.

These pages write no view audit: that somebody looked at the own reports just after one was sent would join the two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, URLPattern, reverse
from django.utils.translation import gettext as _

from kentongan.accounts.permissions import Permission
from kentongan.edge.problems import Problem
from kentongan.events.queries import open_events
from kentongan.indicators.queries import status_questions_for
from kentongan.intake.actions import own_reports, send_nil
from kentongan.intake.queries import messages_of
from kentongan.places.keys import Level, code_of, level_of_key, level_of_range
from kentongan.places.queries import region_by_code, region_label
from kentongan.response.queries import open_tasks
from kentongan.verification.queries.field_checks import open_requests
from kentongan.web.report_card import card_of
from kentongan.web.routing import StaffRequest, route, scope_of
from kentongan.web.shell import field_tabs
from kentongan.web.views.lapor import outbox_context, refusal
from kentongan.web.wording import language, zone_of_reader

MOST_OWN = 30  # newest own reports on one page; what a person sent before is not what one comes for


@dataclass(frozen=True, slots=True)
class Duty:
    """One kind of thing that waits for an answer, and where it is given."""

    icon: str
    label: str
    count: int
    url: str


def field_home(request: StaffRequest, alerts: Mapping[str, Any]) -> HttpResponse:
    """Home of a field role: report, nil, what waits, the outbox, 110."""
    context = {
        **alerts,
        **_frame(request),
        "questions": status_questions_for(request.actor, now=request.now),
        "posts": [
            (post, post.role.name[language()], post.role.duties[language()]) for post in request.actor.posts
        ],
        "open_here": _open_here(request),
        "nil_areas": _nil_areas(request),
        "nil_id": str(uuid4()),
        "nil_sent": request.GET.get("nihil") == "1",
    }
    return render(request, "field/home.html", context)


def report_nil(request: StaffRequest) -> HttpResponse:
    """ "Aman, tidak ada kejadian" for one of the own areas; the page's script is answered as JSON."""
    as_json = "application/json" in request.headers.get("Accept", "")
    try:
        area = int(region_by_code(request.POST.get("area", "")).key)
        send_nil(request.actor, area=area, client_id=_id(request.POST.get("client_id", "")), at=request.now)
    except Problem as problem:
        if as_json:
            return refusal(problem)
        raise
    if as_json:
        return JsonResponse({"stored": True}, status=201, headers={"Cache-Control": "no-store"})
    return redirect(f"{reverse('home')}?nihil=1")


def own_report_list(request: StaffRequest) -> HttpResponse:
    """Laporan saya: the four plain states, what the desk asks, and what may be done."""
    reports = own_reports(request.actor, at=request.now)
    cards = [
        card_of(report, key_name="number", key=str(report.pk), now=request.now)
        for report in reports[:MOST_OWN]
    ]
    context = {
        **_frame(request),
        "cards": cards,
        "more": max(len(reports) - MOST_OWN, 0),
        "done": request.GET.get("selesai") == "1",
    }
    return render(request, "field/own_reports.html", context)


def field_tasks(request: StaffRequest) -> HttpResponse:
    """Tugas: everything that waits for an answer of this person, each with its page."""
    context = {
        **_frame(request),
        "duties": duties(request),
        "questions": status_questions_for(request.actor, now=request.now),
    }
    return render(request, "field/tasks.html", context)


def field_info(request: StaffRequest) -> HttpResponse:
    """Info: numbers for danger, how names are kept, the other pages, the account."""
    return render(request, "field/info.html", _frame(request))


def duties(request: StaffRequest) -> list[Duty]:
    """What waits, by kind; a kind that this role does not have is left out, an empty one stays with its nought."""
    actor = request.actor
    found = [Duty("sms", _("Pertanyaan petugas untuk Anda"), _asked(request), reverse("own_reports"))]
    checks = _address("field_checks")
    if actor.may(Permission.CHECK_ANSWER) and checks:
        waiting = open_requests(scope_of(request, Permission.CHECK_ANSWER), agencies=actor.agency_ids).count()
        found.append(Duty("eye", _("Permintaan cek di lapangan"), waiting, checks))
    if actor.may(Permission.TASK_DO):
        tasks = (
            open_tasks(scope_of(request, Permission.TASK_READ)).filter(agency_id__in=actor.agency_ids).count()
        )
        found.append(Duty("task", _("Tugas tindak lanjut"), tasks, reverse("tasks")))
    return found


def _asked(request: StaffRequest) -> int:
    """How many own reports wait for the sender's answer."""
    return sum(
        (last := messages_of(report).last()) is not None and not last.from_reporter
        for report in own_reports(request.actor, at=request.now)[:MOST_OWN]
    )


def _frame(request: StaffRequest) -> dict[str, Any]:
    """What every phone page shows around its content."""
    waiting = sum(duty.count for duty in duties(request))
    waiting += len(status_questions_for(request.actor, now=request.now))
    return outbox_context(request) | {
        "tabs": field_tabs(request.section, waiting=waiting),
        "place": _place(request),
        "zone": zone_of_reader(request.actor),
        "waiting": waiting,
    }


def _place(request: StaffRequest) -> str:
    own = next((part.low for post in request.actor.posts for part in post.own), None)
    return region_label(own) if own is not None else ""


def _open_here(request: StaffRequest) -> int | None:
    """How many events are open where this person works; None for who may read no event."""
    if not request.actor.may(Permission.EVENT_READ):
        return None
    return open_events(scope_of(request, Permission.EVENT_READ)).count()


def _nil_areas(request: StaffRequest) -> Sequence[tuple[str, str]]:
    """The own desa and kecamatan, with code and name; for anything wider nobody can say that all is quiet."""
    areas = {
        part.low
        for post in request.actor.posts
        for part in post.own
        if level_of_range(part) >= Level.DISTRICT
    }
    return [(_code(area), region_label(area)) for area in sorted(areas)]


def _code(area: int) -> str:
    return code_of(area, level_of_key(area))


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _id(written: str) -> UUID:
    try:
        return UUID(written)
    except ValueError:
        raise Problem("web.report_field_wrong", field="client_id") from None


_SENDS = Permission.REPORT_SEND
ROUTES: list[URLPattern] = [
    route("nihil/", report_nil, name="report_nil", need=_SENDS, methods=("POST",), section="home"),
    route("laporan-saya/", own_report_list, name="own_reports", need=_SENDS),
    route("tugas-saya/", field_tasks, name="field_tasks", need=_SENDS),
    route("info/", field_info, name="field_info", need=_SENDS),
]
