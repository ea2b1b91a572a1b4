"""Peristiwa: the list with its filter in the address, and the same rows as a file."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, reverse
from django.utils.translation import gettext as _

from kentongan.accounts.permissions import Permission
from kentongan.events.actions import export_events
from kentongan.events.queries import EventFilter, events_matching, on_page
from kentongan.web.event_rows import export_lines, filter_form, filters_in_words, rows_of_list, watermark
from kentongan.web.inert_csv import csv_answer, csv_text
from kentongan.web.routing import StaffRequest, route

PER_PAGE = 30


def events(request: StaffRequest) -> HttpResponse:
    """The events that the address asks for."""
    form = filter_form(request, request.META.get("QUERY_STRING", ""))
    asked = form.asked()
    rows = events_matching(request.scope, asked, now=request.now)
    page = Paginator(rows.values_list("pk", flat=True), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": rows_of_list(request, on_page(request.scope, list(page.object_list))),
        "form": form,
        "asked": asked,
        "query": asked.to_query(),
        "given": filters_in_words(form, asked),
        "quick": _quick(asked),
        "more_open": _is_hidden(asked),
    }
    return render(request, "events/list.html", context)


def events_file(request: StaffRequest) -> HttpResponse:
    """The same rows as a file, with the watermark; the taking out is recorded first."""
    asked = filter_form(request, request.META.get("QUERY_STRING", "")).asked()
    rows = events_matching(request.scope, asked, now=request.now)
    count = rows.count()
    export_events(count=count, query=asked.to_query(), by=request.actor, at=request.now)
    found = list(rows)
    head, lines = export_lines(request, found)
    label = max((event.label for event in found), default=0)
    text = csv_text(watermark(request, count=count, label=label), head, lines)
    return csv_answer(text, name=f"peristiwa-{request.now:%Y%m%d-%H%M}.csv")


def _quick(asked: EventFilter) -> list[tuple[str, str, bool]]:
    """The filters one asks for most: word, address, whether it is the one in force."""
    choices = [
        (_("Semua"), EventFilter()),
        (_("Terbuka"), EventFilter(state="terbuka")),
        (_("Belum terverifikasi"), EventFilter(state="terbuka", verification="unverified")),
        (_("Tinjauan lewat"), EventFilter(overdue=True)),
    ]
    url = reverse("events")
    return [
        (str(word), f"{url}?{each.to_query()}".rstrip("?"), each == asked.without("sort"))
        for word, each in choices
    ]


def _is_hidden(asked: EventFilter) -> bool:
    """Whether a filter holds that stands in the folded part of the form."""
    shown = {"text", "type_code", "state", "area", "verification"}
    return bool(set(asked.given) - shown)


ROUTES: list[URLPattern] = [
    route("peristiwa/", events, name="events", need=Permission.EVENT_READ),
    route(
        "peristiwa/daftar.csv", events_file, name="events_file", need=Permission.EVENT_READ, section="events"
    ),
]
