"""The chain for tests, link by link: a report, an event, a verdict, an alert, a task, each made by its own action.

Every maker takes what the test is about and fills in the rest with the coined world of `factories` and `people`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from kentongan.accounts.actors import Actor
from kentongan.accounts.models import Account, Agency
from kentongan.alerts.actions import approve_alert, propose_alert
from kentongan.alerts.decisions import Proposal
from kentongan.alerts.models import Alert
from kentongan.audit.models import AuditEntry
from kentongan.documents.actions import draft_daily_report, review_product, sign_product
from kentongan.documents.models import Product
from kentongan.edge.problems import Problem
from kentongan.events.actions import create_event
from kentongan.events.decisions import EventFacts
from kentongan.events.models import Event
from kentongan.intake.actions import Sender, receive_report
from kentongan.intake.decisions import Draft
from kentongan.intake.models import Report
from kentongan.places.keys import key_of
from kentongan.response.actions import assign_task
from kentongan.response.decisions import Assignment, Ending
from kentongan.response.models import Task
from kentongan.verification.actions import set_check, verify_event
from kentongan.verification.decisions import Conclusion
from kentongan.verification.queries import lines_of
from tests import factories, people

NOW = factories.NOW
HOUR = timedelta(hours=1)
VILLAGE = key_of("99.01.01.2001")
OTHER_VILLAGE = key_of("99.01.03.2001")
ELSEWHERE = key_of("99.02.01.2001")
REGENCY = key_of("99.01")
SHARED_WORDS = "Tugu dicoret; ajakan konvoi beredar untuk Sabtu malam."


def desk() -> Agency:
    """Kesbangpol of the regency, where Ratna and Budi work."""
    return agency_of(people.analis())


def agency_of(account: Account) -> Agency:
    return Agency.objects.get(assignments__account=account)


def ratna() -> Actor:
    """The analyst."""
    return people.actor(people.analis())


def budi() -> Actor:
    """The head of division (Kabid)."""
    return people.actor(people.kabid())


def second_kabid() -> Actor:
    return people.actor(people.kabid(name="Wening"))


def alya() -> Actor:
    """A member of the integrated team at Polres: sees what is addressed to it."""
    return people.actor(people.anggota_timdu())


def polres() -> Agency:
    return agency_of(people.anggota_timdu())


def stranger() -> Actor:
    """An analyst of the other regency."""
    return people.actor(people.analis("99.02", name="Surya"))


def draft(text: str = SHARED_WORDS, *, client_id: UUID | None = None, **values: Any) -> Draft:
    return Draft(client_id or uuid4(), "form", text, **values)


def report(
    text: str = SHARED_WORDS, *, area: int | None = VILLAGE, at: datetime = NOW, **values: Any
) -> Report:
    stored, _ = receive_report(
        draft(text, area=area, **values), sender=Sender.public(), desk=desk().pk, at=at
    )
    return stored


FACTS = EventFacts(
    kind="potential",
    type_code="KEL.02",
    forms=("F02", "F07"),
    area=VILLAGE,
    place_precision=1,
    happens_on=date(2026, 11, 14),
    time_precision=1,
    summary=SHARED_WORDS,
)


def facts(**changes: Any) -> EventFacts:
    return replace(FACTS, **changes)


def drafted_daily(*, day: date = date(2026, 11, 12), area: int = REGENCY, at: datetime = NOW) -> Product:
    """The draft of a day's report, written by the analyst."""
    return draft_daily_report(area=area, day=day, office=desk().pk, by=ratna(), at=at)


def signed_daily(*, day: date = date(2026, 11, 12), area: int = REGENCY, at: datetime = NOW) -> Product:
    """The day's report, written by the analyst, reviewed and signed by the head of division."""
    made = drafted_daily(day=day, area=area, at=at)
    review_product(made.pk, by=budi(), at=at)
    return sign_product(made.pk, by=budi(), at=at)


