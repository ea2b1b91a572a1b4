"""Status by receipt: how far a report is, the desk's question and the answer to it, one more photo, taking it back.

The receipt comes in the body of a form, never in an address; no cookie is needed and nothing is written down about who
asks. A signed-in sender reaches the same acts from "Laporan saya" by the report's number, with the form's token.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from kentongan.edge.problems import Problem
from kentongan.intake.actions import (
    answer_desk,
    own_reports,
    receive_photo,
    report_by_receipt,
    withdraw_report,
)
from kentongan.web.report_card import ReportCard, card_of
from kentongan.web.routing import Audience, StaffRequest, route
from kentongan.web.slowing import count_wrong_receipt, minutes_before_try
from kentongan.web.views.lapor import NEUTRAL_PAGE, is_forged, refusal
from kentongan.web.wording import language

LARGEST_PHOTO_BODY = 16 * 1024 * 1024  # bytes: a photo as a phone without script sends it
_NO_REPORT = frozenset({"intake.receipt_unknown", "edge.receipt_malformed"})


@csrf_exempt
def report_status(request: StaffRequest) -> HttpResponse:
    """The field for the code; posted, the report behind it."""
    if request.method != "POST":
        return _code_page(request)
    return _answered(request, "")


@csrf_exempt
def report_reply(request: StaffRequest) -> HttpResponse:
    """What the sender answers to the desk. The same form sent twice is one answer."""

    def write(report: Any) -> str:
        answer_desk(report, text=request.POST.get("text", ""), client_id=_client_id(request), at=request.now)
        return _("Jawaban terkirim.")

    return _acted(request, write)


@csrf_exempt
def report_withdraw(request: StaffRequest) -> HttpResponse:
    """Take a report back, after one more question."""
    if request.POST.get("sure") != "1":
        return _with_report(request, lambda card: _page(request, "lapor/withdraw.html", card))

    def write(report: Any) -> str:
        withdraw_report(report, at=request.now)
        return _("Laporan sudah ditarik. Kontak Anda, bila ada, sudah dimusnahkan.")

    return _acted(request, write)


@csrf_exempt
def report_photo(request: StaffRequest) -> HttpResponse:
    """One photo for a report that has its receipt; the page's script is answered as JSON."""
    as_json = "application/json" in request.headers.get("Accept", "")
    try:
        report, key_name, key = _shown(request)
        photo = request.FILES.get("photo")
        if photo is None:
            raise Problem("web.photo_missing")
        receive_photo(report, client_id=_client_id(request), content=photo.read(), at=request.now)
    except Problem as problem:
        if as_json:
            return refusal(problem)
        return _refused(request, problem)
    if as_json:
        return JsonResponse({"stored": True}, status=201, headers={"Cache-Control": "no-store"})
    return _after(
        request, report, key_name, key, _("Foto diterima. Hanya petugas pemeriksa yang melihatnya.")
    )


def _acted(request: StaffRequest, write: Any) -> HttpResponse:
    """Show the report, act on it, show it again."""
    try:
        report, key_name, key = _shown(request)
        done = write(report)
    except Problem as problem:
        return _refused(request, problem)
    return _after(request, report, key_name, key, done)


def _after(request: StaffRequest, report: Any, key_name: str, key: str, done: str) -> HttpResponse:
    if key_name == "number":
        return redirect(f"{reverse('own_reports')}?selesai=1")
    card = card_of(report_by_receipt(key), key_name=key_name, key=key, now=request.now)
    return _page(request, "lapor/status.html", card, done=done)


def _answered(request: StaffRequest, done: str) -> HttpResponse:
    return _with_report(request, lambda card: _page(request, "lapor/status.html", card, done=done))


def _with_report(request: StaffRequest, draw: Any) -> HttpResponse:
    try:
        report, key_name, key = _shown(request)
    except Problem as problem:
        return _refused(request, problem)
    answer: HttpResponse = draw(card_of(report, key_name=key_name, key=key, now=request.now))
    return answer


def _shown(request: StaffRequest) -> tuple[Any, str, str]:
    """The report whose receipt, or own number, the form carries. Raises Problem otherwise."""
    if "number" in request.POST:
        return _own(request), "number", request.POST["number"]
    address = request.META.get("REMOTE_ADDR", "")
    minutes = minutes_before_try(address, now=request.now)
    if minutes:
        raise Problem("web.receipt_slow_down", minutes=minutes)
    code = request.POST.get("code", "")
    try:
        return report_by_receipt(code), "code", code
    except Problem:
        count_wrong_receipt(address, now=request.now)
        raise


def _own(request: StaffRequest) -> Any:
    """One of the signed-in sender's own reports; somebody else's is not even said to exist."""
    if not request.actor.account_id:
        raise Problem("web.report_sign_in")
    if is_forged(request):
        raise Problem("web.form_expired")
    wanted = request.POST["number"]
    mine = own_reports(request.actor, at=request.now)
    report = next((each for each in mine if str(each.pk) == wanted), None)
    if report is None:
        raise Problem("web.page_not_found", value=request.path)
    return report


def _refused(request: StaffRequest, problem: Problem) -> HttpResponse:
    """What was wrong stands on the page with the code still in its field; an answer that was typed stays too."""
    if "number" in request.POST:
        raise problem
    if problem.code in _NO_REPORT or problem.code.startswith("web.receipt"):
        return _code_page(request, error=problem.sentence(language()), status=problem.status)
    card = card_of(
        report_by_receipt(request.POST["code"]), key_name="code", key=request.POST["code"], now=request.now
    )
    return _page(
        request, "lapor/status.html", card, error=problem.sentence(language()), status=problem.status
    )


def _code_page(request: StaffRequest, *, error: str = "", status: int = 200) -> HttpResponse:
    context = {"error": error, "code": request.POST.get("code", ""), "neutral_page": NEUTRAL_PAGE}
    answer = render(request, "lapor/code.html", context, status=status)
    add_never_cache_headers(answer)
    return answer


def _page(
    request: StaffRequest,
    template: str,
    card: ReportCard,
    *,
    done: str = "",
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "card": card,
        "done": done,
        "error": error,
        "typed": request.POST.get("text", "") if error else "",
        "neutral_page": NEUTRAL_PAGE,
    }
    answer = render(request, template, context, status=status)
    add_never_cache_headers(answer)
    return answer


def _client_id(request: StaffRequest) -> UUID:
    """The form's own id, by which two sends are one; a new one where the form has none."""
    try:
        return UUID(request.POST.get("client_id", ""))
    except ValueError:
        return uuid4()


ROUTES: list[URLPattern] = [
    route(
        "lapor/status/", report_status, name="report_status", need=Audience.PUBLIC, methods=("GET", "POST")
    ),
    route("lapor/jawab/", report_reply, name="report_reply", need=Audience.PUBLIC, methods=("POST",)),
    route("lapor/tarik/", report_withdraw, name="report_withdraw", need=Audience.PUBLIC, methods=("POST",)),
    route(
        "lapor/foto/",
        report_photo,
        name="report_photo",
        need=Audience.PUBLIC,
        methods=("POST",),
        most_bytes=LARGEST_PHOTO_BODY,
    ),
]
