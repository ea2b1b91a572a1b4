"""The page of an alert: who was told and what comes next, and what a desk or a head may still do with it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from kentongan.alerts.actions import climb_due
from kentongan.alerts.models import Alert, AlertRecipient, AlertState, Notice
from kentongan.edge.clocks import domain_now
from tests import factories, people
from tests.stages import chain_world as world

pytestmark = pytest.mark.django_db


@pytest.fixture
def now() -> datetime:
    return domain_now()


def page(client: Client, alert: Alert) -> str:
    return client.get(reverse("alert", args=[alert.pk])).content.decode()


def say(client: Client, name: str, alert: Alert, reason: str) -> int:
    return client.post(reverse(name, args=[alert.pk]), {"reason": reason}).status_code


def test_the_desk_reads_who_was_told_and_which_rung_comes_next(client: Client, now: datetime) -> None:
    alert = world.issued(2, at=now)
    people.sign_in(client, people.analis())
    shown = page(client, alert)

    assert "Siapa diberi tahu" in shown
    assert people.anggota_timdu().name in shown
    assert "ulang ke penerima" in shown
    assert "surel belum disiapkan" in shown


def test_an_agency_does_not_read_the_log_of_the_others(client: Client, now: datetime) -> None:
    alert = world.issued(2, at=now)
    people.sign_in(client, people.anggota_timdu())

    assert "Siapa diberi tahu" not in page(client, alert)


def test_opening_the_alert_marks_it_as_seen_by_that_person(client: Client, now: datetime) -> None:
    alert = world.issued(2, at=now)
    people.sign_in(client, people.anggota_timdu())
    page(client, alert)

    assert Notice.objects.get(alert=alert, channel="in_app").seen_at is not None


def test_an_agency_without_people_is_named_as_such(client: Client, now: datetime) -> None:
    empty = factories.agency("Dinas Kosong", kind="dinas", own=("99.01",))
    alert = world.issued(2, at=now, recipients=(empty.pk,))
    people.sign_in(client, people.analis())

    assert "Tidak ada orang yang dapat menerima" in page(client, alert)


def test_climbing_by_hand_needs_a_reason_and_tells_the_next_rung(client: Client, now: datetime) -> None:
    alert = world.issued(2, at=now)
    people.sign_in(client, people.analis())

    assert say(client, "alert_escalate", alert, "") == 422
    assert say(client, "alert_escalate", alert, "Massa sudah bergerak.") == 302
    assert AlertRecipient.objects.get(alert=alert).rung == 1


def test_the_end_of_the_ladder_is_said_on_the_form(client: Client, now: datetime) -> None:
    alert = world.issued(2, at=now - timedelta(hours=1))
    climb_due(at=now)
    people.sign_in(client, people.analis())
    answer = client.post(reverse("alert_escalate", args=[alert.pk]), {"reason": "Lagi."})

    assert answer.status_code == 422
    assert "sudah sampai ujung" in answer.content.decode()


def test_only_a_head_retracts_and_the_page_says_so(now: datetime) -> None:
    alert = world.issued(2, at=now)
    analyst, head = people.sign_in(Client(), people.analis()), people.sign_in(Client(), people.kabid())

    assert say(analyst, "alert_retract", alert, "Keliru dusun.") == 403
    assert say(head, "alert_retract", alert, "Keliru dusun.") == 302
    assert "DITARIK" in page(head, alert)


def test_a_proposal_is_given_back_from_its_page(client: Client, now: datetime) -> None:
    alert = world.proposed(2, at=now)
    people.sign_in(client, people.kabid())
    assert "Kembalikan usulan" in page(client, alert)

    assert say(client, "alert_return", alert, "Penerima kurang Koramil.") == 302
    assert Alert.rows.get(pk=alert.pk).state == AlertState.DRAFT
