"""Peringatan: what stands, what waits for a confirmation, who has acknowledged, and the all-clear."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern
from django.utils.translation import gettext as _

from kentongan.accounts.permissions import Permission
from kentongan.alerts.actions import acknowledge_alert, approve_alert, stand_down
from kentongan.alerts.queries import alert_in, ended, is_in_force, standing
from kentongan.events.queries import event_title, events_in, titles
from kentongan.places.queries import region_label, region_labels, time_zone_of
from kentongan.policy import policy_on
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
    return _card(request, alert_in(request.scope, number))


def _card(
    request: StaffRequest, found: Any, *, status: int = 200, clear_form: ReasonForm | None = None
) -> HttpResponse:
    """One alert as a card that can be read and acknowledged on a phone."""
    may_stand_down = is_in_force(found) and request.actor.may(Permission.ALERT_PROPOSE, found.area)
    policy = policy_on(request.now.date())
    own = [r for r in found.recipients.all() if r.agency_id in request.actor.agency_ids]
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
        "clear_form": (clear_form or _clear_form()) if may_stand_down else None,
        "clearing": clear_form is not None,
        "may_open_event": _sees_event(request, found),
    }
    return render(request, "alerts/alert.html", context, status=status)


def _sees_event(request: StaffRequest, found: Any) -> bool:
    """Whether the link to the event leads anywhere: it may be unverified, and so not for this reader."""
    scope = scope_of(request, Permission.EVENT_READ)
    return request.actor.may(Permission.EVENT_READ) and events_in(scope).filter(pk=found.event_id).exists()


def _clear_form(data: Any = None) -> ReasonForm:
    return ReasonForm(data, auto_id="aman_%s", hint=_("Satu kalimat: kenapa sudah aman."))


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
    found = alert_in(scope_of(request, Permission.ALERT_READ), number)
    form = _clear_form(request.POST)

    def write() -> None:
        stand_down(found.pk, by=request.actor, at=request.now, reason=form.cleaned_data["reason"])

    if not (form.is_valid() and carried_out(form, write, field="reason")):
        return _card(request, found, status=422, clear_form=form)
    messages.success(request, _("%(number)s dinyatakan aman.") % {"number": found.number})
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
]
