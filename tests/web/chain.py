"""The main chain in small for the tests of its pages: a report, an event, an alert, a task, and who they concern."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from kentongan.accounts.models import Account, Agency, AgencyKind
from kentongan.alerts.actions import approve_alert, propose_alert
from kentongan.alerts.decisions import Proposal
from kentongan.edge.clocks import machine_now
from kentongan.events.actions import create_event
from kentongan.events.decisions import EventFacts
from kentongan.intake.actions import Sender, receive_report
from kentongan.intake.decisions import Draft
from kentongan.policy import policy_on
from kentongan.response.actions import assign_task
from kentongan.response.decisions import Assignment
from tests import factories, people

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
UNVERIFIED = "BELUM TERVERIFIKASI"
DISCLAIMER = "bukan penetapan status keadaan konflik"


@dataclass
class Chain:
    """A report, an event made of it, an alert in force and a task, with the people around them."""

    now: datetime
    desk: Agency
    polres: Agency
    ratna: Account
    alya: Account
    report: Any
    event: Any
    alert: Any
    task: Any


def enter(account: Account) -> Client:
    """A browser in which the account has signed in, its second factor set up."""
    people.with_second_factor(account)
    client = Client()
    client.force_login(account, backend=BACKEND)
    return client


def send_report(
    text: str = "Ada ancaman di simpang dusun.", *, at: datetime, desk: Agency, title: str = ""
) -> Any:
    draft = Draft(uuid4(), "desk", text, title)
    return receive_report(draft, sender=Sender("S-14", "S-14"), desk=desk.pk, at=at)[0]


def facts(area: str = "99.01.01", **values: Any) -> EventFacts:
    given = {
        "kind": "potential", "type_code": next(iter(policy_on(date(2026, 11, 1)).event_types)), "forms": ("F02",),
        "area": factories.waluku()[area].key, "place_precision": 3, "happens_on": date(2026, 11, 14), "time_precision": 1,
        "summary": "Ajakan konvoi beredar.",
    }  # fmt: skip
    return EventFacts(**given | values)


def make_event(
    by: Account, desk: Agency, *, at: datetime, reports: tuple[int, ...] = (), **values: Any
) -> Any:
    return create_event(facts(**values), owner=desk.pk, reports=reports, by=people.actor(by), at=at)


def proposal(owner: Agency, *recipients: Agency, level: int = 1) -> Proposal:
    return Proposal(
        level=level, message="Potensi bentrok Sabtu malam.", reason="Pola sama.", owner=owner.pk,
        first_action="Pisah rute", playbook="Dialog", least_intrusive="Dialog", rights_affected="tidak ada", hours=24,
        recipients=tuple(agency.pk for agency in recipients),
    )  # fmt: skip


def made() -> Chain:
    """A report that became an event, with an alert in force to the police and a task for them."""
    now = machine_now()
    factories.waluku()
    desk = factories.agency("Kesbangpol Waluku")
    polres = factories.agency("Polres Waluku", kind=AgencyKind.POLRI)
    ratna, alya = people.analis(agency=desk), people.anggota_timdu(agency=polres)
    ratna_acts = people.actor(ratna)
    report = send_report(at=now - timedelta(hours=3), desk=desk, title="Kabar konvoi")
    event = make_event(ratna, desk, at=now - timedelta(hours=2), reports=(report.pk,))
    alert = propose_alert(event.pk, proposal(desk, polres), by=ratna_acts, at=now - timedelta(hours=1))
    approve_alert(alert.pk, by=ratna_acts, at=now - timedelta(minutes=59))
    task = assign_task(
        event.pk,
        Assignment("Pisah rute rombongan", 3, polres.pk, now + timedelta(hours=4)),
        by=ratna_acts,
        at=now,
    )
    return Chain(now, desk, polres, ratna, alya, report, event, alert, task)


def text_of(client: Client, name: str, *args: Any, status: int = 200) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == status
    return str(answer.content.decode())


def event_form(**values: Any) -> dict[str, Any]:
    given = {
        "kind": "potential", "type_code": next(iter(policy_on(date(2026, 11, 1)).event_types)), "forms_seen": ["F02"],
        "place": "99.01.01", "place_precision": "3", "place_note": "", "happens_on": "2026-11-14", "time_precision": "1",
        "crowd": "", "summary": "Ajakan konvoi beredar.", "label": "1",
    }  # fmt: skip
    return given | values
