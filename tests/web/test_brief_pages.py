"""Ringkasan pimpinan on the screen: made by the desk, read and answered by the leader, inert whatever was typed."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kentongan.documents.actions import issue_brief
from kentongan.documents.models import BriefRequest
from kentongan.places.keys import key_of
from tests import people
from tests.web.chain import Chain, enter, text_of

pytestmark = pytest.mark.django_db
REGENCY = key_of("99.01")


def test_without_a_brief_the_page_says_how_one_is_made(chain: Chain) -> None:
    assert "Belum ada ringkasan" in text_of(enter(people.person("pimpinan")), "briefs")


def test_the_desk_makes_it_in_one_click_and_the_leader_reads_it_marked(chain: Chain) -> None:
    answer = enter(chain.ratna).post(reverse("brief_make"), {"area": REGENCY}, follow=True)
    assert answer.status_code == 200
    text = text_of(enter(people.person("pimpinan")), "briefs")
    for title in (
        "Yang berubah",
        "Yang mereda",
        "Yang belum diketahui",
        "Siapa berbuat apa",
        "Yang kami minta",
    ):
        assert title in text
    assert "Pisah rute rombongan" in text
    assert "ver--unverified" in text
    assert f"/peristiwa/{chain.event.pk}/" not in text


def test_the_leader_answers_with_one_button(chain: Chain) -> None:
    kabid = people.actor(people.kabid(agency=chain.desk))
    issue_brief(area=REGENCY, requests=["<b>Buka</b> pertemuan."], by=kabid, at=chain.now)
    client = enter(people.person("pimpinan"))
    page = text_of(client, "briefs")
    assert "<b>Buka</b> pertemuan." not in page
    row = BriefRequest.objects.get()
    client.post(reverse("brief_answer", args=[row.pk]), {"answer": "agreed"})
    assert "Disetujui" in text_of(enter(chain.ratna), "briefs")