def event(
    *,
    verdict: str = "",
    by: Actor | None = None,
    reports: tuple[int, ...] = (),
    at: datetime = NOW,
    **changes: Any,
) -> Event:
    """An event in the village, unverified unless a verdict is given."""
    who = by or ratna()
    made = create_event(facts(**changes), owner=desk().pk, reports=reports, by=who, at=at)
    if verdict:
        judged(made, verdict, by=who, at=at)
    return Event.rows.get(pk=made.pk)


def judged(
    about: Event, verdict: str = "verified", *, by: Actor | None = None, at: datetime = NOW, **changes: Any
) -> Event:
    """The event with its required checks done and a verdict on it."""
    who = by or ratna()
    checked(about, by=who, at=at)
    verify_event(about.pk, conclusion(verdict, **changes), by=who, at=at)
    return Event.rows.get(pk=about.pk)


def checked(about: Event, *, by: Actor | None = None, at: datetime = NOW, status: str = "proven") -> Event:
    """The event with every required line of its checklist settled; lines that were settled before stay."""
    who = by or ratna()
    for line in lines_of(about, on=at.date()):
        if line.required and line.status != status:
            set_check(about.pk, item=line.item, status=status, finding="Dilihat di tempat.", by=who, at=at)
    return Event.rows.get(pk=about.pk)


def conclusion(verdict: str = "verified", **changes: Any) -> Conclusion:
    values = {
        "verdict": verdict,
        "content_grade": 2,
        "source_grade": "B",
        "reason": "Dilihat Bhabinkamtibmas.",
        "review_on": NOW.date() + timedelta(days=7) if verdict == "inconclusive" else None,
    }
    return Conclusion(**values | changes)


def proposal(**changes: Any) -> Proposal:
    values: dict[str, Any] = {
        "level": 1,
        "message": "Potensi bentrok Sabtu malam di Sumberluku.",
        "reason": "Coretan dan ajakan konvoi bertemu pada malam pengesahan.",
        "owner": desk().pk,
        "first_action": "Polres mengatur rute sebelum 12.00.",
        "playbook": "Silat: dialog, pisah rute",
        "least_intrusive": "Dialog dicoba lebih dulu.",
        "rights_affected": "Tidak ada.",
        "hours": 24,
        "recipients": (polres().pk,),
    }
    return Proposal(**values | changes)


def proposed(level: int = 1, *, about: Event | None = None, at: datetime = NOW, **changes: Any) -> Alert:
    of = about or event(verdict="verified")
    return propose_alert(of.pk, proposal(level=level, **changes), by=ratna(), at=at)


def issued(level: int = 1, *, about: Event | None = None, at: datetime = NOW, **changes: Any) -> Alert:
    """An alert in force, confirmed by the Kabid."""
    alert = proposed(level, about=about, at=at, **changes)
    return approve_alert(alert.pk, by=budi(), at=at)


def task(
    *, about: Event | None = None, alert: Alert | None = None, at: datetime = NOW, **changes: Any
) -> Task:
    of = about or (alert.event if alert else event(verdict="verified"))
    return assign_task(of.pk, assignment(**changes), by=budi(), at=at, alert=alert.pk if alert else None)


def assignment(**changes: Any) -> Assignment:
    values: dict[str, Any] = {
        "what": "Pisahkan rute kedua rombongan.",
        "measure": 3,
        "agency": polres().pk,
        "due_at": NOW + 4 * HOUR,
    }
    return Assignment(**values | changes)


def ending(**changes: Any) -> Ending:
    values: dict[str, Any] = {
        "occurred": False,
        "spread": False,
        "why": "Rute dipisahkan, kedua pihak pulang.",
    }
    return Ending(**values | changes)


@contextmanager
def refused(code: str) -> Iterator[None]:
    """What happens inside is refused with this problem, and leaves neither a row nor an audit entry."""
    before = AuditEntry.objects.count()
    with pytest.raises(Problem) as caught:
        yield
    assert caught.value.code == code
    assert caught.value.sentence("id") != caught.value.sentence("en")
    assert AuditEntry.objects.count() == before


def chained(subject: str) -> list[str]:
    """The actions in the chain about one row, oldest first."""
    return list(AuditEntry.objects.filter(subject=subject).order_by("seq").values_list("action", flat=True))
