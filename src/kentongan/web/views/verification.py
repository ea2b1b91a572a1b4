"""Verifikasi: the desk of one event. Every part is a page of its own, so that it works without a script."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from kentongan.accounts.permissions import Permission
from kentongan.audit.queries import entries_about
from kentongan.edge.formats import in_zone
from kentongan.edge.problems import Problem
from kentongan.events.actions import look_at_event
from kentongan.events.queries import event_in
from kentongan.intake.actions import open_photo
from kentongan.intake.queries import copies_count, similar_to
from kentongan.places.queries import time_zone_of
from kentongan.policy import policy_on
from kentongan.verification.actions import (
    add_evidence,
    ask_field_check,
    confirm_verdict,
    dissent_from,
    open_evidence,
    open_verification,
    require_clear_office,
    set_check,
    verify_event,
    withdraw_field_check,
)
from kentongan.verification.queries import all_verdicts_of, field_check_in, lines_of, offices_to_ask
from kentongan.web import verification_desk as desk
from kentongan.web.audit_sentences import in_words
from kentongan.web.forms.reasons import carried_out
from kentongan.web.forms.verification import AskForm, EvidenceForm, GradeForm, SentenceForm
from kentongan.web.routing import StaffRequest, route, scope_of
from kentongan.web.wording import language

NEED = Permission.EVENT_VERIFY
HOURS_TO_ANSWER = 4
MOST_ENTRIES = 60


def workspace(request: StaffRequest, number: int) -> HttpResponse:
    """The desk; `?bagian=` chooses the part. A POST gives the verdict."""
    event = _event(request, number)
    if request.method == "POST":
        return _conclude(request, event)
    look_at_event(event, by=request.actor, at=request.now)
    return _part(request, event, request.GET.get("bagian", ""))


def _event(request: StaffRequest, number: int) -> Any:
    """The event, for a desk that may check it: what is only seen from next door, or accuses the own office, is not."""
    event = event_in(request.scope, number)
    require_clear_office(event, by=request.actor, at=request.now)
    if event.merged_into_id is not None:
        raise Problem("verification.event_merged", number=event.pk, into=event.merged_into_id)
    return event


def _part(request: StaffRequest, event: Any, part: str, *, status: int = 200, **forms: Any) -> HttpResponse:
    part = part if part in _PARTS else ""
    context = {"part": part, **desk.frame_of(request, event)}
    context |= _PARTS[part](request, event, context, forms)
    return render(request, f"verification/{part or 'periksa'}.html", context, status=status)


# --- the three columns


def _columns(
    request: StaffRequest, event: Any, frame: dict[str, Any], forms: dict[str, Any]
) -> dict[str, Any]:
    reported = desk.reported_of(request, event)
    band, source = desk.proposal_of(reported)
    standing = desk.standing_of(request, event)
    waiting = standing["waiting"]
    return {
        "reported": reported,
        "villages": len({each.report.area for each in reported if each.report.area is not None}),
        "checks": desk.check_rows(request, event, frame["lines"], forms.get("check_forms", {})),
        "requests": desk.request_rows(request, event)[:6],
        "band": band,
        "band_source": source,
        "grade_form": forms.get("grade_form") or _grade_form(request, initial={"source_grade": band.letter}),
        "grade_open": "grade_form" in forms or standing["standing"] is None,
        **standing,
        "may_confirm": waiting is not None and waiting["verdict"].given_by != request.actor.audit_name,
        "confirm_form": forms.get("confirm_form") or SentenceForm(auto_id="kukuh_%s"),
        "reopen_form": forms.get("reopen_form") or SentenceForm(auto_id="buka_%s"),
    }


def _grade_form(request: StaffRequest, data: Any = None, **options: Any) -> GradeForm:
    policy = policy_on(request.now.date())
    return GradeForm(data, policy=policy, language=language(), auto_id="nilai_%s", **options)


def _conclude(request: StaffRequest, event: Any) -> HttpResponse:
    form = _grade_form(request, request.POST)

    def write() -> None:
        given = verify_event(event.pk, form.conclusion(), by=request.actor, at=request.now)
        waits = _("Nilai pertama tersimpan. Menunggu orang kedua.")
        messages.success(request, waits if given.needs_second else _("Simpulan tersimpan."))

    if form.is_valid() and carried_out(form, write):
        return redirect("event_verify", number=event.pk)
    return _part(request, event, "", status=422, grade_form=form)


def confirm(request: StaffRequest, number: int, verdict: int) -> HttpResponse:
    """The second person's word."""
    event = _event(request, number)
    form = SentenceForm(request.POST, auto_id="kukuh_%s")

    def write() -> None:
        confirm_verdict(verdict, reason=form.cleaned_data["reason"], by=request.actor, at=request.now)

    if form.is_valid() and carried_out(form, write):
        messages.success(request, _("Simpulan dikukuhkan."))
        return redirect("event_verify", number=event.pk)
    return _part(request, event, "", status=422, confirm_form=form)


