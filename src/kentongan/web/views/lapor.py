"""Lapor: the report form, public and for the field, and the one address that takes what it sends.

The whole form is one page with seven short steps; the page's script shows one at a time and needs no network between
them. Without script every "Lanjut" posts the form back and the server shows the next step of the same page. Sending
writes no view audit, no address and no account beside the report; a sender without account needs no cookie.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.shortcuts import render
from django.urls import URLPattern, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.crypto import salted_hmac
from django.utils.translation import activate
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page

from kentongan.edge.formats import format_weekday_date
from kentongan.edge.problems import Problem
from kentongan.intake.actions import can_keep_contact
from kentongan.policy import policy_on
from kentongan.web import lapor_choices as choices
from kentongan.web.forms.lapor import (
    CONTACT_FIELDS,
    LARGEST_JSON,
    TEXT_FIELDS,
    Answers,
    json_object,
    read_answers,
)
from kentongan.web.forms.lapor_hints import for_script, hints_for
from kentongan.web.lapor_receiving import Received, receive, sends_as_account
from kentongan.web.lapor_words import script_words
from kentongan.web.routing import Audience, StaffRequest, route
from kentongan.web.slowing import minutes_before_send
from kentongan.web.wording import language

# Where "Keluar cepat" leads: a page that anybody might be reading. Nothing is asked of it but by that tap.
NEUTRAL_PAGE = "https://www.bmkg.go.id/"
STEPS = range(1, 8)
TEXT_STEP, LAST_STEP = 5, 7
LONGEST_STORY = 4_000


@gzip_page
def report_form(request: StaffRequest) -> HttpResponse:
    """The form: step 0 explains to whoever has no account; a field member begins at once."""
    _speak(request)
    said = {"client_id": str(uuid4())}
    answer = _form_page(request, said, step=1 if sends_as_account(request.actor) else 0)
    add_never_cache_headers(answer)
    return answer


@csrf_exempt
@gzip_page
def report_step(request: StaffRequest) -> HttpResponse:
    """The same page at another step, with everything that was answered; nothing is stored."""
    _speak(request)
    said = _said(request)
    wanted = request.POST.get("to", "")
    step = int(wanted) if wanted in {str(number) for number in (0, *STEPS)} else 1
    answer = _form_page(request, said, step=step)
    add_never_cache_headers(answer)
    return answer


@csrf_exempt
def report_send(request: StaffRequest) -> HttpResponse:
    """Take one report: JSON from the page's script is answered as JSON, the plain form with a page."""
    if request.content_type == "application/json" or not request.POST:
        return _taken_as_json(request)
    return _taken_as_page(request)


