"""Sesudah kejadian: the after-action review of an event with its measured times, and the lessons of all of them."""

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
from kentongan.edge.formats import format_age
from kentongan.events.queries import event_in, event_title, titles
from kentongan.places.queries import time_zone_of
from kentongan.policy import policy_on
from kentongan.response.actions import write_review
from kentongan.response.decisions import Moments, stretches
from kentongan.response.queries import lessons_in as lessons_of
from kentongan.response.queries import moments_of, outcomes_of, reviews_of, tasks_of
from kentongan.web.forms.reasons import carried_out
from kentongan.web.forms.tasks import ReviewForm
from kentongan.web.routing import StaffRequest, route, scope_of
from kentongan.web.wording import language

PER_PAGE = 30
LINKS = {
    "reported": gettext_lazy("Laporan pertama"),
    "looked": gettext_lazy("Dilihat petugas"),
    "judged": gettext_lazy("Putusan verifikasi"),
    "warned": gettext_lazy("Peringatan terkirim"),
    "acknowledged": gettext_lazy("Diterima pertama"),
    "accepted": gettext_lazy("Tugas diterima"),
    "acted": gettext_lazy("Tugas selesai"),
    "ended": gettext_lazy("Hasil dicatat"),
}


def review(request: StaffRequest, number: int) -> HttpResponse:
    """The times as they were recorded, and the five questions, prefilled with what is known."""
    found = event_in(scope_of(request, Permission.EVENT_READ), number)
    return _page(request, found, ReviewForm(initial=_draft(request, found)))


def write(request: StaffRequest, number: int) -> HttpResponse:
    """Keep the answers as a new version."""
    found = event_in(scope_of(request, Permission.EVENT_READ), number)
    form = ReviewForm(request.POST)

    def store() -> None:
        write_review(number, form.review(), by=request.actor, at=request.now)

    if not (form.is_valid() and carried_out(form, store)):
        return _page(request, found, form, status=422)
    messages.success(request, _("Tinjauan tersimpan."))
    return redirect("event_review_after", number=number)


def lessons(request: StaffRequest) -> HttpResponse:
    """Pelajaran: what was learned, by type and words."""
    wanted, words = request.GET.get("jenis", "")[:10], request.GET.get("q", "")[:80]
    page = Paginator(lessons_of(request.scope, type_code=wanted, words=words), PER_PAGE).get_page(
        request.GET.get("page")
    )
    named = titles([row.outcome.event for row in page.object_list], language=language())
    policy = policy_on(request.now.date())
    context = {
        "page": page,
        "rows": [(row, named[row.outcome.event_id]) for row in page.object_list],
        "classes": [(code, value.label.in_language(language())) for code, value in policy.classes.items()],
        "wanted": wanted,
        "words": words,
        "query": f"jenis={wanted}" if wanted else "",
    }
    return render(request, "reviews/lessons.html", context)


def _page(request: StaffRequest, found: Any, form: ReviewForm, *, status: int = 200) -> HttpResponse:
    outcomes = list(outcomes_of(found))
    chain = stretches(moments_of([found]).get(found.pk, Moments()))
    context = {
        "event": found,
        "title": event_title(found, language=language()),
        "zone": time_zone_of(found.area).key,
        "outcomes": outcomes,
        "form": form if outcomes and request.actor.may(Permission.OUTCOME_RECORD, found.area) else None,
        "versions": list(reviews_of(found)),
        "chain": [
            (LINKS[each.name], each.at, format_age(each.took, language=language()) if each.took else "")
            for each in chain
        ],
    }
    return render(request, "reviews/review.html", context, status=status)


def _draft(request: StaffRequest, found: Any) -> dict[str, str]:
    """The answers of the newest version, or the facts where nobody has answered yet."""
    newest = reviews_of(found).first()
    if newest is not None:
        return {
            name: getattr(newest, name) for name in ("planned", "happened", "difference", "keep", "improve")
        }
    last = outcomes_of(found).last()
    if last is None:
        return {}
    tasks = tasks_of(found, scope_of(request, Permission.TASK_READ))
    return {"planned": " ".join(task.what for task in tasks), "happened": last.why, "keep": last.what_worked}


ROUTES: list[URLPattern] = [
    route(
        "peristiwa/<int:number>/tinjauan/",
        review,
        name="event_review_after",
        need=Permission.EVENT_WRITE,
        section="events",
    ),
    route(
        "peristiwa/<int:number>/tinjauan/simpan/",
        write,
        name="event_review_write",
        need=Permission.OUTCOME_RECORD,
        methods=("POST",),
        section="events",
    ),
    route("pelajaran/", lessons, name="lessons", need=Permission.EVENT_WRITE, section="tasks"),
]
