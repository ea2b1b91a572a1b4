"""The decisions of the inbox, one page each: what a key, a button or a plain form sends. A person decides, once.

Carried out, the next report opens by itself and the decision can be taken back for some seconds. Refused, the form
comes back with everything that was typed; where somebody else was first, the page says who, what and when.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern
from django.utils.translation import gettext as _

from kentongan.accounts.permissions import Permission
from kentongan.edge.formats import local_time
from kentongan.edge.transactions import one_transaction
from kentongan.events.actions import create_event, link_report
from kentongan.intake.actions import (
    ask_reporter,
    bring_back_report,
    place_report,
    put_off_report,
    refer_report,
    reopen_report,
    triage_report,
)
from kentongan.intake.queries import report_in
from kentongan.policy import policy_on
from kentongan.verification.actions import link_claim, make_claim
from kentongan.web import inbox_undo
from kentongan.web.forms.inbox import (
    DECLINE,
    ArchiveForm,
    AskForm,
    AttachForm,
    ClaimForm,
    PlaceForm,
    PutOffForm,
    ReferForm,
)
from kentongan.web.forms.reasons import carried_out, refused
from kentongan.web.inbox import View, address_of, following, gist_of, zone_of
from kentongan.web.inbox_context import found_events
from kentongan.web.inbox_item import event_form, kept_words, own_range, refer_targets, reopen_form
from kentongan.web.routing import StaffRequest, route
from kentongan.web.views.inbox import inbox_page
from kentongan.web.wording import language

CONFLICT = 409
MOST_TOGETHER = 30


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision on its way: by which form, what carries it out, and how it is told and taken back."""

    step: str
    form: forms.Form
    write: Callable[[], object]
    words: Callable[[], str]
    undo: str = inbox_undo.SAID
    about: Callable[[], int] = lambda: 0


def make_event(request: StaffRequest, number: int) -> HttpResponse:
    """T: a report, and those like it that were ticked, become one new event."""
    found, together = _asked(request, number)
    form = event_form(request, found, request.POST)
    made: list[Any] = []

    def write() -> None:
        facts = form.facts(gist=gist_of(found))
        owner = _agency(request, Permission.EVENT_WRITE, facts.area)
        made.append(create_event(facts, owner=owner, reports=together, by=request.actor, at=request.now))

    decision = Decision(
        "event", form, write,
        words=lambda: _("%(reports)s menjadi %(event)s.") % {"reports": _named(together), "event": made[0].number},
        undo="event", about=lambda: made[0].pk,
    )  # fmt: skip
    return _decide(request, found, together, decision)


def attach(request: StaffRequest, number: int) -> HttpResponse:
    """G: the reports speak of an event that is there already."""
    found, together = _asked(request, number)
    form = AttachForm(request.POST)
    chosen = _chosen_event(request, form)

    def write() -> None:
        for each in together:
            link_report(chosen, each, by=request.actor, at=request.now)

    decision = Decision(
        "attach", form, write,
        words=lambda: _("%(reports)s digabung ke PR-%(event)04d.") % {"reports": _named(together), "event": chosen},
        undo="link", about=lambda: chosen,
    )  # fmt: skip
    return _decide(request, found, together, decision)


def claim(request: StaffRequest, number: int) -> HttpResponse:
    """K: the reports carry something that is being said; a known claim, or a new one."""
    found, together = _asked(request, number)
    form = ClaimForm(request.POST)
    made: list[Any] = []

    def write() -> None:
        known = form.cleaned_data["claim"]
        if known:
            for each in together:
                made[:] = [link_claim(known, each, by=request.actor, at=request.now)]
            return
        text = form.cleaned_data["text"].strip() or gist_of(found)
        desk = _agency(request, Permission.REPORT_TRIAGE, found.area)
        made.append(
            make_claim(together, text=text, area=found.area, desk=desk, by=request.actor, at=request.now)
        )

    decision = Decision(
        "claim", form, write,
        words=lambda: _("%(reports)s menjadi klaim %(claim)s.") % {"reports": _named(together), "claim": made[0].number},
        undo="claim", about=lambda: made[0].pk,
    )  # fmt: skip
    return _decide(request, found, together, decision)


def ask(request: StaffRequest, number: int) -> HttpResponse:
    """M: a question to the reporter; the report waits on."""
    found, _together = _asked(request, number)
    form = AskForm(request.POST)

    def write() -> None:
        ask_reporter(
            found.pk,
            text=form.words(),
            client_id=form.cleaned_data["client_id"],
            by=request.actor,
            at=request.now,
        )

    def words() -> str:
        return _("Pertanyaan untuk pelapor LP-%(number)s terkirim. Laporan tetap menunggu.") % {
            "number": found.pk
        }

    return _decide(request, found, [found.pk], Decision("ask", form, write, words))


