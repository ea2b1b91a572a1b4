"""The open report of the inbox: what came, what is guessed about it, who works on it, and the forms that decide it.

A guess stays grey and beside the field; what fills a field was said by the reporter or set by a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kentongan.accounts.permissions import Permission
from kentongan.edge.formats import format_date, in_zone
from kentongan.events.queries import events_of_report, titles
from kentongan.intake.decisions import UNANSWERED_CHANNELS, is_waiting, refers_to_accused
from kentongan.intake.queries import messages_of, presence_of, referrals_of, suggestions_of
from kentongan.places.queries import region_by_key, region_label
from kentongan.policy import PolicyOnDate, policy_on
from kentongan.web.audit_sentences import account_names, who
from kentongan.web.forms.inbox import (
    ArchiveForm,
    AskForm,
    AttachForm,
    ClaimForm,
    NewEventForm,
    PlaceForm,
    PutOffForm,
    ReferForm,
)
from kentongan.web.forms.reasons import ReasonForm
from kentongan.web.highlights import marked
from kentongan.web.inbox import CHANNEL_ICONS, CHANNELS, URGENT, Words, clock_of, gist_of, zone_of
from kentongan.web.routing import StaffRequest, scope_of
from kentongan.web.wording import date_words, language

FLAGS: Mapping[str, Words] = {
    "isi_ganda": gettext_lazy("isi ganda"),
    "teks_bermutu_rendah": gettext_lazy("teks bermutu rendah"),
    "tanggal_ambigu": gettext_lazy("tanggal ambigu"),
    "tanpa_tempat": gettext_lazy("tanpa tempat"),
}
KNOWLEDGE: Mapping[str, Words] = {
    "saw": gettext_lazy("lihat sendiri"),
    "heard": gettext_lazy("dengar dari orang"),
    "read": gettext_lazy("baca di HP"),
}
HAPPENS: Mapping[str, Words] = {
    "now": gettext_lazy("Sekarang"),
    "earlier": gettext_lazy("Tadi"),
    "upcoming": gettext_lazy("Akan terjadi"),
}
MOST_DAYS = 4
MARKED_KINDS = ("type", "tile", "hint", "place", "dates", "flags")


@dataclass(frozen=True, slots=True)
class TypeChoice:
    """One numbered type of the new-event form; a guess of the machine says so."""

    code: str
    words: str
    is_guess: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of a report: which decision, by whom, when, and why; and the events it speaks of."""

    words: Words
    by: str
    at: datetime | None
    reason: str
    events: tuple[tuple[Any, str], ...]
    referrals: tuple[tuple[str, Any], ...]


def item_of(request: StaffRequest, report: Any) -> dict[str, Any]:
    """Everything the item pane shows."""
    policy = policy_on(request.now.date())
    guesses = suggestions_of(report)
    waiting = is_waiting(report.state, report.triage_outcome) and report.erased_on is None
    may_triage = request.actor.may(Permission.REPORT_TRIAGE) and report.erased_on is None
    return {
        "report": report,
        "zone": zone_of(request),
        "received": _received(request, report),
        "channel_icon": CHANNEL_ICONS.get(report.channel, "doc"),
        "channel": CHANNELS.get(report.channel, report.channel),
        "text": marked(report.text_masked, _evidence(guesses)),
        "gist": gist_of(report),
        "knowledge": KNOWLEDGE.get(report.knowledge, ""),
        "danger": report.danger in URGENT,
        "ongoing": report.ongoing in URGENT,
        "place": region_label(report.area) if report.area is not None else "",
        "places": place_choices(guesses),
        "happens": HAPPENS.get(report.happens, ""),
        "dates": date_choices(guesses),
        "kind": _kind(report, guesses, policy=policy),
        "hint": _hint(guesses, policy=policy),
        "flags": flag_words(guesses.get("flags")),
        "accused": _accused(report, policy=policy),
        "messages_thread": _thread(report),
        "photos": list(report.photos.order_by("pk")),
        "present": _somebody_else(request, report),
        "waiting": waiting,
        "may_decide": waiting and may_triage,
        "may_make_event": waiting and may_triage and request.actor.may(Permission.EVENT_WRITE),
        "may_verify": request.actor.may(Permission.EVENT_VERIFY),
        "may_ask": report.channel not in UNANSWERED_CHANNELS,
        "may_keep": request.actor.may(Permission.REPORT_KEEP, report.area),
        "may_ask_identity": report.identity is not None and request.actor.may(Permission.DISCLOSURE_REQUEST),
        "decided": None if waiting else decided_of(request, report),
        "raw_form": raw_form() if may_triage and report.raw_sealed is not None else None,
        "reopen_form": reopen_form() if may_triage and report.state == "archived" else None,
        **(forms_of(request, report, guesses) if waiting and may_triage else {}),
    }


