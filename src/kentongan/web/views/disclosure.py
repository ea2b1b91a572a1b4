"""Opening a sealed identity: asked by one, given by two bodies, shown once, watched by the overseer.

Three doors onto the same requests, one per permission, because a route names exactly one. Each keeps only the
requests that `disclosures_for` gives this person; what that function and `show_once` hold back, no page can show.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, reverse
from django.utils.translation import gettext as _

from kentongan.accounts.permissions import Permission
from kentongan.audit.queries import entries_about
from kentongan.edge.problems import Problem
from kentongan.intake import disclosure as openings
from kentongan.intake.queries import report_in
from kentongan.web.audit_sentences import in_words
from kentongan.web.disclosures import RequestLine, contact_lines, in_lines
from kentongan.web.forms.disclosure import AskForm, GiveForm, ShowForm
from kentongan.web.forms.reasons import ReasonForm, carried_out
from kentongan.web.routing import StaffRequest, route, scope_of
from kentongan.web.wording import zone_of_reader

PER_PAGE = 20
MOST_NUMBER = 2**63
ASKED, HELD, WATCHED = "disclosures", "disclosures_held", "disclosures_overseen"
ONE_OF = {ASKED: "disclosure", HELD: "disclosure_held", WATCHED: "disclosure_overseen"}


# --- who asks -----------------------------------------------------------------------------------------------


def asked(request: StaffRequest) -> HttpResponse:
    """The reader's own requests."""
    return _listed(request, ASKED, "disclosure/asked.html")


def ask(request: StaffRequest) -> HttpResponse:
    """Ask for the identity behind one report: `?laporan=31`. A report without one says so."""
    found = report_in(scope_of(request, Permission.REPORT_READ), _number(request.GET.get("laporan", "")))
    form = AskForm(request.POST if request.method == "POST" else None)
    if found.identity is None:
        return _ask_page(request, found, None, status=409 if form.is_bound else 200)
    made: list[int] = []
    if form.is_valid() and carried_out(form, lambda: made.append(_ask(request, found, form))):
        messages.success(request, _("Permintaan %(number)s menunggu dua lembaga.") % {"number": made[0]})
        return redirect("disclosure", number=made[0])
    return _ask_page(request, found, form, status=422 if form.is_bound else 200)


def _ask(request: StaffRequest, found: Any, form: AskForm) -> int:
    return openings.request_disclosure(
        found.identity,
        report=f"report:{found.pk}",
        pseudonym=found.source,
        by=request.actor,
        at=request.now,
        **form.cleaned_data,
    )


def _ask_page(request: StaffRequest, found: Any, form: AskForm | None, *, status: int) -> HttpResponse:
    same = [row for row in _rows(request, ASKED) if row.report == f"report:{found.pk}"]
    context = {
        "report": found,
        "form": form,
        "running": next((line for line in in_lines(same) if line.is_open), None),
        "zone": zone_of_reader(request.actor),
    }
    return render(request, "disclosure/ask.html", context, status=status)


def request_page(request: StaffRequest, number: int) -> HttpResponse:
    """One own request: how far it is, and the one look once both bodies agreed."""
    return _request_page(request, number)


def _request_page(request: StaffRequest, number: int, *, form: ShowForm | None = None) -> HttpResponse:
    line = _one(request, ASKED, number)
    blank = ShowForm() if str(line.row.state) == "ready" else None
    context = {"form": form or blank, "may_look": blank is not None, "may_open_report": True}
    return _page(request, "disclosure/request.html", line, status=422 if form else 200, **context)


def show(request: StaffRequest, number: int) -> HttpResponse:
    """The identity, in this one answer and nowhere else; opened by address it leads back to the request."""
    _one(request, ASKED, number)
    if request.method != "POST":
        return redirect("disclosure", number=number)
    form, looks = ShowForm(request.POST), []

    def look() -> None:
        said = form.cleaned_data
        looks.append(
            openings.show_once(
                number,
                by=request.actor,
                at=request.now,
                delay_telling_until=said["delay_until"],
                delay_reason=said["delay_reason"],
            )
        )

    if form.is_valid() and carried_out(form, look):
        return _shown(request, number, looks[0])
    return _request_page(request, number, form=form)


def _shown(request: StaffRequest, number: int, look: openings.Shown) -> HttpResponse:
    """Never stored by the browser; without any script it leaves by itself when the time is over."""
    seconds = int((look.until - request.now).total_seconds())
    context: dict[str, Any] = {
        "contact": contact_lines(look.contact),
        "until": look.until,
        "seconds": seconds,
        "watermark": f"{request.actor.name} · {look.watermark}",
    }
    answer = _page(request, "disclosure/shown.html", _one(request, ASKED, number), **context)
    answer["Cache-Control"] = "no-store"
    answer["Refresh"] = f"{seconds}; url={reverse('disclosure', args=[number])}"
    return answer


# --- who holds a key ----------------------------------------------------------------------------------------


def held(request: StaffRequest) -> HttpResponse:
    """The requests that wait for, or were answered by, the reader's body."""
    return _listed(request, HELD, "disclosure/held.html")


def holder_page(request: StaffRequest, number: int) -> HttpResponse:
    return _holder_page(request, number)


def _holder_page(request: StaffRequest, number: int, **forms: Any) -> HttpResponse:
    """One request to weigh: its grounds, the file to take away, the half to bring back, or a refusal."""
    line = _one(request, HELD, number)
    given = line.given_by(request.actor.audit_name)
    blank: dict[str, Any] = {
        "give_form": None if given or not line.is_open or not line.missing else GiveForm(auto_id="beri_%s"),
        "refuse_form": _refuse_form() if line.is_open else None,
    }
    context = {**blank, **forms, "given": given, "file_name": _file_name(number)}
    return _page(request, "disclosure/hold.html", line, status=422 if forms else 200, **context)


