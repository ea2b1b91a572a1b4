"""Rekap: any area, type and period as a table, its figures open to their rows; the same table as XLSX, PDF and CSV."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.translation import gettext as _

from kentongan.accounts.permissions import Permission
from kentongan.accounts.scopes import Scope
from kentongan.documents.actions import export_recap
from kentongan.documents.decisions.periods import Span, period_of, shifted
from kentongan.documents.decisions.recap_table import Layout
from kentongan.documents.queries.recap import Recap, recap
from kentongan.events.decisions.filters import QUERY_NAMES
from kentongan.places.queries import ancestors_of
from kentongan.policy import policy_on
from kentongan.web.event_rows import filters_in_words
from kentongan.web.forms.recap import LAYOUTS, RecapForm
from kentongan.web.recap_asked import RecapAddress, recap_address, recap_form
from kentongan.web.recap_sheets import recap_sheets
from kentongan.web.recap_view import period_words, shown
from kentongan.web.routing import StaffRequest, route, scope_of
from kentongan.web.table_files import table_file

SILAT = "KEL.02"
QUICK_SPANS = (Span.DAY, Span.WEEK, Span.MONTH, Span.YEAR, Span.B04, Span.B08, Span.B12)


def page(request: StaffRequest) -> HttpResponse:
    """The table that the address asks for."""
    form, address, found = _found(request)
    policy = policy_on(request.now.date())
    asked = address.asked
    context = {
        "form": form,
        "recap": found,
        "shown": shown(found, policy, f"?{address.query(wilayah='')}"),
        "place": asked.region.short_name,
        "above": _above(request, address),
        "period": period_words(asked.period),
        "compared": period_words(found.compared),
        "passed": period_words(found.passed) if found.passed != asked.period else "",
        "before_url": _turned(address, -1),
        "after_url": _turned(address, 1),
        "presets": _presets(address),
        "layouts": _layouts(address),
        "leaves_url": f"?{address.query(rinci='' if asked.leaves else '1')}",
        "given": _given(form, address),
        "query": address.query(),
        "zone": address.zone,
        "areas_in_rows": asked.layout is not Layout.TIME_TYPE,
        "sees_unverified": any(sight.unverified for sight in _scope(request).sights),
    }
    return render(request, "recap/recap.html", context)


def file(request: StaffRequest, slug: str) -> HttpResponse:
    """The same table to take away; the taking away is recorded first."""
    form, address, found = _found(request)
    policy = policy_on(request.now.date())
    sheets = recap_sheets(
        found,
        shown(found, policy, ""),
        reader=request.actor.name,
        filters=[(name, value) for name, value, _url in _given(form, address)],
        zone=address.zone,
    )
    name = f"rekap_{found.asked.region.code}_{found.asked.period.first}_{found.asked.period.last}"
    export_recap(
        area=found.asked.region.key,
        query=address.query(),
        rows=len(found.table.rows),
        form=slug,
        by=request.actor,
        at=request.now,
    )
    return table_file(slug, sheets, name=name, at=request.now)


def _found(request: StaffRequest) -> tuple[RecapForm, RecapAddress, Recap]:
    form = recap_form(request, request.GET)
    address = recap_address(request, form)
    policy = policy_on(request.now.date())
    # The form shows what is in force, also where the address said nothing.
    form = recap_form(request, QueryDict(address.query()))
    form.is_valid()
    return form, address, recap(_scope(request), address.asked, policy=policy, now=request.now)


def _scope(request: StaffRequest) -> Scope:
    return scope_of(request, Permission.EVENT_READ)


def _above(request: StaffRequest, address: RecapAddress) -> list[tuple[str, str]]:
    """The regions above that the reader may open, the widest first."""
    scope = _scope(request)
    seen = [part for sight in scope.sights for part in sight.own]
    return [
        (region.short_name, f"?{address.query(wilayah=region.code)}")
        for region in ancestors_of(address.asked.region)
        if any(part.covers(region.range) for part in seen)
    ]


def _turned(address: RecapAddress, by: int) -> str:
    period = shifted(address.asked.period, by, today=address.today)
    return f"?{address.with_period(period)}" if period else ""


def _presets(address: RecapAddress) -> list[tuple[str, str, bool]]:
    """What is asked for most, one click each: word, address, whether it is the one in force."""
    words = {
        Span.DAY: _("Hari ini"),
        Span.WEEK: _("Minggu ini"),
        Span.MONTH: _("Bulan ini"),
        Span.YEAR: _("Tahun ini"),
        Span.B04: "B04",
        Span.B08: "B08",
        Span.B12: "B12",
    }
    made = []
    for span in QUICK_SPANS:
        period = period_of(span, on=address.today)
        if period.first > address.today:  # the term of this year has not begun: the last one that did
            period = period_of(span, on=period.first.replace(year=period.first.year - 1))
        made.append((words[span], f"?{address.with_period(period)}", period == address.asked.period))
    months = period_of(Span.THREE_MONTHS, on=address.today)
    silat = address.query(
        dari="", sampai="", rentang=months.span.value, tanggal=months.last, jenis=SILAT, susun="wilayah-waktu"
    )
    is_silat = address.asked.facets.type_code == SILAT and address.asked.period == months
    return [*made, (_("Silat, 3 bulan"), f"?{silat}", is_silat)]


def _layouts(address: RecapAddress) -> list[tuple[str, str, bool]]:
    return [
        (str(word), f"?{address.query(susun=code)}", code == address.asked.layout.value)
        for code, word in LAYOUTS
    ]


def _given(form: RecapForm, address: RecapAddress) -> Sequence[tuple[str, str, str]]:
    """The facets that hold: name, value, and the address without it."""
    lines = filters_in_words(form, address.asked.facets)
    names = address.asked.facets.given
    return [
        (name, value, f"?{address.query(**{QUERY_NAMES[field]: ''})}")
        for (name, value, _rest), field in zip(lines, names, strict=True)
    ]


ROUTES: list[URLPattern] = [
    route("laporan/rekap/", page, name="recap", need=Permission.RECAP_READ),
    route(
        "laporan/rekap/berkas/<slug:slug>/",
        file,
        name="recap_file",
        need=Permission.RECAP_READ,
        section="recap",
    ),
]