def refer(request: StaffRequest, number: int) -> HttpResponse:
    """R: the matter belongs to another body; or to nobody here, and a person says why."""
    found, together = _asked(request, number)
    form = ReferForm(request.POST, targets=refer_targets(request, found))

    def write() -> None:
        said = form.cleaned_data
        for each in together:
            if said["target"] == DECLINE:
                triage_report(
                    each, outcome="out_of_scope", by=request.actor, at=request.now, reason=said["reason"]
                )
            else:
                refer_report(
                    each,
                    target=said["target"],
                    reference=said["reference"],
                    by=request.actor,
                    at=request.now,
                    reason=said["reason"],
                )

    decision = Decision("refer", form, write, words=lambda: _referred(request, form, together), undo="triage")
    return _decide(request, found, together, decision, field="reason")


def archive(request: StaffRequest, number: int) -> HttpResponse:
    """A: filed away, always with a reason."""
    found, together = _asked(request, number)
    form = ArchiveForm(request.POST)

    def write() -> None:
        for each in together:
            triage_report(each, outcome=form.outcome(), by=request.actor, at=request.now, reason=form.words())

    decision = Decision(
        "archive", form, write,
        words=lambda: _("%(reports)s diarsipkan.") % {"reports": _named(together)}, undo="triage",
    )  # fmt: skip
    return _decide(request, found, together, decision, field="reason")


def put_off(request: StaffRequest, number: int) -> HttpResponse:
    """S: out of the inbox until a moment; it comes back by itself."""
    found, together = _asked(request, number)
    form, zone = PutOffForm(request.POST), zone_of(request)

    def write() -> None:
        until = form.moment(now=request.now, zone=zone)
        for each in together:
            put_off_report(each, until=until, by=request.actor, at=request.now)

    def words() -> str:
        until = local_time(form.moment(now=request.now, zone=zone), zone, language=language())
        return _("%(reports)s ditunda sampai %(until)s.") % {"reports": _named(together), "until": until}

    return _decide(request, found, together, Decision("put_off", form, write, words, undo="put_off"))


def place(request: StaffRequest, number: int) -> HttpResponse:
    """E: where it is, as a person decides; the report stays open."""
    found, _together = _asked(request, number)
    form = PlaceForm(request.POST, within=own_range(request))

    def write() -> None:
        said = form.cleaned_data
        place_report(
            found.pk, area=said["place"], place_note=said["place_note"], by=request.actor, at=request.now
        )

    view = View.of(request.GET)
    if form.is_valid() and carried_out(form, write, field="place"):
        messages.success(request, _("Tempat LP-%(number)s tersimpan.") % {"number": found.pk})
        return redirect(address_of(view, found.pk))
    return inbox_page(request, view, found, status=422, opened="place", refused={"place_form": form})


def undo(request: StaffRequest) -> HttpResponse:
    """Z: take the last decision back while its seconds run."""
    view, last = View.of(request.GET), inbox_undo.standing(request)
    if last is None or not last.can_be_taken_back:
        messages.warning(request, _("Waktu membatalkan sudah habis. Keputusan tetap berlaku."))
        return redirect(address_of(view))
    form = forms.Form({})
    if form.is_valid() and carried_out(form, lambda: inbox_undo.take_back(request, last)):
        messages.success(request, _("Dibatalkan: %(words)s") % {"words": last.words})
    else:
        inbox_undo.forget(request)
        messages.warning(request, " ".join(str(error) for error in form.non_field_errors()))
    return redirect(address_of(view, last.numbers[0]))


def bring_back(request: StaffRequest, number: int) -> HttpResponse:
    """A report that was put off waits again at once."""
    found = report_in(request.scope, number)
    bring_back_report(found.pk, by=request.actor, at=request.now)
    return redirect(address_of(View(), found.pk))


def reopen(request: StaffRequest, number: int) -> HttpResponse:
    """A report that was filed away waits again, with the reason."""
    found, view = report_in(request.scope, number), View.of(request.GET)
    form = reopen_form(request.POST)

    def write() -> None:
        reason = form.cleaned_data["reason"]
        reopen_report(found.pk, by=request.actor, at=request.now, reason=reason)

    if form.is_valid() and carried_out(form, write, field="reason"):
        messages.success(request, _("LP-%(number)s menunggu keputusan lagi.") % {"number": found.pk})
        return redirect(address_of(View(), found.pk))
    return inbox_page(request, view, found, status=422, opened="reopen", refused={"reopen_form": form})