def take_file(request: StaffRequest, number: int) -> HttpResponse:
    """The file for the holder's own machine. By POST, because taking it is recorded."""
    if not _one(request, HELD, number).is_open:
        raise Problem("vault.request_over", number=number)
    text = openings.request_file(number, by=request.actor, at=request.now)
    answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{_file_name(number)}"'
    return answer


def give(request: StaffRequest, number: int) -> HttpResponse:
    """The half comes back; one that does not fit stays in the form, and nothing else changes."""
    _one(request, HELD, number)
    form, states = GiveForm(request.POST, auto_id="beri_%s"), []

    def write() -> None:
        half = form.cleaned_data["half"]
        states.append(openings.give_half(number, half, by=request.actor, at=request.now))

    if form.is_valid() and carried_out(form, write, field="half"):
        ready = str(states[0]) == "ready"
        done = _("Kedua lembaga setuju. Pengaju dapat melihat identitas satu kali.")
        waits = _("Separuh kunci tersimpan. Menunggu lembaga kedua.")
        messages.success(request, done if ready else waits)
        return redirect("disclosure_held", number=number)
    return _holder_page(request, number, give_form=form)


def refuse(request: StaffRequest, number: int) -> HttpResponse:
    """The request ends here, with the reason."""
    _one(request, HELD, number)
    form = _refuse_form(request.POST)

    def write() -> None:
        openings.refuse(number, reason=form.cleaned_data["reason"], by=request.actor, at=request.now)

    if form.is_valid() and carried_out(form, write, field="reason"):
        messages.success(request, _("Permintaan %(number)s ditolak dan berakhir.") % {"number": number})
        return redirect("disclosure_held", number=number)
    return _holder_page(request, number, refuse_form=form)


def _refuse_form(data: Any = None) -> ReasonForm:
    return ReasonForm(data, auto_id="tolak_%s", hint=_("Wajib. Dibaca pengaju dan pengawas."))


def _file_name(number: int) -> str:
    return f"permintaan-{number}.json"


# --- who watches --------------------------------------------------------------------------------------------


def overseen(request: StaffRequest) -> HttpResponse:
    """Every request of the overseer's area, answered or not."""
    return _listed(request, WATCHED, "disclosure/overseen.html")


def overseen_page(request: StaffRequest, number: int) -> HttpResponse:
    """One request with its whole trail."""
    line = _one(request, WATCHED, number)
    trail = list(reversed(in_words(entries_about(f"disclosure:{number}"))))
    return _page(request, "disclosure/watch.html", line, trail=trail)


# --- what the three doors share -----------------------------------------------------------------------------


def _rows(request: StaffRequest, door: str) -> Sequence[Any]:
    """What this person may see, less what does not belong behind this door."""
    actor = request.actor
    found = openings.disclosures_for(actor, now=request.now)
    if door == ASKED:
        return [row for row in found if row.requested_by == actor.audit_name]
    if door == HELD:
        return [row for row in found if row.requested_by != actor.audit_name]
    return found


def _one(request: StaffRequest, door: str, number: int) -> RequestLine:
    rows = [row for row in _rows(request, door) if row.number == number]
    if not rows:
        raise Problem("vault.request_unknown", number=number)
    return in_lines(rows)[0]


def _listed(request: StaffRequest, door: str, template: str) -> HttpResponse:
    page = Paginator(_rows(request, door), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": in_lines(page.object_list),
        "one_of": ONE_OF[door],
        "zone": zone_of_reader(request.actor),
    }
    return render(request, template, context)


def _page(
    request: StaffRequest, template: str, line: RequestLine, *, status: int = 200, **facts: Any
) -> HttpResponse:
    context = {"line": line, "row": line.row, "zone": zone_of_reader(request.actor), **facts}
    return render(request, template, context, status=status)


def _number(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and int(typed) < MOST_NUMBER):
        raise Problem("intake.report_unknown", number=typed[:20] or "–")
    return int(typed)


_ASK, _HOLD, _WATCH = Permission.DISCLOSURE_REQUEST, Permission.DISCLOSURE_HOLD, Permission.DISCLOSURE_OVERSEE
_POST, _BOTH = ("POST",), ("GET", "POST")
_KEYS = "identitas/kunci/"
ROUTES: list[URLPattern] = [
    route("identitas/", asked, name=ASKED, need=_ASK),
    route("identitas/minta/", ask, name="disclosure_ask", need=_ASK, methods=_BOTH, section=ASKED),
    route("identitas/<int:number>/", request_page, name="disclosure", need=_ASK, section=ASKED),
    route(
        "identitas/<int:number>/tampilkan/",
        show,
        name="disclosure_show",
        need=_ASK,
        methods=_BOTH,
        section=ASKED,
    ),
    route(_KEYS, held, name=HELD, need=_HOLD),
    route(f"{_KEYS}<int:number>/", holder_page, name="disclosure_held", need=_HOLD, section=HELD),
    route(
        f"{_KEYS}<int:number>/berkas/",
        take_file,
        name="disclosure_file",
        need=_HOLD,
        methods=_POST,
        section=HELD,
    ),
    route(
        f"{_KEYS}<int:number>/separuh/", give, name="disclosure_give", need=_HOLD, methods=_POST, section=HELD
    ),
    route(
        f"{_KEYS}<int:number>/tolak/",
        refuse,
        name="disclosure_refuse",
        need=_HOLD,
        methods=_POST,
        section=HELD,
    ),
    route("identitas/pengawas/", overseen, name=WATCHED, need=_WATCH),
    route(
        "identitas/pengawas/<int:number>/",
        overseen_page,
        name="disclosure_overseen",
        need=_WATCH,
        section=WATCHED,
    ),
]