def forms_of(request: StaffRequest, report: Any, guesses: Mapping[str, Any]) -> dict[str, Any]:
    """One empty form per decision, with what the reporter said filled in."""
    return {
        "event_form": event_form(request, report, guesses=guesses),
        "attach_form": AttachForm(),
        "claim_form": ClaimForm(),
        "ask_form": AskForm(),
        "refer_form": ReferForm(targets=refer_targets(request, report, guesses)),
        "archive_form": ArchiveForm(),
        "put_off_form": PutOffForm(),
        "place_form": PlaceForm(within=own_range(request), initial=_place_initial(report)),
        "type_choices": type_choices(request, report, guesses),
        "day_choices": day_choices(request, report, guesses),
    }


def event_form(
    request: StaffRequest, report: Any, data: Any = None, *, guesses: Mapping[str, Any] | None = None
) -> NewEventForm:
    guesses = suggestions_of(report) if guesses is None else guesses
    return NewEventForm(
        data,
        policy=policy_on(request.now.date()),
        language=language(),
        within=own_range(request),
        first_types=[choice.code for choice in type_choices(request, report, guesses)],
        initial=_event_initial(request, report, guesses),
    )


def type_choices(request: StaffRequest, report: Any, guesses: Mapping[str, Any]) -> list[TypeChoice]:
    """At most nine types, each under a digit: those guessed first, then those of the tile, else one of each tile."""
    policy = policy_on(request.now.date())
    guessed = [code for code in _guessed_types(guesses) if code in policy.event_types]
    tile = report.tile or _value(guesses, "tile").get("code", "")
    if tile in policy.report_tiles:
        likely = [kind.code for kind in policy.types_for_tile(tile)]
    else:
        firsts = (policy.types_for_tile(code)[:1] for code in policy.report_tiles)
        likely = [kind.code for found in firsts for kind in found]
    return [
        TypeChoice(code, policy.event_types[code].label.in_language(language()), code in guessed)
        for code in list(dict.fromkeys([*guessed, *likely]))[:9]
    ]


def refer_targets(
    request: StaffRequest, report: Any, guesses: Mapping[str, Any] | None = None
) -> list[tuple[str, str]]:
    """The bodies a matter may go to: those for the accused office first, then those the guesses speak for.

    A body of the accused office itself is left out.
    """
    policy = policy_on(request.now.date())
    guesses = suggestions_of(report) if guesses is None else guesses
    office = policy.accused_offices.get(report.accused)
    first = list(office.refers_to) if office else []
    hinted = policy.not_incidents.get(_value(guesses, "hint").get("code", ""))
    kinds = [policy.event_types[code] for code in _guessed_types(guesses) if code in policy.event_types]
    likely = [*(hinted.refers_to if hinted else ()), *(body for kind in kinds for body in kind.refers_to)]
    codes = dict.fromkeys([*first, *likely, *policy.referrals])
    return [
        (code, policy.referrals[code].label.in_language(language()))
        for code in codes
        if code in policy.referrals and not refers_to_accused(code, accused=report.accused, policy=policy)
    ]


