"""Kesiagaan wilayah on the screen: proposed from a form, approved from its card, renewed and ended with a reason."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from kentongan.alerts.models import Posture
from kentongan.places.keys import key_of
from tests import people
from tests.web.chain import Chain, enter, text_of

pytestmark = pytest.mark.django_db
DISCLAIMER = "bukan penetapan status keadaan konflik"


def typed(chain: Chain, **changes: Any) -> dict[str, Any]:
    today = chain.now.date().isoformat()
    return {
        "area": key_of("99.01"), "level": 1, "anchor_on": today, "before": 7, "after": 7,
        "reason": "Pilkada dekat.", "playbook": "kampanye-01", "first_action": "Hubungi kedua tim.",
        "least_intrusive": "Dialog", "rights_affected": "tidak ada", "owner": chain.desk.pk,
    } | changes  # fmt: skip


def test_an_area_without_posture_says_what_a_posture_is_for(chain: Chain) -> None:
    text = text_of(enter(chain.ratna), "postures")
    assert "Tidak ada kesiagaan wilayah" in text
    assert DISCLAIMER in text


def test_a_posture_goes_from_the_form_to_its_end(chain: Chain) -> None:
    client = enter(chain.ratna)
    assert "Tindakan pertama" in text_of(client, "posture_new")
    assert client.post(reverse("posture_new"), typed(chain)).status_code == 302
    posture = Posture.rows.get()
    assert (posture.ends_at - posture.starts_at).days == 15
    client.post(reverse("posture_approve", args=[posture.pk]))
    assert "berlaku" in text_of(client, "posture", posture.pk)
    again = client.post(f"{reverse('posture_new')}?perpanjang={posture.pk}", typed(chain))
    assert again.status_code == 422
    assert "masih perlu" in again.content.decode()
    assert client.post(reverse("posture_close", args=[posture.pk]), {"reason": ""}).status_code == 422
    client.post(reverse("posture_close", args=[posture.pk]), {"reason": "Acara dibatalkan."})
    assert "Acara dibatalkan." in text_of(client, "posture", posture.pk)


def test_an_empty_form_stays_with_what_was_typed(chain: Chain) -> None:
    answer = enter(chain.ratna).post(
        reverse("posture_new"), typed(chain, reason="", first_action="Tetap ada.")
    )
    assert answer.status_code == 422
    assert "Tetap ada." in answer.content.decode()


def test_the_police_see_no_proposal(chain: Chain) -> None:
    client = enter(chain.ratna)
    client.post(reverse("posture_new"), typed(chain, recipients=[chain.polres.pk]))
    posture = Posture.rows.get()
    text_of(enter(chain.alya), "posture", posture.pk, status=404)
    client.post(reverse("posture_approve", args=[posture.pk]))
    assert "Hubungi kedua tim." in text_of(enter(chain.alya), "posture", posture.pk)


def test_the_tabs_lead_from_alerts_to_postures(chain: Chain) -> None:
    assert 'href="/kesiagaan/"' in text_of(enter(chain.ratna), "alerts")


def test_the_home_page_of_the_leader_leads_to_the_brief(chain: Chain) -> None:
    assert 'href="/ringkasan/"' in text_of(enter(people.person("pimpinan")), "home")
