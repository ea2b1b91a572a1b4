"""Gabung dan pisah: one happening noted twice becomes one, two that stood in one become two; both can be undone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern
from django.utils.translation import gettext as _

from kentongan.accounts.permissions import Permission
from kentongan.events.actions import merge_events, split_event, unmerge_event
from kentongan.events.queries import (
    event_in,
    event_title,
    events_in,
    facts_of,
    near_events,
    own_reports_of,
    titles,
)
from kentongan.places.keys import code_of, level_of_key
from kentongan.policy import policy_on
from kentongan.web.forms.event_steps import MergeForm, SplitForm
from kentongan.web.forms.reasons import ReasonForm, carried_out
from kentongan.web.routing import StaffRequest, route, scope_of
from kentongan.web.wording import language


def merge(request: StaffRequest, number: int) -> HttpResponse:
    """Let this event go up in another, which remains."""
    found = event_in(request.scope, number)
    form = MergeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        into = form.cleaned_data["into"]

        def write() -> None:
            merge_events(number, into, by=request.actor, at=request.now, reason=form.cleaned_data["reason"])

        # Outside the scope an event is not even said to exist; the number was typed, so the answer stays on the form.
        if not events_in(request.scope).filter(pk=into).exists():
            form.add_error("into", _("PR-%(number)s tidak ada di wilayah Anda.") % {"number": into})
        elif carried_out(form, write):
            messages.success(
                request, _("%(number)s digabung ke sini. Dapat dipisah lagi.") % {"number": found.number}
            )
            return redirect("event", number=into)
    return _merge_page(request, found, form, status=422 if form.is_bound else 200)


def _merge_page(request: StaffRequest, found: Any, form: MergeForm, *, status: int) -> HttpResponse:
    near = [each for each in near_events(found.area, request.scope, now=request.now) if each.pk != found.pk]
    named = titles(near, language=language())
    context = {
        "event": found,
        "title": event_title(found, language=language()),
        "form": form,
        "near": [(each, named[each.pk]) for each in near],
        "chosen": form["into"].value() or "",
    }
    return render(request, "events/merge.html", context, status=status)


def unmerge(request: StaffRequest, number: int) -> HttpResponse:
    """Take a merged event out again, for a reason."""
    found = event_in(request.scope, number)
    data = request.POST if request.method == "POST" else None
    form = ReasonForm(data, hint=_("Kenapa ini bukan kejadian yang sama."))

    def write() -> None:
        unmerge_event(number, by=request.actor, at=request.now, reason=form.cleaned_data["reason"])

    if form.is_bound and form.is_valid() and carried_out(form, write, field="reason"):
        messages.success(request, _("%(number)s berdiri sendiri lagi.") % {"number": found.number})
        return redirect("event", number=number)
    context = {"event": found, "title": event_title(found, language=language()), "form": form}
    return render(request, "events/unmerge.html", context, status=422 if form.is_bound else 200)


def split(request: StaffRequest, number: int) -> HttpResponse:
    """Take some reports out of an event and make another of them."""
    found = event_in(request.scope, number)
    form = _split_form(request, found)
    made: list[Any] = []

    def write() -> None:
        made.append(
            split_event(
                number,
                form.facts(),
                reports=form.cleaned_data["reports"],
                owner=found.owner_id,
                by=request.actor,
                at=request.now,
                reason=form.cleaned_data["reason"],
            )
        )

    if request.method == "POST" and form.is_valid() and carried_out(form, write):
        named = {"number": found.number, "made": made[0].number}
        messages.success(request, _("%(made)s dipisah dari %(number)s.") % named)
        return redirect("event", number=made[0].pk)
    context = {"event": found, "title": event_title(found, language=language()), "form": form}
    return render(request, "events/split.html", context, status=422 if form.is_bound else 200)


def _split_form(request: StaffRequest, found: Any) -> SplitForm:
    reports = own_reports_of(found, scope_of(request, Permission.REPORT_READ))
    ranges = [part for post in request.actor.posts for part in post.own]
    return SplitForm(
        request.POST if request.method == "POST" else None,
        initial=_first_values(found),
        policy=policy_on(request.now.date()),
        language=language(),
        within=ranges[0] if len(ranges) == 1 else None,
        reports=[(row.pk, f"LP-{row.pk} {row.title or row.text_masked[:90]}") for row in reports],
        auto_id="pisah_%s",
    )


def _first_values(found: Any) -> dict[str, Any]:
    """What the new event most likely shares with the old one; its story is written anew."""
    facts = facts_of(found)
    return {
        "kind": facts.kind,
        "type_code": facts.type_code,
        "forms_seen": list(facts.forms),
        "place": code_of(facts.area, level_of_key(facts.area)),
        "place_precision": facts.place_precision,
        "happens_on": facts.happens_on,
        "time_precision": facts.time_precision,
        "label": facts.label,
    }


ROUTES: list[URLPattern] = [
    route(
        f"peristiwa/<int:number>/{pattern}/",
        view,
        name=name,
        need=Permission.EVENT_WRITE,
        methods=("GET", "POST"),
        section="events",
    )
    for pattern, view, name in (
        ("gabung", merge, "event_merge"),
        ("keluarkan", unmerge, "event_unmerge"),
        ("pisah", split, "event_split"),
    )
]
