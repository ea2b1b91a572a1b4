"""Ubah peristiwa: all facts on one page; where two people changed the same one, both values stand side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern
from django.utils.translation import gettext as _

from kentongan.accounts.permissions import Permission
from kentongan.accounts.queries import in_force
from kentongan.edge.problems import Problem
from kentongan.events.actions import revise_event
from kentongan.events.decisions import Conflict, EventChanges
from kentongan.events.queries import changes_of, event_in, event_title, facts_at, facts_of, newest_revision
from kentongan.places.keys import Level, key_at, level_of_key, range_of_key
from kentongan.places.queries import in_force as regions_in_force
from kentongan.policy import policy_on
from kentongan.web.audit_sentences import account_names, who
from kentongan.web.event_words import field_name, value_words
from kentongan.web.forms.event_edit import EventEditForm, initial_of
from kentongan.web.forms.reasons import NOT_FOR_THE_FORM
from kentongan.web.routing import StaffRequest, route
from kentongan.web.wording import language

PLACES_LIST = "tempat-dikenal"  # the id of the datalist that the place field offers
ASKED = "selisih"
CHOSEN = "pilih_"
MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True, slots=True)
class Choice:
    """One fact that two people changed, in words, with who wrote the one that stands."""

    name: str
    label: str
    theirs: str
    mine: str
    by: str


def edit(request: StaffRequest, number: int) -> HttpResponse:
    """The form with the event's facts; a change is based on the revision it shows."""
    found = event_in(request.scope, number)
    if request.method == "POST":
        return _written(request, found)
    form = _form(request, found, initial=initial_of(facts_of(found), based_on=newest_revision(found)))
    return _page(request, found, form)


def _written(request: StaffRequest, found: Any) -> HttpResponse:
    form = _form(request, found, data=request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    based_on = form.cleaned_data["based_on"]
    changes = EventChanges.between(facts_at(found, based_on), form.facts())
    unanswered = [
        Conflict(name, getattr(facts_of(found), name), value)
        for name, value in changes.values.items()
        if name in request.POST.getlist(ASKED) and request.POST.get(CHOSEN + name) not in {MINE, THEIRS}
    ]
    if unanswered:
        # Neither value is taken by default: whoever saves has chosen.
        return _side_by_side(request, found, changes, unanswered)
    given_up = [name for name in changes.values if request.POST.get(CHOSEN + name) == THEIRS]
    try:
        revised = revise_event(
            found.pk,
            changes.without(given_up),
            based_on=based_on,
            by=request.actor,
            at=request.now,
            reason=form.cleaned_data["reason"],
        )
    except Problem as problem:
        if problem.code == "events.conflict":
            return _side_by_side(request, found, changes, problem.values["conflicts"])  # type: ignore[arg-type]
        if problem.code == "events.nothing_changed" and given_up:
            messages.info(request, _("Nilai yang tersimpan dibiarkan."))
            return redirect("event", number=found.pk)
        if problem.status in NOT_FOR_THE_FORM:
            raise
        form.add_error(None, problem.sentence(language()))
        return _page(request, found, form, status=422)
    messages.success(request, _("%(number)s tersimpan.") % {"number": revised.number})
    return redirect("event", number=found.pk)


def _side_by_side(
    request: StaffRequest, found: Any, changes: EventChanges, conflicts: Sequence[Conflict]
) -> HttpResponse:
    """Nothing was written: the form again with everything merged that can be, and both values of what cannot."""
    merged = changes.onto(facts_of(found))
    form = _form(request, found, initial=initial_of(merged, based_on=newest_revision(found)))
    people = dict(_people(request, found))
    last = _last_writers(found)
    choices = [
        Choice(
            conflict.name,
            field_name(conflict.name),
            value_words(conflict.name, conflict.theirs, people=people),
            value_words(conflict.name, conflict.mine, people=people),
            last.get(conflict.name, ""),
        )
        for conflict in conflicts
    ]
    return _page(request, found, form, status=409, conflicts=choices)


def _last_writers(found: Any) -> dict[str, str]:
    """Who wrote each fact last."""
    lines = changes_of(found)
    names = account_names(line.revision.recorded_by for line in lines)
    return {change.name: who(line.revision.recorded_by, names) for line in lines for change in line.changes}


def _page(
    request: StaffRequest,
    found: Any,
    form: EventEditForm,
    *,
    status: int = 200,
    conflicts: Sequence[Choice] = (),
) -> HttpResponse:
    context = {
        "event": found,
        "title": event_title(found, language=language()),
        "form": form,
        "conflicts": conflicts,
        "chosen": CHOSEN,
        "places": _places(found),
        "places_list": PLACES_LIST,
    }
    form.fields["place"].widget.attrs["list"] = PLACES_LIST
    return render(request, "events/edit.html", context, status=status)


def _form(request: StaffRequest, found: Any, *, data: Any = None, initial: Any = None) -> EventEditForm:
    ranges = [part for post in request.actor.posts for part in post.own]
    return EventEditForm(
        data,
        initial=initial,
        policy=policy_on(request.now.date()),
        language=language(),
        within=ranges[0] if len(ranges) == 1 else None,
        people=_people(request, found),
        today=request.now.date(),
        auto_id="ubah_%s",
    )


def _places(found: Any) -> list[Any]:
    """The kecamatan and desa of the event's kabupaten, to choose from while typing."""
    level = min(level_of_key(found.area), Level.REGENCY)
    around = range_of_key(key_at(found.area, level))
    return list(regions_in_force().filter(key__in_region=around, level__gte=Level.DISTRICT).order_by("code"))


def _people(request: StaffRequest, found: Any) -> list[tuple[int, str]]:
    """Who may look after it: the people of the owning office, and whoever does now."""
    posts = in_force(request.now.date()).filter(agency_id=found.owner_id)
    people = {post.account_id: post.account.name for post in posts.select_related("account")}
    if found.assigned_to is not None:
        people.setdefault(found.assigned_to_id, found.assigned_to.name)
    return sorted(people.items(), key=lambda person: person[1])


ROUTES: list[URLPattern] = [
    route(
        "peristiwa/<int:number>/ubah/",
        edit,
        name="event_edit",
        need=Permission.EVENT_WRITE,
        methods=("GET", "POST"),
        section="events",
    ),
]
