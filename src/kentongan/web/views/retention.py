"""Masa simpan: the rules with the runs as proof, for everybody who answers for them; and the keeping of one report.

The counts of the runs are of the whole instance, so they stand before those alone who look after it or over it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kentongan.accounts.permissions import Permission
from kentongan.edge.formats import format_number
from kentongan.intake.actions import erase_report, hold_report, release_hold
from kentongan.intake.queries import report_in
from kentongan.intake.queries.keeping import held_now, holds_of, retention_runs
from kentongan.pipeline.retention import outlook
from kentongan.policy import current_policy
from kentongan.web.audit_sentences import account_names, who
from kentongan.web.forms.reasons import ReasonForm, carried_out
from kentongan.web.routing import StaffRequest, route
from kentongan.web.wording import language, zone_of_reader

SECTION = "administration"
RUNS_ON_A_PAGE = 20
SEES_THE_RUNS = (Permission.AUDIT_UNIT, Permission.HEALTH_READ)
# The rules that the daily run carries out by itself.
DAILY = frozenset(
    {"raw_unverified_report", "disproved_report", "declined_report", "reporter_identity", "media_file"}
)
# What is carried out beside the rules of the policy.
OTHER_RULES: Mapping[str, Any] = {
    "withdrawn_report": gettext_lazy("Laporan yang ditarik pelapornya"),
    "nil_source": gettext_lazy("Pengirim laporan nihil"),
}


class EraseForm(ReasonForm):
    """The reason, and that the person knows it cannot be taken back."""

    sure = forms.BooleanField(label=gettext_lazy("Saya mengerti: isinya tidak dapat dikembalikan."))


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule in words: what, how long, what then; and whether the nightly run carries it out."""

    code: str
    name: str
    kept: str
    then: str
    by_run: bool


@dataclass(frozen=True, slots=True)
class RunLine:
    """One run: when, by which rules, and what each came to."""

    at: datetime
    version: str
    erased: int
    held: int
    rules: tuple[tuple[str, int, int], ...]


def retention(request: StaffRequest) -> HttpResponse:
    """The rules in force today, and the runs that carried them out, newest first."""
    may_see_runs = any(request.actor.may(each) for each in SEES_THE_RUNS)
    page = Paginator(retention_runs(), RUNS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "rules": _rules(request.now),
        "may_see_runs": may_see_runs,
        "page": page if may_see_runs else None,
        "runs": [_run_line(run) for run in page.object_list] if may_see_runs else [],
        "held": held_now() if may_see_runs else 0,
        "zone": zone_of_reader(request.actor),
    }
    return render(request, "retention/retention.html", context)


def report_keep(request: StaffRequest, number: int) -> HttpResponse:
    """How long one report is kept, what holds it, and the ways to erase or hold it."""
    return _keep_page(request, report_in(request.scope, number))


def report_erase(request: StaffRequest, number: int) -> HttpResponse:
    """Erase the content, for a reason that stays on the tombstone."""
    return _done(
        request,
        number,
        _erase_form(request.POST),
        name="erase_form",
        write=lambda reason: erase_report(number, why=reason, by=request.actor, at=request.now),
        told=_("Isi LP-%(number)s dihapus. Yang tersisa hanya tanda hapusnya."),
    )


def report_hold(request: StaffRequest, number: int) -> HttpResponse:
    """Hold the report beyond every period."""
    return _done(
        request,
        number,
        _hold_form(request.POST),
        name="hold_form",
        write=lambda reason: hold_report(number, reason=reason, by=request.actor, at=request.now),
        told=_("LP-%(number)s ditahan. Masa simpan berhenti sampai Anda mencabutnya."),
    )


def report_hold_lift(request: StaffRequest, number: int) -> HttpResponse:
    """Lift the hold: the ordinary periods count again."""
    return _done(
        request,
        number,
        _lift_form(request.POST),
        name="lift_form",
        write=lambda reason: release_hold(number, reason=reason, by=request.actor, at=request.now),
        told=_("Penahanan LP-%(number)s dicabut. Masa simpan biasa berlaku lagi."),
    )


def _done(
    request: StaffRequest,
    number: int,
    form: ReasonForm,
    *,
    name: str,
    write: Callable[[str], object],
    told: str,
) -> HttpResponse:
    found = report_in(request.scope, number)
    if form.is_valid() and carried_out(form, lambda: write(form.cleaned_data["reason"]), field="reason"):
        messages.success(request, told % {"number": number})
        return redirect("report_keep", number=number)
    return _keep_page(request, found, status=422, **{name: form})


