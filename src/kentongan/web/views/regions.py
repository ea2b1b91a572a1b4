"""Wilayah: find a region however it is spelled, walk the tree, see what is known of one; add another name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern
from django.utils.dateparse import parse_date
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from kentongan.accounts.permissions import Permission
from kentongan.accounts.queries import agencies_covering
from kentongan.edge.problems import Problem
from kentongan.places.actions import add_alias
from kentongan.places.keys import Level, key_at
from kentongan.places.queries import (
    MatchedBy,
    RegionMatch,
    ancestors_of,
    children_of,
    counts_by_level,
    edition,
    in_force,
    islands_of,
    region_by_code,
    region_labels,
    search_regions,
    successors_of,
    zone_label,
)
from kentongan.web.routing import StaffRequest, route

SECTION = "administration"
MOST_FOUND = 40
FEW_ISLANDS = 24
LEVEL_WORDS = {
    Level.PROVINCE: gettext_lazy("provinsi"),
    Level.REGENCY: gettext_lazy("kabupaten/kota"),
    Level.DISTRICT: gettext_lazy("kecamatan"),
    Level.VILLAGE: gettext_lazy("desa/kelurahan"),
}
KIND_WORDS = {
    "provinsi": gettext_lazy("Provinsi"),
    "kabupaten": gettext_lazy("Kabupaten"),
    "kabupaten_administrasi": gettext_lazy("Kabupaten administrasi"),
    "kota": gettext_lazy("Kota"),
    "kota_administrasi": gettext_lazy("Kota administrasi"),
    "kecamatan": gettext_lazy("Kecamatan"),
    "distrik": gettext_lazy("Distrik"),
    "desa": gettext_lazy("Desa"),
    "kelurahan": gettext_lazy("Kelurahan"),
    "desa_adat": gettext_lazy("Desa adat"),
}
WHY_FOUND = {
    MatchedBy.ALIAS: gettext_lazy("nama lain"),
    MatchedBy.BEGINNING: gettext_lazy("awal nama"),
    MatchedBy.PART: gettext_lazy("bagian nama"),
    MatchedBy.SPELLING: gettext_lazy("ejaan mirip"),
}


class AliasForm(forms.Form):
    """Another name that people use for a region."""

    name = forms.CharField(label=gettext_lazy("Nama lain"), max_length=100)
    source = forms.CharField(
        label=gettext_lazy("Dari mana nama ini diketahui"),
        help_text=gettext_lazy("Misalnya: surat camat, sebutan warga, nama sebelum pemekaran"),
        max_length=120,
    )


@dataclass(frozen=True, slots=True)
class Found:
    """One search result: the region with the whole way to it, and why it was found."""

    code: str
    name: str
    path: str
    level: str
    why: str


def regions(request: StaffRequest) -> HttpResponse:
    """Search, or the provinces with the number of their parts."""
    text = request.GET.get("q", "").strip()
    level = request.GET.get("tingkat", "")
    wanted = int(level) if level in {"1", "2", "3", "4"} else None
    loaded = edition()
    facts = {
        "text": text,
        "chosen_level": level,
        "levels": [(str(int(each)), words) for each, words in LEVEL_WORDS.items()],
        "found": found_lines(search_regions(text, level=wanted, limit=MOST_FOUND)) if text else [],
        "most": MOST_FOUND,
        "edition": loaded,
        "counts": [(LEVEL_WORDS[each], number) for each, number in counts_by_level().items()],
        "children": _children(None) if not text else [],
        "child_word": LEVEL_WORDS[Level.REGENCY],
    }
    return render(request, "regions/list.html", facts)


def region(request: StaffRequest, code: str) -> HttpResponse:
    """One region, today or on a day."""
    return _region_page(request, code, AliasForm())


def alias(request: StaffRequest, code: str) -> HttpResponse:
    """Add another name; a refused one stays in the form with its reason."""
    form = AliasForm(request.POST)
    if form.is_valid():
        found = region_by_code(code)
        try:
            add_alias(
                found,
                form.cleaned_data["name"],
                source=form.cleaned_data["source"],
                at=request.now,
                actor=request.actor.audit_name,
            )
        except Problem as problem:
            form.add_error("name", problem.sentence(get_language() or "id"))
        else:
            messages.success(request, _("Nama lain dicatat. Pencarian langsung mengenalnya."))
            return redirect("region", code=found.code)
    return _region_page(request, code, form, status=422)


def _region_page(request: StaffRequest, code: str, form: AliasForm, *, status: int = 200) -> HttpResponse:
    on = _day(request.GET.get("pada", ""))
    found = region_by_code(code, on)
    level = Level(found.level)
    islands = list(islands_of(found)) if level == Level.REGENCY else []
    every_island = request.GET.get("pulau") == "semua"
    facts = {
        "region": found,
        "on": on,
        "kind": KIND_WORDS[found.kind],
        "zone": _zone_word(found),
        "above": ancestors_of(found),
        "parts": _parts(found),
        "children": _children(found) if level < Level.VILLAGE else [],
        "child_word": LEVEL_WORDS[Level(level + 1)] if level < Level.VILLAGE else "",
        "grandchild_word": LEVEL_WORDS[Level(level + 2)] if level < Level.DISTRICT else "",
        "aliases": found.aliases.order_by("name"),
        "successors": successors_of(found),
        "predecessors": [
            each.old for each in found.predecessions.select_related("old").order_by("old__code")
        ],
        "has_islands": level == Level.REGENCY,
        "islands": islands if every_island else islands[:FEW_ISLANDS],
        "island_count": len(islands),
        "agencies": agencies_covering(found.key).order_by("name")
        if request.actor.may(Permission.AGENCY_READ)
        else None,
        "edition": edition(),
        "form": form,
        "may_write": request.actor.may(Permission.REGION_WRITE) and found.valid_to is None,
    }
    return render(request, "regions/region.html", facts, status=status)


def found_lines(matches: Iterable[RegionMatch]) -> list[Found]:
    """Search results with the whole way to each, the names above asked for once for all."""
    rows = list(matches)
    labels = region_labels({key for match in rows for key in _above(match.region)})
    return [_found_line(match, labels) for match in rows]


def _found_line(match: RegionMatch, labels: Mapping[int, str]) -> Found:
    above = [labels[key] for key in _above(match.region)]
    reason = str(WHY_FOUND.get(match.by, ""))
    if match.by is MatchedBy.ALIAS:
        reason = f"{reason}: {match.name}"
    return Found(
        code=match.region.code,
        name=match.region.short_name,
        path=", ".join(above),
        level=str(LEVEL_WORDS[Level(match.region.level)]),
        why=reason,
    )


def _above(found: Any) -> list[int]:
    """Keys whose labels tell the way: a district's label names its regency already."""
    nearest = {Level.VILLAGE: Level.DISTRICT, Level.DISTRICT: Level.REGENCY, Level.REGENCY: Level.PROVINCE}
    steps = []
    level = nearest.get(Level(found.level))
    if level is not None and level > Level.PROVINCE:
        steps.append(key_at(found.key, level))
    if level is not None:
        steps.append(key_at(found.key, Level.PROVINCE))
    return steps


def _children(above: Any) -> Any:
    """The regions right below one, each with the number of its own parts."""
    return children_of(above).annotate(parts=Count("children", filter=Q(children__valid_to=None)))


def _parts(found: Any) -> list[tuple[str, int]]:
    """How many regions of each lower level lie in one."""
    below = in_force().filter(key__in_region=found.range, level__gt=found.level)
    counts = dict(below.values_list("level").annotate(number=Count("pk")))
    return [(str(words), counts.get(level, 0)) for level, words in LEVEL_WORDS.items() if level > found.level]


def _zone_word(found: Any) -> str:
    return zone_label(ZoneInfo(found.time_zone))


def _day(text: str) -> date | None:
    try:
        return parse_date(text.strip())
    except ValueError:
        return None


ROUTES: list[URLPattern] = [
    route("wilayah/", regions, name="regions", need=Permission.REGION_READ, section=SECTION),
    route("wilayah/<str:code>/", region, name="region", need=Permission.REGION_READ, section=SECTION),
    route(
        "wilayah/<str:code>/nama-lain/",
        alias,
        name="region_alias",
        need=Permission.REGION_WRITE,
        methods=("POST",),
        section=SECTION,
    ),
]
