"""Siapa melihat apa: the own looks for everybody, the unit for its head, the whole chain for the overseer."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, reverse
from django.utils.dateparse import parse_date
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kentongan.accounts.permissions import Permission
from kentongan.accounts.scopes import Sight
from kentongan.audit.queries import all_entries, current_head, entries_about, entries_by
from kentongan.edge.problems import Problem
from kentongan.pipeline.actions import CHAIN_CHECKED, LONGEST_CHECK, check_chain
from kentongan.web.audit_sentences import SENTENCES, EntryLine, in_words
from kentongan.web.routing import StaffRequest, route

SECTION = "audit_own"
PAGE_ROWS = 50
ZONE = ZoneInfo("Asia/Jakarta")
MOST_NUMBER = 2**63
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(9000, 1, 1)


def own(request: StaffRequest) -> HttpResponse:
    """What the reader has looked at and done: always visible to the one it is about."""
    facts = {
        "listing": Listing.of(entries_by(request.actor.audit_name), request.GET),
        "empty": _("Belum ada jejak Anda"),
    }
    return render(request, "audit/own.html", facts | _tabs(request, "audit_own"))


def unit(request: StaffRequest) -> HttpResponse:
    """What happened in the areas of the reader's unit, by whomever."""
    seen = all_entries().filter(request.scope.matching(_in_own_area))
    facts = {"listing": Listing.of(seen, request.GET), "empty": _("Belum ada jejak di wilayah ini")}
    return render(request, "audit/unit.html", facts | _tabs(request, "audit_unit"))


def everything(request: StaffRequest) -> HttpResponse:
    """The whole chain with filters, and the state of the chain itself."""
    chosen = Chosen.of(request.GET)
    facts = {
        "listing": Listing.of(chosen.applied(all_entries()), request.GET, query=chosen.query),
        "empty": _("Tidak ada catatan dengan saringan ini"),
        "chosen": chosen,
        "actions": sorted(
            ((code, str(words)) for code, words in SENTENCES.items()), key=lambda pair: pair[1]
        ),
        **_chain_state(),
    }
    return render(request, "audit/all.html", facts | _tabs(request, "audit_all"))


def check(request: StaffRequest) -> HttpResponse:
    """Check the chain now; the result is an entry of its own."""
    done = check_chain(by=request.actor, at=request.now)
    if done.fault is None:
        messages.success(request, _("Rantai utuh: %(count)s catatan diperiksa.") % {"count": done.entries})
    else:
        fault = Problem(done.fault.kind, seq=done.fault.seq, other=done.fault.other)
        messages.error(request, fault.sentence(get_language() or "id"))
    return redirect("audit_all")


def entry(request: StaffRequest, seq: int) -> HttpResponse:
    """One entry with everything it says, if it is the reader's own or lies within what the reader may see."""
    found = all_entries().filter(seq=seq).filter(_visible_to(request)).first()
    if found is None:
        raise Problem("web.page_not_found", value=request.path)
    others = in_words(entries_about(found.subject).filter(_visible_to(request))[:10]) if found.subject else []
    facts = {
        "entry": found,
        "line": in_words([found])[0],
        "detail": [(name, _shown(value)) for name, value in sorted(found.detail.items())],
        "others": [line for line in others if line.seq != found.seq],
    }
    return render(request, "audit/entry.html", facts | _tabs(request, ""))


def _shown(value: object) -> str:
    """A detail as text: lists by their parts, nothing as a dash, a nested value as it was written."""
    if value is None or value in ([], {}, ""):
        return "–"
    if isinstance(value, list):
        return ", ".join(_shown(each) for each in value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | bool) else str(value)


def _visible_to(request: StaffRequest) -> Q:
    actor = request.actor
    if actor.may(Permission.AUDIT_ALL):
        return Q()
    mine = Q(actor=actor.audit_name)
    if actor.may(Permission.AUDIT_UNIT):
        mine |= actor.scope_for(Permission.AUDIT_UNIT).matching(_in_own_area)
    return mine


def _in_own_area(sight: Sight) -> Q:
    """Entries of the unit's areas. The chain keeps plain numbers, so the ranges are compared as numbers."""
    inside = Q(pk__in=[])
    if not sight.addressed_only:
        for part in sight.own:
            inside |= Q(area__gte=part.low, area__lt=part.high)
    return inside


