"""Kinerja sistem: how long each link of the chain takes, what alerts became; never a count of anybody's reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kentongan.accounts.labels import Label
from kentongan.accounts.permissions import Permission
from kentongan.documents.actions import export_performance
from kentongan.documents.decisions.performance import Measured, Share
from kentongan.documents.decisions.periods import Span, earlier, period_of, so_far
from kentongan.documents.decisions.tables import Sheet, Value
from kentongan.documents.queries.performance import Part, Performance, measuring_scope, performance
from kentongan.edge.formats import format_age, format_number, in_zone, local_time
from kentongan.edge.problems import Problem
from kentongan.indicators.queries import own_ranges
from kentongan.places.queries import region_by_key, time_zone_of
from kentongan.policy import policy_on
from kentongan.web.recap_view import period_words, share_words
from kentongan.web.routing import StaffRequest, route
from kentongan.web.table_files import table_file
from kentongan.web.wording import language

LINK_WORDS = {
    "looked": gettext_lazy("Laporan masuk → keputusan pertama"),
    "judged": gettext_lazy("→ putusan verifikasi"),
    "warned": gettext_lazy("→ peringatan terbit"),
    "acknowledged": gettext_lazy("→ diterima instansi"),
    "accepted": gettext_lazy("→ tugas pertama diambil"),
    "acted": gettext_lazy("→ tindakan pertama selesai"),
    "ended": gettext_lazy("→ hasil akhir dicatat"),
}
SPANS = {
    Span.MONTH: gettext_lazy("Bulan ini"),
    Span.THREE_MONTHS: gettext_lazy("3 bulan terakhir"),
    Span.YEAR: gettext_lazy("Tahun ini"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One figure in words, now and before."""

    name: str
    value: str
    more: str
    before: str


def page(request: StaffRequest) -> HttpResponse:
    """The figures of a period beside those of the one before."""
    return render(request, "performance/performance.html", _context(request))


def file(request: StaffRequest, slug: str) -> HttpResponse:
    """The same figures to take away; the taking away is recorded first."""
    context = _context(request)
    place = context["region"]
    export_performance(
        area=place.key,
        query=context["span"],
        rows=len(context["lines"]),
        form=slug,
        by=request.actor,
        at=request.now,
    )
    return table_file(slug, [_sheet(request, context)], name=f"kinerja_{place.code}", at=request.now)


def _context(request: StaffRequest) -> dict[str, Any]:
    scope = measuring_scope(request.actor)
    if request.area is not None:
        scope = scope.within(request.area)
    ranges = own_ranges(scope)
    if not ranges:
        raise Problem("documents.recap_no_area")
    region = region_by_key(ranges[0].low)
    zone, policy = time_zone_of(region.key).key, policy_on(request.now.date())
    today = in_zone(request.now, zone).date()
    wanted = request.GET.get("rentang", "")
    span = Span(wanted) if wanted in {each.value for each in SPANS} else Span.THREE_MONTHS
    period = so_far(period_of(span, on=today), today=today)
    fewest = int(policy.thresholds["performance_fewest"])
    within = timedelta(hours=policy.thresholds["verification_hours"])
    now, before = (
        performance(scope, region, each, fewest=fewest, verify_within=within, now=request.now)
        for each in (period, earlier(period))
    )
    return {
        "region": region,
        "place": region.short_name,
        "span": span.value,
        "spans": [(str(word), f"?rentang={each.value}", each is span) for each, word in SPANS.items()],
        "period": period_words(period),
        "compared": period_words(earlier(period)),
        "cut_off": request.now,
        "zone": zone,
        "fewest": fewest,
        "now": now,
        "lines": _lines(now, before),
        "by_area": [_part_line(part, part.name) for part in now.by_area],
        "by_type": [_part_line(part, _type_name(part, policy)) for part in now.by_type],
    }