def reopen(request: StaffRequest, number: int) -> HttpResponse:
    """Check again what has its verdict."""
    event = _event(request, number)
    form = SentenceForm(request.POST, auto_id="buka_%s")

    def write() -> None:
        open_verification(event.pk, by=request.actor, at=request.now, reason=form.cleaned_data["reason"])

    if form.is_valid() and carried_out(form, write):
        messages.success(request, _("Pemeriksaan dibuka lagi. Simpulan lama tetap tersimpan."))
        return redirect("event_verify", number=event.pk)
    return _part(request, event, "", status=422, reopen_form=form)


def check(request: StaffRequest, number: int, item: str) -> HttpResponse:
    """Write one line."""
    event = _event(request, number)
    if item not in {line.item for line in lines_of(event, on=request.now.date())}:
        raise Problem("verification.item_unknown", value=item[:20])
    form = desk.check_form(request.POST, item)

    def write() -> None:
        said = form.cleaned_data
        set_check(
            event.pk,
            item=item,
            status=said["status"],
            finding=said["finding"],
            by=request.actor,
            at=request.now,
        )

    if form.is_valid() and carried_out(form, write, field="finding"):
        messages.success(request, _("Butir tersimpan."))
        return redirect(reverse("event_verify", args=[event.pk]) + f"#butir-{item}")
    return _part(request, event, "", status=422, check_forms={item: form})


# --- evidence


def _evidence(
    request: StaffRequest, event: Any, frame: dict[str, Any], forms: dict[str, Any]
) -> dict[str, Any]:
    return {
        "rows": desk.evidence_rows(request, event),
        "form": forms.get("form") or _evidence_form(request, event),
    }


def _evidence_form(request: StaffRequest, event: Any, data: Any = None, files: Any = None) -> EvidenceForm:
    photos = [
        (photo.pk, f"LP-{each.report.pk}, {each.source}: {place}")
        for each in desk.reported_of(request, event)
        for place, photo in enumerate(each.photos, start=1)
    ]
    return EvidenceForm(data, files, items=_items(request, event), photos=photos, auto_id="bukti_%s")


def _items(request: StaffRequest, event: Any) -> list[tuple[str, str]]:
    words = desk.item_words(request)
    return [(line.item, words.get(line.item, line.item)) for line in lines_of(event, on=request.now.date())]


def evidence(request: StaffRequest, number: int) -> HttpResponse:
    """Add one piece of evidence."""
    event = _event(request, number)
    form = _evidence_form(request, event, request.POST, request.FILES)

    def write() -> None:
        add_evidence(event.pk, form.piece(), by=request.actor, at=request.now)

    if form.is_valid() and carried_out(form, write):
        messages.success(request, _("Bukti tersimpan."))
        return redirect(_url(event, "bukti"))
    return _part(request, event, "bukti", status=422, form=form)


def evidence_photo(request: StaffRequest, number: int, piece: int) -> HttpResponse:
    """The picture of a piece of evidence; opening it leaves a trace."""
    _event(request, number)
    return _picture(open_evidence(piece, by=request.actor, at=request.now))


def photo(request: StaffRequest, number: int) -> HttpResponse:
    """A photo of a report, for those who sort and check reports; `?kecil=1` is its small picture."""
    small = request.GET.get("kecil") == "1"
    return _picture(open_photo(number, small=small, by=request.actor, at=request.now))


def _picture(content: bytes) -> HttpResponse:
    # The browser keeps no copy, and nothing but a picture can come out of it.
    headers = {"Content-Disposition": "inline", "Content-Security-Policy": "default-src 'none'; sandbox"}
    return HttpResponse(content, content_type="image/jpeg", headers=headers)


# --- similar reports


def _similar(
    request: StaffRequest, event: Any, frame: dict[str, Any], forms: dict[str, Any]
) -> dict[str, Any]:
    scope = scope_of(request, Permission.REPORT_READ)
    reported = desk.reported_of(request, event)
    linked = {each.report.pk for each in reported}
    best: dict[int, Any] = {}
    for each in reported:
        for other in similar_to(each.report, scope, now=request.now):
            known = best.get(other.report.pk)
            if other.report.pk not in linked and (known is None or other.share > known["share"]):
                best[other.report.pk] = {"report": other.report, "share": other.share, "like": each.report.pk}
    rows = sorted(best.values(), key=lambda row: -row["share"])
    for row in rows:
        row["percent"] = round(row["share"] * 100)
    return {
        "reported": reported,
        "copies": copies_count([each.report for each in reported], scope),
        "rows": rows,
    }


# --- requests to offices on the spot


def _requests(
    request: StaffRequest, event: Any, frame: dict[str, Any], forms: dict[str, Any]
) -> dict[str, Any]:
    offices = offices_to_ask(event, on=request.now.date())
    return {
        "rows": desk.request_rows(request, event),
        "form": (forms.get("form") or _ask_form(request, event)) if offices else None,
    }


