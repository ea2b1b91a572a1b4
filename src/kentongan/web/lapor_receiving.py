"""From the answers of a form to a stored report: the place is looked up, the desk found, the door called once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kentongan.accounts.actors import Actor
from kentongan.accounts.desks import areas_of_desks, desk_for
from kentongan.accounts.permissions import Permission
from kentongan.analysis.text.normalise import clean_text
from kentongan.edge.problems import Problem
from kentongan.intake.actions import Sender, can_keep_contact, reporter
from kentongan.intake.decisions import Draft
from kentongan.intake.door import take
from kentongan.places.queries import MatchedBy, key_in_force, search_regions
from kentongan.web.forms.lapor import Answers

SURE = frozenset({MatchedBy.NAME, MatchedBy.ALIAS})


@dataclass(frozen=True, slots=True)
class Received:
    """What the sender is told: the receipt, and what of the sending was not understood or not kept."""

    receipt: str
    conflict: bool
    not_understood: tuple[str, ...]
    contact_kept: bool | None  # None: none was left


def sends_as_account(actor: Actor) -> bool:
    """Whether a report of this person goes under the own source number."""
    return bool(actor.account_id) and actor.may(Permission.REPORT_SEND)


def receive(answers: Answers, *, by: Actor, at: datetime) -> Received:
    """Store one report. A place that nobody knows stays as the sender's words; the desk reads them."""
    if answers.as_account and not sends_as_account(by):
        raise Problem("web.report_sign_in")
    area, note, unknown = _place(answers)
    draft = _draft(answers, area, note, channel="phone" if sends_as_account(by) else "form")
    sender = Sender.public()
    if sends_as_account(by):
        sender = reporter(by, draft, area=area if area is not None else _home(by), at=at)
    keeps = bool(answers.contact) and area is not None and can_keep_contact()
    taken = take(draft, sender=sender, desk=desk_for(area), at=at, contact=answers.contact if keeps else None)
    return Received(
        taken.receipt,
        taken.conflicting,
        (*answers.not_understood, *unknown),
        keeps if answers.contact else None,
    )


def _draft(answers: Answers, area: int | None, note: str, *, channel: str) -> Draft:
    return Draft(
        answers.client_id,
        channel,
        answers.text,
        area=area,
        tile=answers.tile,
        place_note=note,
        latitude=answers.latitude,
        longitude=answers.longitude,
        happens=answers.happens,
        happens_on=answers.happens_on,
        knowledge=answers.knowledge,
        ongoing=answers.ongoing,
        danger=answers.danger,
        accused=answers.accused,
        sent_at=answers.sent_at,
    )


def _place(answers: Answers) -> tuple[int | None, str, tuple[str, ...]]:
    """The key of the place, the note that stays beside it, and what was not understood."""
    if answers.area:
        key = key_in_force(answers.area)
        if key is None:
            return None, _joined(answers.place, answers.area, answers.place_note), ("area",)
        return key, answers.place_note, ()
    if answers.place:
        found = _by_name(clean_text(answers.place))
        if found is not None:
            return found, answers.place_note, ()
    return None, _joined(answers.place, answers.place_note), ()


def _by_name(written: str) -> int | None:
    """The one region of this instance that bears the name; nothing where there are two or none."""
    for part in areas_of_desks():
        found = [match for match in search_regions(written, within=part, limit=3) if match.by in SURE]
        if len(found) == 1:
            return int(found[0].region.key)
    return None


def _joined(*words: str) -> str:
    return "; ".join(word for word in words if word)


def _home(by: Actor) -> int:
    """Where somebody works who named no place: it decides the kabupaten of the source number alone."""
    own = next((part.low for post in by.posts for part in post.own), None)
    return own if own is not None else areas_of_desks()[0].low
