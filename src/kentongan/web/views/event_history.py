"""Riwayat perubahan: every revision of an event with what it changed, each a door to what was known then."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import URLPattern

from kentongan.accounts.permissions import Permission
from kentongan.events.actions import look_at_event
from kentongan.events.queries import changes_of, event_in, event_title
from kentongan.places.queries import time_zone_of
from kentongan.web.audit_sentences import account_names, who
from kentongan.web.event_words import field_name, value_words
from kentongan.web.routing import StaffRequest, route
from kentongan.web.wording import language


def history(request: StaffRequest, number: int) -> HttpResponse:
    """Newest first: who changed what, from what, to what, why."""
    found = event_in(request.scope, number)
    look_at_event(found, by=request.actor, at=request.now)
    zone = time_zone_of(found.area)
    context = {
        "event": found,
        "title": event_title(found, language=language()),
        "zone": zone.key,
        "lines": _lines(found),
        "today": request.now.astimezone(zone).date(),
    }
    return render(request, "events/history.html", context)


def _lines(found: Any) -> list[dict[str, Any]]:
    revisions = changes_of(found)
    names = account_names(line.revision.recorded_by for line in revisions)
    people = _people(change for line in revisions for change in line.changes)
    return [
        {
            "revision": line.revision,
            "by": who(line.revision.recorded_by, names),
            # The first revision says everything: what it leaves open is no change.
            "changes": [
                (
                    field_name(change.name),
                    value_words(change.name, change.old, people=people),
                    value_words(change.name, change.new, people=people),
                )
                for change in line.changes
                if line.revision.number > 1 or change.new not in (None, "", [], {}, False)
            ],
        }
        for line in reversed(revisions)
    ]


def _people(changes: Any) -> dict[int, str]:
    """The names of the people who were put in charge, by their account."""
    numbers = {
        int(number)
        for change in changes
        if change.name == "assigned_to"
        for number in (change.old, change.new)
        if number is not None
    }
    names = account_names(f"akun:{number}" for number in numbers)
    return {number: names.get(f"akun:{number}", str(number)) for number in numbers}


ROUTES: list[URLPattern] = [
    route(
        "peristiwa/<int:number>/riwayat/",
        history,
        name="event_history",
        need=Permission.EVENT_READ,
        section="events",
    ),
]