def _keep_page(
    request: StaffRequest, found: Any, *, status: int = 200, **refused: ReasonForm
) -> HttpResponse:
    holds = list(holds_of(found))
    held = next((hold for hold in holds if hold.lifted_at is None), None)
    gone = found.erased_on is not None
    names = account_names(name for hold in holds for name in (hold.placed_by, hold.lifted_by))
    ending = None if gone else outlook(found, at=request.now)
    context = {
        "report": found,
        "gone": gone,
        "held": held,
        "holds": [
            (hold, who(hold.placed_by, names), who(hold.lifted_by, names) if hold.lifted_by else "")
            for hold in holds
        ],
        "ending": ending,
        "rule": _rule_name(ending.rule) if ending else "",
        "zone": zone_of_reader(request.actor),
        "erase_form": None if gone or held else _erase_form(),
        "hold_form": None if gone or held else _hold_form(),
        "lift_form": _lift_form() if held else None,
        **refused,
    }
    return render(request, "retention/report.html", context, status=status)


def _erase_form(data: Any = None) -> EraseForm:
    hint = _("Tinggal pada tanda hapus dan dibaca pelapor lewat kode terimanya. Jangan ulangi isi laporan.")
    return EraseForm(data, auto_id="hapus_%s", hint=hint)


def _hold_form(data: Any = None) -> ReasonForm:
    hint = _("Siapa meminta, surat nomor berapa. Nama Anda tercatat sebagai penanggung jawab.")
    return ReasonForm(data, auto_id="tahan_%s", hint=hint)


def _lift_form(data: Any = None) -> ReasonForm:
    return ReasonForm(data, auto_id="cabut_%s", hint=_("Mengapa tidak perlu ditahan lagi."))


def _rules(now: datetime) -> list[RuleLine]:
    today = now.date()
    words = language()
    return [
        RuleLine(
            code=code,
            name=rule.label.in_language(words),
            kept=_kept_words(rule.on(today), words),
            then=rule.on(today).then.in_language(words),
            by_run=code in DAILY,
        )
        for code, rule in current_policy().retention.items()
        if rule.first_day <= today
    ]


def _kept_words(value: Any, words: str) -> str:
    since = value.counted_from.in_language(words)
    amount = format_number(value.amount, language=words) if value.amount is not None else ""
    if value.ends == "after_days":
        return _("%(amount)s hari sejak %(since)s") % {"amount": amount, "since": since}
    if value.ends == "after_hours":
        return _("%(amount)s jam sejak %(since)s") % {"amount": amount, "since": since}
    if value.ends == "until_lifted":
        return _("sampai dicabut, sejak %(since)s") % {"since": since}
    return _("mengikuti %(since)s") % {"since": since}


def _run_line(run: Any) -> RunLine:
    rules = tuple(
        (_rule_name(code), int(each["erased"]), int(each["held"]))
        for code, each in run.counts.items()
        if each["erased"] or each["held"]
    )
    return RunLine(
        at=run.ran_at,
        version=run.policy_version,
        erased=sum(erased for _name, erased, _held in rules),
        held=sum(held for _name, _erased, held in rules),
        rules=rules,
    )


def _rule_name(code: str) -> str:
    rule = current_policy().retention.get(code)
    return rule.label.in_language(language()) if rule is not None else str(OTHER_RULES.get(code, code))


def _keep(pattern: str, view: Callable[..., HttpResponse], name: str, method: str) -> URLPattern:
    return route(pattern, view, name=name, need=Permission.REPORT_KEEP, methods=(method,), section="reports")


ROUTES: list[URLPattern] = [
    route(
        "administrasi/masa-simpan/",
        retention,
        name="retention",
        need=Permission.POLICY_READ,
        section=SECTION,
    ),
    _keep("kotak-masuk/<int:number>/simpan/", report_keep, "report_keep", "GET"),
    _keep("kotak-masuk/<int:number>/hapus/", report_erase, "report_erase", "POST"),
    _keep("kotak-masuk/<int:number>/tahan/", report_hold, "report_hold", "POST"),
    _keep("kotak-masuk/<int:number>/cabut-penahanan/", report_hold_lift, "report_hold_lift", "POST"),
]
