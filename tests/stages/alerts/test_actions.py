"""Alerts: proposed by one, confirmed by whom the level demands, acknowledged by those named, ended by all-clear."""

from __future__ import annotations

from typing import Any

import pytest

from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.alerts.actions import (
    acknowledge_alert,
    approve_alert,
    expire_due,
    propose_alert,
    stand_down,
    stand_down_for_event,
)
from kentongan.alerts.models import Alert, AlertRecipient, AlertState
from kentongan.alerts.queries import alert_in, alerts_between, alerts_in, ended, is_in_force, standing
from kentongan.audit.models import AuditEntry
from kentongan.events.queries import events_in
from tests import people
from tests.stages import chain_world as world
from tests.stages.chain_world import HOUR, NOW, refused

pytestmark = pytest.mark.django_db


def state_of(alert: Alert) -> str:
    return str(Alert.rows.get(pk=alert.pk).state)


def seen(actor: Actor) -> set[int]:
    return {row.pk for row in alerts_in(actor.scope_for(Permission.ALERT_READ))}


# --- proposing


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"first_action": ""}, "alerts.first_action_missing"),
        ({"recipients": ()}, "alerts.recipients_missing"),
        ({"hours": 100}, "alerts.expiry_out_of_range"),
    ],
)
def test_an_incomplete_proposal_is_refused(changes: dict[str, Any], code: str) -> None:
    event, who, what = world.event(), world.ratna(), world.proposal(**changes)
    with refused(code):
        propose_alert(event.pk, what, by=who, at=NOW)


@pytest.mark.parametrize(
    "role", ["fkdm", "tiga_pilar", "kasi_trantib", "anggota_timdu", "pimpinan", "provinsi", "admin"]
)
def test_only_the_desk_proposes(role: str) -> None:
    event, who, what = world.event(), people.actor(people.person(role)), world.proposal()
    with refused("accounts.not_permitted"):
        propose_alert(event.pk, what, by=who, at=NOW)


def test_an_event_of_another_regency_gets_no_alert_from_here() -> None:
    event, who, what = world.event(), world.stranger(), world.proposal()
    with refused("accounts.outside_area"):
        propose_alert(event.pk, what, by=who, at=NOW)


@pytest.mark.parametrize(
    ("verdict", "unverified"), [("", True), ("refuted", True), ("partly", False), ("verified", False)]
)
def test_an_alert_remembers_whether_its_event_was_confirmed(verdict: str, unverified: bool) -> None:
    assert world.proposed(about=world.event(verdict=verdict)).unverified is unverified


def test_a_proposal_reaches_nobody() -> None:
    alert = world.proposed()
    assert seen(world.alya()) == set()
    assert seen(world.ratna()) == {alert.pk}


# --- approving


@pytest.mark.parametrize(
    ("level", "role", "outcome"),
    [
        (1, "analis", "issued"),
        (1, "kabid", "issued"),
        (1, "piket", "accounts.not_permitted"),
        (2, "analis", "accounts.not_permitted"),
        (2, "piket", "accounts.not_permitted"),
        (2, "kabid", "issued"),
        (3, "kabid", "waits"),
        *[
            (level, role, "accounts.not_permitted")
            for level in (1, 2, 3)
            for role in ("pimpinan", "anggota_timdu", "admin")
        ],
    ],
)
def test_each_level_is_confirmed_by_whom_it_demands(level: int, role: str, outcome: str) -> None:
    alert, who = world.proposed(level), people.actor(people.person(role))
    if outcome in {"issued", "waits"}:
        approve_alert(alert.pk, by=who, at=NOW)
        assert state_of(alert) == ("active" if outcome == "issued" else "proposed")
    else:
        with refused(outcome):
            approve_alert(alert.pk, by=who, at=NOW)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_a_machine_confirms_no_level(level: int) -> None:
    alert = world.proposed(level)
    with refused("alerts.may_not_approve"):
        approve_alert(alert.pk, by=Actor.of_system("pipeline"), at=NOW)


