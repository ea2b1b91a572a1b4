"""The forms of an event's life that one person may use on it: moved, looked at again, shown, noted, watched."""

from __future__ import annotations

from typing import Any

from django.forms import Form

from kentongan.accounts.permissions import Permission
from kentongan.accounts.queries import agencies_acting
from kentongan.policy import policy_on
from kentongan.web.forms.event_steps import (
    MoveForm,
    NoteForm,
    ReopenForm,
    ReviewForm,
    ShareForm,
    WatchForm,
)
from kentongan.web.routing import StaffRequest
from kentongan.web.wording import language

# These rest on an outcome, which the response stage records.
BY_OUTCOME = frozenset({"watch", "closed"})
# From these it goes on by being opened again, which sets the outcome aside.
ENDED = frozenset({"watch", "closed"})


def life_forms(request: StaffRequest, found: Any) -> dict[str, Form]:
    """The empty forms, by the name the dossier gives them; none for whoever may not write here."""
    if not request.actor.may(Permission.EVENT_WRITE, found.area):
        return {}
    forms: dict[str, Form] = {
        "review_form": review_form(),
        "share_form": share_form(found),
        "note_form": note_form(),
        "watch_form": watch_form(),
    }
    if found.state in ENDED:
        forms["reopen_form"] = reopen_form()
    elif _next_states(request, found):
        forms["move_form"] = move_form(request, found)
    return forms


# Several forms stand on one page: each has ids of its own.
def move_form(request: StaffRequest, found: Any, data: Any = None) -> MoveForm:
    return MoveForm(
        data,
        states=_next_states(request, found),
        auto_id="keadaan_%s",
        initial={"review_on": found.review_on},
    )


def reopen_form(data: Any = None) -> ReopenForm:
    return ReopenForm(data, auto_id="buka_%s")


def review_form(data: Any = None) -> ReviewForm:
    return ReviewForm(data, auto_id="tinjau_%s")


def share_form(found: Any, data: Any = None) -> ShareForm:
    agencies = [
        (agency.pk, agency.short_name)
        for agency in agencies_acting(found.area).exclude(pk=found.owner_id).order_by("kind", "short_name")
    ]
    return ShareForm(data, agencies=agencies, auto_id="bagi_%s")


def note_form(data: Any = None) -> NoteForm:
    return NoteForm(data, auto_id="catat_%s")


def watch_form(data: Any = None) -> WatchForm:
    return WatchForm(data, auto_id="awasi_%s")


def _next_states(request: StaffRequest, found: Any) -> list[tuple[str, str]]:
    machine = policy_on(request.now.date()).lifecycles["event"]
    return [
        (code, machine.label_of(code).in_language(language()))
        for code in machine.next_states(found.state)
        if code not in BY_OUTCOME
    ]