def _lines(now: Performance, before: Performance) -> list[Line]:
    then = dict(before.links)
    made = [
        Line(str(LINK_WORDS[name]), _time(found), _more(found), _time(then[name]))
        for name, found in now.links
    ]
    shares = (
        (_("Terverifikasi dalam batas waktu"), now.verified_in_time, before.verified_in_time),
        (_("Diterima sebelum anak tangga pertama"), now.acknowledged_in_time, before.acknowledged_in_time),
        (_("Peringatan yang punya hasil akhir"), now.alerts_with_outcome, before.alerts_with_outcome),
    )
    made += [Line(name, _percent(one), _of(one), _percent(other)) for name, one, other in shares]
    counts = (
        (_("Alarm palsu"), now.alarms["false"], before.alarms["false"]),
        (_("Dicegah: ada tindakan, tidak terjadi"), now.alarms["prevented"], before.alarms["prevented"]),
        (_("Luput: tanpa potensi dan peringatan"), now.misses, before.misses),
    )
    made += [Line(name, _number(one), "", _number(other)) for name, one, other in counts]
    heard = (share_words(now.complete), share_words(before.complete))
    return [*made, Line(_("Kelengkapan kabar"), heard[0], _of_heard(now), heard[1])]


def _time(found: Measured) -> str:
    if found.median is None:
        return _("belum cukup data, n = %(n)s") % {"n": found.n}
    return format_age(found.median, language=language())


def _more(found: Measured) -> str:
    said = _("n = %(n)s, belum ada %(missing)s") % {"n": found.n, "missing": found.missing}
    if found.p90 is None:
        return said
    return _("p90 %(p90)s, %(said)s") % {"p90": format_age(found.p90, language=language()), "said": said}


def _percent(found: Share) -> str:
    if found.percent is None:
        return _("belum cukup data, n = %(n)s") % {"n": found.whole}
    return f"{_number(round(found.percent))} %"


def _of(found: Share) -> str:
    return _("%(part)s dari %(whole)s") % {"part": _number(found.part), "whole": _number(found.whole)}


def _of_heard(found: Performance) -> str:
    return _("%(part)s dari %(whole)s") % {
        "part": _number(found.complete.heard),
        "whole": _number(found.complete.expected),
    }


def _number(value: int) -> str:
    return format_number(value, language=language())


def _part_line(part: Part, name: str) -> tuple[str, Sequence[tuple[str, str]]]:
    found = (part.looked, part.judged, part.warned, part.acknowledged)
    return name, [(_time(each), _more(each)) for each in found]


def _type_name(part: Part, policy: Any) -> str:
    group = policy.classes.get(part.key)
    return group.label.in_language(language()) if group else part.name


def _sheet(request: StaffRequest, context: dict[str, Any]) -> Sheet:
    rows: list[Sequence[Value]] = [
        [line.name, line.value, line.more, line.before] for line in context["lines"]
    ]
    for name, found in [*context["by_area"], *context["by_type"]]:
        rows.append([_("Putusan, %(name)s") % {"name": name}, found[1][0], found[1][1], None])
    cut_off = local_time(request.now, context["zone"], language=language())
    return Sheet(
        name=_("Kinerja sistem"),
        title=_("Kinerja sistem %(place)s, %(period)s")
        % {"place": context["place"], "period": context["period"]},
        label=Label(Label.INTERNAL).word,
        facts=[
            (_("Batas data"), cut_off),
            (_("Dibandingkan dengan"), context["compared"]),
            (_("Diunduh"), f"{request.actor.name}, {cut_off}"),
        ],
        head=[_("Ukuran"), _("Median atau bagian"), _("Rincian"), _("Masa sebelumnya")],
        rows=rows,
    )


ROUTES: list[URLPattern] = [
    route("laporan/kinerja/", page, name="performance", need=Permission.PERFORMANCE_READ),
    route(
        "laporan/kinerja/berkas/<slug:slug>/",
        file,
        name="performance_file",
        need=Permission.PERFORMANCE_READ,
        section="performance",
    ),
]
