"""Inventaris potensi: what may happen, since when, why, who looks after it, what was tried, when somebody looks again."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.translation import gettext as _

from kentongan.accounts.permissions import Permission
from kentongan.events.actions import export_events
from kentongan.events.queries import inventory, inventory_counts, on_page
from kentongan.web.event_rows import filter_form, filters_in_words, rows_of_list, watermark
from kentongan.web.inert_csv import csv_answer, csv_text
from kentongan.web.routing import StaffRequest, route
from kentongan.web.templatetags.kentongan_ui import VERIFICATIONS

PER_PAGE = 30


def potentials(request: StaffRequest) -> HttpResponse:
    """The standing potentials that the address asks for, overdue reviews first."""
    form = filter_form(request, request.META.get("QUERY_STRING", ""))
    asked = form.asked().without("sort", "kind")
    rows = inventory(request.scope, asked, now=request.now)
    page = Paginator(rows.values_list("pk", flat=True), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": rows_of_list(request, on_page(request.scope, list(page.object_list))),
        "form": form,
        "asked": asked,
        "query": asked.to_query(),
        "given": filters_in_words(form, asked),
        "counts": inventory_counts(request.scope, now=request.now),
    }
    return render(request, "events/inventory.html", context)


def potentials_file(request: StaffRequest) -> HttpResponse:
    """The same rows as a file, with the watermark; the taking out is recorded first."""
    asked = filter_form(request, request.META.get("QUERY_STRING", "")).asked().without("sort", "kind")
    rows = inventory(request.scope, asked, now=request.now)
    count = rows.count()
    export_events(count=count, query=f"inventaris {asked.to_query()}", by=request.actor, at=request.now)
    found = list(rows)
    label = max((event.label for event in found), default=0)
    head = [
        _("Nomor"), _("Verifikasi"), _("Judul"), _("Wilayah"), _("Umur (hari)"), _("Akar masalah"),
        _("Pemicu berikut"), _("Tanggal pemicu"), _("Penanggung jawab"), _("Pemilik"), _("Solusi dicoba"),
        _("Ditinjau"), _("Tinjau berikutnya"), _("Keadaan"),
    ]  # fmt: skip
    text = csv_text(
        watermark(request, count=count, label=label),
        head,
        (_line(row, request) for row in rows_of_list(request, found)),
    )
    return csv_answer(text, name=f"inventaris-potensi-{request.now:%Y%m%d-%H%M}.csv")


def _line(row: Any, request: StaffRequest) -> list[object]:
    event = row.event
    return [
        event.number,
        str(VERIFICATIONS[event.verification].word),
        row.title,
        row.place,
        (request.now - event.created_at).days,
        event.cause,
        event.next_trigger,
        event.next_trigger_on.isoformat() if event.next_trigger_on else "",
        event.assigned_to.name if event.assigned_to else _("belum ada"),
        event.owner.short_name,
        event.solution_tried,
        event.reviewed_at.date().isoformat() if event.reviewed_at else "",
        event.review_on.isoformat() if event.review_on else "",
        row.state,
    ]


ROUTES: list[URLPattern] = [
    route(
        "peristiwa/inventaris/", potentials, name="inventory", need=Permission.EVENT_READ, section="events"
    ),
    route(
        "peristiwa/inventaris.csv",
        potentials_file,
        name="inventory_file",
        need=Permission.EVENT_READ,
        section="events",
    ),
]
