"""Kotak masuk: each arrival is decided once, by a person; what the machine read stays grey beside it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kentongan.accounts.permissions import Permission
from kentongan.events.actions import create_event
from kentongan.intake.actions import look_at_report, open_raw_text, triage_report
from kentongan.intake.queries import decided, inbox, report_in, suggestions_of
from kentongan.policy import policy_on
from kentongan.web.forms.events import EventForm, first_day
from kentongan.web.forms.reasons import DecideForm, ReasonForm, carried_out
from kentongan.web.routing import StaffRequest, route
from kentongan.web.wording import date_words, language, zone_of_reader

PER_PAGE = 30
# Ways to decide a report without an event. A machine never declines: these are a person's buttons.
CLOSING_OUTCOMES = (
    ("forwarded", gettext_lazy("dirujuk ke kanal lain")),
    ("out_of_scope", gettext_lazy("di luar lingkup")),
    ("spam", gettext_lazy("bukan laporan")),
)
FLAGS = {
    "isi_ganda": gettext_lazy("isi ganda"),
    "teks_bermutu_rendah": gettext_lazy("teks bermutu rendah"),
    "tanggal_ambigu": gettext_lazy("tanggal ambigu"),
    "tanpa_tempat": gettext_lazy("tanpa tempat"),
}
CHANNEL_ICONS = {"article": "rss", "desk": "edit", "form": "web"}
PLACES_LIST = "tempat-usulan"  # the id of the datalist that the place field offers


def reports(request: StaffRequest) -> HttpResponse:
    """Reports that wait, oldest first, or those already decided (`?lihat=selesai`)."""
    finished = request.GET.get("lihat") == "selesai"
    rows = decided(request.scope) if finished else inbox(request.scope)
    page = Paginator(rows.prefetch_related("suggestions"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [_listed(report) for report in page.object_list],
        "finished": finished,
        "query": "lihat=selesai" if finished else "",
        "zone": zone_of_reader(request.actor),
        "newest": None if page.object_list else decided(request.scope).first(),
    }
    return render(request, "reports/list.html", context)


def report(request: StaffRequest, number: int) -> HttpResponse:
    """One report with its suggestions, and the ways to decide it."""
    found = report_in(request.scope, number)
    look_at_report(found, by=request.actor, at=request.now)
    return _report_page(request, found, _event_form(request, found))


def make_event(request: StaffRequest, number: int) -> HttpResponse:
    """Turn a report into an event: the person's decision, with everything the form holds."""
    found = report_in(request.scope, number)
    form = EventForm(request.POST, **_form_options(request))
    made: list[Any] = []
    if form.is_valid() and carried_out(form, lambda: made.append(_create(request, found, form))):
        messages.success(
            request, _("LP-%(report)s menjadi %(event)s.") % {"report": found.pk, "event": made[0].number}
        )
        return redirect("event", number=made[0].pk)
    return _report_page(request, found, form, status=422)


def _create(request: StaffRequest, found: Any, form: EventForm) -> Any:
    facts = form.facts()
    posts = request.actor.posts
    owner = next(
        (post.agency_id for post in posts if post.may(Permission.EVENT_WRITE, facts.area)), posts[0].agency_id
    )
    return create_event(facts, owner=owner, reports=[found.pk], by=request.actor, at=request.now)


def decide(request: StaffRequest, number: int) -> HttpResponse:
    """Refer, decline or file a report; declining asks for the reason."""
    found = report_in(request.scope, number)
    form = _decide_form(request.POST)
    if form.is_valid():
        said = form.cleaned_data

        def write() -> None:
            triage_report(
                found.pk, outcome=said["outcome"], by=request.actor, at=request.now, reason=said["reason"]
            )

        if carried_out(form, write, field="reason"):
            messages.success(request, _("LP-%(report)s sudah diputuskan.") % {"report": found.pk})
            return redirect("reports")
    return _report_page(request, found, _event_form(request, found), status=422, decide_form=form)


def raw_text(request: StaffRequest, number: int) -> HttpResponse:
    """The sealed text, shown once for a written reason; the opening is recorded."""
    found = report_in(request.scope, number)
    form, texts = _raw_form(request.POST), []

    def read() -> None:
        reason = form.cleaned_data["reason"]
        texts.append(open_raw_text(found.pk, by=request.actor, at=request.now, reason=reason))

    if form.is_valid() and carried_out(form, read, field="reason"):
        context = {"report": found, "text": texts[0], "reason": form.cleaned_data["reason"]}
        return render(request, "reports/raw.html", context)
    return _report_page(request, found, _event_form(request, found), status=422, raw_form=form)


