"""Peringatan: what stands, what waits for a confirmation, who has acknowledged, and the all-clear."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kentongan.accounts.permissions import Permission
from kentongan.alerts.actions import (
    acknowledge_alert,
    approve_alert,
    escalate_open,
    mail_is_ready,
    retract_alert,
    return_proposal,
    see_alert,
    stand_down,
)
from kentongan.alerts.queries import alert_in, ended, is_in_force, notices_of, standing
from kentongan.events.queries import event_title, events_in, titles
from kentongan.places.queries import region_label, region_labels, time_zone_of
from kentongan.policy import policy_on
from kentongan.web.alert_log import answering, ladder_of
from kentongan.web.forms.reasons import ReasonForm, carried_out
from kentongan.web.routing import StaffRequest, route, scope_of
from kentongan.web.templatetags.kentongan_ui import LEVELS
from kentongan.web.wording import language, zones_of

MOST_PAST = 20

APPROVE = {
    1: Permission.ALERT_APPROVE_WASPADA,
    2: Permission.ALERT_APPROVE_SIAGA,
    3: Permission.ALERT_APPROVE_AWAS,
}


def alerts(request: StaffRequest) -> HttpResponse:
    """What waits for a confirmation, what is in force, then the latest that ended."""
    found = [*standing(request.scope), *ended(request.scope)[:MOST_PAST]]
    rows = _rows(found, request)
    context = {
        "proposed": [row for row in rows if row["alert"].state == "proposed"],
        "in_force": [row for row in rows if is_in_force(row["alert"])],
        "past": [row for row in rows if row["alert"].stood_down_at is not None],
        "disclaimer": policy_on(request.now.date()).alert_disclaimer.in_language(language()),
    }
    return render(request, "alerts/list.html", context)


def alert(request: StaffRequest, number: int) -> HttpResponse:
    found = alert_in(request.scope, number)
    see_alert(found, account=request.actor.account_id, at=request.now)
    return _card(request, found)


def _card(
    request: StaffRequest, found: Any, *, status: int = 200, refused: Mapping[str, Any] | None = None
) -> HttpResponse:
    """One alert as a card that can be read and acknowledged on a phone. `refused` holds the forms that came back."""
    policy, ladder = policy_on(request.now.date()), ladder_of(found, now=request.now)
    own = [r for r in found.recipients.all() if r.agency_id in request.actor.agency_ids]
    desk = request.actor.may(Permission.ALERT_PROPOSE, found.area)
    context = {
        "alert": found,
        "title": event_title(found.event, language=language()),
        "place": region_label(found.area),
        "zone": time_zone_of(found.area).key,
        "level_shape": LEVELS[found.level].shape,
        "level_name": LEVELS[found.level].word,
        "state": policy.lifecycles["alert"].label_of(found.state).in_language(language()),
        "disclaimer": policy.alert_disclaimer.in_language(language()),
        "acknowledged": sum(recipient.acknowledged_at is not None for recipient in found.recipients.all()),
        "own": own,
        "own_open": [recipient for recipient in own if recipient.acknowledged_at is None],
        "in_force": is_in_force(found),
        "may_approve": found.state == "proposed" and request.actor.may(APPROVE[found.level], found.area),
        "folds": list(_folds(request, found, refused or {})),
        "may_open_event": _sees_event(request, found),
        "ladder": ladder,
        "answering": answering(found, ladder, in_force=is_in_force(found)),
        # Colleagues of the desk and whoever oversees it read the log; an agency sees what concerns itself.
        "notices": notices_of(found) if desk else None,
        "mail_ready": mail_is_ready(),
    }
    return render(request, "alerts/alert.html", context, status=status)


@dataclass(frozen=True, slots=True)
class Fold:
    """One thing that may be done, with the one sentence it asks for."""

    route: str
    icon: str
    words: str
    key: str
    form: Any
    open: bool


def _folds(request: StaffRequest, found: Any, refused: Mapping[str, Any]) -> Iterator[Fold]:
    actor, in_force = request.actor, is_in_force(found)
    desk, head = actor.may(Permission.ALERT_PROPOSE, found.area), actor.may(APPROVE[found.level], found.area)
    offered = {
        "alert_stand_down": (in_force and desk, "check", _("Nyatakan aman"), "y"),
        "alert_escalate": (found.state == "active" and desk, "speak", _("Naikkan tanpa menunggu"), "e"),
        "alert_retract": (in_force and head, "x", _("Tarik, ternyata tidak benar"), ""),
        "alert_return": (found.state == "proposed" and head, "undo", _("Kembalikan usulan"), "r"),
    }
    for name, (shown, icon, words, key) in offered.items():
        if shown:
            yield Fold(name, icon, words, key, refused.get(name) or _reason_form(name), name in refused)


def _sees_event(request: StaffRequest, found: Any) -> bool:
    """Whether the link to the event leads anywhere: it may be unverified, and so not for this reader."""
    scope = scope_of(request, Permission.EVENT_READ)
    return request.actor.may(Permission.EVENT_READ) and events_in(scope).filter(pk=found.event_id).exists()


HINTS = {
    "alert_stand_down": gettext_lazy("Satu kalimat: kenapa sudah aman."),
    "alert_escalate": gettext_lazy("Satu kalimat: kenapa tidak menunggu tangga."),
    "alert_retract": gettext_lazy("Satu kalimat: apa yang ternyata tidak benar."),
    "alert_return": gettext_lazy("Satu kalimat: apa yang perlu dilengkapi."),
}


def _reason_form(name: str, data: Any = None) -> ReasonForm:
    return ReasonForm(data, auto_id=f"{name}_%s", hint=str(HINTS[name]))


def approve(request: StaffRequest, number: int) -> HttpResponse:
    """Confirm a proposed alert; the level decides whether that is enough."""
    found = approve_alert(alert_in(request.scope, number).pk, by=request.actor, at=request.now)
    waits = _("Disetujui. Menunggu orang kedua.")
    messages.success(
        request, waits if found.state == "proposed" else _("%(number)s berlaku.") % {"number": found.number}
    )
    return redirect("alert", number=number)


def acknowledge(request: StaffRequest, number: int) -> HttpResponse:
    """Saya terima: for every own agency that is named and has not answered."""
    found = alert_in(scope_of(request, Permission.ALERT_READ), number)
    for recipient in found.recipients.all():
        if recipient.agency_id in request.actor.agency_ids and recipient.acknowledged_at is None:
            acknowledge_alert(found.pk, agency=recipient.agency_id, by=request.actor, at=request.now)
    messages.success(request, _("Diterima. Terima kasih."))
    return redirect("alert", number=number)


def all_clear(request: StaffRequest, number: int) -> HttpResponse:
    """The all-clear, with its reason."""
    return _with_reason(request, number, "alert_stand_down", stand_down, _("%(number)s dinyatakan aman."))


def retract(request: StaffRequest, number: int) -> HttpResponse:
    """The alert was wrong: exactly those who were told are told so."""
    return _with_reason(request, number, "alert_retract", retract_alert, _("%(number)s ditarik."))


def give_back(request: StaffRequest, number: int) -> HttpResponse:
    """A proposal goes back to whoever wrote it, with what it lacks."""
    return _with_reason(request, number, "alert_return", return_proposal, _("%(number)s dikembalikan."))


def climb(request: StaffRequest, number: int) -> HttpResponse:
    """The next rung now, for every agency that has not answered."""
    return _with_reason(request, number, "alert_escalate", escalate_open, _("%(number)s dinaikkan."))


def _with_reason(
    request: StaffRequest, number: int, name: str, act: Callable[..., object], done: str
) -> HttpResponse:
    found = alert_in(scope_of(request, Permission.ALERT_READ), number)
    form = _reason_form(name, request.POST)

    def write() -> None:
        act(found.pk, by=request.actor, at=request.now, reason=form.cleaned_data["reason"])

    if not (form.is_valid() and carried_out(form, write, field="reason")):
        return _card(request, found, status=422, refused={name: form})
    messages.success(request, done % {"number": found.number})
    return redirect("alert", number=number)


def _rows(found: list[Any], request: StaffRequest) -> list[dict[str, Any]]:
    events = {each.event_id: each.event for each in found}
    named, places = titles(events.values(), language=language()), region_labels(each.area for each in found)
    zones, machine = zones_of(each.area for each in found), policy_on(request.now.date()).lifecycles["alert"]
    return [
        {
            "alert": each,
            "title": named[each.event_id],
            "place": places[each.area],
            "zone": zones[each.area],
            "state": machine.label_of(each.state).in_language(language()),
            "acknowledged": sum(recipient.acknowledged_at is not None for recipient in each.recipients.all()),
            "addressed": len(each.recipients.all()),
        }
        for each in found
    ]


ROUTES: list[URLPattern] = [
    route("peringatan/", alerts, name="alerts", need=Permission.ALERT_READ),
    route("peringatan/<int:number>/", alert, name="alert", need=Permission.ALERT_READ, section="alerts"),
    # Which approval a level needs is decided by the action; whoever reads the alert may try.
    route(
        "peringatan/<int:number>/setujui/",
        approve,
        name="alert_approve",
        need=Permission.ALERT_READ,
        methods=("POST",),
        section="alerts",
    ),
    route(
        "peringatan/<int:number>/terima/",
        acknowledge,
        name="alert_acknowledge",
        need=Permission.ALERT_ACKNOWLEDGE,
        methods=("POST",),
        section="alerts",
    ),
    route(
        "peringatan/<int:number>/aman/",
        all_clear,
        name="alert_stand_down",
        need=Permission.ALERT_PROPOSE,
        methods=("POST",),
        section="alerts",
    ),
    route(
        "peringatan/<int:number>/naikkan/",
        climb,
        name="alert_escalate",
        need=Permission.ALERT_PROPOSE,
        methods=("POST",),
        section="alerts",
    ),
    # Which approval a level needs is decided by the action, as with the approval itself.
    route(
        "peringatan/<int:number>/tarik/",
        retract,
        name="alert_retract",
        need=Permission.ALERT_PROPOSE,
        methods=("POST",),
        section="alerts",
    ),
    route(
        "peringatan/<int:number>/kembalikan/",
        give_back,
        name="alert_return",
        need=Permission.ALERT_PROPOSE,
        methods=("POST",),
        section="alerts",
    ),
]
