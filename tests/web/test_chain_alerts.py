"""Alerts, tasks and products: the mark they carry, the one button, the reason that is asked."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kentongan.alerts.actions import propose_alert
from kentongan.documents.queries import local_day
from kentongan.edge.clocks import machine_now
from kentongan.response.actions import accept_task
from tests import factories, people
from tests.stages import chain_world as world
from tests.web.chain import (
    DISCLAIMER,
    UNVERIFIED,
    Chain,
    enter,
    proposal,
    text_of,
)

pytestmark = pytest.mark.django_db


def test_alert_list_and_card_carry_the_mark_and_the_disclaimer(chain: Chain) -> None:
    client = enter(chain.alya)
    pages = [text_of(client, "alerts"), text_of(client, "alert", chain.alert.pk)]

    for page in pages:
        assert UNVERIFIED in page
        assert DISCLAIMER in page
    assert "0 dari 1" in pages[0]


def test_a_proposal_looks_like_a_proposal_and_waits_for_who_may_approve(chain: Chain) -> None:
    kabid = people.kabid(agency=chain.desk)
    alert = propose_alert(
        chain.event.pk,
        proposal(chain.desk, chain.polres, level=2),
        by=people.actor(chain.ratna),
        at=chain.now,
    )
    seen_by_kabid = text_of(enter(kabid), "alert", alert.pk)
    seen_by_ratna = text_of(enter(chain.ratna), "alert", alert.pk)

    assert "USULAN SIAGA" in seen_by_kabid
    assert "Setujui" in seen_by_kabid
    assert "Setujui" not in seen_by_ratna
    assert "menunggu persetujuan" in seen_by_ratna


def test_the_all_clear_without_a_reason_is_refused_on_the_card(chain: Chain) -> None:
    answer = enter(chain.ratna).post(reverse("alert_stand_down", args=[chain.alert.pk]), {"reason": ""})

    assert answer.status_code == 422
    assert f"PG-{chain.alert.pk} belum dinyatakan aman" in answer.content.decode()


def test_a_task_is_accepted_then_finished_with_a_result(chain: Chain) -> None:
    client = enter(chain.alya)
    client.post(reverse("task_accept", args=[chain.task.pk]))
    refused = client.post(reverse("task_finish", args=[chain.task.pk]), {"result": ""})
    client.post(reverse("task_finish", args=[chain.task.pk]), {"result": "Rute dipisah pukul 11.30"})

    assert refused.status_code == 422
    assert f"Tugas TL-{chain.task.pk} belum selesai: tulis hasilnya" in refused.content.decode()
    assert "Rute dipisah pukul 11.30" in text_of(client, "task", chain.task.pk)


def test_a_task_returned_without_a_reason_stays_on_its_card(chain: Chain) -> None:
    answer = enter(chain.alya).post(reverse("task_return", args=[chain.task.pk]), {"reason": ""})

    assert answer.status_code == 422
    assert "belum dikembalikan: tulis alasannya" in answer.content.decode()


def test_a_task_taken_on_can_no_longer_be_returned(chain: Chain) -> None:
    accept_task(chain.task.pk, by=people.actor(chain.alya), at=chain.now)
    page = text_of(enter(chain.alya), "task", chain.task.pk)

    assert "kembalikan" not in page
    assert "Selesai, kirim hasil" in page


def test_the_task_list_marks_what_rests_on_an_unverified_event(chain: Chain) -> None:
    assert UNVERIFIED in text_of(enter(chain.alya), "tasks")


def test_a_product_shows_its_bytes_its_hash_and_the_unverified_box(chain: Chain) -> None:
    area = factories.waluku()["99.01"].key
    day = local_day(area, chain.now)
    product = world.signed_daily(area=area, day=day, at=machine_now())
    client = enter(chain.ratna)
    page = text_of(client, "product", product.pk)

    assert product.sha256 in page
    assert UNVERIFIED in page
    assert client.get(reverse("product_text", args=[product.pk])).content.decode() == product.text


def test_a_report_of_a_day_to_come_is_refused_on_the_form(chain: Chain) -> None:
    area = factories.waluku()["99.01"].key
    answer = enter(chain.ratna).post(reverse("product_make"), {"area": str(area), "day": "2999-01-01"})

    assert answer.status_code == 422
    assert "belum berlangsung" in answer.content.decode()