def _taken_as_json(request: StaffRequest) -> JsonResponse:
    try:
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_JSON:
            raise Problem("web.body_too_large", most=LARGEST_JSON // 1024)
        received = _taken(request, json_object(request.body))
    except Problem as problem:
        return refusal(problem)
    said: dict[str, Any] = {"receipt": received.receipt, "status_url": reverse("report_status")}
    if received.conflict:
        said["conflict"] = True
    if received.not_understood:
        said["not_understood"] = list(received.not_understood)
    if received.contact_kept is not None:
        said["contact_kept"] = received.contact_kept
    return JsonResponse(said, status=201, headers={"Cache-Control": "no-store"})


def refusal(problem: Problem) -> JsonResponse:
    """What went wrong, in a sentence that a phone can show."""
    answer = JsonResponse(
        {"error": problem.sentence(language()), "code": problem.code}, status=problem.status
    )
    answer["Cache-Control"] = "no-store"
    if "minutes" in problem.values:
        answer["Retry-After"] = str(60 * int(str(problem.values["minutes"])))
    return answer


def _taken_as_page(request: StaffRequest) -> HttpResponse:
    _speak(request)
    said = _said(request)
    try:
        received = _taken(request, said)
    except Problem as problem:
        step = TEXT_STEP if problem.code.startswith("intake.text") else LAST_STEP
        answer = _form_page(
            request, said, step=step, error=problem.sentence(language()), status=problem.status
        )
    else:
        answer = _receipt_page(request, received)
    add_never_cache_headers(answer)
    return answer


def _taken(request: StaffRequest, said: Mapping[str, object]) -> Received:
    """The report is stored, or a Problem says why not yet. Whoever is signed in must send from our own page."""
    if request.actor.account_id and is_forged(request):
        raise Problem("web.form_expired")
    answers: Answers = read_answers(said, policy=policy_on(request.now.date()))
    if not request.actor.account_id and not answers.as_account:
        minutes = minutes_before_send(request.META.get("REMOTE_ADDR", ""), now=request.now)
        if minutes:
            raise Problem("web.report_slow_down", minutes=minutes)
    return receive(answers, by=request.actor, at=request.now)


def is_forged(request: HttpRequest) -> bool:
    """Whether a request lacks the token that our own pages carry."""
    return CsrfViewMiddleware(_unused).process_view(request, _unused, (), {}) is not None


def _unused(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def outbox_owner(request: StaffRequest) -> str:
    """A mark on what a phone keeps for later, so that it is never sent by the next person who signs in there.

    It says nothing about the account, is never sent back and stored nowhere on this side.
    """
    if not sends_as_account(request.actor):
        return ""
    return salted_hmac("kentongan.outbox", str(request.actor.account_id), algorithm="sha256").hexdigest()[:16]


def outbox_context(request: StaffRequest) -> dict[str, Any]:
    """What the page's script must know to keep reports on the phone and to send them."""
    return {
        "neutral_page": NEUTRAL_PAGE,
        "as_account": sends_as_account(request.actor),
        "script": {
            "send": reverse("report_send"),
            "photo": reverse("report_photo"),
            "status": reverse("report_status"),
            "nil": reverse("report_nil"),
            "sign_in": reverse("account_login"),
            "owner": outbox_owner(request),
            "token": get_token(request) if sends_as_account(request.actor) else "",
            "language": language(),
            "words": script_words(),
        },
    }


def _said(request: HttpRequest) -> dict[str, str]:
    """The answers of the plain form. A fresh id stands in for a missing or broken one: no report is lost by it."""
    names = (*TEXT_FIELDS, "latitude", "longitude", *(f"contact_{name}" for name in CONTACT_FIELDS))
    said = {name: request.POST.get(name, "") for name in names}
    if said["area"] == choices.ELSEWHERE:
        said["area"] = ""
        said["elsewhere"] = "1"
    if not _is_id(said["client_id"]):
        said["client_id"] = str(uuid4())
    return said


def _is_id(written: str) -> bool:
    return (
        len(written) == 36 and written.count("-") == 4 and not set(written) - set("0123456789abcdefABCDEF-")
    )


def _form_page(
    request: StaffRequest, said: Mapping[str, str], *, step: int, error: str = "", status: int = 200
) -> HttpResponse:
    policy, words = policy_on(request.now.date()), language()
    picked = {name: said.get(name, "") for name in TEXT_FIELDS}
    nearby = choices.nearby(request.actor, picked["area"]) if sends_as_account(request.actor) else []
    if said.get("elsewhere"):
        nearby = [choices.Choice(each.code, each.label, icon=each.icon) for each in nearby]
    offices = choices.offices(policy, picked["accused"], language=words)
    context = outbox_context(request) | {
        "tabs": [],  # one thing per screen
        "step": step,
        "said": said,
        "error": error,
        "tiles": choices.tiles(policy, picked["tile"], language=words),
        "nearby": nearby,
        "elsewhere": bool(said.get("elsewhere")) or not nearby,
        "place_names": choices.names_of_places(),
        "happens": choices.answers("happens", picked["happens"]),
        "knowledge": choices.answers("knowledge", picked["knowledge"]),
        "ongoing": choices.answers("ongoing", picked["ongoing"]),
        "danger": choices.answers("danger", picked["danger"]),
        "offices": offices,
        "hints": hints_for(picked["text"], policy, language=words) if picked["text"] else [],
        "keeps_contact": can_keep_contact(),
        "longest_story": LONGEST_STORY,
        "most_photos": int(policy.thresholds["photos_per_report"]),
        "today": request.now.date().isoformat(),
        "hint_lists": for_script(policy, language=words),
        "other_language": "id" if words == "en" else "en",
    }
    context["review"] = _review(context, said)
    context["script"] |= {"today": context["today"], "most_photos": context["most_photos"]}
    return render(request, "lapor/form.html", context, status=status)


def _review(context: Mapping[str, Any], said: Mapping[str, str]) -> list[tuple[int, str, str, str]]:
    """The lines of the last step: the step to go back to, its key, its word, and the answer."""
    when = choices.chosen_label(context["happens"])
    place = choices.chosen_label(context["nearby"]) or said.get("place", "")
    states = [
        f"{word}: {label[:1].lower()}{label[1:]}"
        for word, label in (
            (_("berlangsung"), choices.chosen_label(context["ongoing"])),
            (_("senjata/korban"), choices.chosen_label(context["danger"])),
            (_("tentang"), choices.chosen_label(context["offices"])),
        )
        if label
    ]
    return [
        (1, "tile", _("Apa"), choices.chosen_label(context["tiles"])),
        (2, "place", _("Di mana"), "; ".join(part for part in (place, said.get("place_note", "")) if part)),
        (
            3,
            "happens",
            _("Kapan"),
            ", ".join(part for part in (when, _day_words(said.get("happens_on", ""))) if part),
        ),
        (4, "knowledge", _("Tahu"), choices.chosen_label(context["knowledge"])),
        (5, "text", _("Cerita"), said.get("text", "")),
        (6, "state", _("Keadaan"), ", ".join(states)),
    ]


def _day_words(written: str) -> str:
    """A day as people say it; what is no day stays as it was written."""
    try:
        return format_weekday_date(date.fromisoformat(written), language=language())
    except ValueError:
        return written


def _receipt_page(request: StaffRequest, received: Received) -> HttpResponse:
    """The receipt. A page that was opened with an account may be sent after it ended: then the report went without."""
    signed_out = request.POST.get("as_account") == "1" and not sends_as_account(request.actor)
    context = outbox_context(request) | {"received": received, "signed_out": signed_out}
    return render(request, "lapor/receipt.html", context, status=201)


def _speak(request: HttpRequest) -> None:
    """The language of the link at the foot of the form: kept in the form itself, so that no cookie is needed."""
    wanted = request.GET.get("bahasa") or request.POST.get("bahasa") or ""
    if wanted in dict(settings.LANGUAGES):
        activate(wanted)


ROUTES: list[URLPattern] = [
    route("lapor/", report_form, name="report_form", need=Audience.PUBLIC),
    route("lapor/langkah/", report_step, name="report_step", need=Audience.PUBLIC, methods=("POST",)),
    route("lapor/kirim/", report_send, name="report_send", need=Audience.PUBLIC, methods=("POST",)),
]
