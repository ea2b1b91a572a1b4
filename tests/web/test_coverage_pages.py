"""The board of nihil and senyap as people see it: four words, one click to ask, no names, nothing of other areas."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from kentongan.accounts.models import Account
from kentongan.edge.clocks import machine_now
from kentongan.indicators.models import StatusRequest
from kentongan.intake.actions import Sender, receive_report, send_nil
from kentongan.intake.decisions import Draft
from kentongan.intake.models import NilReport
from kentongan.places.keys import key_of
from tests import factories, people
from tests.web.chain import enter

pytestmark = pytest.mark.django_db
VILLAGE, SILENT, NEVER = "99.01.01.2001", "99.01.03.2001", "99.01.02.2001"
DAY = timedelta(days=1)


def report(code: str, *, at: datetime, accused: str = "") -> None:
    draft = Draft(uuid4(), "form", f"Ada coretan di {code}.", area=key_of(code), accused=accused)
    receive_report(draft, sender=Sender.public(), desk=None, at=at)


@pytest.fixture
def now() -> datetime:
    """A silent desa, one with nil, one with news, and one that was never heard of."""
    factories.waluku()
    moment = machine_now()
    report(SILENT, at=moment - 16 * DAY)
    report(VILLAGE, at=moment - DAY)
    wiryo = people.fkdm("99.01.01.2002", name="Nanik")
    send_nil(people.actor(wiryo), area=key_of("99.01.01.2002"), client_id=uuid4(), at=moment - 2 * DAY)
    return moment


def page(account: Account, **query: str) -> str:
    answer = enter(account).get(reverse("coverage"), query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def line(text: str, place: str) -> str:
    """The part of the page about one desa."""
    return text.split(f">{place}</th>")[1].split("</tr>", maxsplit=1)[0]


def test_four_states_stand_in_four_words_and_missing_is_not_zero(now: datetime) -> None:
    text = page(people.analis())
    assert "cov--senyap" in line(text, "Desa Banyupanjer Lor")
    assert "16 hari" in line(text, "Desa Banyupanjer Lor")
    assert "datangi" in line(text, "Desa Banyupanjer Lor")
    assert "cov--nihil" in line(text, "Desa Kukusan Wetan")
    assert "cov--kabar" in line(text, "Desa Sumberluku")
    never = line(text, "Desa Watukemukus Kidul")
    assert "cov--belum_pernah" in never
    assert "belum ada data, bukan nol" in never
    assert "<b>2</b> dari <b>4</b>" in text


def test_the_kecamatan_with_silence_stands_first_and_open(now: datetime) -> None:
    text = page(people.analis())
    order = [text.index(f"<h2>Kec. {name}</h2>") for name in ("Banyupanjer", "Watukemukus", "Tegalwuku")]
    assert order == sorted(order)
    assert text.count('cov-group" open') == 2


def test_the_silent_ones_can_be_shown_alone(now: datetime) -> None:
    text = page(people.analis(), lihat="senyap")
    assert ">Desa Banyupanjer Lor</th>" in text
    assert ">Desa Sumberluku</th>" not in text


def test_no_name_and_no_source_number_stands_on_the_board(now: datetime) -> None:
    text = page(people.analis())
    source = NilReport.rows.get().source
    for word in ("Nanik", source, "peringkat", "terbanyak"):
        assert word not in text


def test_a_report_about_the_desa_office_is_no_news_on_the_board_of_the_kecamatan(now: datetime) -> None:
    report("99.01.03.2001", at=now, accused="desa")
    low = people.kasi_trantib("99.01.03", name="Galih")
    assert "cov--senyap" in line(page(low), "Desa Banyupanjer Lor")
    assert "cov--kabar" in line(page(people.analis()), "Desa Banyupanjer Lor")


def test_another_kabupaten_has_its_own_board(now: datetime) -> None:
    text = page(people.analis("99.02", name="Surya"))
    assert ">Desa Karangmukus</th>" in text
    assert "Tegalwuku" not in text.split('id="isi"')[1]


def test_one_click_asks_one_desa_and_the_board_says_until_when(now: datetime) -> None:
    ratna = people.analis()
    answer = enter(ratna).post(reverse("coverage_ask"), {"satu": SILENT}, follow=True)
    assert "Ditanyakan ke 1 wilayah" in answer.content.decode()
    assert StatusRequest.rows.get().area == key_of(SILENT)
    assert "ditunggu sampai" in line(page(ratna), "Desa Banyupanjer Lor")


def test_ticked_desa_are_asked_together_and_a_kecamatan_at_once(now: datetime) -> None:
    client = enter(people.analis())
    client.post(reverse("coverage_ask"), {"wilayah": [SILENT, NEVER]})
    assert StatusRequest.rows.count() == 2
    client.post(reverse("coverage_ask"), {"kecamatan": "99.01.03"})
    assert StatusRequest.rows.count() == 2


@pytest.mark.parametrize(
    ("sent", "word"),
    [
        ({}, "centang satu atau lebih"),
        ({"wilayah": ["99.01"]}, "terlalu luas"),
        ({"kecamatan": "99.01.01"}, "centang satu atau lebih"),
    ],
)
def test_what_cannot_be_asked_comes_back_to_the_board_with_a_sentence(
    now: datetime, sent: dict[str, object], word: str
) -> None:
    answer = enter(people.analis()).post(reverse("coverage_ask"), sent, follow=True)
    assert answer.redirect_chain
    assert word in answer.content.decode()
    assert StatusRequest.rows.count() == 0


@pytest.mark.parametrize("code", ["", "99.01.01.2999", "abc", "99.01.01.2001' OR 1=1", "\u202e"])
def test_a_code_that_nobody_knows_asks_nothing(now: datetime, code: str) -> None:
    client = enter(people.analis())
    for name in ("coverage_ask", "coverage_nil"):
        assert client.post(reverse(name), {"satu": code}).status_code in {302, 404}
    assert client.get(reverse("coverage"), {"kab": code or "x"}).status_code in {200, 404}
    assert (StatusRequest.rows.count(), NilReport.rows.count()) == (0, 1)


def test_nobody_asks_outside_the_own_area(now: datetime) -> None:
    answer = enter(people.analis("99.02", name="Surya")).post(reverse("coverage_ask"), {"satu": SILENT})
    assert answer.status_code == 403
    assert StatusRequest.rows.count() == 0


def test_the_province_sees_counts_by_kabupaten_and_asks_nobody(now: datetime) -> None:
    gita = people.provinsi()
    overview = page(gita)
    assert "?kab=99.01" in overview
    assert ">Desa Sumberluku</th>" not in overview
    inside = page(gita, kab="99.01")
    assert ">Desa Sumberluku</th>" in inside
    assert reverse("coverage_nil") not in inside
    assert enter(gita).post(reverse("coverage_ask"), {"satu": SILENT}).status_code == 403


def test_a_nil_said_by_telephone_is_written_once_per_page(now: datetime) -> None:
    client, sent = enter(people.analis()), {"satu": SILENT, "client_id": str(uuid4())}
    for _ in range(2):
        answer = client.post(reverse("coverage_nil"), sent, follow=True)
        assert "Nihil tercatat untuk Desa Banyupanjer Lor" in answer.content.decode()
    assert NilReport.rows.filter(area=key_of(SILENT), source="petugas").count() == 1


def test_the_view_one_came_from_is_kept(now: datetime) -> None:
    answer = enter(people.analis()).post(reverse("coverage_ask"), {"satu": SILENT, "lihat": "senyap"})
    assert answer["Location"] == f"{reverse('coverage')}?lihat=senyap"


def test_a_board_without_silence_says_so(now: datetime) -> None:
    sekar = people.kasi_trantib()
    assert "Tidak ada wilayah yang senyap" in page(sekar, lihat="senyap")


def test_a_board_without_regions_says_what_to_do() -> None:
    ratna = people.analis()
    for region in sorted(factories.waluku().values(), key=lambda each: -len(each.code)):
        if region.level > 2:
            region.delete()
    assert "Belum ada desa dalam daftar wilayah Anda" in page(ratna)


@pytest.mark.parametrize("role", ["fkdm", "tiga_pilar", "anggota_timdu", "pimpinan", "admin", "kampus"])
def test_roles_without_the_right_see_no_board(role: str) -> None:
    client: Client = enter(people.person(role))
    assert client.get(reverse("coverage")).status_code == 403