def _tabs(request: StaffRequest, here: str) -> dict[str, object]:
    tabs = (
        ("audit_own", _("Jejak saya"), Permission.AUDIT_OWN),
        ("audit_unit", _("Wilayah saya"), Permission.AUDIT_UNIT),
        ("audit_all", _("Seluruh rantai"), Permission.AUDIT_ALL),
    )
    return {
        "tabs_row": [
            (reverse(name), text, name == here) for name, text, need in tabs if request.actor.may(need)
        ]
    }


def _chain_state() -> dict[str, object]:
    """The chain's end and the last check that a person asked for."""
    head = current_head()
    return {
        "head": head,
        "too_long": head is not None and head.seq > LONGEST_CHECK,
        "last_check": all_entries().filter(action=CHAIN_CHECKED).first(),
    }


@dataclass(frozen=True, slots=True)
class Chosen:
    """The filters of the whole chain, as typed; what cannot be read is left out."""

    action: str
    actor: str
    subject: str
    start: date | None
    end: date | None

    @classmethod
    def of(cls, typed: Mapping[str, str]) -> Chosen:
        return cls(
            action=typed.get("tindakan", "").strip(),
            actor=typed.get("pelaksana", "").strip(),
            subject=typed.get("tentang", "").strip(),
            start=_day(typed.get("dari", "")),
            end=_day(typed.get("sampai", "")),
        )

    @property
    def query(self) -> str:
        named = {
            "tindakan": self.action,
            "pelaksana": self.actor,
            "tentang": self.subject,
            "dari": self.start.isoformat() if self.start else "",
            "sampai": self.end.isoformat() if self.end else "",
        }
        return urlencode({name: value for name, value in named.items() if value})

    def applied(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Only the rows that fit every filter given; a period counts whole days of western Indonesia."""
        exact = {"action": self.action, "actor": self.actor, "subject": self.subject}
        rows = rows.filter(**{name: value for name, value in exact.items() if value})
        if self.start:
            rows = rows.filter(at__gte=_midnight(self.start))
        if self.end:
            rows = rows.filter(at__lt=_midnight(self.end + timedelta(days=1)))
        return rows


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of entries, newest first, cut by chain number: a page stays the same while the chain grows."""

    lines: Sequence[EntryLine]
    older: str
    newest: str

    @classmethod
    def of(cls, rows: QuerySet[Any], typed: Mapping[str, str], *, query: str = "") -> Listing:
        before = typed.get("sebelum", "")
        if before.isdigit() and int(before) < MOST_NUMBER:
            rows = rows.filter(seq__lt=int(before))
        found = list(rows[: PAGE_ROWS + 1])
        shown = found[:PAGE_ROWS]
        more = f"sebelum={shown[-1].seq}" if len(found) > PAGE_ROWS else ""
        return cls(
            lines=in_words(shown),
            older=f"?{query}&{more}" if query and more else f"?{more}" if more else "",
            newest=f"?{query}" if before else "",
        )


def _day(text: str) -> date | None:
    """A day of the calendar that this instance can hold; the last day there is has no day after it."""
    try:
        day = parse_date(text.strip())
    except ValueError:
        return None
    return day if day is not None and FIRST_DAY <= day <= LAST_DAY else None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=ZONE)


ROUTES: list[URLPattern] = [
    route("siapa-melihat-apa/", own, name="audit_own", need=Permission.AUDIT_OWN),
    route("siapa-melihat-apa/wilayah/", unit, name="audit_unit", need=Permission.AUDIT_UNIT, section=SECTION),
    route(
        "siapa-melihat-apa/semua/", everything, name="audit_all", need=Permission.AUDIT_ALL, section=SECTION
    ),
    route(
        "siapa-melihat-apa/periksa/",
        check,
        name="audit_check",
        need=Permission.AUDIT_ALL,
        methods=("POST",),
        section=SECTION,
    ),
    route(
        "siapa-melihat-apa/<int:seq>/", entry, name="audit_entry", need=Permission.AUDIT_OWN, section=SECTION
    ),
]