def test_awas_needs_a_second_person() -> None:
    alert = world.proposed(3)
    approve_alert(alert.pk, by=world.budi(), at=NOW)
    assert state_of(alert) == "proposed"
    approve_alert(alert.pk, by=world.second_kabid(), at=NOW)
    assert state_of(alert) == "active"
    assert world.chained(f"alert:{alert.pk}") == ["alert.proposed", "alert.approved", "alert.issued"]


@pytest.mark.parametrize("role", ["analis", "piket"])
def test_an_analyst_or_duty_officer_may_be_the_second_person_for_awas_but_never_lead(role: str) -> None:
    alert, second = world.proposed(3), people.actor(people.person(role))
    approve_alert(alert.pk, by=second, at=NOW)
    assert state_of(alert) == "proposed"
    approve_alert(alert.pk, by=world.budi(), at=NOW)
    assert state_of(alert) == "active"


def test_the_same_person_does_not_confirm_awas_twice() -> None:
    alert, who = world.proposed(3), world.budi()
    approve_alert(alert.pk, by=who, at=NOW)
    with refused("alerts.approved_already"):
        approve_alert(alert.pk, by=who, at=NOW + HOUR)


def test_a_person_with_two_posts_is_still_one_person() -> None:
    alert, account = world.proposed(3), people.kabid()
    people.lend(people.kabid(name="Wening"), account, starts=NOW.date(), ends=NOW.date())
    approve_alert(alert.pk, by=people.actor(account), at=NOW)
    assert state_of(alert) == "proposed"


def test_a_deputy_confirms_in_the_office_lent_to_it() -> None:
    alert, deputy = world.proposed(2), people.analis()
    people.lend(people.kabid(), deputy, starts=NOW.date(), ends=NOW.date())
    approve_alert(alert.pk, by=people.actor(deputy), at=NOW)
    assert state_of(alert) == "active"


def test_an_issued_alert_is_not_confirmed_again() -> None:
    alert, who = world.issued(), world.ratna()
    with refused("alerts.not_proposed"):
        approve_alert(alert.pk, by=who, at=NOW)


def test_a_proposal_past_its_expiry_is_not_issued() -> None:
    alert, who = world.proposed(hours=2), world.budi()
    with refused("alerts.proposal_expired"):
        approve_alert(alert.pk, by=who, at=NOW + 2 * HOUR)


def test_the_kabid_of_another_regency_confirms_nothing_here() -> None:
    alert, who = world.proposed(), people.actor(people.kabid("99.02", name="Surti"))
    with refused("accounts.outside_area"):
        approve_alert(alert.pk, by=who, at=NOW)


def test_an_issued_alert_shows_its_agencies_the_event_until_its_expiry() -> None:
    alert = world.issued()
    scope = world.alya().scope_for(Permission.EVENT_READ)
    assert {row.pk for row in events_in(scope)} == {alert.event_id}
    assert alert.event.shares.get().until == alert.expires_at


def test_an_agency_that_is_not_named_sees_no_alert_and_no_count() -> None:
    world.issued()
    other = people.actor(people.anggota_timdu("99.02", name="Rukma"))
    scope = other.scope_for(Permission.ALERT_READ)
    assert (standing(scope).count(), ended(scope).count()) == (0, 0)
    with refused("alerts.alert_unknown"):
        alert_in(scope, Alert.rows.get().pk)


# --- acknowledging


def test_the_alert_is_acknowledged_once_every_agency_has_said_so() -> None:
    village = world.agency_of(people.tiga_pilar())
    alert = world.issued(recipients=(world.polres().pk, village.pk))
    acknowledge_alert(alert.pk, agency=world.polres().pk, by=world.alya(), at=NOW)
    assert state_of(alert) == "active"
    acknowledge_alert(alert.pk, agency=village.pk, by=people.actor(people.tiga_pilar()), at=NOW + HOUR)
    assert state_of(alert) == "acknowledged"


def test_the_first_acknowledgement_stands() -> None:
    alert = world.issued()
    acknowledge_alert(alert.pk, agency=world.polres().pk, by=world.alya(), at=NOW)
    second = people.actor(people.anggota_timdu(name="Bagas"))
    acknowledge_alert(alert.pk, agency=world.polres().pk, by=second, at=NOW + HOUR)
    row = AlertRecipient.objects.get()
    assert (row.acknowledged_by_id, row.acknowledged_at) == (world.alya().account_id, NOW)