def _report_page(
    request: StaffRequest, found: Any, form: EventForm | None, *, status: int = 200, **small_forms: Any
) -> HttpResponse:
    suggestions = suggestions_of(found)
    may_triage = request.actor.may(Permission.REPORT_TRIAGE)
    if form is not None:
        form.fields["place"].widget.attrs["list"] = PLACES_LIST
    context = {
        "report": found,
        "zone": zone_of_reader(request.actor),
        "channel_icon": CHANNEL_ICONS[found.channel],
        "form": form,
        "places_list": PLACES_LIST,
        "place": suggestions.get("place"),
        "places": _place_choices(suggestions),
        "dates": _date_choices(suggestions),
        "date_words": [str(word) for word in suggestions["dates"].evidence] if "dates" in suggestions else [],
        "flags": suggestions.get("flags"),
        "flag_words": _flag_words(suggestions.get("flags")),
        "may_ask_identity": found.identity is not None and request.actor.may(Permission.DISCLOSURE_REQUEST),
        "may_decide": _may_decide(request, found),
        "decide_form": _decide_form() if may_triage and found.state == "received" else None,
        "raw_form": _raw_form() if may_triage else None,
        **small_forms,
    }
    return render(request, "reports/report.html", context, status=status)


def _event_form(request: StaffRequest, found: Any) -> EventForm | None:
    if not _may_decide(request, found):
        return None
    return EventForm(initial=_initial(found), **_form_options(request))


def _decide_form(data: Any = None) -> DecideForm:
    return DecideForm(data, outcomes=CLOSING_OUTCOMES, auto_id="putus_%s")


def _raw_form(data: Any = None) -> ReasonForm:
    return ReasonForm(data, auto_id="asli_%s", hint=_("Pembukaan tercatat dan dapat dilihat pengawas."))


def _may_decide(request: StaffRequest, found: Any) -> bool:
    return found.state == "received" and request.actor.may(Permission.EVENT_WRITE)


def _form_options(request: StaffRequest) -> dict[str, Any]:
    ranges = [part for post in request.actor.posts for part in post.own]
    within = ranges[0] if len(ranges) == 1 else None
    return {"policy": policy_on(request.now.date()), "language": language(), "within": within}


def _initial(found: Any) -> dict[str, Any]:
    """Only what is certain is filled in: a machine's guess is offered, never set."""
    dates = suggestions_of(found).get("dates")
    single = first_day(dates.value[0]["alternatives"]) if dates and len(dates.value) == 1 else None
    return {"summary": "", "happens_on": single, "place_precision": 3, "time_precision": 1}


def _place_choices(suggestions: Any) -> list[dict[str, str]]:
    guess = suggestions.get("place")
    if guess is None:
        return []
    first = {"code": guess.value["code"], "name": guess.value["name"]}
    return [first, *guess.value.get("alternatives", [])]


def _date_choices(suggestions: Any) -> list[dict[str, Any]]:
    """Every reading of every date: where a date can be read in two ways, both are shown and none is chosen."""
    found = suggestions.get("dates")
    dates = found.value if found is not None else []
    return [
        {"readings": [date_words(written) for written in each["alternatives"]], "unsure": each["ambiguous"]}
        for each in dates
    ]


def _flag_words(found: Any) -> list[str]:
    return [str(FLAGS.get(flag, flag)) for flag in found.value] if found is not None else []


def _listed(found: Any) -> dict[str, Any]:
    """One row of the list, with what the machine guessed about it."""
    guesses = {guess.kind: guess for guess in found.suggestions.all()}
    return {
        "report": found,
        "icon": CHANNEL_ICONS[found.channel],
        "place": guesses["place"].value["name"] if "place" in guesses else "",
        "flags": _flag_words(guesses.get("flags")),
    }


ROUTES: list[URLPattern] = [
    route("kotak-masuk/", reports, name="reports", need=Permission.REPORT_READ),
    route("kotak-masuk/<int:number>/", report, name="report", need=Permission.REPORT_READ, section="reports"),
    route(
        "kotak-masuk/<int:number>/peristiwa/",
        make_event,
        name="report_event",
        need=Permission.EVENT_WRITE,
        methods=("POST",),
        section="reports",
    ),
    route(
        "kotak-masuk/<int:number>/putuskan/",
        decide,
        name="report_decide",
        need=Permission.REPORT_TRIAGE,
        methods=("POST",),
        section="reports",
    ),
    route(
        "kotak-masuk/<int:number>/teks-asli/",
        raw_text,
        name="report_raw",
        need=Permission.REPORT_TRIAGE,
        methods=("POST",),
        section="reports",
    ),
]
