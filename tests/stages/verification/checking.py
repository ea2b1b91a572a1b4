"""What the tests of verification make: reports with an own sender, photos, questions, a colleague of the same desk."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from kentongan.accounts.actors import Actor
from kentongan.accounts.models import Agency
from kentongan.events.models import Event
from kentongan.intake.actions import receive_report, reporter
from kentongan.intake.models import Photo, Report
from kentongan.verification.actions import FieldQuestion, NewEvidence
from tests import people
from tests.stages import chain_world as world
from tests.stages.chain_world import HOUR, NOW

TWO_PERSONS = "KAM.01"


def danu() -> Actor:
    """The village head of the village in which the events of these tests lie."""
    return people.actor(people.tiga_pilar())


def village_office() -> Agency:
    danu()
    return world.agency_of(people.tiga_pilar())


def sekar() -> Actor:
    """The order officer of the kecamatan."""
    return people.actor(people.kasi_trantib())


def sent_by(who: Actor, text: str = world.SHARED_WORDS, *, at: datetime = NOW, **values: Any) -> Report:
    """A report that this account sent, under its pseudonym."""
    draft = world.draft(text, area=world.VILLAGE, **values)
    sender = reporter(who, draft, area=world.VILLAGE, at=at)
    return receive_report(draft, sender=sender, desk=world.desk().pk, at=at)[0]


def statement(**changes: Any) -> NewEvidence:
    values: dict[str, Any] = {
        "kind": "statement",
        "text": "Tugu dilihat dicoret.",
        "origin": "Desa Sumberluku",
    }
    return NewEvidence(**values | changes)


def question(agency: int | None = None, **changes: Any) -> FieldQuestion:
    values: dict[str, Any] = {
        "agency": agency or village_office().pk,
        "question": "Apakah tugu di dusun itu dicoret?",
        "due_at": NOW + 4 * HOUR,
        "item": "kejadian",
    }
    return FieldQuestion(**values | changes)


def photo_of(report: Report, **changes: Any) -> Photo:
    """A photo that the worker has made ready, written directly."""
    values: dict[str, Any] = {
        "report": report, "client_id": uuid4(), "sha256": "a" * 64, "original": "b" * 40, "state": "ready",
        "shown": "c" * 40, "small": "d" * 40, "width": 800, "height": 600, "shown_sha256": "e" * 64,
        "received_at": NOW,
    }  # fmt: skip
    return Photo.objects.create(**values | changes)


def stored(event: Event) -> Event:
    return Event.rows.get(pk=event.pk)
