"""Senyap: from which desa news came, which said nil, which are silent; asked with one click. No ranking of people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kentongan.accounts.permissions import Permission
from kentongan.edge.formats import in_zone
from kentongan.edge.problems import Problem
from kentongan.indicators.actions import ask_status_of
from kentongan.indicators.decisions import WORST_FIRST, CoverageState
from kentongan.indicators.queries import AreaCoverage, completeness, coverage, finest, worst_first
from kentongan.intake.actions import send_nil
from kentongan.places.keys import Level, code_of, key_at, key_of, level_of_key, range_of
from kentongan.places.queries import region_by_key
from kentongan.web.forms.reasons import NOT_FOR_THE_FORM
from kentongan.web.routing import StaffRequest, route
from kentongan.web.wording import language, zone_of_reader

WEEK = timedelta(days=6)
# One state, one word, one picture; the state without any data is drawn with the hatch of what is unknown.
STATES: Mapping[CoverageState, tuple[Any, str]] = {
    CoverageState.SILENT: (gettext_lazy("senyap"), "quiet"),
    CoverageState.NEVER: (gettext_lazy("belum pernah"), "minus"),
    CoverageState.NIL: (gettext_lazy("nihil"), "check"),
    CoverageState.NEWS: (gettext_lazy("ada kabar"), "speak"),
}


@dataclass(frozen=True, slots=True)
class Count:
    """How many areas are in one state, with its word and picture."""

    state: str
    word: str
    icon: str
    number: int


@dataclass(frozen=True, slots=True)
class Group:
    """One kecamatan with its desa, or, at the province, one kabupaten with its counts alone."""

    code: str
    name: str
    rows: Sequence[AreaCoverage]
    counts: Sequence[Count]
    unheard: int
    to_ask: int
    url: str = ""


def board(request: StaffRequest) -> HttpResponse:
    """The board, silent ones first; `?lihat=senyap` leaves out who was heard, `?kab=` opens one kabupaten of many."""
    chosen = _regency(request.GET.get("kab", ""))
    rows = [row for row in coverage(request.scope, now=request.now) if _lies_in(row, chosen)]
    silent_only = request.GET.get("lihat") == "senyap"
    places = finest(rows)
    several = len({key_at(row.area.key, Level.REGENCY) for row in places}) > 1
    zone = zone_of_reader(request.actor)
    today = in_zone(request.now, zone).date()
    context = {
        "groups": _regencies(places) if several else _districts(rows, places, silent_only=silent_only),
        "several": several,
        "regency": region_by_key(key_of(chosen)).short_name if chosen else "",
        "kab": chosen or "",
        "silent_only": silent_only,
        "counts": _counts(places),
        "places": len(places),
        "unheard": sum(row.is_unheard for row in places),
        "to_ask": sum(row.is_unheard and row.asked is None for row in places),
        "complete": completeness(request.scope, [range_of(chosen)] if chosen else [], today - WEEK, today),
        "may_ask": not several and request.actor.may(Permission.REPORT_TRIAGE),
        "client_id": uuid4(),
        "zone": zone,
        "now": request.now,
    }
    return render(request, "coverage/board.html", context)


def ask(request: StaffRequest) -> HttpResponse:
    """Ask one desa (`satu`), all unheard ones of a kecamatan (`kecamatan`), or those that are ticked (`wilayah`)."""

    def write() -> str:
        asked = ask_status_of(_wanted(request), by=request.actor, at=request.now)
        return ngettext(
            "Ditanyakan ke %(count)s wilayah. Jawabannya, nihil atau laporan, muncul di sini.",
            "Ditanyakan ke %(count)s wilayah. Jawabannya, nihil atau laporan, muncul di sini.",
            len(asked),
        ) % {"count": len(asked)}

    return _carried_out(request, write)


def nil(request: StaffRequest) -> HttpResponse:
    """Write a nil that somebody said by telephone; the desk stands in the chain, not the one who was called."""

    def write() -> str:
        code = request.POST.get("satu", "")
        sent = send_nil(
            request.actor, area=_key(code), client_id=uuid5(_page_id(request), code), at=request.now
        )
        return _("Nihil tercatat untuk %(place)s.") % {"place": region_by_key(sent.area).short_name}

    return _carried_out(request, write)


def _carried_out(request: StaffRequest, write: Callable[[], str]) -> HttpResponse:
    """Do it and come back to the board, with what was done or what was refused in a sentence."""
    try:
        messages.success(request, write())
    except Problem as problem:
        if problem.status in NOT_FOR_THE_FORM:
            raise
        messages.error(request, problem.sentence(language()))
    kept = {name: request.POST[name] for name in ("kab", "lihat") if request.POST.get(name)}
    return redirect(f"{reverse('coverage')}?{urlencode(kept)}" if kept else reverse("coverage"))


def _wanted(request: StaffRequest) -> list[int]:
    if code := request.POST.get("satu"):
        return [_key(code)]
    if code := request.POST.get("kecamatan"):
        inside = [row for row in coverage(request.scope, now=request.now) if _lies_in(row, _checked(code))]
        return [row.area.key for row in finest(inside) if row.is_unheard and row.asked is None]
    return [_key(code) for code in request.POST.getlist("wilayah")]


def _lies_in(row: AreaCoverage, code: str | None) -> bool:
    return code is None or range_of(code).contains(row.area.key)


def _key(code: str) -> int:
    return key_of(_checked(code))


def _checked(code: str) -> str:
    try:
        key_of(code)
    except ValueError:
        raise Problem("places.region_unknown", value=code[:20]) from None
    return code


def _page_id(request: StaffRequest) -> UUID:
    """The random id of the page that was sent: the same tap twice is one nil."""
    try:
        return UUID(request.POST.get("client_id", ""))
    except ValueError:
        return uuid4()


def _regency(code: str) -> str | None:
    return _checked(code) if code and level_of_key(_key(code)) == Level.REGENCY else None


def _districts(
    rows: Iterable[AreaCoverage], places: Iterable[AreaCoverage], *, silent_only: bool
) -> list[Group]:
    """The kecamatan, those with the most silent desa first; inside, silent first."""
    inside: dict[int, list[AreaCoverage]] = defaultdict(list)
    for row in places:
        if row.is_unheard or not silent_only:
            inside[row.area.district].append(row)
    named = {row.area.key: row.area.name for row in rows if row.area.level == Level.DISTRICT}
    groups = [
        _group(key, named.get(key) or region_by_key(key).short_name, found) for key, found in inside.items()
    ]
    return sorted(groups, key=lambda group: (-_silent(group), -group.unheard, group.code))


def _silent(group: Group) -> int:
    return sum(row.state is CoverageState.SILENT for row in group.rows)


def _regencies(places: Iterable[AreaCoverage]) -> list[Group]:
    inside: dict[int, list[AreaCoverage]] = defaultdict(list)
    for row in places:
        inside[key_at(row.area.key, Level.REGENCY)].append(row)
    return [
        _group(key, region_by_key(key).short_name, found, opens=True) for key, found in sorted(inside.items())
    ]


def _group(key: int, name: str, found: Sequence[AreaCoverage], *, opens: bool = False) -> Group:
    code = code_of(key, level_of_key(key))
    return Group(
        code=code,
        name=name,
        rows=worst_first(found),
        counts=_counts(found),
        unheard=sum(row.is_unheard for row in found),
        to_ask=sum(row.is_unheard and row.asked is None for row in found),
        url=f"{reverse('coverage')}?{urlencode({'kab': code})}" if opens else "",
    )


def _counts(rows: Iterable[AreaCoverage]) -> list[Count]:
    """How many areas are in each state, the worst first; a state nobody is in is left out of a group by the page."""
    numbers = dict.fromkeys(WORST_FIRST, 0)
    for row in rows:
        numbers[row.state] += 1
    return [
        Count(state.value, str(STATES[state][0]), STATES[state][1], numbers[state]) for state in WORST_FIRST
    ]


ROUTES: list[URLPattern] = [
    route("senyap/", board, name="coverage", need=Permission.COVERAGE_READ),
    route(
        "senyap/tanya/",
        ask,
        name="coverage_ask",
        need=Permission.REPORT_TRIAGE,
        methods=("POST",),
        section="coverage",
    ),
    route(
        "senyap/nihil/",
        nil,
        name="coverage_nil",
        need=Permission.REPORT_TRIAGE,
        methods=("POST",),
        section="coverage",
    ),
]
