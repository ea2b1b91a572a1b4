"""Verdicts: given by the desk, each a row of its own, reopened by new evidence, never overwritten."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from kentongan.events.models import Event
from kentongan.verification.actions import verify_event
from kentongan.verification.decisions import CONCLUSIONS
from kentongan.verification.models import Verdict
from kentongan.verification.queries import verdicts_of
from tests import people
from tests.stages import chain_world as world
from tests.stages.chain_world import HOUR, NOW, conclusion, refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("verdict", CONCLUSIONS)
def test_a_verdict_stands_on_the_event_with_both_grades_apart(verdict: str) -> None:
    event = world.event()
    verify_event(event.pk, conclusion(verdict, content_grade=3, source_grade="C"), by=world.ratna(), at=NOW)
    stored = Event.rows.get(pk=event.pk)
    assert (stored.verification, stored.content_grade, stored.source_grade) == (verdict, 3, "C")
    assert stored.is_confirmed == (verdict in {"verified", "partly"})
    assert world.chained(f"event:{event.pk}") == ["event.created", "event.verified"]


def test_new_evidence_adds_a_verdict_and_keeps_the_old_one() -> None:
    event = world.event(verdict="verified")
    verify_event(event.pk, conclusion("refuted", content_grade=5), by=world.ratna(), at=NOW + HOUR)
    assert [row.verdict for row in verdicts_of(event)] == ["refuted", "verified"]
    assert not Event.rows.get(pk=event.pk).is_confirmed


@pytest.mark.parametrize(
    "role", ["fkdm", "tiga_pilar", "anggota_timdu", "pimpinan", "provinsi", "pengawas", "admin"]
)
def test_roles_outside_the_desk_give_no_verdict(role: str) -> None:
    event, who = world.event(), people.actor(people.person(role))
    with refused("accounts.not_permitted"):
        verify_event(event.pk, conclusion(), by=who, at=NOW)


def test_the_desk_of_another_regency_gives_no_verdict() -> None:
    event, who = world.event(), world.stranger()
    with refused("accounts.outside_area"):
        verify_event(event.pk, conclusion(), by=who, at=NOW)


def test_a_contradicting_conclusion_is_refused() -> None:
    event, who = world.event(), world.ratna()
    with refused("verification.grade_contradicts"):
        verify_event(event.pk, conclusion("verified", content_grade=5), by=who, at=NOW)


@pytest.mark.parametrize(
    "changes",
    [
        {"verdict": "unverified"},
        {"verdict": "in_progress"},
        {"content_grade": 0},
        {"content_grade": 7},
        {"source_grade": "G"},
        {"reason": ""},
    ],
)
def test_the_database_refuses_a_verdict_that_cannot_be(changes: dict[str, Any]) -> None:
    event = world.event()
    values: dict[str, Any] = {
        "verdict": "verified",
        "content_grade": 2,
        "source_grade": "B",
        "reason": "Dilihat.",
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Verdict.objects.create(event=event, given_by="akun:1", given_at=NOW, **values | changes)