def decided_of(request: StaffRequest, report: Any) -> Decided:
    """What became of a report, in words."""
    names = account_names([report.triaged_by])
    policy = policy_on(request.now.date())
    events = events_of_report(report.pk, scope_of(request, Permission.EVENT_READ))
    named = titles(events, language=language())
    outcome = report.get_triage_outcome_display() if report.triage_outcome else _("ditarik pelapor")
    return Decided(
        words=_("dihapus menurut aturan simpan") if report.erased_on else outcome,
        by=who(report.triaged_by, names) if report.triaged_by else "",
        at=report.triaged_at,
        reason=report.triage_reason,
        events=tuple((event, named[event.pk]) for event in events),
        referrals=tuple((_target(each.target, policy), each) for each in referrals_of(report)),
    )


def kept_words(form: forms.Form) -> list[tuple[str, str]]:
    """What somebody typed into a form that came too late, field by field, to be read and copied."""
    words = []
    for bound in form:
        if bound.is_hidden or not bound.value():
            continue
        values = bound.value() if isinstance(bound.value(), list) else [bound.value()]
        choices = {str(code): str(label) for code, label in _flat(getattr(bound.field, "choices", ()))}
        said = ", ".join(choices.get(str(value), str(value)) for value in values)
        words.append((str(bound.label), said))
    return words


def _flat(choices: Iterable[Any]) -> Iterable[tuple[Any, Any]]:
    for code, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield code, label


def raw_form(data: Any = None) -> ReasonForm:
    return ReasonForm(data, auto_id="asli_%s", hint=_("Pembukaan tercatat dan dapat dilihat pengawas."))


def reopen_form(data: Any = None) -> ReasonForm:
    return ReasonForm(
        data, auto_id="buka_%s", hint=_("Laporan menunggu keputusan lagi; arsipnya tetap tercatat.")
    )


def own_range(request: StaffRequest) -> Any:
    """The reader's area when it is one: names are looked up there first."""
    ranges = [part for post in request.actor.posts for part in post.own]
    return ranges[0] if len(ranges) == 1 else None


def place_choices(guesses: Mapping[str, Any]) -> list[dict[str, str]]:
    value = _value(guesses, "place")
    if "code" not in value:
        return []
    return [{"code": value["code"], "name": value["name"]}, *value.get("alternatives", [])]


