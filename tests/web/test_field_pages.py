"""The phone of the field: home with the big button, nil in one tap, own reports with the desk's question, tabs."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from kentongan.accounts.models import Account
from kentongan.alerts.actions import approve_alert, propose_alert
from kentongan.audit.models import AuditEntry
from kentongan.edge.clocks import domain_now
from kentongan.indicators.actions import ask_status
from kentongan.intake.actions import ask_reporter
from kentongan.intake.models import NilReport, Report, ReportMessage
from kentongan.response.actions import assign_task
from tests import people
from tests.stages import chain_world as world
from tests.web.chain import enter, make_event, proposal

pytestmark = pytest.mark.django_db

TABS = ["Tugas", "Lapor", "Laporan saya", "Info"]


@pytest.fixture
def wiryo() -> Account:
    world.desk()
    return people.fkdm()


@pytest.fixture
def phone(wiryo: Account) -> Client:
    return enter(wiryo)


def sent(phone: Client, text: str = "Konvoi Sabtu malam.", **answers: Any) -> Report:
    """One report sent from the phone form."""
    body = {"client_id": str(uuid4()), "text": text, "area": "99.01.01.2001", "as_account": True} | answers
    answer = phone.post("/lapor/kirim/", json.dumps(body), content_type="application/json")
    assert answer.status_code == 201, answer.content
    report: Report = Report.rows.order_by("-pk")[0]
    return report


def page(phone: Client, path: str) -> str:
    answer = phone.get(path)
    assert answer.status_code == 200
    return str(answer.content.decode())


def tabs_of(html: str) -> list[str]:
    nav = html[html.index('class="hp-tabs') :]
    return [
        " ".join(re.sub(r"<[^>]+>", " ", part).split()) for part in re.findall(r"<a .*?</a>", nav, re.DOTALL)
    ]


@pytest.mark.parametrize("role", ["fkdm", "tiga_pilar", "penyelenggara"])
def test_home_of_a_field_role_is_the_big_button(role: str) -> None:
    world.desk()
    html = page(enter(people.person(role)), "/beranda/")
    assert 'class="hp-big hp-lapor" href="/lapor/"' in html
    assert tabs_of(html) == TABS
    assert "tel:110" in html
    assert "TITIR" not in html


def test_home_of_a_desk_is_no_phone_page() -> None:
    assert "hp-lapor" not in page(enter(people.analis()), "/beranda/")


def test_nil_is_one_tap_and_a_confirmation(phone: Client) -> None:
    html = page(phone, "/beranda/")
    assert "Aman, tidak ada kejadian" in html
    form = {"area": "99.01.01.2001", "client_id": re.findall(r'name="client_id"\s+value="([^"]+)"', html)[0]}
    answer = phone.post("/nihil/", form, follow=True)
    assert "Kabar aman diterima" in answer.content.decode()
    phone.post("/nihil/", form)
    assert NilReport.rows.count() == 1
    assert NilReport.rows.get().source.startswith("S-")


def test_a_nil_from_the_outbox_is_answered_as_json(phone: Client) -> None:
    form = {"area": "99.01.01.2001", "client_id": str(uuid4())}
    answer = phone.post("/nihil/", form, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()) == (201, {"stored": True})
    refused = phone.post("/nihil/", form | {"area": "99.02.01"}, headers={"Accept": "application/json"})
    assert refused.status_code >= 400
    assert refused.json()["error"]


@pytest.mark.parametrize(
    "form", [{}, {"area": "x"}, {"area": "99.01.01.2001", "client_id": "x"}, {"area": "99.01"}]
)
def test_a_nil_that_says_nothing_is_refused_with_a_sentence(phone: Client, form: dict[str, str]) -> None:
    assert 400 <= phone.post("/nihil/", form).status_code < 500
    assert not NilReport.rows.exists()


def test_an_organiser_over_a_whole_regency_is_offered_no_nil() -> None:
    world.desk()
    assert "Aman, tidak ada kejadian" not in page(enter(people.penyelenggara()), "/beranda/")


def test_the_desks_question_about_the_village_stands_on_top(phone: Client) -> None:
    ask_status(world.VILLAGE, by=world.ratna(), at=domain_now() - timedelta(hours=1))
    html = page(phone, "/beranda/")
    assert "Bagaimana keadaan di Desa Sumberluku" in html
    assert '<span class="n">1</span>' in html
    assert "Ratna" not in html
    phone.post("/nihil/", {"area": "99.01.01.2001", "client_id": str(uuid4())})
    assert "Bagaimana keadaan di" not in page(phone, "/beranda/")


def test_an_alert_to_the_own_village_waits_on_the_home_page_with_its_button() -> None:
    ratna = people.analis()
    kades = people.tiga_pilar()
    event = make_event(ratna, world.desk(), at=domain_now() - timedelta(hours=1))
    alert = propose_alert(
        event.pk, proposal(world.desk(), world.agency_of(kades)), by=people.actor(ratna), at=domain_now()
    )
    approve_alert(alert.pk, by=people.actor(ratna), at=domain_now())
    html = page(enter(kades), "/beranda/")
    assert f'action="/peringatan/{alert.pk}/terima/"' in html
    assert "Anda diminta:" in html


def test_own_reports_are_empty_in_the_words_of_the_screen(phone: Client) -> None:
    html = page(phone, "/laporan-saya/")
    assert "Belum ada laporan." in html
    assert "Kalau wilayah aman, kirim Nihil tiap Jumat." in html


def test_own_reports_show_their_state_and_nobody_elses(phone: Client) -> None:
    sent(phone, tile="ancaman")
    sari = enter(people.fkdm(name="Sari"))
    sent(sari, "Laporan Sari.", tile="siber")
    html = page(phone, "/laporan-saya/")
    assert "Ancaman/intimidasi" in html
    assert "Siber" not in html
    assert html.count('aria-current="step"') == 1


def test_the_question_of_the_desk_is_counted_shown_and_answered(phone: Client) -> None:
    report = sent(phone)
    ask_reporter(report.pk, text="Di dusun mana?", client_id=uuid4(), by=world.ratna(), at=domain_now())
    assert "1 hal menunggu jawaban Anda" in page(phone, "/beranda/")
    assert "1 menunggu" in page(phone, "/tugas-saya/")
    html = page(phone, "/laporan-saya/")
    assert "Di dusun mana?" in html
    answer = phone.post(
        "/lapor/jawab/", {"number": report.pk, "client_id": str(uuid4()), "text": "Dusun Krajan."}
    )
    assert answer.status_code == 302
    assert ReportMessage.objects.filter(from_reporter=True).get().written_by == report.source
    assert "hal menunggu" not in page(phone, "/beranda/")


def test_a_report_is_taken_back_from_the_own_list(phone: Client) -> None:
    report = sent(phone)
    asking = phone.post("/lapor/tarik/", {"number": report.pk})
    assert "Ya, tarik laporan" in asking.content.decode()
    phone.post("/lapor/tarik/", {"number": report.pk, "sure": "1"})
    report.refresh_from_db()
    assert report.state == "withdrawn"


def test_somebody_elses_report_cannot_be_reached_by_its_number(phone: Client) -> None:
    report = sent(enter(people.fkdm(name="Sari")))
    for path in ("/lapor/jawab/", "/lapor/tarik/", "/lapor/foto/"):
        assert phone.post(path, {"number": report.pk, "sure": "1", "text": "x"}).status_code == 404


def test_no_page_of_the_field_leaves_a_trace_of_the_look(phone: Client) -> None:
    sent(phone)
    before = AuditEntry.objects.count()
    for path in ("/beranda/", "/lapor/", "/laporan-saya/", "/tugas-saya/", "/info/"):
        page(phone, path)
    assert AuditEntry.objects.count() == before


def test_info_leads_to_every_other_page_of_the_role() -> None:
    world.desk()
    html = page(enter(people.tiga_pilar()), "/info/")
    assert 'href="/peringatan/"' in html
    assert 'href="/peristiwa/"' in html
    assert "English" in html


def test_a_task_of_the_own_office_is_counted_on_the_tab() -> None:
    kades = people.tiga_pilar()
    about = world.event(verdict="verified")
    assign_task(
        about.pk,
        world.assignment(agency=world.agency_of(kades).pk, due_at=domain_now() + timedelta(hours=4)),
        by=world.budi(),
        at=domain_now(),
    )
    html = page(enter(kades), "/tugas-saya/")
    assert "Tugas tindak lanjut" in html
    assert "1 menunggu" in html


def test_the_first_words_tell_one_own_report_from_the_next(phone: Client) -> None:
    sent(phone, "Konvoi Sabtu malam, hubungi 0812 3456 7890.")
    html = page(phone, "/laporan-saya/")
    assert "Konvoi Sabtu malam" in html
    assert "0812" not in html


def test_a_village_head_sees_at_one_tap_what_is_open_in_the_own_village() -> None:
    kades = people.tiga_pilar()
    world.event(verdict="verified")
    html = page(enter(kades), "/beranda/")
    assert "1 peristiwa terbuka di wilayah Anda" in html
