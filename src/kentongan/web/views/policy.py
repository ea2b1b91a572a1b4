"""Aturan: the dated rules as staff read them, section by section, as they hold on a day; for screen and paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.dateparse import parse_date
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kentongan.accounts.permissions import Permission
from kentongan.edge.formats import in_zone
from kentongan.edge.problems import Problem
from kentongan.policy import Policy, PolicyOnDate, current_policy, policy_on
from kentongan.policy.dated import Dated
from kentongan.web.routing import StaffRequest, route

SECTION = "administration"
Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the rules: its address, its words on tab and page, how many entries it has, what its page needs."""

    slug: str
    tab: Any
    title: Any
    purpose: Any
    size: Callable[[PolicyOnDate], int]
    facts: Callable[[Policy, PolicyOnDate], Facts]


@dataclass(frozen=True, slots=True)
class RuleValue:
    """One dated rule on the chosen day: since when it holds, and which values stand before and after it."""

    code: str
    rule: Dated[Any]
    value: Any
    since: date
    others: tuple[tuple[date, Any], ...]


def _types(policy: Policy, today: PolicyOnDate) -> Facts:
    classes = [(entry, today.types_of_class(code)) for code, entry in today.classes.items()]
    return {"classes": classes, "list": policy.event_types, "referrals": today.referrals}


def _facets(policy: Policy, today: PolicyOnDate) -> Facts:
    facets = [(policy.facets[name], values.values()) for name, values in today.facets.items()]
    lists = [(policy.vocabularies[name], values.values()) for name, values in today.vocabularies.items()]
    return {"facets": facets, "lists": lists}


def _lifecycles(policy: Policy, today: PolicyOnDate) -> Facts:
    machines = []
    for rule in _in_force(policy.lifecycles, today.day):
        machine = today.lifecycles[rule.code]
        rows = [
            (state, [machine.states[code] for code in machine.next_states(name)])
            for name, state in machine.states.items()
        ]
        odd = [(machine.states[a], machine.states[b], only) for (a, b), only in machine.exceptions.items()]
        machines.append((rule, machine, rows, odd))
    return {"machines": machines}


def _alerts(policy: Policy, today: PolicyOnDate) -> Facts:
    rules = {rule.code: rule for rule in _in_force(policy.alert_rules, today.day)}
    levels = [(level, rules.get(code)) for code, level in today.alert_levels.items()]
    office = RuleValue(
        "office_hours", policy.office_hours, today.office_hours, policy.office_hours.since(today.day), ()
    )
    return {
        "levels": levels,
        "disclaimer": today.alert_disclaimer,
        "powers": today.vocabularies.get("approval_power", {}),
        "fields": today.vocabularies.get("alert_field", {}),
        "ladders": _in_force(policy.ladders, today.day),
        "office": office,
        "opens": f"{office.value.opens_minute // 60:02d}.{office.value.opens_minute % 60:02d}",
        "closes": f"{office.value.closes_minute // 60:02d}.{office.value.closes_minute % 60:02d}",
    }


def _severity(policy: Policy, today: PolicyOnDate) -> Facts:
    words = today.facets.get("severity", {})
    anchors = [(anchor, words.get(str(anchor.grade))) for anchor in today.severity]
    return {"anchors": anchors, "rule": policy.severity, "since": policy.severity.since(today.day)}


def _retention(policy: Policy, today: PolicyOnDate) -> Facts:
    return {"rules": _in_force(policy.retention, today.day)}


def _referrals(policy: Policy, today: PolicyOnDate) -> Facts:
    return {
        "targets": today.referrals.values(),
        "list": policy.referrals,
        "matters": today.referral_matters,
        "by_code": today.referrals,
        "desks": today.accused_desks.values(),
        "desk_list": policy.accused_desks,
        "accused": today.facets.get("actor_type", {}),
    }


def _tiles(policy: Policy, today: PolicyOnDate) -> Facts:
    tiles = [(tile, today.types_for_tile(code)) for code, tile in today.report_tiles.items()]
    return {"tiles": tiles, "list": policy.report_tiles}


def _not_incidents(policy: Policy, today: PolicyOnDate) -> Facts:
    return {
        "matters": today.not_incidents.values(),
        "list": policy.not_incidents,
        "referrals": today.referrals,
    }


def _playbooks(policy: Policy, today: PolicyOnDate) -> Facts:
    themes = [(theme, list(theme.on(today.day).values())) for theme in policy.playbooks.values()]
    return {"themes": [(theme, playbooks) for theme, playbooks in themes if playbooks]}


def _thresholds(policy: Policy, today: PolicyOnDate) -> Facts:
    return {"rules": _in_force(policy.thresholds, today.day)}