def _ask_form(request: StaffRequest, event: Any, data: Any = None) -> AskForm:
    offices = offices_to_ask(event, on=request.now.date())
    local = in_zone(request.now, time_zone_of(event.area).key) + timedelta(hours=HOURS_TO_ANSWER)
    initial = {
        "question": desk.question_for(request, event),
        "due_at": local.replace(minute=0, second=0, microsecond=0, tzinfo=None),
        "item": request.GET.get("butir", ""),
        "agency": offices[0].pk if len(offices) == 1 else None,
    }
    return AskForm(
        data,
        agencies=[(office.pk, office.short_name) for office in offices],
        items=_items(request, event),
        initial=initial,
        auto_id="tanya_%s",
    )


def ask(request: StaffRequest, number: int) -> HttpResponse:
    """Ask one office on the spot."""
    event = _event(request, number)
    form = _ask_form(request, event, request.POST)

    def write() -> None:
        local: datetime = form.cleaned_data["due_at"].replace(tzinfo=time_zone_of(event.area))
        ask_field_check(event.pk, form.asked(due=local), by=request.actor, at=request.now)

    if form.is_valid() and carried_out(form, write):
        messages.success(request, _("Pertanyaan terkirim. Jawabannya muncul di sini."))
        return redirect(_url(event, "lapangan"))
    return _part(request, event, "lapangan", status=422, form=form)


def withdraw(request: StaffRequest, number: int, asked: int) -> HttpResponse:
    """Take a question back that nobody has answered."""
    event = _event(request, number)
    found = field_check_in(request.scope, asked)
    withdraw_field_check(found.pk, by=request.actor, at=request.now)
    messages.success(request, _("Pertanyaan ditarik."))
    return redirect(_url(event, "lapangan"))


# --- history


def _history(
    request: StaffRequest, event: Any, frame: dict[str, Any], forms: dict[str, Any]
) -> dict[str, Any]:
    rows = desk.verdict_rows(request, event, list(all_verdicts_of(event)))
    for row in rows:
        number = row["verdict"].pk
        row["own"] = row["verdict"].given_by == request.actor.audit_name
        row["form"] = forms.get("dissent_forms", {}).get(number) or _dissent_form(number)
    entries = in_words(entries_about(f"event:{event.pk}").exclude(action="event.read")[:MOST_ENTRIES])
    clean = desk.cleaner_for(request, event)
    return {"rows": rows, "entries": [replace(entry, reason=clean(entry.reason)) for entry in entries]}


def _dissent_form(number: int, data: Any = None) -> SentenceForm:
    return SentenceForm(data, auto_id=f"beda_{number}_%s")


def dissent(request: StaffRequest, number: int, verdict: int) -> HttpResponse:
    """Say that one does not agree."""
    event = _event(request, number)
    form = _dissent_form(verdict, request.POST)

    def write() -> None:
        dissent_from(verdict, text=form.cleaned_data["reason"], by=request.actor, at=request.now)

    if form.is_valid() and carried_out(form, write):
        messages.success(request, _("Catatan tak sepakat tersimpan di samping simpulan itu."))
        return redirect(_url(event, "riwayat"))
    return _part(request, event, "riwayat", status=422, dissent_forms={verdict: form})


def _url(event: Any, part: str) -> str:
    return reverse("event_verify", args=[event.pk]) + "?" + urlencode({"bagian": part})


_Part = Callable[[StaffRequest, Any, dict[str, Any], dict[str, Any]], dict[str, Any]]
_PARTS: dict[str, _Part] = {
    "": _columns,
    "bukti": _evidence,
    "serupa": _similar,
    "lapangan": _requests,
    "riwayat": _history,
}
_HERE = "peristiwa/<int:number>/periksa/"


def _post(pattern: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
    return route(_HERE + pattern, view, name=name, need=NEED, methods=("POST",), section="events")


ROUTES: list[URLPattern] = [
    route(_HERE, workspace, name="event_verify", need=NEED, methods=("GET", "POST"), section="events"),
    _post("butir/<str:item>/", check, "event_check"),
    _post("kukuhkan/<int:verdict>/", confirm, "event_confirm"),
    _post("buka/", reopen, "event_reverify"),
    _post("bukti/", evidence, "event_evidence"),
    _post("lapangan/", ask, "event_field_check"),
    _post("lapangan/<int:asked>/tarik/", withdraw, "event_field_check_withdraw"),
    _post("tak-sepakat/<int:verdict>/", dissent, "event_dissent"),
    route(
        _HERE + "bukti/<int:piece>/foto/",
        evidence_photo,
        name="event_evidence_photo",
        need=NEED,
        section="events",
    ),
    route("foto/<int:number>/", photo, name="photo", need=NEED, section="reports"),
]