def date_choices(guesses: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every reading of every date: where a date can be read in two ways, both are shown and none is chosen."""
    found = guesses["dates"].value if "dates" in guesses else []
    return [
        {"readings": [date_words(written) for written in each["alternatives"]], "unsure": each["ambiguous"]}
        for each in found
    ]


def day_choices(request: StaffRequest, report: Any, guesses: Mapping[str, Any]) -> list[dict[str, str]]:
    """Days to take with one press where none is filled in: those of the text, then the day the report came."""
    if _day(request, report, guesses) is not None:
        return []
    found = guesses["dates"].value if "dates" in guesses else []
    full = [written for each in found for written in each["alternatives"] if len(written) == 10]
    came = in_zone(report.received_at, zone_of(request)).date().isoformat()
    days = [written for written in dict.fromkeys([*full, came]) if written[0].isdigit()]
    return [{"iso": written, "words": date_words(written)} for written in days[:MOST_DAYS]]


def flag_words(found: Any) -> list[Words]:
    return [FLAGS.get(flag, flag) for flag in found.value] if found is not None else []


def _received(request: StaffRequest, report: Any) -> str:
    """When it came: the hour alone for today, with the day before."""
    zone = zone_of(request)
    day, clock = in_zone(report.received_at, zone).date(), clock_of(report.received_at, zone)
    if day == in_zone(request.now, zone).date():
        return clock
    return f"{format_date(day, language=language()).rsplit(' ', 1)[0]}, {clock}"


def _evidence(guesses: Mapping[str, Any]) -> Iterable[object]:
    return [word for kind in MARKED_KINDS if kind in guesses for word in guesses[kind].evidence]


def _value(guesses: Mapping[str, Any], kind: str) -> Mapping[str, Any]:
    value = guesses[kind].value if kind in guesses else {}
    return value if isinstance(value, Mapping) else {}


def _guessed_types(guesses: Mapping[str, Any]) -> list[str]:
    value = _value(guesses, "type")
    others = value.get("alternatives", [])
    codes = [each["code"] if isinstance(each, Mapping) else each for each in others]
    return [code for code in [value.get("code", ""), *codes] if code]


def _kind(report: Any, guesses: Mapping[str, Any], *, policy: PolicyOnDate) -> dict[str, Any]:
    """What the reporter chose on the phone, and what is guessed."""
    tile = policy.report_tiles.get(report.tile)
    guessed = policy.event_types.get(next(iter(_guessed_types(guesses)), ""))
    guessed_tile = policy.report_tiles.get(_value(guesses, "tile").get("code", ""))
    guess = guessed or (guessed_tile if guessed_tile is not tile else None)
    return {
        "tile": tile.label.in_language(language()) if tile else "",
        "guess": guess.label.in_language(language()) if guess else "",
    }


def _hint(guesses: Mapping[str, Any], *, policy: PolicyOnDate) -> dict[str, Any] | None:
    """What seems to be no event, in the policy's own words, and where it belongs. A person decides."""
    found = policy.not_incidents.get(_value(guesses, "hint").get("code", ""))
    if found is None:
        return None
    bodies = [policy.referrals[code] for code in found.refers_to if code in policy.referrals]
    return {
        "words": found.label.in_language(language()),
        "explanation": found.explanation.in_language(language()),
        "bodies": [body.label.in_language(language()) for body in bodies],
    }


def _accused(report: Any, *, policy: PolicyOnDate) -> str:
    office = policy.accused_offices.get(report.accused)
    return office.label.in_language(language()) if office else report.accused


def _thread(report: Any) -> list[tuple[Any, str]]:
    written = list(messages_of(report))
    names = account_names(message.written_by for message in written if not message.from_reporter)
    return [
        (message, _("Pelapor") if message.from_reporter else who(message.written_by, names))
        for message in written
    ]


def _somebody_else(request: StaffRequest, report: Any) -> Any:
    present = presence_of(report, request.now)
    return present if present is not None and present.account_id != request.actor.account_id else None


def _target(code: str, policy: PolicyOnDate) -> str:
    body = policy.referrals.get(code)
    return body.label.in_language(language()) if body else code


def _place_initial(report: Any) -> dict[str, str]:
    return {"place": _written(report.area), "place_note": report.place_note}


def _event_initial(request: StaffRequest, report: Any, guesses: Mapping[str, Any]) -> dict[str, Any]:
    """Only what was said: the reporter's place, the day if it was named, potential unless it happens or happened."""
    happened = report.happens in {"now", "earlier"} or report.ongoing in URGENT
    return {
        "kind": "incident" if happened else "potential",
        "place": _written(report.area),
        "place_note": report.place_note,
        "happens_on": _day(request, report, guesses),
        "time_precision": 1,
    }


def _day(request: StaffRequest, report: Any, guesses: Mapping[str, Any]) -> date | None:
    """The day the reporter named; the day of the report for "now" and "earlier"; else the one date of the text."""
    if report.happens_on is not None:
        return date.fromisoformat(str(report.happens_on))
    if report.happens in {"now", "earlier"}:
        return in_zone(report.received_at, zone_of(request)).date()
    found: Sequence[Any] = guesses["dates"].value if "dates" in guesses else []
    days = [each["alternatives"] for each in found]
    only = days[0][0] if len(days) == 1 and len(days[0]) == 1 else ""
    return date.fromisoformat(only) if len(only) == 10 and only[0].isdigit() else None


def _written(area: int | None) -> str:
    """A set place as the place field takes it: its code and name."""
    return f"{region_by_key(area).code} {region_label(area)}" if area is not None else ""