SECTIONS: tuple[Section, ...] = (
    Section(
        "jenis",
        gettext_lazy("Jenis"),
        gettext_lazy("Jenis peristiwa"),
        gettext_lazy("Pokok pertentangan: satu jenis untuk tiap peristiwa."),
        lambda today: len(today.event_types),
        _types,
    ),
    Section(
        "aspek",
        gettext_lazy("Aspek"),
        gettext_lazy("Aspek dan daftar kata"),
        gettext_lazy("Bentuk, akibat, pihak, pemicu, dan daftar lain."),
        lambda today: len(today.facets) + len(today.vocabularies),
        _facets,
    ),
    Section(
        "alur",
        gettext_lazy("Alur"),
        gettext_lazy("Alur keadaan"),
        gettext_lazy("Keadaan apa boleh mengikuti keadaan apa."),
        lambda today: len(today.lifecycles),
        _lifecycles,
    ),
    Section(
        "peringatan",
        gettext_lazy("Peringatan"),
        gettext_lazy("Tingkat peringatan"),
        gettext_lazy("Bentuk, persetujuan, masa berlaku, tangga."),
        lambda today: len(today.alert_levels),
        _alerts,
    ),
    Section(
        "buku-saku",
        gettext_lazy("Buku saku"),
        gettext_lazy("Buku saku"),
        gettext_lazy("Langkah per jenis peristiwa, dari dialog sampai penegakan hukum."),
        lambda today: len(today.playbooks),
        _playbooks,
    ),
    Section(
        "dampak",
        gettext_lazy("Dampak"),
        gettext_lazy("Dampak 1–5"),
        gettext_lazy("Syarat tiap nilai dampak; orang tetap memutuskan."),
        lambda today: len(today.severity),
        _severity,
    ),
    Section(
        "simpan",
        gettext_lazy("Masa simpan"),
        gettext_lazy("Masa simpan"),
        gettext_lazy("Berapa lama disimpan, dan apa yang terjadi sesudahnya."),
        lambda today: len(today.retention),
        _retention,
    ),
    Section(
        "rujukan",
        gettext_lazy("Rujukan"),
        gettext_lazy("Tujuan rujukan"),
        gettext_lazy("Urusan apa ke mana, dan bila lembaga itu yang dilaporkan."),
        lambda today: len(today.referrals),
        _referrals,
    ),
    Section(
        "ubin",
        gettext_lazy("Ubin"),
        gettext_lazy("Ubin laporan"),
        gettext_lazy("Gambar di HP dan jenis yang disarankannya."),
        lambda today: len(today.report_tiles),
        _tiles,
    ),
    Section(
        "bukan-peristiwa",
        gettext_lazy("Bukan peristiwa"),
        gettext_lazy("Bukan peristiwa"),
        gettext_lazy("Yang tidak pernah menjadi peristiwa."),
        lambda today: len(today.not_incidents),
        _not_incidents,
    ),
    Section(
        "ambang",
        gettext_lazy("Ambang"),
        gettext_lazy("Ambang dan angka"),
        gettext_lazy("Tiap angka dengan satuan, asal, dan siapa memilihnya."),
        lambda today: len(today.thresholds),
        _thresholds,
    ),
)
_BY_SLUG = {section.slug: section for section in SECTIONS}


def contents(request: StaffRequest) -> HttpResponse:
    """The sections with their sizes, and which edition of the rules this is."""
    frame = _frame(request, "")
    today = frame["today"]
    rows = [(section, section.size(today)) for section in SECTIONS]
    return render(request, "policy/contents.html", {**frame, "rows": rows})


def section_page(request: StaffRequest, slug: str) -> HttpResponse:
    """One section as it holds on the chosen day."""
    section = _BY_SLUG.get(slug)
    if section is None:
        raise Problem("web.page_not_found", value=request.path)
    frame = _frame(request, slug)
    facts = section.facts(current_policy(), frame["today"])
    return render(request, f"policy/{slug}.html", {**frame, "section": section, **facts})


def _frame(request: StaffRequest, slug: str) -> dict[str, Any]:
    """The chosen day, clamped to the first day of the rules, and what every page of the rules shows around itself."""
    policy = current_policy()
    typed = request.GET.get("pada", "").strip()
    asked = _day(typed)
    today = in_zone(request.now, "Asia/Jakarta").date()
    day = max(asked or today, policy.first_day)
    note = ""
    if typed and asked is None:
        note = _("Tanggal %(value)s tidak terbaca. Aturan hari ini yang tampil.") % {"value": typed}
    elif asked is not None and asked < policy.first_day:
        note = _("Belum ada aturan pada tanggal itu. Yang tampil berlaku sejak awal.")
    return {
        "policy": policy,
        "today": policy_on(day),
        "day": day,
        "day_note": note,
        "day_query": f"?{urlencode({'pada': day.isoformat()})}" if asked else "",
        "sections": SECTIONS,
        "here": slug,
    }


def _in_force(tables: Mapping[str, Dated[Any]], day: date) -> list[RuleValue]:
    """The rules that hold on a day, each with its other dated values; one that begins later is left out."""
    rules = []
    for code, rule in tables.items():
        if rule.first_day <= day:
            since = rule.since(day)
            others = tuple((start, value) for start, value in sorted(rule.values.items()) if start != since)
            rules.append(RuleValue(code, rule, rule.values[since], since, others))
    return rules


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


ROUTES: list[URLPattern] = [
    route("aturan/", contents, name="policy", need=Permission.POLICY_READ, section=SECTION),
    route(
        "aturan/<slug:slug>/",
        section_page,
        name="policy_section",
        need=Permission.POLICY_READ,
        section=SECTION,
    ),
]
