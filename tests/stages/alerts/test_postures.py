"""Postures: a level of an area for a time, confirmed by people, ended by word or by the clock, never silently."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from kentongan.accounts.actors import Actor
from kentongan.accounts.models import AgencyKind
from kentongan.accounts.permissions import Permission
from kentongan.alerts.actions import (
    approve_posture,
    decline_posture,
    end_posture,
    expire_postures,
    propose_posture,
    renew_posture,
)
from kentongan.alerts.decisions import PostureProposal, Window, posture_refusal, window_around
from kentongan.alerts.models import Posture, PostureState
from kentongan.alerts.queries import postures_around, postures_in
from kentongan.audit.models import AuditEntry
from kentongan.places.keys import range_of
from kentongan.policy import policy_on
from tests import factories, people
from tests.stages import chain_world as world
from tests.stages.chain_world import NOW, REGENCY, refused

DAY = timedelta(days=1)
WINDOW = Window(NOW - DAY, NOW + 14 * DAY)
STATES = [state.value for state in PostureState]


def proposal(**changes: Any) -> PostureProposal:
    said = PostureProposal(
        area=REGENCY,
        level=1,
        reason="Pilkada 20 hari lagi.",
        least_intrusive="Dialog dan kehadiran",
        rights_affected="tidak ada",
        owner=world.desk().pk if "owner" not in changes else changes["owner"],
        playbook="kampanye-01",
        first_action="Hubungi penghubung kedua tim.",
        window=WINDOW,
    )
    return replace(said, **changes)


def proposed(**changes: Any) -> Posture:
    factories.waluku()
    return propose_posture(proposal(**changes), by=world.ratna(), at=NOW)


def approved(**changes: Any) -> Posture:
    posture = proposed(**changes)
    return approve_posture(posture.pk, by=world.budi(), at=NOW)


def now_of(posture: Posture) -> Posture:
    return Posture.rows.get(pk=posture.pk)


def seen(actor: Actor) -> set[int]:
    return {row.pk for row in postures_in(actor.scope_for(Permission.ALERT_READ))}


# --- pure decisions


def test_h_minus_seven_to_h_plus_seven_is_counted_on_the_clocks_of_the_area() -> None:
    zone = ZoneInfo("Asia/Jayapura")
    window = window_around(date(2026, 12, 2), before=7, after=7, zone=zone)
    assert window.starts_at == datetime(2026, 11, 25, tzinfo=zone)
    assert window.ends_at == datetime(2026, 12, 10, tzinfo=zone)


@given(before=st.integers(0, 31), after=st.integers(0, 31))
def test_a_window_always_ends_after_it_starts(before: int, after: int) -> None:
    window = window_around(date(2026, 12, 2), before=before, after=after, zone=ZoneInfo("Asia/Jakarta"))
    assert (window.ends_at - window.starts_at) == timedelta(days=before + after + 1)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason": " "}, "alerts.posture_reason_missing"),
        ({"least_intrusive": ""}, "alerts.posture_least_intrusive_missing"),
        ({"rights_affected": ""}, "alerts.posture_rights_affected_missing"),
        ({"playbook": ""}, "alerts.posture_playbook_missing"),
        ({"first_action": ""}, "alerts.posture_first_action_missing"),
        ({"window": Window(NOW, NOW)}, "alerts.posture_window_over"),
        ({"window": Window(NOW - 2 * DAY, NOW - DAY)}, "alerts.posture_window_over"),
        ({"window": Window(NOW, NOW + 32 * DAY)}, "alerts.posture_too_long"),
    ],
)
def test_what_a_posture_may_not_lack(changes: dict[str, Any], code: str) -> None:
    refusal = posture_refusal(proposal(owner=1, **changes), at=NOW, most_days=31)
    assert refusal is not None
    assert refusal[0] == code


# --- approval by level


@pytest.mark.django_db
def test_waspada_is_delegated_to_an_analyst() -> None:
    posture = proposed(level=1)
    assert approve_posture(posture.pk, by=world.ratna(), at=NOW).state == "approved"


@pytest.mark.django_db
def test_siaga_needs_the_head_of_division() -> None:
    posture = proposed(level=2)
    with refused("accounts.not_permitted"):
        approve_posture(posture.pk, by=world.ratna(), at=NOW)
    assert approve_posture(posture.pk, by=world.budi(), at=NOW).state == "approved"


@pytest.mark.django_db
def test_awas_needs_two_different_persons() -> None:
    posture, budi = proposed(level=3), world.budi()
    assert approve_posture(posture.pk, by=budi, at=NOW).state == "proposed"
    with refused("alerts.posture_approved_already"):
        approve_posture(posture.pk, by=budi, at=NOW)
    assert approve_posture(posture.pk, by=world.second_kabid(), at=NOW).state == "approved"


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["fkdm", "tiga_pilar", "anggota_timdu", "pimpinan", "provinsi", "admin"])
def test_only_the_desk_proposes(role: str) -> None:
    factories.waluku()
    who, what = people.actor(people.person(role)), proposal()
    with refused("accounts.not_permitted"):
        propose_posture(what, by=who, at=NOW)


@pytest.mark.django_db
def test_a_playbook_that_is_not_in_force_is_refused() -> None:
    factories.waluku()
    with refused("alerts.posture_playbook_unknown"):
        propose_posture(proposal(playbook="silat-99"), by=world.ratna(), at=NOW)


# --- the table of states


MOVES = {"approve": "approved", "decline": "declined", "end": "ended", "expire": "expired"}


@pytest.mark.django_db
@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("state", STATES)
def test_every_move_from_every_state_is_what_the_lifecycle_says(state: str, move: str) -> None:
    posture, budi = proposed(), world.budi()
    closed = {"closed_at": NOW, "closing_reason": "uji"} if state in {"declined", "ended", "expired"} else {}
    agreed = {"approved_at": NOW} if state in {"approved", "ended"} else {}
    Posture.rows.filter(pk=posture.pk).update(state=state, **closed, **agreed)
    allowed = MOVES[move] in policy_on(NOW.date()).lifecycles["posture"].moves[state]

    def act() -> None:
        if move == "approve":
            approve_posture(posture.pk, by=budi, at=NOW)
        elif move == "decline":
            decline_posture(posture.pk, by=budi, at=NOW, reason="Belum perlu.")
        elif move == "end":
            end_posture(posture.pk, by=budi, at=NOW, reason="Acara dibatalkan.")
        else:
            expire_postures(at=WINDOW.ends_at)

    if move == "expire" or allowed:
        act()
    else:
        with refused("events.move_refused"):
            act()
    assert now_of(posture).state == (MOVES[move] if allowed else state)


@pytest.mark.django_db
def test_a_posture_ends_by_the_clock_and_the_chain_says_so() -> None:
    posture = approved()
    assert expire_postures(at=WINDOW.ends_at - timedelta(seconds=1)) == 0
    assert expire_postures(at=WINDOW.ends_at) == 1
    assert expire_postures(at=WINDOW.ends_at) == 0
    entry = AuditEntry.objects.get(action="posture.expired")
    assert entry.subject == f"posture:{posture.pk}"
    assert entry.actor == "sistem:jadwal"
    assert now_of(posture).closing_reason


@pytest.mark.django_db
def test_ending_and_declining_need_a_reason() -> None:
    posture, budi = approved(), world.budi()
    with refused("alerts.posture_closing_reason_missing"):
        end_posture(posture.pk, by=budi, at=NOW, reason=" ")
    waiting = proposed()
    with refused("alerts.posture_closing_reason_missing"):
        decline_posture(waiting.pk, by=budi, at=NOW, reason="")


# --- renewal


@pytest.mark.django_db
def test_a_renewal_is_a_new_row_with_a_reason_of_its_own() -> None:
    posture = approved()
    later = Window(WINDOW.ends_at, WINDOW.ends_at + 7 * DAY)
    with refused("alerts.posture_same_reason"):
        renew_posture(posture.pk, proposal(window=later), by=world.ratna(), at=NOW)
    again = renew_posture(
        posture.pk, proposal(window=later, reason="Rekapitulasi belum selesai."), by=world.ratna(), at=NOW
    )
    assert again.renews_id == posture.pk
    assert again.state == "proposed"
    assert now_of(posture).state == "approved"


@pytest.mark.django_db
def test_one_that_never_held_is_not_renewed() -> None:
    posture = proposed()
    with refused("alerts.posture_not_renewable"):
        renew_posture(posture.pk, proposal(reason="Lain."), by=world.ratna(), at=NOW)


# --- who sees it


@pytest.mark.django_db
def test_an_agency_sees_a_posture_only_when_addressed_and_approved() -> None:
    factories.waluku()
    account = people.anggota_timdu(agency=factories.agency("Polres Waluku", kind=AgencyKind.POLRI))
    police = people.actor(account)
    posture = proposed(recipients=(world.agency_of(account).pk,))
    other = approved()
    assert seen(police) == set()
    approve_posture(posture.pk, by=world.budi(), at=NOW)
    assert seen(police) == {posture.pk}
    assert other.pk not in seen(police)


@pytest.mark.django_db
def test_a_proposal_is_seen_by_the_desk_and_not_by_the_leader() -> None:
    posture = proposed()
    leader = people.actor(people.person("pimpinan"))
    assert posture.pk in seen(world.ratna())
    assert posture.pk not in seen(leader)
    approve_posture(posture.pk, by=world.budi(), at=NOW)
    assert posture.pk in seen(leader)


@pytest.mark.django_db
def test_another_regency_sees_nothing() -> None:
    approved()
    assert seen(world.stranger()) == set()


@pytest.mark.django_db
def test_a_posture_of_the_regency_holds_in_its_villages_while_it_lasts() -> None:
    posture = approved()
    scope = world.ratna().scope_for(Permission.ALERT_READ)
    village = range_of("99.01.01.2001")
    assert [row.pk for row in postures_around(scope, village, at=NOW)] == [posture.pk]
    assert not postures_around(scope, village, at=WINDOW.ends_at)
    assert not postures_around(scope, village, at=WINDOW.starts_at - DAY)


# --- what the database refuses


@pytest.mark.django_db
@pytest.mark.parametrize(
    "values",
    [
        {"level": 0},
        {"level": 4},
        {"state": "lain"},
        {"reason": ""},
        {"playbook": ""},
        {"first_action": ""},
        {"ends_at": NOW - 9 * DAY},
        {"state": "approved"},
        {"state": "ended", "approved_at": NOW},
        {"closing_reason": "tanpa akhir"},
    ],
)
def test_the_database_holds_the_rules_too(values: dict[str, Any]) -> None:
    posture = proposed()
    with pytest.raises(IntegrityError), transaction.atomic():
        Posture.rows.filter(pk=posture.pk).update(**values)
