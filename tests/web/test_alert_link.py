"""The address in a mail: looking changes nothing, one press answers, and it opens nothing else."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse

from kentongan.accounts.models import Account
from kentongan.alerts.actions import stand_down
from kentongan.alerts.links import token_of
from kentongan.alerts.models import Alert, AlertRecipient, Notice
from kentongan.edge.clocks import domain_now
from kentongan.policy import policy_on
from kentongan.web import slowing
from tests import people
from tests.stages import chain_world as world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mail_is_set_up(settings: Any) -> None:
    settings.SMTP_HOST, settings.SMTP_FROM = "mail.test", "kentongan@waluku.test"
    slowing.wrong_receipts.forget()


@pytest.fixture
def alert(settings: Any) -> Alert:
    return world.issued(2, at=now(), about=world.event())


def now() -> datetime:
    return domain_now()


def address(alert: Alert) -> str:
    notice = Notice.objects.get(
        alert=alert, channel="email", person=people.anggota_timdu(), occasion="issued"
    )
    return reverse("alert_link", args=[token_of(django_settings.RECEIPT_KEY, notice.pk)])


def acknowledged(alert: Alert) -> Account | None:
    return AlertRecipient.objects.get(alert=alert).acknowledged_by


def test_looking_shows_the_alert_and_changes_nothing(alert: Alert, client: Client) -> None:
    for _ in range(3):
        answer = client.get(address(alert))

    page = answer.content.decode()
    assert alert.message in page
    assert "BELUM TERVERIFIKASI" in page
    assert "110" in page
    assert acknowledged(alert) is None
    assert Notice.objects.filter(alert=alert).exclude(seen_at=None).count() == 0


def test_the_page_is_kept_out_of_logs_caches_and_search(alert: Alert, client: Client) -> None:
    answer = client.get(address(alert))

    assert answer["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer["X-Robots-Tag"]
    assert "no-store" in answer["Cache-Control"]
    assert not client.cookies


def test_one_press_acknowledges_for_the_agency_of_the_person(alert: Alert) -> None:
    answer = Client(enforce_csrf_checks=True).post(address(alert), {"jawab": "terima"})

    assert answer.status_code == 200
    assert acknowledged(alert) == people.anggota_timdu()


def test_the_press_opens_no_session(alert: Alert, client: Client) -> None:
    client.post(address(alert), {"jawab": "terima"})

    assert client.get(reverse("alert", args=[alert.pk])).status_code == 302


def test_not_me_passes_it_to_a_colleague(client: Client) -> None:
    colleague = people.anggota_timdu(agency=world.polres(), name="Tuti")
    alert = world.issued(2, at=now())
    answer = client.post(
        address(alert), {"jawab": "teruskan", "kepada": str(colleague.pk), "alasan": "Saya cuti."}
    )

    assert answer.status_code == 200
    assert Notice.objects.filter(alert=alert, person=colleague, occasion="handed_over").exists()
    assert acknowledged(alert) is None


@pytest.mark.parametrize("said", [{"kepada": "x"}, {"kepada": "9" * 40}, {"kepada": ""}])
def test_nonsense_is_answered_with_a_sentence(alert: Alert, client: Client, said: dict[str, str]) -> None:
    answer = client.post(address(alert), {"jawab": "teruskan", "alasan": "x"} | said)

    assert answer.status_code == 422
    assert "belum diteruskan" in answer.content.decode()


def test_after_the_all_clear_a_press_is_only_written_down(alert: Alert, client: Client) -> None:
    stand_down(alert.pk, by=world.ratna(), at=now(), reason="Acara selesai.")
    page = client.get(address(alert)).content.decode()
    client.post(address(alert), {"jawab": "terima"})

    assert "Saya terima" not in page
    assert acknowledged(alert) is None
    assert world.chained(f"alert:{alert.pk}")[-1] == "alert.acknowledged_late"


def test_somebody_who_left_the_office_answers_no_more(alert: Alert, client: Client) -> None:
    Account.objects.filter(pk=people.anggota_timdu().pk).update(is_active=False)

    assert client.post(address(alert), {"jawab": "terima"}).status_code in {404, 422}
    assert acknowledged(alert) is None


def test_a_guessed_address_finds_nothing_and_is_slowed_down(client: Client) -> None:
    guessed = reverse("alert_link", args=["A" * 24])
    allowed = int(policy_on(now().date()).thresholds["receipt_tries_per_hour"])
    answers = [client.get(guessed, REMOTE_ADDR="203.0.113.7").status_code for _ in range(allowed + 1)]

    assert answers == [404] * allowed + [429]
