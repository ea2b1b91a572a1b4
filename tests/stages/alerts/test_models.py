"""What the database itself refuses of an alert, each constraint once; what a scope shows of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given

from kentongan.accounts.scopes import Scope
from kentongan.alerts.models import Alert, AlertApproval, AlertRecipient
from tests import people
from tests.stages import chain_world as world
from tests.stages.chain_world import NOW
from tests.stages.sights import PLACES, at_agencies, scopes, twin_own

pytestmark = pytest.mark.django_db


def values(**changes: Any) -> dict[str, Any]:
    return {
        "level": 1,
        "area": world.VILLAGE,
        "message": "Potensi bentrok.",
        "reason": "Ajakan konvoi.",
        "owner": world.desk(),
        "first_action": "Atur rute.",
        "playbook": "Silat",
        "least_intrusive": "Dialog.",
        "rights_affected": "Tidak ada.",
        "expires_at": NOW + timedelta(hours=1),
        "proposed_by": "akun:1",
        "proposed_at": NOW,
        "unverified": True,
    } | changes


@pytest.mark.parametrize(
    "changes",
    [
        {"level": 0},
        {"level": 4},
        {"state": "hijau"},
        {"message": ""},
        {"reason": ""},
        {"first_action": ""},
        {"playbook": ""},
        {"least_intrusive": ""},
        {"rights_affected": ""},
        {"owner": None},
        {"expires_at": None},
        {"expires_at": NOW},
        {"expires_at": NOW - timedelta(hours=1)},
        {"unverified": None},
        {"state": "active"},
        {"state": "acknowledged"},
        {"state": "responding"},
        {"state": "stood_down"},
        {"state": "reviewed"},
        {"state": "stood_down", "issued_at": NOW},
        {"state": "active", "issued_at": NOW, "stood_down_at": NOW},
        {"state": "proposed", "issued_at": NOW},
    ],
)
def test_the_database_refuses_an_alert_that_cannot_be(changes: dict[str, Any]) -> None:
    event = world.event()
    with pytest.raises(IntegrityError), transaction.atomic():
        Alert.rows.create(event=event, **values(**changes))


@pytest.mark.parametrize("half", [{"acknowledged_at": NOW}, {"acknowledged_by": True}])
def test_who_acknowledged_and_when_stand_together(half: dict[str, Any]) -> None:
    alert = world.proposed()
    half = {name: people.anggota_timdu() if value is True else value for name, value in half.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        AlertRecipient.objects.filter(alert=alert).update(**half)


def test_an_agency_is_addressed_once_and_a_person_confirms_once() -> None:
    alert = world.issued()
    with pytest.raises(IntegrityError), transaction.atomic():
        AlertRecipient.objects.create(alert=alert, agency=world.polres())
    with pytest.raises(IntegrityError), transaction.atomic():
        AlertApproval.objects.create(alert=alert, account=people.kabid(), approved_at=NOW)


@pytest.fixture
def agencies() -> list[int]:
    """An alert in every place and several states, addressed to the one or the other agency, or to nobody."""
    event = world.event()
    numbers = [world.polres().pk, world.agency_of(people.pimpinan()).pk]
    states = ["draft", "proposed", "active", "acknowledged", "stood_down"]
    for turn, area in enumerate([*PLACES.values()] * 2):
        state = states[turn % 5]
        issued = None if state in {"draft", "proposed"} else NOW
        ended = NOW if state == "stood_down" else None
        row = Alert.rows.create(
            event=event, **values(area=area, state=state, issued_at=issued, stood_down_at=ended)
        )
        if turn % 3 < 2:
            AlertRecipient.objects.create(alert=row, agency_id=numbers[turn % 3])
    return numbers


@given(drawn=scopes)
def test_the_alerts_of_a_scope_are_those_a_plain_rule_finds(agencies: list[int], drawn: Scope) -> None:
    scope = at_agencies(drawn, agencies)
    named = set(AlertRecipient.objects.values_list("alert_id", "agency_id"))
    expected = {
        row.pk
        for row in Alert.rows.all()
        for sight in scope.sights
        if (twin_own(sight, row.area) and (sight.unverified or row.issued_at))
        or ((row.pk, sight.agency_id) in named and row.issued_at)
    }
    assert {row.pk for row in Alert.objects.in_scope(scope)} == expected
    assert Alert.objects.in_scope(scope).count() == len(expected)
