"""The report form: public and for the field, by script and as plain pages, and everything hostile that may be sent."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from kentongan.accounts.models import Agency
from kentongan.audit.models import AuditEntry
from kentongan.edge.sealing import HolderKey
from kentongan.intake.models import Answer, Happens, Knowledge, Report
from kentongan.policy import policy_on
from kentongan.vault import actions as vault
from kentongan.vault.models import SealedIdentity
from kentongan.web import slowing
from kentongan.web.forms.lapor import CHOICES
from kentongan.web.forms.lapor_hints import hints_for
from kentongan.web.lapor_choices import TILE_ICONS
from tests import factories, people
from tests.web.chain import enter

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 12)
STORY = "Kabarnya Sabtu malam ada konvoi dua perguruan lewat tugu."
SEND = "/lapor/kirim/"


@pytest.fixture
def desk() -> Agency:
    return factories.agency()


@pytest.fixture
def client() -> Client:
    """A browser that must send our forms' token where one is asked for."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture(autouse=True)
def _fresh_counts() -> Iterator[None]:
    slowing.sends.forget()
    yield
    slowing.sends.forget()


def said(**answers: Any) -> dict[str, Any]:
    return {
        "client_id": str(uuid4()),
        "text": STORY,
        "tile": "antarkelompok",
        "area": "99.01.01.2001",
    } | answers


def send(client: Client, answers: Any, **headers: Any) -> Any:
    body = answers if isinstance(answers, str | bytes) else json.dumps(answers)
    return client.post(SEND, body, content_type="application/json", **headers)


def shown_steps(html: str) -> list[str]:
    """The steps that the page shows: all others carry `hidden`."""
    return re.findall(r'<section data-step="(\d)"\s*>', html)


# --- the page


def test_the_form_asks_for_no_cookie_and_says_what_is_stored(desk: Agency, client: Client) -> None:
    answer = client.get("/lapor/")
    html = answer.content.decode()
    assert not answer.cookies
    assert "csrfmiddlewaretoken" not in html
    assert "bukan nama atau alamat internet Anda" in html
    assert html.count('class="tells"') == 1
    assert "tel:110" in html
    assert "no-store" in answer["Cache-Control"]


def test_every_step_offers_the_way_out(desk: Agency, client: Client) -> None:
    html = client.get("/lapor/").content.decode()
    steps = re.split(r"<section data-step", html)[1:]
    assert len(steps) == 8
    assert all("data-exit" in step for step in steps)


def test_nine_tiles_stand_with_their_pictures_in_the_order_of_the_policy(
    desk: Agency, client: Client
) -> None:
    html = client.get("/lapor/").content.decode()
    assert re.findall(r'name="tile"\s+value="(\w+)"', html) == list(policy_on(TODAY).report_tiles)
    assert set(TILE_ICONS) == set(policy_on(TODAY).report_tiles)
    assert all(f"#i-{icon}" in html for icon in TILE_ICONS.values())


def test_the_answers_are_those_that_a_report_can_hold() -> None:
    assert set(CHOICES["happens"]) == set(Happens.values)
    assert set(CHOICES["knowledge"]) == set(Knowledge.values)
    assert set(CHOICES["ongoing"]) == set(CHOICES["danger"]) == set(Answer.values)


def test_the_form_speaks_english_by_its_own_link_without_a_cookie(desk: Agency, client: Client) -> None:
    answer = client.get("/lapor/?bahasa=en")
    assert '<html lang="en"' in answer.content.decode()
    assert not answer.cookies


def test_places_of_this_instance_are_offered_while_one_types(desk: Agency, client: Client) -> None:
    html = client.get("/lapor/").content.decode()
    assert '<option value="Sumberluku, Kec. Tegalwuku">' in html
    assert "Karangmukus" not in html