def _asked(request: StaffRequest, number: int) -> tuple[Any, list[int]]:
    """The open report, and the numbers to decide together with it: it first, then those ticked, each once.

    Only what the reader sees counts: a number outside the scope is as unknown here as in the address.
    """
    found = report_in(request.scope, number)
    ticked = [each for each in request.POST.getlist("bersama") if each.isdecimal() and len(each) < 19]
    others = [report_in(request.scope, int(each)).pk for each in ticked[:MOST_TOGETHER]]
    return found, list(dict.fromkeys([found.pk, *others]))


def _decide(
    request: StaffRequest, found: Any, together: list[int], decision: Decision, *, field: str | None = None
) -> HttpResponse:
    """Carry a decision out for all reports or for none, and open the next one; or bring the form back."""
    view, form = View.of(request.GET), decision.form
    if not form.is_valid():
        return _again(request, view, found, decision, status=422)
    next_number = following(request, view, together)

    def write_all() -> None:
        with one_transaction():
            decision.write()

    problem = refused(form, write_all, field=field)
    if problem is not None:
        conflict = problem.sentence(language()) if problem.status == CONFLICT else ""
        return _again(request, view, found, decision, status=CONFLICT if conflict else 422, conflict=conflict)
    inbox_undo.remember(
        request, decision.undo, tuple(together), words=decision.words(), about=decision.about()
    )
    return redirect(address_of(view, next_number))


def _again(
    request: StaffRequest, view: View, found: Any, decision: Decision, *, status: int, conflict: str = ""
) -> HttpResponse:
    """The report with the form as it was sent. Where it is too late, what was typed is shown to be copied."""
    now = report_in(request.scope, found.pk)
    return inbox_page(
        request,
        view,
        now,
        status=status,
        opened=decision.step,
        conflict=conflict,
        kept=kept_words(decision.form) if conflict else None,
        refused={f"{decision.step}_form": decision.form},
    )


def _chosen_event(request: StaffRequest, form: AttachForm) -> int:
    """The number of the event that was picked, or the only one that the words find; 0 with an error on the form."""
    if not form.is_valid():
        return 0
    chosen, words = form.cleaned_data["event"], form.cleaned_data["find"].strip()
    rows = [] if chosen else found_events(request, words)
    if chosen or len(rows) == 1:
        return int(chosen or rows[0].event.pk)
    if not words:
        form.add_error("find", _("Pilih peristiwa, atau tulis nomornya."))
    elif not rows:
        form.add_error(
            "find", _("Tidak ada peristiwa dengan %(words)s. Periksa nomornya.") % {"words": words}
        )
    else:
        found = "; ".join(f"{row.event.number} {row.title}" for row in rows)
        form.add_error("find", _("Ada beberapa: %(found)s. Tulis nomornya.") % {"found": found})
    return 0


def _agency(request: StaffRequest, permission: Permission, area: int | None) -> int:
    """The agency through which the reader decides this."""
    posts = request.actor.posts
    return next((post.agency_id for post in posts if post.may(permission, area)), posts[0].agency_id)


def _named(numbers: list[int]) -> str:
    """ "LP-12" or "LP-12 dan 3 lainnya"."""
    if len(numbers) == 1:
        return f"LP-{numbers[0]}"
    return _("LP-%(first)s dan %(others)s lainnya") % {"first": numbers[0], "others": len(numbers) - 1}


def _referred(request: StaffRequest, form: ReferForm, together: list[int]) -> str:
    target = form.cleaned_data["target"]
    if target == DECLINE:
        return _("%(reports)s dinyatakan di luar kewenangan.") % {"reports": _named(together)}
    body = policy_on(request.now.date()).referrals[target].label.in_language(language())
    return _("%(reports)s dirujuk ke %(body)s.") % {"reports": _named(together), "body": body}


def _post(path: str, view: Callable[..., HttpResponse], name: str, need: Permission) -> URLPattern:
    return route(f"kotak-masuk/{path}", view, name=name, need=need, methods=("POST",), section="reports")


TRIAGE, WRITE = Permission.REPORT_TRIAGE, Permission.EVENT_WRITE
ROUTES: list[URLPattern] = [
    _post("<int:number>/peristiwa/", make_event, "report_event", WRITE),
    _post("<int:number>/gabung/", attach, "report_attach", WRITE),
    _post("<int:number>/klaim/", claim, "report_claim", TRIAGE),
    _post("<int:number>/tanya/", ask, "report_ask", TRIAGE),
    _post("<int:number>/rujuk/", refer, "report_refer", TRIAGE),
    _post("<int:number>/arsip/", archive, "report_archive", TRIAGE),
    _post("<int:number>/tunda/", put_off, "report_put_off", TRIAGE),
    _post("<int:number>/tempat/", place, "report_place", TRIAGE),
    _post("<int:number>/kembalikan/", bring_back, "report_bring_back", TRIAGE),
    _post("<int:number>/buka-lagi/", reopen, "report_reopen", TRIAGE),
    _post("batalkan/", undo, "report_undo", TRIAGE),
]
