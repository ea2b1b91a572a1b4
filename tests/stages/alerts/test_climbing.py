"""The ladder: nobody answers, so the next rung is told, at its time, once, and never after an answer."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from kentongan.accounts.models import Agency
from kentongan.alerts.actions import (
    acknowledge_alert,
    approve_alert,
    climb_due,
    escalate,
    hand_over,
    return_proposal,
    stand_down,
)
from kentongan.alerts.models import Alert, AlertRecipient, AlertState, Notice, Occasion
from kentongan.alerts.queries import rungs_due
from tests import people
from tests.stages import chain_world as world
from tests.stages.chain_world import NOW, refused

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def told(alert: Alert, occasion: str) -> set[int]:
    return set(Notice.objects.filter(alert=alert, occasion=occasion).values_list("person_id", flat=True))


def rung(alert: Alert) -> int:
    return AlertRecipient.objects.get(alert=alert).rung


def test_siaga_climbs_after_five_fifteen_and_thirty_minutes() -> None:
    alert = world.issued(2)
    assert [moment - NOW for moment in rungs_due(alert)] == [5 * MINUTE, 15 * MINUTE, 30 * MINUTE]

    seen = {}
    for minutes in (4, 5, 14, 15, 29, 30, 90):
        climb_due(at=NOW + minutes * MINUTE)
        seen[minutes] = rung(alert)
    assert seen == {4: 0, 5: 1, 14: 1, 15: 2, 29: 2, 30: 3, 90: 3}


def test_a_worker_that_comes_late_climbs_every_rung_once() -> None:
    alert = world.issued(2)
    assert climb_due(at=NOW + 45 * MINUTE) == 3
    assert climb_due(at=NOW + 46 * MINUTE) == 0

    assert world.chained(f"alert:{alert.pk}")[-3:] == ["alert.climbed"] * 3


def test_each_rung_tells_the_people_it_is_for() -> None:
    alert = world.issued(2)
    climb_due(at=NOW + 45 * MINUTE)

    assert told(alert, Occasion.RUNG_1) == {people.anggota_timdu().pk}
    # The police's own line of command is reached by the desk that owns the alert.
    assert people.analis().pk in told(alert, Occasion.RUNG_2)
    assert told(alert, Occasion.RUNG_3) == {
        person.pk
        for person in (people.kabid(),)
        if person.assignments.filter(agency_id=alert.owner_id).exists()
    }


def test_the_superior_of_a_village_is_its_kecamatan() -> None:
    village, kecamatan = people.tiga_pilar(), people.kasi_trantib()
    alert = world.issued(2, recipients=(village.assignments.get().agency_id,))
    climb_due(at=NOW + 15 * MINUTE)

    assert told(alert, Occasion.RUNG_2) == {kecamatan.pk}


def test_waspada_counts_office_minutes_alone() -> None:
    friday = datetime(2026, 11, 13, 8, 50, tzinfo=timezone.utc)  # 15.50 WIB, the office closes at 16.00
    alert = world.issued(1, at=friday, hours=72)
    first = rungs_due(alert)[0].astimezone(timezone.utc)

    assert first == datetime(2026, 11, 16, 1, 5, tzinfo=timezone.utc)  # Monday, five minutes after opening


def test_an_answer_stops_the_ladder() -> None:
    alert = world.issued(2)
    acknowledge_alert(alert.pk, agency=world.polres().pk, by=world.alya(), at=NOW + MINUTE)

    assert climb_due(at=NOW + 60 * MINUTE) == 0
    assert rung(alert) == 0


def test_the_answer_of_one_agency_does_not_stop_the_ladder_of_another() -> None:
    other = world.agency_of(people.kasi_trantib())
    alert = world.issued(2, recipients=(world.polres().pk, other.pk))
    acknowledge_alert(alert.pk, agency=world.polres().pk, by=world.alya(), at=NOW)
    climb_due(at=NOW + 5 * MINUTE)

    rungs = dict(alert.recipients.values_list("agency_id", "rung"))
    assert rungs == {world.polres().pk: 0, other.pk: 1}


def test_the_all_clear_stops_the_ladder() -> None:
    alert = world.issued(2)
    stand_down(alert.pk, by=world.ratna(), at=NOW, reason="Acara selesai.")
    assert climb_due(at=NOW + 60 * MINUTE) == 0


def test_an_agency_without_people_climbs_by_its_times_and_says_so() -> None:
    empty = Agency.objects.create(name="Dinas Kosong", short_name="Kosong", kind="dinas")
    alert = world.issued(2, recipients=(empty.pk,))
    climb_due(at=NOW + 15 * MINUTE)

    assert told(alert, Occasion.ISSUED) == set()
    assert people.analis().pk in told(alert, Occasion.RUNG_2)


# --- by hand


def test_a_person_may_climb_at_once_with_a_reason() -> None:
    alert, polres = world.issued(2), world.polres().pk
    with refused("alerts.escalation_reason_missing"):
        escalate(alert.pk, agency=polres, by=world.ratna(), at=NOW, reason=" ")
    escalate(alert.pk, agency=polres, by=world.ratna(), at=NOW, reason="Massa sudah bergerak.")

    assert rung(alert) == 1
    assert climb_due(at=NOW + 5 * MINUTE) == 0  # that rung has been climbed


def test_nobody_climbs_beyond_the_ladder_or_for_an_answered_agency() -> None:
    alert, polres = world.issued(2), world.polres().pk
    climb_due(at=NOW + 40 * MINUTE)
    with refused("alerts.ladder_ended"):
        escalate(alert.pk, agency=polres, by=world.ratna(), at=NOW, reason="Lagi.")
    acknowledge_alert(alert.pk, agency=polres, by=world.alya(), at=NOW)
    with refused("alerts.nobody_to_climb_for"):
        escalate(alert.pk, agency=polres, by=world.ratna(), at=NOW, reason="Lagi.")


def test_an_agency_may_not_climb() -> None:
    alert, polres, alya = world.issued(2), world.polres().pk, world.alya()
    with refused("accounts.not_permitted"):
        escalate(alert.pk, agency=polres, by=alya, at=NOW, reason="Lagi.")


def test_an_alert_is_handed_to_a_colleague_and_the_ladder_goes_on() -> None:
    colleague = people.anggota_timdu(agency=world.polres(), name="Tuti")
    alert = world.issued(2)
    hand_over(
        alert.pk, agency=world.polres().pk, to=colleague.pk, reason="Saya cuti.", by=world.alya(), at=NOW
    )

    assert told(alert, Occasion.HANDED_OVER) == {colleague.pk}
    assert climb_due(at=NOW + 5 * MINUTE) == 1
    assert "alert.handed_over" in world.chained(f"alert:{alert.pk}")


def test_an_alert_is_handed_to_nobody_outside_the_agency() -> None:
    alert, outsider, alya = world.issued(2), people.kasi_trantib(), world.alya()
    with refused("alerts.handover_to_nobody"):
        hand_over(alert.pk, agency=world.polres().pk, to=outsider.pk, reason="Bukan saya.", by=alya, at=NOW)


def test_a_proposal_is_given_back_with_a_reason_and_reaches_nobody() -> None:
    alert = world.proposed(2)
    with refused("alerts.return_reason_missing"):
        return_proposal(alert.pk, by=world.budi(), at=NOW, reason="")
    return_proposal(alert.pk, by=world.budi(), at=NOW, reason="Penerima kurang Koramil.")

    assert Alert.rows.get(pk=alert.pk).state == AlertState.DRAFT
    assert Notice.objects.count() == 0
    with refused("alerts.not_proposed"):
        approve_alert(alert.pk, by=world.budi(), at=NOW)
