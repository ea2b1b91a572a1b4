"""Masa simpan: rules and proof for whoever answers for them, and the page on which one report is erased or held."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from kentongan.accounts.models import Account
from kentongan.audit.models import AuditEntry
from kentongan.intake.models import LegalHold, Report
from kentongan.pipeline import retention
from kentongan.policy import current_policy
from tests import people
from tests.stages import chain_world as world
from tests.web.chain import Chain, enter, send_report, text_of

NOT_RUN = "Belum pernah dijalankan"


@pytest.fixture
def kabid(chain: Chain) -> Account:
    return people.kabid(agency=chain.desk)


@pytest.fixture
def report(chain: Chain) -> Any:
    return send_report("Ada parang di balai bambu.", at=chain.now, desk=chain.desk)


def posted(who: Account, name: str, number: int, **values: str) -> Any:
    return enter(who).post(reverse(name, args=[number]), values)


def test_every_rule_of_the_policy_stands_on_the_page(chain: Chain) -> None:
    page = text_of(enter(chain.ratna), "retention")
    for rule in current_policy().retention.values():
        assert rule.label.id in page
    assert "90 hari sejak diterima" in page


@pytest.mark.parametrize("role", ["pengawas", "kabid", "admin"])
def test_those_who_answer_for_it_see_the_runs_as_proof(role: str, chain: Chain) -> None:
    client = enter(people.person(role))
    assert NOT_RUN in text_of(client, "retention")
    send_report("Lama.", at=chain.now - timedelta(days=120), desk=chain.desk)
    retention.carry_out(at=chain.now)
    page = text_of(client, "retention")
    assert NOT_RUN not in page
    assert "Laporan mentah yang belum diverifikasi: 1" in " ".join(page.split())
    assert current_policy().version in page


@pytest.mark.parametrize("role", ["fkdm", "anggota_timdu", "analis", "kampus"])
def test_counts_of_the_whole_instance_are_for_nobody_else(role: str, chain: Chain) -> None:
    retention.carry_out(at=chain.now)
    assert "Bukti pelaksanaan" not in text_of(enter(people.person(role)), "retention")


def test_the_page_of_a_report_says_when_it_goes(kabid: Account, report: Any, chain: Chain) -> None:
    page = text_of(enter(kabid), "report_keep", report.pk)
    assert "Laporan mentah yang belum diverifikasi" in page
    assert "parang" not in page


def test_a_report_of_a_confirmed_event_is_said_to_stay(
    kabid: Account, chain: Chain, monkeypatch: Any
) -> None:
    kept = retention.Ending("confirmed_event", None)
    monkeypatch.setattr("kentongan.web.views.retention.outlook", lambda *_a, **_k: kept)
    assert "tetap disimpan bersama peristiwanya" in text_of(enter(kabid), "report_keep", chain.report.pk)


def test_erasing_needs_a_reason_and_a_tick(kabid: Account, report: Any) -> None:
    without_tick = posted(kabid, "report_erase", report.pk, reason="Diminta pelapor.")
    without_reason = posted(kabid, "report_erase", report.pk, reason=" ", sure="on")
    assert (without_tick.status_code, without_reason.status_code) == (422, 422)
    assert "Diminta pelapor." in without_tick.content.decode()
    assert "tulis alasannya" in without_reason.content.decode()
    assert Report.rows.get(pk=report.pk).erased_on is None


def test_an_erased_report_shows_its_tombstone(kabid: Account, report: Any) -> None:
    answer = posted(kabid, "report_erase", report.pk, reason="Diminta pelapor.", sure="on")
    assert answer.status_code == 302
    assert Report.rows.get(pk=report.pk).text_masked == ""
    page = text_of(enter(kabid), "report_keep", report.pk)
    assert "Diminta pelapor." in page
    assert "Hapus isi laporan ini" not in page


def test_a_held_report_can_only_be_released(kabid: Account, report: Any) -> None:
    posted(kabid, "report_hold", report.pk, reason="Surat penyidik 12/X.")
    page = text_of(enter(kabid), "report_keep", report.pk)
    assert "Surat penyidik 12/X." in page
    assert "Hapus isi laporan ini" not in page
    refused = posted(kabid, "report_erase", report.pk, reason="Ya", sure="on")
    assert refused.status_code == 422
    assert "Cabut penahanannya lebih dulu" in refused.content.decode()
    posted(kabid, "report_hold_lift", report.pk, reason="Perkara selesai.")
    assert LegalHold.objects.get().lifted_at is not None
    assert "Hapus isi laporan ini" in text_of(enter(kabid), "report_keep", report.pk)


@pytest.mark.parametrize("name", ["report_erase", "report_hold", "report_hold_lift"])
def test_an_analyst_can_neither_erase_nor_hold(name: str, chain: Chain, report: Any) -> None:
    before = AuditEntry.objects.count()
    assert posted(chain.ratna, name, report.pk, reason="Ya", sure="on").status_code == 403
    assert AuditEntry.objects.count() == before


def test_a_kabid_of_elsewhere_is_told_of_no_such_report(chain: Chain, report: Any) -> None:
    elsewhere = people.kabid("99.02", name="Surya")
    assert enter(elsewhere).get(reverse("report_keep", args=[report.pk])).status_code == 404


def test_both_pages_speak_english_too(kabid: Account, report: Any) -> None:
    client = enter(kabid)
    for name, args in (("retention", []), ("report_keep", [report.pk])):
        answer = client.get(reverse(name, args=args), headers={"accept-language": "en"})
        assert answer.status_code == 200


@pytest.mark.django_db
def test_the_report_leads_whoever_may_keep_it_to_its_retention() -> None:
    people.analis()
    report = world.report()
    address, page = reverse("report_keep", args=[report.pk]), reverse("report", args=[report.pk])
    assert address in enter(people.kabid()).get(page).content.decode()
    assert address not in enter(people.analis()).get(page).content.decode()