def test_the_names_of_a_whole_regency_travel_in_a_small_page(desk: Agency, client: Client) -> None:
    """365 villages, as a large kabupaten of Java has them."""
    for number in range(4, 24):
        factories.region(f"99.01.{number:02}", f"Kecamatan Rekaan {number}")
        for village in range(18):
            factories.region(f"99.01.{number:02}.{2001 + village}", f"Desa Rekaan {number} {village}")
    answer = client.get("/lapor/", headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert len(answer.content) < 25_000
    assert gzip.decompress(answer.content).decode().count("<option") > 365


def test_a_field_member_begins_at_the_first_step_with_the_own_village_chosen(desk: Agency) -> None:
    html = enter(people.fkdm()).get("/lapor/").content.decode()
    assert shown_steps(html) == ["1"]
    assert re.search(r'value="99\.01\.01\.2001"\s+id="area-99\.01\.01\.2001"\s+checked', html)
    assert 'value="99.01.01.2002"' in html
    assert "csrfmiddlewaretoken" in html


def test_an_office_of_the_district_may_be_named_and_the_form_says_who_reads_then(
    desk: Agency, client: Client
) -> None:
    people.analis(agency=desk)
    html = client.get("/lapor/").content.decode()
    village = html[html.index('id="accused-desa"') : html.index('id="accused-kecamatan"')]
    assert "tidak akan dibaca kantor itu" in village
    assert "tingkat kabupaten/kota ke atas" in village
    assert "Inspektorat kabupaten/kota, Ombudsman" in village


def test_the_form_says_honestly_when_nobody_here_may_read_such_a_report(desk: Agency, client: Client) -> None:
    people.analis(agency=desk)
    html = client.get("/lapor/").content.decode()
    district = html[html.index('id="accused-kabupaten"') : html.index('id="accused-polri"')]
    assert "belum ada meja tingkat provinsi" in district
    assert "Laporkan juga ke:" in district
    assert "Inspektorat provinsi, Ombudsman" in district


def test_the_contact_is_not_asked_for_while_a_key_holder_is_missing(desk: Agency, client: Client) -> None:
    html = client.get("/lapor/").content.decode()
    assert 'name="contact_telepon"' not in html
    assert "kunci dua lembaga belum lengkap" in html


# --- plain pages


def test_without_script_each_step_comes_from_the_server_with_everything_that_was_answered(
    desk: Agency, client: Client
) -> None:
    answers = said(place="Sumberluku", place_note="Tugu", to="7", happens="upcoming", happens_on="2026-11-14")
    html = client.post("/lapor/langkah/", answers).content.decode()
    assert shown_steps(html) == ["7"]
    assert f'name="client_id" value="{answers["client_id"]}"' in html
    assert "Sumberluku; Tugu" in html
    assert "Akan terjadi, Sab 14 Nov 2026" in html
    assert STORY in html
    assert not Report.rows.exists()


@pytest.mark.parametrize("wanted", ["", "9", "-1", "abc", "²"])
def test_a_step_that_does_not_exist_is_the_first(desk: Agency, client: Client, wanted: str) -> None:
    assert shown_steps(client.post("/lapor/langkah/", said(to=wanted)).content.decode()) == ["1"]


def test_the_plain_form_sends_and_shows_the_receipt(desk: Agency, client: Client) -> None:
    answer = client.post(SEND, said(knowledge="heard", danger="yes"))
    html = answer.content.decode()
    report = Report.rows.get()
    assert answer.status_code == 201
    assert re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", html)
    assert "Jangan simpan di HP bersama" in html
    assert (report.source, report.channel, report.tile) == ("publik", "form", "antarkelompok")
    assert (report.knowledge, report.danger, report.area) == ("heard", "yes", 9901012001)
    assert not answer.cookies


def test_a_plain_form_without_text_comes_back_with_its_answers(desk: Agency, client: Client) -> None:
    answer = client.post(SEND, said(text="  ", place_note="Tugu perguruan"))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert shown_steps(html) == ["5"]
    assert "Tulis satu kalimat" in html
    assert 'value="Tugu perguruan"' in html


def test_a_plain_form_whose_id_is_broken_is_not_lost(desk: Agency, client: Client) -> None:
    assert client.post(SEND, said(client_id="rusak")).status_code == 201
    assert Report.rows.count() == 1


# --- sending


def test_a_report_is_answered_with_its_receipt_and_where_to_ask(desk: Agency, client: Client) -> None:
    answer = send(client, said(happens="now", ongoing="unknown", latitude=-7.123456, longitude="112.9876"))
    report = Report.rows.get()
    assert answer.status_code == 201
    assert set(answer.json()) == {"receipt", "status_url"}
    assert answer.json()["status_url"] == "/lapor/status/"
    assert (str(report.latitude), str(report.longitude)) == ("-7.123", "112.988")
    assert (report.desk_id, report.happens, report.ongoing) == (desk.pk, "now", "unknown")


def test_the_same_report_again_is_the_same_receipt_and_one_row(desk: Agency, client: Client) -> None:
    answers = said()
    first, again = (
        send(client, answers).json(),
        send(client, answers | {"sent_at": "2026-11-12T08:15:00+07:00"}).json(),
    )
    assert first == again
    assert Report.rows.count() == 1


def test_the_same_id_with_other_words_is_a_report_of_its_own(desk: Agency, client: Client) -> None:
    answers = said()
    first, second = send(client, answers).json(), send(client, answers | {"text": "Kabar lain."}).json()
    assert second["conflict"] is True
    assert first["receipt"] != second["receipt"]
    assert Report.rows.count() == 2


UNKNOWN = [
    ("tile", "ubin_lama"),
    ("happens", "besok"),
    ("knowledge", "mimpi"),
    ("ongoing", "mungkin"),
    ("danger", "entah"),
    ("area", "99.01.99"),
    ("area", "bukan kode"),
    ("happens_on", "kemarin"),
    ("happens_on", "0001-01-01"),
    ("sent_at", "tadi pagi"),
    ("sent_at", "2026-11-12T08:15:00"),
    ("sent_at", "9999-12-31T23:59:59-12:00"),
]


@pytest.mark.parametrize(("field", "value"), UNKNOWN)
def test_an_unknown_code_never_costs_a_report_and_is_named(
    desk: Agency, client: Client, field: str, value: str
) -> None:
    answer = send(client, said(**{field: value}))
    assert answer.status_code == 201
    assert answer.json()["not_understood"] == [field]
    assert getattr(Report.rows.get(), field) in ("", None)


def test_a_place_that_is_no_code_stays_as_words_beside_the_report(desk: Agency, client: Client) -> None:
    send(client, said(area="99.01.99", place_note="dekat pasar"))
    report = Report.rows.get()
    assert (report.area, report.place_note, report.desk_id) == (None, "99.01.99; dekat pasar", desk.pk)


@pytest.mark.parametrize("office", ["kantor_baru", "x" * 400, "<script>", "Ñ"])
def test_an_office_that_nobody_knows_keeps_the_report_at_the_province(
    desk: Agency, client: Client, office: str
) -> None:
    answer = send(client, said(accused=office))
    assert answer.status_code == 201
    assert answer.json()["not_understood"] == ["accused"]
    assert Report.rows.get().read_from_level == 1


def test_a_name_that_one_village_alone_bears_becomes_its_place(desk: Agency, client: Client) -> None:
    send(client, said(area="", place="Sumberluku, Kec. Tegalwuku"))
    assert Report.rows.get().area == 9901012001


def test_a_name_that_nobody_knows_stays_as_words(desk: Agency, client: Client) -> None:
    send(client, said(area="", place="Kampung Entah\ud800", place_note="tepi sungai"))
    report = Report.rows.get()
    assert report.area is None
    assert report.place_note.endswith("tepi sungai")


WRONG = [
    {"text": 7},
    {"text": ["a"]},
    {"client_id": "bukan"},
    {"client_id": 7},
    {"tile": {"a": 1}},
    {"latitude": True, "longitude": 1},
    {"latitude": [1], "longitude": 1},
    {"contact": "081"},
    {"contact": {"nama": 3}},
    {"happens": False},
]


@pytest.mark.parametrize("answers", WRONG, ids=str)
def test_a_wrong_type_is_named_and_nothing_is_stored(
    desk: Agency, client: Client, answers: dict[str, Any]
) -> None:
    answer = send(client, said(**answers))
    assert answer.status_code == 422
    named = "nama" if answers.get("contact") == {"nama": 3} else next(iter(answers))
    assert named in answer.json()["error"]
    assert not Report.rows.exists()
    assert send(client, said()).status_code == 201


BODIES = [
    (b"", 400),
    (b"   ", 400),
    (b"{", 400),
    (b"[]", 400),
    (b'"teks"', 400),
    (b"null", 400),
    (b"\xff\xfe\x00", 400),
    (b"[" * 100_000, 400),
    (b'{"client_id": ' + b"9" * 5_000 + b"}", 400),
    (b'{"text": "' + b"a" * 300_000 + b'"}', 413),
    (b"x" * 10_000_000, 413),
]


@pytest.mark.parametrize(("body", "status"), BODIES, ids=lambda value: str(value)[:24])
def test_a_body_that_is_no_report_gets_a_sentence_and_the_next_one_works(
    desk: Agency, client: Client, body: bytes, status: int
) -> None:
    answer = send(client, body)
    assert answer.status_code == status
    assert answer.json()["error"].endswith(".")
    assert not Report.rows.exists()
    assert send(client, said()).status_code == 201


@pytest.mark.parametrize(
    "text",
    [
        "a\x00b",
        "\x00\x00 tugu",
        "\u202eterbalik\u202c",
        "<script>alert(1)</script>",
        "😀" * 400,
        "setengah \ud83d",
        "{{ 7*7 }}",
    ],
    ids=ascii,
)
def test_strange_words_are_stored_and_shown_as_words(desk: Agency, client: Client, text: str) -> None:
    assert send(client, said(text=text, place_note=text, place=text)).status_code == 201
    shown = Report.rows.get().text_masked
    assert "\x00" not in shown
    assert "\u202e" not in shown


@pytest.mark.parametrize("point", [(1e400, 1), ("NaN", "1"), (91, 10), (7, None), ("x", "y")])
def test_a_point_that_is_none_is_left_out(desk: Agency, client: Client, point: tuple[Any, Any]) -> None:
    answer = send(client, said(latitude=point[0], longitude=point[1]))
    assert answer.status_code == 201
    assert Report.rows.get().latitude is None


def test_a_flood_from_one_address_is_slowed_down_with_a_clear_word(desk: Agency, client: Client) -> None:
    allowed = int(policy_on(TODAY).thresholds["public_reports_per_hour"])
    for _ in range(allowed):
        assert send(client, said(), REMOTE_ADDR="203.0.113.9").status_code == 201
    answer = send(client, said(), REMOTE_ADDR="203.0.113.9")
    assert answer.status_code == 429
    assert "110" in answer.json()["error"]
    assert int(answer["Retry-After"]) >= 60
    assert send(client, said(), REMOTE_ADDR="203.0.113.10").status_code == 201


def test_the_count_of_an_address_is_kept_in_no_readable_form_and_no_table(
    desk: Agency, client: Client
) -> None:
    send(client, said(), REMOTE_ADDR="203.0.113.9")
    assert b"203.0.113.9" not in b"".join(slowing.sends._counts)
    assert not AuditEntry.objects.filter(detail__icontains="203.0.113").exists()


def test_sending_asks_the_database_for_little_and_nothing_about_who_sends(
    desk: Agency, client: Client, django_assert_max_num_queries: Any
) -> None:
    send(client, said())
    with django_assert_max_num_queries(16) as asked:
        send(client, said())
    tables = " ".join(query["sql"] for query in asked.captured_queries)
    assert "intake_report" in tables
    assert not re.search(r"django_session|accounts_account\b|accounts_assignment|pipeline_demomark", tables)


def test_sending_leaves_one_audit_entry_by_the_public(desk: Agency, client: Client) -> None:
    before = AuditEntry.objects.count()
    client.get("/lapor/")
    client.post("/lapor/langkah/", said(to="3"))
    send(client, said())
    entries = AuditEntry.objects.order_by("seq")[before:]
    assert [(entry.action, entry.actor) for entry in entries] == [("report.received", "publik")]


# --- with an account


def token_of(client: Client) -> str:
    return str(client.get("/lapor/").context["csrf_token"])


def entered(client: Client, **values: Any) -> Client:
    client.force_login(people.fkdm(**values), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_a_field_member_sends_under_a_source_number(desk: Agency, client: Client) -> None:
    token = token_of(entered(client))
    answer = send(client, said(as_account=True), HTTP_X_CSRFTOKEN=token)
    report = Report.rows.get()
    assert answer.status_code == 201
    assert re.fullmatch(r"S-\d+", report.source)
    assert report.channel == "phone"


def test_whoever_is_signed_in_must_send_from_our_own_page(desk: Agency, client: Client) -> None:
    entered(client)
    answer = send(client, said(as_account=True))
    assert answer.status_code == 403
    assert answer.json()["code"] == "web.form_expired"
    assert not Report.rows.exists()


def test_a_report_of_an_account_is_never_sent_as_the_public_when_the_session_is_over(
    desk: Agency, client: Client
) -> None:
    answer = send(client, said(as_account=True))
    assert answer.status_code == 401
    assert "tetap tersimpan di HP" in answer.json()["error"]
    assert not Report.rows.exists()


def test_a_plain_form_of_an_account_whose_session_is_over_is_not_lost_and_says_how_it_went(
    desk: Agency, client: Client
) -> None:
    html = client.post(SEND, said(as_account="1")).content.decode()
    assert "laporan terkirim tanpa akun" in html
    assert Report.rows.get().source == "publik"


def test_an_account_that_sends_no_reports_still_may_as_anybody(desk: Agency) -> None:
    client = enter(people.pengawas())
    assert send(client, said()).status_code == 201
    assert Report.rows.get().source == "publik"


def test_the_mark_on_the_phone_differs_by_account_and_is_stored_nowhere(desk: Agency) -> None:
    pages = [enter(person).get("/lapor/") for person in (people.fkdm(), people.fkdm(name="Sari"))]
    marks = [page.context["script"]["owner"] for page in pages]
    assert len(set(marks)) == 2
    assert all(len(mark) == 16 for mark in marks)


# --- contact


@pytest.fixture
def holders(desk: Agency) -> None:
    for slot, agency in (("A", 1), ("B", 2)):
        vault.add_holder(
            slot, HolderKey.new().public, agency_id=agency, body=f"Badan {slot}", office="Kantor", actor="uji",
            at=factories.NOW,
        )  # type: ignore[arg-type]  # fmt: skip


def test_a_contact_is_sealed_to_the_two_holders(holders: None, client: Client) -> None:
    assert 'name="contact_telepon"' in client.get("/lapor/").content.decode()
    answer = send(client, said(contact={"nama": "Sari", "telepon": "081234567890"}))
    assert answer.json()["contact_kept"] is True
    assert Report.rows.get().identity == SealedIdentity.objects.get().pk


def test_a_contact_that_cannot_be_sealed_does_not_stop_the_report(desk: Agency, client: Client) -> None:
    answer = send(client, said(contact={"telepon": "081234567890"}))
    assert answer.status_code == 201
    assert answer.json()["contact_kept"] is False
    assert not SealedIdentity.objects.exists()


# --- hints


HINTS = [
    ("Hubungi 0812-3456-7890", ["identifiers"]),
    ("Motornya N 1234 AB", ["identifiers"]),
    ("Anak itu dicabuli tetangganya", ["sexual_violence"]),
    ("Jalan rusak di depan pasar", ["service_complaint"]),
    ("Ada unjuk rasa buruh besok", ["agenda_kegiatan"]),
    ("Unjuk rasa buruh diserang kelompok lain", []),
    ("Warga mengkritik bupati", ["opinion"]),
    ("Suami memukul istri, KDRT", ["domestic_violence"]),
    ("Konvoi dua perguruan Sabtu malam", []),
]


@pytest.mark.parametrize(("text", "codes"), HINTS)
def test_hints_explain_and_offer_other_ways(text: str, codes: list[str]) -> None:
    found = hints_for(text, policy_on(TODAY), language="id")
    assert [hint.code for hint in found] == codes
    assert all(hint.words for hint in found)


def test_the_review_warns_but_does_not_stop(desk: Agency, client: Client) -> None:
    answers = said(text="Jalan rusak, hubungi 0812 3456 7890", to="7")
    html = client.post("/lapor/langkah/", answers).content.decode()
    assert "nomornya kami samarkan" in html
    assert "SP4N-LAPOR! (1708)" in html
    assert client.post(SEND, answers).status_code == 201


def test_the_log_in_page_leads_to_the_form(client: Client) -> None:
    assert f'href="{reverse("report_form")}"' in client.get("/masuk/").content.decode()
