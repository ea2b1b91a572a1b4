"""Administration and transparency pages: who may open them, what they say when there is nothing, how much they ask."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from kentongan.audit import actions as audit
from kentongan.audit.models import AuditEntry
from kentongan.audit.queries import all_entries
from kentongan.edge.models import Job, JobState
from kentongan.pipeline import actions as orders
from kentongan.places.keys import key_of
from kentongan.places.models import RegionAlias
from kentongan.policy import current_policy
from kentongan.web import audit_sentences
from kentongan.web.views import health, jobs, policy
from tests import factories, people

NOW = datetime(2026, 11, 12, 1, 15, tzinfo=timezone.utc)
WALUKU, LINTANG = key_of("99.01"), key_of("99.02")
pytestmark = pytest.mark.django_db


def page(client: Client, url: str, *, status: int = 200, **query: str) -> str:
    answer = client.get(url, query)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def in_english(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def as_analis(client: Client) -> Client:
    return people.sign_in(client, people.analis())


@pytest.fixture
def as_kabid(client: Client) -> Client:
    return people.sign_in(client, people.kabid())


@pytest.fixture
def as_admin(client: Client) -> Client:
    return people.sign_in(client, people.admin())


@pytest.fixture
def as_pengawas(client: Client) -> Client:
    return people.sign_in(client, people.pengawas())


# Who may open what

OPEN_TO = [
    ("/administrasi/", {"analis", "kabid", "admin", "pengawas"}),
    ("/wilayah/", {"analis", "kabid", "admin", "pengawas"}),
    ("/wilayah/99.01/", {"analis", "kabid", "admin", "pengawas"}),
    ("/aturan/", {"analis", "kabid", "admin", "pengawas"}),
    ("/aturan/jenis/", {"analis", "kabid", "admin", "pengawas"}),
    ("/siapa-melihat-apa/", {"analis", "kabid", "admin", "pengawas"}),
    ("/siapa-melihat-apa/wilayah/", {"kabid", "pengawas"}),
    ("/siapa-melihat-apa/semua/", {"pengawas"}),
    ("/pekerjaan/", {"kabid", "admin"}),
    ("/kesehatan/", {"admin", "pengawas"}),
    ("/komponen/", {"analis", "kabid", "admin", "pengawas"}),
]


@pytest.mark.parametrize("role", ["analis", "kabid", "admin", "pengawas"])
def test_each_role_opens_its_own_pages_and_no_others(client: Client, role: str) -> None:
    people.sign_in(client, people.person(role))
    seen = {url: client.get(url).status_code for url, _roles in OPEN_TO}
    assert seen == {url: 200 if role in roles else 403 for url, roles in OPEN_TO}


@pytest.mark.parametrize("url", [url for url, _roles in OPEN_TO])
def test_a_visitor_is_sent_to_sign_in(client: Client, url: str) -> None:
    assert client.get(url).status_code == 302


@pytest.mark.parametrize("role", ["admin", "pengawas"])
def test_every_page_speaks_english_too(client: Client, role: str) -> None:
    in_english(people.sign_in(client, people.person(role)))
    for url, roles in OPEN_TO:
        if role in roles:
            answer = client.get(url)
            assert answer.status_code == 200
            assert '<html lang="en"' in answer.content.decode()


# Administration


def test_the_hub_shows_only_doors_that_open(as_analis: Client) -> None:
    text = page(as_analis, "/administrasi/")
    assert 'href="/aturan/"' in text
    assert 'href="/kesehatan/"' not in text
    assert 'href="/pekerjaan/"' not in text


def test_the_hub_of_the_administrator_leads_to_the_machine(as_admin: Client) -> None:
    text = page(as_admin, "/administrasi/")
    for url in ("/akun/", "/instansi/", "/wilayah/", "/aturan/", "/pekerjaan/", "/kesehatan/"):
        assert f'href="{url}"' in text


# Regions


def test_a_misspelt_name_finds_its_place_with_the_whole_way(as_analis: Client) -> None:
    text = page(as_analis, "/wilayah/", q="sumber lukuh")
    assert "Desa Sumberluku" in text
    assert "Kec. Tegalwuku, Kab. Waluku, Prov. Bimasakti Raya" in text
    assert "ejaan mirip" in text


def test_a_search_can_be_narrowed_to_a_level(as_analis: Client) -> None:
    assert "99.01.02.2001" in page(as_analis, "/wilayah/", q="watukemukus")
    assert "99.01.02.2001" not in page(as_analis, "/wilayah/", q="watukemukus", tingkat="3")


def test_a_name_nobody_bears_says_what_to_try(as_analis: Client) -> None:
    assert "Tidak ada wilayah dengan nama itu" in page(as_analis, "/wilayah/", q="qqqqzzzz")


def test_without_a_search_the_provinces_are_listed_with_their_parts(as_analis: Client) -> None:
    text = page(as_analis, "/wilayah/")
    assert "Prov. Bimasakti Raya" in text
    assert "2</td>" in text.replace("\n", "")


def test_the_edition_of_the_list_is_named_with_its_licence(as_analis: Client) -> None:
    factories.region_list(
        source="daftar nasional", version="4.0.1", licence="ODbL-1.0", attribution="Contains information"
    )
    text = page(as_analis, "/wilayah/")
    for words in ("daftar nasional", "ODbL-1.0", "Contains information", "Rab 1 Jan 2025"):
        assert words in text


def test_a_region_shows_its_key_zone_parts_and_way(as_analis: Client) -> None:
    text = page(as_analis, "/wilayah/99.01/")
    for words in (
        "9901000000–9902000000",
        "WIB",
        "Kec. Tegalwuku",
        "3 kecamatan",
        "4 desa/kelurahan",
        "Prov. Bimasakti Raya",
    ):
        assert words in text


def test_an_unknown_code_is_answered_with_the_next_step(as_analis: Client) -> None:
    assert "Kode wilayah 77.01 tidak ada" in page(as_analis, "/wilayah/77.01/", status=404)


def test_agencies_are_named_only_to_those_who_may_see_them(client: Client) -> None:
    factories.agency("Polres Uji", own=("99.01",))
    assert "Polres Uji" not in page(people.sign_in(client, people.analis()), "/wilayah/99.01/")
    assert "Polres Uji" in page(people.sign_in(Client(), people.admin()), "/wilayah/99.01/")


def test_the_administrator_adds_another_name_and_it_is_found(as_admin: Client) -> None:
    answer = as_admin.post("/wilayah/99.01/nama-lain/", {"name": "Bumi Waluku", "source": "sebutan warga"})
    assert answer.status_code == 302
    assert "nama lain: Bumi Waluku" in page(as_admin, "/wilayah/", q="bumi waluku")
    assert all_entries()[0].action == "region.alias_added"


def test_a_name_that_is_known_already_stays_in_the_form_with_its_reason(as_admin: Client) -> None:
    said = {"name": "Bumi Waluku", "source": "sebutan warga"}
    as_admin.post("/wilayah/99.01/nama-lain/", said)
    answer = as_admin.post("/wilayah/99.01/nama-lain/", said)
    assert answer.status_code == 422
    assert "sudah tercatat" in answer.content.decode()
    assert RegionAlias.objects.count() == 1


def test_an_analyst_has_no_form_for_other_names(as_analis: Client) -> None:
    assert "nama-lain/" not in page(as_analis, "/wilayah/99.01/")
    assert as_analis.post("/wilayah/99.01/nama-lain/", {"name": "x", "source": "y"}).status_code == 403


def test_a_page_of_regions_asks_little(
    as_analis: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    with django_assert_max_num_queries(40):
        page(as_analis, "/wilayah/99/")
    with django_assert_max_num_queries(40):
        page(as_analis, "/wilayah/", q="wuku")


# Rules


@pytest.mark.parametrize("slug", [section.slug for section in policy.SECTIONS])
def test_every_section_of_the_rules_is_shown(as_analis: Client, slug: str) -> None:
    text = page(as_analis, f"/aturan/{slug}/")
    assert "umber" in text  # where each rule comes from


def test_every_type_of_event_has_its_definition_and_an_address(as_analis: Client) -> None:
    text = page(as_analis, "/aturan/jenis/")
    for code, kind in current_policy().event_types.items():
        assert f'id="{code}"' in text
        assert kind.label.id.replace("'", "&#x27;") in text


def test_every_threshold_has_its_value_with_source_and_chooser(as_analis: Client) -> None:
    text = page(as_analis, "/aturan/ambang/")
    for code, rule in current_policy().thresholds.items():
        assert f'id="{code}"' in text
        assert rule.chosen_by in text


def test_awas_names_two_persons_and_the_ladder(as_analis: Client) -> None:
    text = page(as_analis, "/aturan/peringatan/")
    assert "2 orang berbeda" in text
    assert "bukan penetapan status keadaan konflik" in text


def test_the_rules_of_a_day_are_shown_for_that_day(as_analis: Client) -> None:
    assert "Min 22 Nov 2026" in page(as_analis, "/aturan/jenis/", pada="2026-11-22")


@pytest.mark.parametrize(
    ("day", "said"),
    [("besok", "tidak terbaca"), ("2026-13-99", "tidak terbaca"), ("1999-01-01", "Belum ada aturan")],
)
def test_a_day_without_rules_is_said_and_not_guessed(as_analis: Client, day: str, said: str) -> None:
    assert said in page(as_analis, "/aturan/", pada=day)


def test_a_section_that_does_not_exist_is_refused(as_analis: Client) -> None:
    page(as_analis, "/aturan/rahasia/", status=404)


def test_the_rules_in_english_use_the_english_words(as_analis: Client) -> None:
    assert "Politics and elections" in page(in_english(as_analis), "/aturan/jenis/")


# Who saw what


def look(actor: str, area: int | None, *, what: str = "event.read", reason: str = "") -> AuditEntry:
    return audit.record(what, actor=actor, at=NOW, area=area, subject="event:31", reason=reason)


def test_everybody_sees_the_own_looks_and_nobody_elses(client: Client) -> None:
    ratna, budi = people.analis(), people.kabid()
    look(f"akun:{ratna.pk}", WALUKU, reason="rapat pagi")
    look(f"akun:{budi.pk}", WALUKU, reason="urusan lain")
    text = page(people.sign_in(client, ratna), "/siapa-melihat-apa/")
    assert "Membuka peristiwa" in text
    assert "rapat pagi" in text
    assert "urusan lain" not in text


def test_nothing_looked_at_yet_is_said(as_analis: Client) -> None:
    assert "Belum ada jejak Anda" in page(as_analis, "/siapa-melihat-apa/")


def test_the_head_of_a_unit_sees_looks_in_its_area_with_names(client: Client) -> None:
    ratna = people.analis()
    look(f"akun:{ratna.pk}", WALUKU, reason="di sini")
    look(f"akun:{ratna.pk}", LINTANG, reason="di sana")
    text = page(people.sign_in(client, people.kabid()), "/siapa-melihat-apa/wilayah/")
    assert "Ratna" in text
    assert "di sini" in text
    assert "di sana" not in text


def test_a_reporter_appears_as_a_number_and_never_as_a_name(client: Client) -> None:
    wiryo = people.fkdm()
    look("S-14", WALUKU, what="report.received")
    look("publik", WALUKU, what="report.received")
    text = page(people.sign_in(client, people.kabid()), "/siapa-melihat-apa/wilayah/")
    assert "Pelapor S-14" in text
    assert "Publik, tanpa akun" in text
    assert wiryo.name not in text


def test_the_overseer_sees_the_whole_chain_and_filters_it(as_pengawas: Client) -> None:
    look("akun:9001", WALUKU, reason="pertama")
    look("S-14", LINTANG, what="report.received", reason="kedua")
    everything = page(as_pengawas, "/siapa-melihat-apa/semua/")
    assert "pertama" in everything
    assert "kedua" in everything
    for query in ({"tindakan": "report.received"}, {"pelaksana": "S-14"}):
        narrowed = page(as_pengawas, "/siapa-melihat-apa/semua/", **query)
        assert "kedua" in narrowed
        assert "pertama" not in narrowed
    assert "Tidak ada catatan" in page(as_pengawas, "/siapa-melihat-apa/semua/", sampai="2020-01-01")
    assert "Tidak ada catatan" in page(as_pengawas, "/siapa-melihat-apa/semua/", tentang="event:99")


def test_a_filter_by_day_counts_days_of_western_indonesia(as_pengawas: Client) -> None:
    late = datetime(2026, 11, 11, 17, 30, tzinfo=timezone.utc)  # 00.30 WIB on the twelfth
    audit.record("event.read", actor="akun:9001", at=late, reason="lewat tengah malam")
    text = page(as_pengawas, "/siapa-melihat-apa/semua/", dari="2026-11-12", sampai="2026-11-12")
    assert "lewat tengah malam" in text


def test_pages_of_the_chain_are_cut_by_number(as_pengawas: Client) -> None:
    for number in range(60):
        look("akun:9001", WALUKU, reason=f"urutan {number}.")
    first = page(as_pengawas, "/siapa-melihat-apa/semua/")
    assert "urutan 59." in first
    assert "urutan 9." not in first
    assert "?sebelum=11" in first
    older = page(as_pengawas, "/siapa-melihat-apa/semua/", sebelum="11")
    assert "urutan 9." in older
    assert "urutan 59." not in older


@pytest.mark.parametrize("typed", ["", "x", "99999999999999999999999", "-1"])
def test_a_mistyped_page_number_shows_the_newest(as_pengawas: Client, typed: str) -> None:
    look("akun:9001", WALUKU, reason="terbaru")
    assert "terbaru" in page(as_pengawas, "/siapa-melihat-apa/semua/", sebelum=typed)


def test_an_entry_opens_for_its_actor_and_for_nobody_else_outside(client: Client) -> None:
    ratna = people.analis()
    mine = look(f"akun:{ratna.pk}", WALUKU)
    other = look("akun:9001", LINTANG)
    people.sign_in(client, ratna)
    assert "Peristiwa 31" in page(client, f"/siapa-melihat-apa/{mine.seq}/")
    page(client, f"/siapa-melihat-apa/{other.seq}/", status=404)


def test_a_unit_head_cannot_open_an_entry_of_another_area(client: Client) -> None:
    inside, outside = look("akun:9001", WALUKU), look("akun:9001", LINTANG)
    people.sign_in(client, people.kabid())
    page(client, f"/siapa-melihat-apa/{inside.seq}/")
    page(client, f"/siapa-melihat-apa/{outside.seq}/", status=404)


def test_the_overseer_checks_the_chain_and_the_check_is_an_entry(as_pengawas: Client) -> None:
    look("akun:9001", WALUKU)
    answer = as_pengawas.post("/siapa-melihat-apa/periksa/", follow=True)
    assert "Rantai utuh" in answer.content.decode()
    assert all_entries()[0].action == orders.CHAIN_CHECKED


def test_a_broken_chain_is_named_on_the_page(as_pengawas: Client) -> None:
    look("akun:9001", WALUKU)
    AuditEntry.objects.filter(seq=1).update(reason="diubah")
    text = as_pengawas.post("/siapa-melihat-apa/periksa/", follow=True).content.decode()
    assert "Catatan audit 1 berubah" in text
    assert "rusak mulai catatan" in text


def test_a_chain_too_long_for_a_page_names_the_command(
    as_pengawas: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orders, "LONGEST_CHECK", 0)
    monkeypatch.setattr("kentongan.web.views.audit.LONGEST_CHECK", 0)
    look("akun:9001", WALUKU)
    assert "kentongan audit verify" in page(as_pengawas, "/siapa-melihat-apa/semua/")
    assert as_pengawas.post("/siapa-melihat-apa/periksa/").status_code == 409


def test_a_unit_head_may_not_check_the_chain(as_kabid: Client) -> None:
    assert as_kabid.post("/siapa-melihat-apa/periksa/").status_code == 403


def test_fifty_entries_ask_no_more_than_five(
    as_pengawas: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for number in range(50):
        look(f"akun:{9000 + number}", WALUKU)
    with django_assert_max_num_queries(22):
        page(as_pengawas, "/siapa-melihat-apa/semua/")


def test_an_action_without_words_is_shown_by_its_code() -> None:
    assert audit_sentences.sentence("future.thing") == "future.thing"
    assert audit_sentences.about("thing:7") == "thing:7"


def test_an_area_that_no_list_knows_stays_a_number() -> None:
    factories.waluku()
    assert audit_sentences.area_labels([WALUKU, key_of("77")]) == {
        WALUKU: "Kab. Waluku",
        key_of("77"): "7700000000",
    }


# Jobs


def park(**facts: Any) -> Job:
    values = {
        "kind": "intake.suggest", "key": "1:intake.suggest", "values": {"subject": "report:5"}, "state": JobState.PARKED,
        "tries": 5, "next_try": NOW, "delivered": NOW, "created": NOW, "last_error": "OperationalError at edge/jobs.py:1",
    }  # fmt: skip
    return Job.objects.create(**values | facts)


def test_nothing_parked_is_said(as_admin: Client) -> None:
    assert "Tidak ada yang tertahan" in page(as_admin, "/pekerjaan/")


def test_a_parked_job_is_shown_with_a_plain_reason(as_admin: Client) -> None:
    job = park()
    text = page(as_admin, "/pekerjaan/")
    assert "Basis data tidak menjawab" in text
    assert f"/pekerjaan/{job.pk}/jalankan/" in text


def test_a_parked_job_is_run_again_and_the_order_is_recorded(as_admin: Client) -> None:
    job = park()
    assert as_admin.post(f"/pekerjaan/{job.pk}/jalankan/").status_code == 302
    job.refresh_from_db()
    assert (job.state, job.tries) == (JobState.WAITING, 0)
    assert all_entries()[0].action == "job.rerun"


def test_a_job_that_is_not_parked_is_not_run_again(as_admin: Client) -> None:
    assert as_admin.post("/pekerjaan/77/jalankan/").status_code >= 400
    assert not all_entries().filter(action="job.rerun").exists()


def test_a_unit_head_sees_jobs_but_does_not_run_them(as_kabid: Client) -> None:
    job = park()
    assert "Jalankan lagi" not in page(as_kabid, "/pekerjaan/")
    assert as_kabid.post(f"/pekerjaan/{job.pk}/jalankan/").status_code == 403


def test_the_flow_and_the_schedule_are_shown(as_admin: Client) -> None:
    text = page(as_admin, "/pekerjaan/").replace("<wbr>", "")
    for words in ("report.received", "intake.suggest", "audit.write_head", "belum pernah jalan"):
        assert words in text


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ("Problem events.not_an_event at x.py:1", "Ditolak oleh aturan"),
        ("the worker vanished before the job was finished", "Pekerja berhenti"),
        ("FetchTimeout < ConnectError", "Tujuan di luar"),
        ("This version does not know the job x.", "Versi ini tidak mengenal"),
        ("ZeroDivisionError", "Galat yang belum dikenal"),
    ],
)
def test_a_record_becomes_a_plain_reason(record: str, said: str) -> None:
    assert said in jobs.reason_of(record)


# Health


def test_the_health_page_names_states_and_next_steps(as_admin: Client) -> None:
    text = page(as_admin, "/kesehatan/")
    for words in ("perlu dilihat", "kentongan worker", "Rantai audit", "Berkas kunci", "HTTPS"):
        assert words in text


def test_the_worst_comes_first(as_admin: Client) -> None:
    text = page(as_admin, "/kesehatan/")
    assert text.index('id="worker"') < text.index('id="migrations"')


def test_the_plain_answers_need_no_account(client: Client) -> None:
    assert page(client, "/healthz") == "ok"
    assert json.loads(page(client, "/readyz")) == {"ready": True, "database": True, "migrations": True}


def test_a_silent_database_is_answered_with_503(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def silent() -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr("kentongan.web.routing.domain_now", silent)
    assert client.get("/healthz").status_code == 503
    assert client.get("/readyz").status_code == 503


def test_a_process_behind_its_migrations_is_not_ready(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "_ready", set())
    monkeypatch.setattr(health, "unapplied_migrations", lambda: ["audit.0002_next"])
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"ready": False, "database": True, "migrations": False}


def test_the_components_page_shows_every_icon(as_analis: Client) -> None:
    assert "#i-kentongan" in page(as_analis, "/komponen/")


def test_moments_far_apart_are_ordered_by_chain_number_not_by_clock(as_pengawas: Client) -> None:
    audit.record("event.read", actor="akun:9001", at=NOW + timedelta(days=9), reason="jam maju")
    audit.record("event.read", actor="akun:9001", at=NOW, reason="jam benar")
    text = page(as_pengawas, "/siapa-melihat-apa/semua/")
    assert text.index("jam benar") < text.index("jam maju")


def test_every_action_that_the_product_records_has_its_sentence(repository: Path) -> None:
    recorded = {
        code for path in (repository / "src" / "kentongan").rglob("*.py") for code in recorded_codes(path)
    }
    assert len(recorded) > 30
    assert sorted(recorded - set(audit_sentences.SENTENCES)) == []


def recorded_codes(path: Path) -> Iterator[str]:
    """First arguments of calls to `record`, where they are written out."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            function = (
                node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            )
            if function == "record":
                yield str(node.args[0].value)
