"""Ringkasan pimpinan: one page for the leader, made by the desk in one click, with the answers to what it asks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kentongan.accounts.labels import Label
from kentongan.accounts.permissions import Permission
from kentongan.alerts.queries import alerts_in
from kentongan.documents.actions import answer_request, issue_brief
from kentongan.documents.decisions.brief import SECTIONS, brief_text
from kentongan.documents.queries import brief_in, briefs_in
from kentongan.edge.formats import local_time
from kentongan.events.queries import events_in
from kentongan.places.queries import region_by_key, region_label, time_zone_of
from kentongan.policy import policy_on
from kentongan.response.queries import tasks_in
from kentongan.web.forms.choices import set_choices
from kentongan.web.forms.reasons import carried_out
from kentongan.web.routing import StaffRequest, route, scope_of
from kentongan.web.wording import language

SECTION = "briefs"
MOST_EARLIER = 5
TITLES = {
    "changed": gettext_lazy("Yang berubah"),
    "calmer": gettext_lazy("Yang mereda"),
    "unknown": gettext_lazy("Yang belum diketahui"),
    "who": gettext_lazy("Siapa berbuat apa"),
    "asked": gettext_lazy("Yang kami minta"),
    "next": gettext_lazy("Minggu depan"),
}
EMPTY = {
    "changed": gettext_lazy("Tidak ada perubahan tingkat atau kejadian baru yang terverifikasi."),
    "calmer": gettext_lazy("Belum ada yang dinyatakan mereda."),
    "unknown": gettext_lazy("Tidak ada kabar berat yang menunggu pemeriksaan, dan tidak ada wilayah senyap."),
    "who": gettext_lazy("Tidak ada tugas yang berjalan."),
    "next": gettext_lazy("Tidak ada rencana atau kesiagaan yang tercatat."),
}


class BriefForm(forms.Form):
    """Which area, and what the head of division asks: one decision a line."""

    area = forms.TypedChoiceField(label=gettext_lazy("Wilayah"), coerce=int)
    requests = forms.CharField(
        label=gettext_lazy("Yang kami minta"),
        help_text=gettext_lazy("Satu permintaan per baris, paling banyak lima. Boleh kosong."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, data: object, *, areas: list[tuple[int, str]], may_ask: bool, **options: object
    ) -> None:
        super().__init__(data, **options)  # type: ignore[arg-type]
        set_choices(self, "area", areas)
        if not may_ask:
            del self.fields["requests"]


def newest(request: StaffRequest) -> HttpResponse:
    """The newest brief of the reader's areas; for the desk also the form for the next."""
    form = _form(request) if request.actor.may(Permission.DOCUMENT_MAKE) else None
    return _page(request, briefs_in(request.scope).first(), form=form)


def brief(request: StaffRequest, number: int) -> HttpResponse:
    return _page(request, brief_in(request.scope, number), form=None)


def make(request: StaffRequest) -> HttpResponse:
    """Freeze the brief of an area as it stands now."""
    form = _form(request, request.POST)
    made: list[Any] = []

    def write() -> None:
        said = form.cleaned_data
        asked = said.get("requests", "").splitlines()
        made.append(issue_brief(area=said["area"], requests=asked, by=request.actor, at=request.now))

    if not (form.is_valid() and carried_out(form, write)):
        found = briefs_in(scope_of(request, Permission.DOCUMENT_READ)).first()
        return _page(request, found, form=form, status=422)
    messages.success(request, _("Ringkasan disusun. Pimpinan dapat membacanya sekarang."))
    return redirect("brief", number=made[0].pk)


def answer(request: StaffRequest, number: int) -> HttpResponse:
    """Setuju or Tanya."""
    row = answer_request(
        number,
        answer=request.POST.get("answer", ""),
        note=request.POST.get("note", ""),
        by=request.actor,
        at=request.now,
    )
    messages.success(request, _("Jawaban tercatat dan dibaca Kabid."))
    return redirect("brief", number=row.brief_id)


def _page(request: StaffRequest, found: Any, *, form: BriefForm | None, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"brief": found, "form": form}
    if found is not None:
        zone = time_zone_of(found.area).key
        asked = list(found.requests.all())
        place = region_label(found.area)
        context |= {
            "place": place,
            "zone": zone,
            "label_word": Label(found.label).word,
            "sections": [(name, TITLES[name], _lines(request, found, name)) for name in SECTIONS],
            "asked": asked,
            "titles": TITLES,
            "empty": EMPTY,
            "may_answer": request.actor.may(Permission.BRIEF_ANSWER, found.area),
            "disclaimer": policy_on(request.now.date()).alert_disclaimer.in_language(language()),
            "text": brief_text(
                found.lines,
                place=place,
                cut_off=local_time(found.cut_off, zone),
                label=Label(found.label).word,
                asked=[row.text for row in asked],
            ),
            "earlier": [
                each
                for each in briefs_in(scope_of(request, Permission.DOCUMENT_READ))[: MOST_EARLIER + 1]
                if each.pk != found.pk
            ],
        }
    return render(request, "briefs/brief.html", context, status=status)


def _lines(request: StaffRequest, found: Any, name: str) -> list[dict[str, Any]]:
    """The lines of a section, each with the address of its row where this reader may open it."""
    lines = found.lines.get(name, [])
    opened = _openable(request, [(line["kind"], line["pk"]) for line in lines])
    return [{**line, "url": opened.get((line["kind"], line["pk"]), "")} for line in lines]


def _openable(request: StaffRequest, rows: list[tuple[str, int]]) -> dict[tuple[str, int], str]:
    readers: dict[str, tuple[Permission, Any]] = {
        "event": (Permission.EVENT_READ, events_in),
        "alert": (Permission.ALERT_READ, alerts_in),
        "task": (Permission.TASK_READ, tasks_in),
    }
    found: dict[tuple[str, int], str] = {}
    for kind, (need, reader) in readers.items():
        numbers = [pk for each, pk in rows if each == kind]
        if numbers and request.actor.may(need):
            seen = reader(scope_of(request, need)).filter(pk__in=numbers).values_list("pk", flat=True)
            found |= {(kind, pk): reverse(kind, args=[pk]) for pk in seen}
    if any(kind == "silent" for kind, _pk in rows) and request.actor.may(Permission.COVERAGE_READ):
        found[("silent", 0)] = f"{reverse('coverage')}?lihat=senyap"
    return found


def _form(request: StaffRequest, data: object = None) -> BriefForm:
    ranges = sorted(
        {part for sight in scope_of(request, Permission.DOCUMENT_MAKE).sights for part in sight.own}
    )
    areas = [(part.low, str(region_by_key(part.low).short_name)) for part in ranges]
    return BriefForm(data, areas=areas, may_ask=request.actor.may(Permission.ALERT_APPROVE_SIAGA))


ROUTES: list[URLPattern] = [
    route("ringkasan/", newest, name="briefs", need=Permission.DOCUMENT_READ, section=SECTION),
    route("ringkasan/<int:number>/", brief, name="brief", need=Permission.DOCUMENT_READ, section=SECTION),
    route(
        "ringkasan/susun/",
        make,
        name="brief_make",
        need=Permission.DOCUMENT_MAKE,
        methods=("POST",),
        section=SECTION,
    ),
    route(
        "ringkasan/jawab/<int:number>/",
        answer,
        name="brief_answer",
        need=Permission.BRIEF_ANSWER,
        methods=("POST",),
        section=SECTION,
    ),
]
