"""Agencies and their jurisdictions: a set of regions each, picked by search, without any script."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from kentongan.accounts import actions, queries
from kentongan.accounts.permissions import Permission
from kentongan.edge.problems import Problem
from kentongan.places.queries import region_by_code, region_label, region_labels, search_regions
from kentongan.web.forms.accounts import AgencyForm, ReasonForm, language, sent, tell
from kentongan.web.routing import StaffRequest, route
from kentongan.web.views.accounts import Confirmation, confirmed

SECTION = "administration"
PAGE_ROWS = 50
MOST_MATCHES = 12


def agencies(request: StaffRequest) -> HttpResponse:
    """The agencies of the area."""
    text, kind, closed = (
        request.GET.get("q", ""),
        request.GET.get("jenis", ""),
        request.GET.get("tutup") == "1",
    )
    found = queries.find_agencies(request.scope, text=text, kind=kind, closed=closed)
    page = Paginator(found, PAGE_ROWS).get_page(request.GET.get("page"))
    chosen = {"q": text, "jenis": kind, "tutup": "1" if closed else ""}
    facts = {
        "page": page,
        "rows": [(agency, *_areas_of(agency)) for agency in page],
        "chosen": chosen,
        "query": urlencode({key: value for key, value in chosen.items() if value}),
        "kinds": queries.agency_kinds(),
        "may_write": request.actor.may(Permission.AGENCY_WRITE),
    }
    return render(request, "agencies/list.html", facts)


def agency_page(request: StaffRequest, number: int) -> HttpResponse:
    """One agency with its areas and the people who work there."""
    agency = queries.agency_in_scope(request.scope, number)
    own, neighbours = _areas_of(agency)
    facts = {
        "agency": agency,
        "own": own,
        "neighbours": neighbours,
        "people": queries.find_accounts(request.scope, agency_id=agency.pk)[:PAGE_ROWS],
        "may_write": request.actor.may(Permission.AGENCY_WRITE),
        "may_see_people": request.actor.may(Permission.ACCOUNT_READ),
    }
    return render(request, "agencies/agency.html", facts)


def agency_new(request: StaffRequest) -> HttpResponse:
    """A new agency: its name and its areas on one page; the buttons keep what was typed."""
    picker = AreaPicker(request)
    form = AgencyForm(request.POST if picker.saving else None, initial=_typed(request))
    if picker.saving and form.is_valid():
        try:
            agency = actions.create_agency(
                **form.cleaned_data,
                own=picker.own,
                neighbours=picker.neighbours,
                by=request.actor,
                at=request.now,
            )
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, _("Instansi sudah dibuat."))
            return redirect("agencies_page", number=agency.pk)
    facts = {"form": form, "picker": picker}
    return render(request, "agencies/new.html", facts, status=422 if form.errors else 200)


def agency_edit(request: StaffRequest, number: int) -> HttpResponse:
    """What an agency is called."""
    agency = queries.agency_in_scope(request.scope, number)
    start = {"name": agency.name, "short_name": agency.short_name, "kind": agency.kind}
    form = AgencyForm(sent(request), initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_agency(agency.pk, **form.cleaned_data, by=request.actor, at=request.now)
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, _("Nama instansi sudah diubah."))
            return redirect("agencies_page", number=agency.pk)
    facts = {"form": form, "agency": agency}
    return render(request, "agencies/edit.html", facts, status=422 if form.errors else 200)


def agency_areas(request: StaffRequest, number: int) -> HttpResponse:
    """The jurisdiction of an agency."""
    agency = queries.agency_in_scope(request.scope, number)
    picker = AreaPicker(request, agency)
    refusal = ""
    if picker.saving:
        try:
            actions.change_agency_areas(
                agency.pk, own=picker.own, neighbours=picker.neighbours, by=request.actor, at=request.now
            )
        except Problem as problem:
            refusal = problem.sentence(language())
        else:
            messages.success(request, _("Wilayah instansi sudah diubah."))
            return redirect("agencies_page", number=agency.pk)
    facts = {"agency": agency, "picker": picker, "refusal": refusal}
    return render(request, "agencies/areas.html", facts, status=422 if refusal else 200)


def agency_close(request: StaffRequest, number: int) -> HttpResponse:
    """Close an agency."""
    agency = queries.agency_in_scope(request.scope, number)
    words = Confirmation(
        title=_("Tutup instansi"),
        text=_("Semua peran di %(name)s tidak berlaku lagi. Riwayatnya tetap ada.")
        % {"name": agency.short_name},
        button=_("Tutup instansi"),
        done=_("Instansi ditutup."),
        back=reverse("agencies_page", args=[agency.pk]),
    )

    def close(typed: dict[str, Any]) -> None:
        actions.close_agency(agency.pk, reason=typed["reason"], by=request.actor, at=request.now)

    return confirmed(request, words, ReasonForm(sent(request)), close)


class AreaPicker:
    """The areas chosen so far, carried in the form; its buttons add, drop, search or save."""

    def __init__(self, request: StaffRequest, agency: Any = None) -> None:
        sent = request.POST
        self.own, self.neighbours = sent.getlist("own"), sent.getlist("neighbour")
        if request.method == "GET" and agency is not None:
            areas = list(agency.areas.all())
            self.own = [area.region.code for area in areas if area.relation == "own"]
            self.neighbours = [area.region.code for area in areas if area.relation == "neighbour"]
        _add(self.own, sent.get("add_own"))
        _add(self.neighbours, sent.get("add_neighbour"))
        dropped = sent.get("drop", "")
        self.own = [code for code in self.own if code != dropped]
        self.neighbours = [code for code in self.neighbours if code != dropped]
        self.text = sent.get("search", "")
        self.saving = request.method == "POST" and sent.get("do") == "save"
        self.searched = bool(self.text.strip()) and not self.saving

    @property
    def matches(self) -> list[tuple[str, str]]:
        """Regions that the search text may mean, not chosen yet."""
        if not self.searched:
            return []
        chosen = {*self.own, *self.neighbours}
        found = search_regions(self.text, limit=MOST_MATCHES)
        return [
            (each.region.code, region_label(each.region.key))
            for each in found
            if each.region.code not in chosen
        ]

    @property
    def own_labels(self) -> list[tuple[str, str]]:
        return [(code, _label(code)) for code in self.own]

    @property
    def neighbour_labels(self) -> list[tuple[str, str]]:
        return [(code, _label(code)) for code in self.neighbours]


def _add(codes: list[str], code: str | None) -> None:
    if code and code not in codes:
        codes.append(code)


def _label(code: str) -> str:
    return region_label(region_by_code(code).key)


def _typed(request: StaffRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "") for name in ("name", "short_name", "kind")}


def _areas_of(agency: Any) -> tuple[list[str], list[str]]:
    areas = list(agency.areas.all())
    labels = region_labels({area.region.key for area in areas}) if areas else {}
    own = [labels[area.region.key] for area in areas if area.relation == "own"]
    return own, [labels[area.region.key] for area in areas if area.relation == "neighbour"]


_WRITE = Permission.AGENCY_WRITE
_BOTH = ("GET", "POST")

ROUTES: list[URLPattern] = [
    route("instansi/", agencies, name="agencies", need=Permission.AGENCY_READ, section=SECTION),
    route("instansi/baru/", agency_new, name="agencies_new", need=_WRITE, methods=_BOTH, section=SECTION),
    route(
        "instansi/<int:number>/",
        agency_page,
        name="agencies_page",
        need=Permission.AGENCY_READ,
        section=SECTION,
    ),
    route(
        "instansi/<int:number>/nama/",
        agency_edit,
        name="agencies_edit",
        need=_WRITE,
        methods=_BOTH,
        section=SECTION,
    ),
    route(
        "instansi/<int:number>/wilayah/",
        agency_areas,
        name="agencies_areas",
        need=_WRITE,
        methods=_BOTH,
        section=SECTION,
    ),
    route(
        "instansi/<int:number>/tutup/",
        agency_close,
        name="agencies_close",
        need=_WRITE,
        methods=_BOTH,
        section=SECTION,
    ),
]
