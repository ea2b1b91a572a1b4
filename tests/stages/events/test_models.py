"""What the database itself refuses of an event, each constraint once; what a scope shows of them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given

from kentongan.accounts.scopes import Scope
from kentongan.events.models import (
    CONFIRMED,
    Event,
    EventReport,
    EventRevision,
    EventShare,
    VerificationState,
)
from tests import factories
from tests.stages import chain_world as world
from tests.stages.sights import PLACES, at_agencies, scopes, twin_own, twin_seen

pytestmark = pytest.mark.django_db


def values(**changes: Any) -> dict[str, Any]:
    return {
        "kind": "incident",
        "type_code": "KEL.02",
        "forms": ["F10"],
        "hostile_facet": "F10",
        "area": world.VILLAGE,
        "place_precision": 2,
        "happens_on": world.NOW.date(),
        "time_precision": 1,
        "summary": "Perkelahian di simpang.",
        "owner": world.desk(),
        "created_at": world.NOW,
    } | changes


@pytest.mark.parametrize(
    "changes",
    [
        {"hostile_facet": ""},
        {"hostile_facet": "F04"},
        {"kind": "isu"},
        {"state": "dihapus"},
        {"verification": "mungkin"},
        {"place_precision": 0},
        {"place_precision": 4},
        {"time_precision": 0},
        {"time_precision": 4},
        {"severity": 0},
        {"severity": 6},
        {"content_grade": 0},
        {"content_grade": 7},
        {"source_grade": "G"},
        {"source_grade": ""},
        {"label": 3},
    ],
)
def test_the_database_refuses_an_event_that_cannot_be(changes: dict[str, Any]) -> None:
    facts = values(**changes)
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.rows.create(**facts)


def test_an_unknown_severity_is_stored_as_unknown() -> None:
    made = Event.rows.create(**values(severity=None))
    assert Event.rows.get(pk=made.pk).severity is None


def test_an_event_starts_unverified_at_f6() -> None:
    made = Event.rows.create(**values())
    assert (made.verification, made.source_grade, made.content_grade, made.is_confirmed) == (
        "unverified",
        "F",
        6,
        False,
    )


def test_report_share_and_revision_stand_once_per_event() -> None:
    event, report = world.event(), world.report()
    EventReport.objects.create(event=event, report=report)
    EventShare.objects.create(event=event, agency=world.polres(), until=world.NOW)
    for again in (
        lambda: EventReport.objects.create(event=event, report=report),
        lambda: EventShare.objects.create(event=event, agency=world.polres(), until=world.NOW),
        lambda: EventRevision.objects.create(
            event=event, number=1, recorded_at=world.NOW, recorded_by="akun:1", values={}
        ),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            again()


@pytest.fixture
def agencies() -> list[int]:
    """Two agencies; an event in every place, state of verification and label, some addressed to one of them."""
    factories.waluku()
    numbers = [factories.agency(f"Instansi {n}").pk for n in range(2)]
    verdicts = list(VerificationState.values)
    for turn, area in enumerate([*PLACES.values()] * 3):
        row = Event.rows.create(**values(area=area, label=turn % 3, verification=verdicts[(turn * 5) % 6]))
        if turn % 4 == 0:
            EventShare.objects.create(
                event=row, agency_id=numbers[turn % 8 // 4], until=world.NOW, withdrawn=turn % 3 == 0
            )
    return numbers


@given(drawn=scopes)
def test_the_events_of_a_scope_are_those_a_plain_rule_finds(agencies: list[int], drawn: Scope) -> None:
    scope = at_agencies(drawn, agencies)
    shares = list(EventShare.objects.filter(withdrawn=False).values_list("event_id", "agency_id"))
    expected = set()
    for row in Event.rows.all():
        for sight in scope.sights:
            confirmed = row.verification in CONFIRMED and twin_seen(sight, row.area)
            unverified = sight.unverified and twin_own(sight, row.area)
            addressed = (row.pk, sight.agency_id) in shares
            if row.label <= sight.label and (confirmed or unverified or addressed):
                expected.add(row.pk)
    assert {row.pk for row in Event.objects.in_scope(scope)} == expected
    assert Event.objects.in_scope(scope).count() == len(expected)
