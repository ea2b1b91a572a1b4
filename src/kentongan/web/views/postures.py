"""Kesiagaan wilayah: the level of an area for a time, beside the alerts; proposed, approved, renewed, ended."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern
from django.utils.translation import gettext as _

from kentongan.accounts.permissions import Permission
from kentongan.accounts.queries import agencies_acting
from kentongan.alerts.actions import (
    approve_posture,
    decline_posture,
    end_posture,
    propose_posture,
    renew_posture,
)
from kentongan.alerts.queries import posture_in, postures_in
from kentongan.places.queries import children_of, region_by_key, region_label, time_zone_of
from kentongan.policy import policy_on
from kentongan.web.asked import asked_number
from kentongan.web.forms.postures import PostureForm
from kentongan.web.forms.reasons import ReasonForm, carried_out
from kentongan.web.routing import StaffRequest, route, scope_of
from kentongan.web.views.alerts import APPROVE
from kentongan.web.wording import language

SECTION = "alerts"
MOST_PAST = 20
STANDING = frozenset({"proposed", "approved"})


def postures(request: StaffRequest) -> HttpResponse:
    """What waits, what holds or will hold, then what is over."""
    found = list(postures_in(request.scope))
    over = [each for each in reversed(found) if each.state not in STANDING][:MOST_PAST]
    context = {
        "waiting": [_row(each, request) for each in found if each.state == "proposed"],
        "standing": [_row(each, request) for each in found if each.state == "approved"],
        "over": [_row(each, request) for each in over],
        "may_propose": request.actor.may(Permission.ALERT_PROPOSE),
        "disclaimer": policy_on(request.now.date()).alert_disclaimer.in_language(language()),
    }
    return render(request, "postures/list.html", context)


def posture(request: StaffRequest, number: int) -> HttpResponse:
    return _card(request, posture_in(request.scope, number))


def new(request: StaffRequest) -> HttpResponse:
    """The form; `?perpanjang=` begins with the words of the one that is renewed, its reason left empty."""
    scope = scope_of(request, Permission.ALERT_PROPOSE)
    asked = asked_number(request.GET.get("perpanjang", ""))
    old = posture_in(scope_of(request, Permission.ALERT_READ), asked) if asked is not None else None
    form = _form(request, scope, request.POST if request.method == "POST" else None, old=old)
    if request.method == "POST":
        made: list[Any] = []

        def write() -> None:
            said = form.proposal(time_zone_of(form.cleaned_data["area"]))
            if old is not None:
                made.append(renew_posture(old.pk, said, by=request.actor, at=request.now))
            else:
                made.append(propose_posture(said, by=request.actor, at=request.now))

        if form.is_valid() and carried_out(form, write):
            messages.success(request, _("%(number)s diusulkan.") % {"number": made[0].number})
            return redirect("posture", number=made[0].pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "postures/new.html", {"form": form, "old": old}, status=status)


def approve(request: StaffRequest, number: int) -> HttpResponse:
    """Confirm a proposal; the level decides whether that is enough."""
    found = approve_posture(posture_in(request.scope, number).pk, by=request.actor, at=request.now)
    waits = _("Disetujui. Menunggu orang kedua.")
    done = _("%(number)s disetujui.") % {"number": found.number}
    messages.success(request, waits if found.state == "proposed" else done)
    return redirect("posture", number=number)


def close(request: StaffRequest, number: int) -> HttpResponse:
    """Turn a proposal down, or end a posture early; both with a reason."""
    found = posture_in(scope_of(request, Permission.ALERT_READ), number)
    form = ReasonForm(request.POST)
    act = decline_posture if found.state == "proposed" else end_posture

    def write() -> None:
        act(found.pk, by=request.actor, at=request.now, reason=form.cleaned_data["reason"])

    if not (form.is_valid() and carried_out(form, write, field="reason")):
        return _card(request, found, status=422, form=form)
    messages.success(request, _("Tercatat."))
    return redirect("posture", number=number)


def _card(
    request: StaffRequest, found: Any, *, status: int = 200, form: ReasonForm | None = None
) -> HttpResponse:
    may_approve = found.state == "proposed" and request.actor.may(APPROVE[found.level], found.area)
    may_end = found.state == "approved" and request.actor.may(Permission.ALERT_PROPOSE, found.area)
    policy = policy_on(request.now.date())
    context = {
        **_row(found, request),
        "book": policy.playbooks.get(found.playbook),
        "may_approve": may_approve,
        "may_renew": request.actor.may(Permission.ALERT_PROPOSE, found.area)
        and found.approved_at is not None
        and found.state in {"approved", "expired"},
        "close_form": (form or ReasonForm()) if may_approve or may_end else None,
        "disclaimer": policy.alert_disclaimer.in_language(language()),
    }
    return render(request, "postures/posture.html", context, status=status)


def _row(found: Any, request: StaffRequest) -> dict[str, Any]:
    """A posture with its words. One that is approved says whether it holds now or only later."""
    machine = policy_on(request.now.date()).lifecycles["posture"]
    word = machine.label_of(found.state).in_language(language())
    if found.state == "approved":
        word = _("berlaku") if found.starts_at <= request.now else _("akan berlaku")
    return {
        "posture": found,
        "place": region_label(found.area),
        "zone": time_zone_of(found.area).key,
        "state": word,
    }


def _form(request: StaffRequest, scope: Any, data: Any, *, old: Any) -> PostureForm:
    regions = [region_by_key(part.low) for sight in scope.sights for part in sight.own]
    areas = [(each.key, each.short_name) for each in regions]
    areas += [(each.key, each.short_name) for region in regions for each in children_of(region)]
    first = areas[0][0] if areas else 0
    agencies = [(each.pk, each.short_name) for each in agencies_acting(first).order_by("kind", "short_name")]
    initial: dict[str, Any] = {"owner": next(iter(request.actor.agency_ids), None)}
    if old is not None:
        names = (
            "area",
            "level",
            "playbook",
            "first_action",
            "measures",
            "least_intrusive",
            "rights_affected",
        )
        initial |= {name: getattr(old, name) for name in names}
        initial |= {"owner": old.owner_id, "anchor_on": old.ends_at.astimezone(time_zone_of(old.area)).date()}
        initial |= {"before": 0, "recipients": [row.agency_id for row in old.recipients.all()]}
    return PostureForm(
        data,
        initial=initial,
        policy=policy_on(request.now.date()),
        language=language(),
        areas=list(dict(areas).items()),
        agencies=agencies,
    )


ROUTES: list[URLPattern] = [
    route("kesiagaan/", postures, name="postures", need=Permission.ALERT_READ, section=SECTION),
    route(
        "kesiagaan/baru/",
        new,
        name="posture_new",
        need=Permission.ALERT_PROPOSE,
        methods=("GET", "POST"),
        section=SECTION,
    ),
    route("kesiagaan/<int:number>/", posture, name="posture", need=Permission.ALERT_READ, section=SECTION),
    # Which approval a level needs is decided by the action; whoever reads it may try.
    route(
        "kesiagaan/<int:number>/setujui/",
        approve,
        name="posture_approve",
        need=Permission.ALERT_READ,
        methods=("POST",),
        section=SECTION,
    ),
    route(
        "kesiagaan/<int:number>/akhiri/",
        close,
        name="posture_close",
        need=Permission.ALERT_PROPOSE,
        methods=("POST",),
        section=SECTION,
    ),
]