def test_an_acknowledgement_after_the_all_clear_is_only_written_down() -> None:
    alert = world.issued()
    stand_down(alert.pk, by=world.budi(), at=NOW + HOUR, reason="rute aman")
    acknowledge_alert(alert.pk, agency=world.polres().pk, by=world.alya(), at=NOW + 2 * HOUR)
    assert (state_of(alert), AlertRecipient.objects.get().acknowledged_at) == ("stood_down", None)
    assert world.chained(f"alert:{alert.pk}")[-1] == "alert.acknowledged_late"


def test_nobody_acknowledges_a_proposal() -> None:
    alert, who = world.proposed(), world.alya()
    with refused("alerts.not_issued"):
        acknowledge_alert(alert.pk, agency=world.polres().pk, by=who, at=NOW)


def test_nobody_acknowledges_for_another_agency() -> None:
    alert, who = world.issued(), people.actor(people.tiga_pilar())
    with refused("alerts.not_addressed"):
        acknowledge_alert(alert.pk, agency=world.polres().pk, by=who, at=NOW)


def test_a_post_without_the_right_lends_no_voice_to_its_agency() -> None:
    alert, account = world.issued(), people.tiga_pilar()
    people.post(account, "kampus", world.polres())
    who = people.actor(account)
    with refused("alerts.not_addressed"):
        acknowledge_alert(alert.pk, agency=world.polres().pk, by=who, at=NOW)


# --- ending


def test_an_all_clear_needs_a_reason() -> None:
    alert, who = world.issued(), world.budi()
    with refused("alerts.stand_down_reason_missing"):
        stand_down(alert.pk, by=who, at=NOW, reason=" ")


@pytest.mark.parametrize(
    "state", [AlertState.DRAFT, AlertState.PROPOSED, AlertState.STOOD_DOWN, AlertState.REVIEWED]
)
def test_only_an_alert_in_force_is_stood_down(state: str) -> None:
    alert, who = world.proposed(), world.budi()
    issued = None if state in {"draft", "proposed"} else NOW
    ended = NOW if state in {"stood_down", "reviewed"} else None
    Alert.rows.filter(pk=alert.pk).update(state=state, issued_at=issued, stood_down_at=ended)
    with refused("events.move_refused"):
        stand_down(alert.pk, by=who, at=NOW, reason="aman")


def test_the_clock_ends_an_alert_at_its_expiry_and_signs_for_it() -> None:
    alert = world.issued(hours=3)
    assert expire_due(at=NOW + 3 * HOUR - HOUR / 60) == 0
    assert expire_due(at=NOW + 3 * HOUR) == 1
    assert expire_due(at=NOW + 4 * HOUR) == 0
    assert state_of(alert) == "stood_down"
    assert AuditEntry.objects.get(action="alert.stood_down").actor == "sistem:jadwal"


def test_the_outcome_of_an_event_ends_each_of_its_alerts_once() -> None:
    event = world.event(verdict="verified")
    first, second, other = world.issued(about=event), world.issued(about=event), world.issued()
    machine = Actor.of_system("tindak-lanjut")
    assert stand_down_for_event(event.pk, by=machine, at=NOW, reason="hasil dicatat") == 2
    assert stand_down_for_event(event.pk, by=machine, at=NOW, reason="hasil dicatat") == 0
    assert [state_of(alert) for alert in (first, second, other)] == ["stood_down", "stood_down", "active"]


def test_an_alert_belongs_to_every_period_in_which_it_stood() -> None:
    alert = world.issued(at=NOW)
    stand_down(alert.pk, by=world.budi(), at=NOW + 30 * HOUR, reason="aman")
    scope = world.ratna().scope_for(Permission.ALERT_READ)

    def found(start: int, end: int) -> bool:
        return alerts_between(scope, NOW + start * HOUR, NOW + end * HOUR).filter(pk=alert.pk).exists()

    assert [found(-24, 0), found(0, 24), found(24, 48), found(31, 48)] == [False, True, True, False]
    assert not is_in_force(Alert.rows.get(pk=alert.pk))
