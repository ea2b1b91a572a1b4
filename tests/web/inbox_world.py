"""The inbox in small for its tests: reports from the coined villages, and an analyst with a browser."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from kentongan.accounts.models import Agency
from kentongan.edge.clocks import domain_now
from kentongan.intake.actions import Sender, keep_suggestions, receive_report
from kentongan.intake.decisions import Draft, Guess
from kentongan.intake.models import Report
from tests import factories, people
from tests.web.chain import enter

ASYNC = {"HX-Request": "true"}


def desk() -> Agency:
    """Kesbangpol of the regency, where Ratna works."""
    return Agency.objects.get(assignments__account=people.analis())


def ratna() -> Client:
    return enter(people.analis())


def arrive(
    text: str = "Dua kelompok saling ancam di simpang.",
    *,
    area: str = "99.01.01.2001",
    at: datetime | None = None,
    minutes: int = 5,
    source: str = "S-14",
    channel: str = "form",
    **answers: Any,
) -> Report:
    """One report as the public form brings it, some minutes ago."""
    key = factories.waluku()[area].key if area else None
    draft = Draft(uuid4(), channel, text, area=key, **answers)
    when = at or domain_now() - timedelta(minutes=minutes)
    return receive_report(draft, sender=Sender(source, source), desk=desk().pk, at=when)[0]


def guess(report: Report, *guesses: Guess) -> None:
    keep_suggestions(report.pk, list(guesses), at=domain_now(), by=people.actor(people.analis()))


def event_fields(**values: Any) -> dict[str, Any]:
    """The compact form of a new event, filled in by a person."""
    given = {
        "type_code": "KEL.02", "type_other": "", "forms_seen": ["F02"], "place": "99.01.01", "happens_on": "2026-11-14",
        "summary": "Ajakan konvoi beredar.", "kind": "potential",
    }  # fmt: skip
    return given | values


def decide(client: Client, name: str, report: Report, fields: dict[str, Any], **options: Any) -> Any:
    """Send the form of one decision; follows to the next page."""
    return client.post(reverse(name, args=[report.pk]), fields, follow=True, **options)


def now_of(report: Report) -> Report:
    """The report as it stands in the database now."""
    return Report.rows.get(pk=report.pk)
