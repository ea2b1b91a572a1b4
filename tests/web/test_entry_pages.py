"""The desk's entry pages: a phoned report, a pasted chat, files; nothing typed is lost, nobody's name is kept."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kentongan.audit.models import AuditEntry
from kentongan.intake.actions import report_by_receipt
from kentongan.intake.channels import sheet as tables
from kentongan.intake.models import Report
from tests import factories, people
from tests.flow.conftest import fresh_gazetteer
from tests.stages.chain_world import VILLAGE
from tests.web.chain import enter

__all__ = ["fresh_gazetteer"]
pytestmark = pytest.mark.django_db

NEW, PASTE, IMPORT = "report_new", "report_paste", "report_import"
NAME, PHONE = "Pak Wiryo Sentosa", "+62 812-3456-7890"
CHAT = f"""12/11/26 06.50 - Pesan dan panggilan dienkripsi secara end-to-end.
12/11/26 06.51 - {NAME}: Ada ribut di ds sumberluku,
sudah kumpul 20 orang
13/11/26 06.52 - {PHONE}: Tugu perguruan dicoret, pemuda sebelah mau balas.
13/11/26 06.53 - {NAME}: <Media tidak disertakan>
"""


@pytest.fixture
def ratna(fresh_gazetteer: None) -> Client:
    """The analyst's browser."""
    factories.waluku()
    return enter(people.analis())


def said(**values: str) -> dict[str, str]:
    given = {"client_id": str(uuid4()), "text": "Patok batas sawah dipindah lagi."}
    return given | values


def stored() -> list[Any]:
    return list(Report.rows.order_by("pk"))


def post(client: Client, name: str, values: dict[str, Any]) -> Any:
    return client.post(reverse(name), values)


def file_of(text: str | bytes, name: str = "laporan.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())


def upload(client: Client, *files: SimpleUploadedFile, **values: str) -> Any:
    return post(client, IMPORT, {"uploads": list(files), **values})


# --- a report somebody phoned in -----------------------------------------------------------------------------


def test_a_phoned_report_is_stored_with_its_answers_and_belongs_to_nobody(ratna: Client) -> None:
    answer = post(
        ratna,
        NEW,
        said(
            place="99.01.01.2001",
            place_note="dekat jembatan",
            happens="upcoming",
            happens_on="2026-11-14",
            knowledge="heard",
            ongoing="no",
            danger="unknown",
            tile="lahan_desa",
        ),
    )
    (report,) = stored()
    assert answer.status_code == 200
    assert (report.channel, report.source, report.own_tag, report.identity) == ("desk", "publik", "", None)
    assert (report.area, report.place_note, report.tile) == (VILLAGE, "dekat jembatan", "lahan_desa")
    assert (report.happens, str(report.happens_on), report.knowledge) == ("upcoming", "2026-11-14", "heard")
    assert (report.ongoing, report.danger) == ("no", "unknown")


def test_entering_for_somebody_leaves_no_account_beside_the_report(ratna: Client) -> None:
    post(ratna, NEW, said(place="99.01.01"))
    (entry,) = AuditEntry.objects.filter(action="report.received")
    assert entry.actor == "publik"
    assert not AuditEntry.objects.filter(actor__startswith="akun:", subject__startswith="report:").exists()


def test_the_receipt_is_read_out_once_and_opens_the_report(ratna: Client) -> None:
    page = post(ratna, NEW, said()).content.decode()
    code = re.search(r'id="kode">([^<]+)<', page)
    assert code is not None
    assert report_by_receipt(code[1].strip()).pk == stored()[0].pk
    assert code[1].strip() not in ratna.get(reverse(NEW)).content.decode()


def test_the_same_form_sent_twice_is_one_report(ratna: Client) -> None:
    form = said(place="99.01.01")
    first, second = post(ratna, NEW, form).content.decode(), post(ratna, NEW, form).content.decode()
    assert len(stored()) == 1
    assert re.findall(r'id="kode">([^<]+)<', first) == re.findall(r'id="kode">([^<]+)<', second)


def test_a_draft_is_not_lost_when_one_answer_is_wrong(ratna: Client) -> None:
    answer = post(ratna, NEW, said(text="Warga resah malam ini.", place="Antah Berantah", tile="hoaks"))
    form = answer.context["form"]
    assert answer.status_code == 422
    assert stored() == []
    assert (form["text"].value(), form["place"].value(), form["tile"].value()) == (
        "Warga resah malam ini.",
        "Antah Berantah",
        "hoaks",
    )
    assert "Antah Berantah" in form.errors["place"][0]


@pytest.mark.parametrize("text", ["", "   \n\t", "\u200b\u202e"])
def test_an_empty_report_is_sent_back_with_a_sentence(ratna: Client, text: str) -> None:
    answer = post(ratna, NEW, said(text=text))
    assert (answer.status_code, "text" in answer.context["form"].errors) == (422, True)
    assert stored() == []


def test_a_code_that_no_longer_exists_is_refused_by_its_field(ratna: Client) -> None:
    answer = post(ratna, NEW, said(tile="tidak_ada", accused="kabupaten_lama"))
    assert set(answer.context["form"].errors) == {"tile", "accused"}
    assert stored() == []


def test_a_report_without_a_place_stays_with_the_desk_that_took_the_call(ratna: Client) -> None:
    post(ratna, NEW, said())
    (report,) = stored()
    assert (report.area, report.desk.name) == (None, "Kesbangpol Waluku")
    other = enter(people.analis("99.02", name="Surya"))
    assert other.get(reverse("report", args=[report.pk])).status_code == 404
    assert ratna.get(reverse("report", args=[report.pk])).status_code == 200


def test_a_report_about_the_subdistrict_leaves_the_desk_of_the_subdistrict(ratna: Client) -> None:
    sekar = enter(people.kasi_trantib())
    answer = post(sekar, NEW, said(accused="kecamatan", place="99.01.01"))
    (report,) = stored()
    assert "kabupaten/kota ke atas" in answer.content.decode()
    assert sekar.get(reverse("report", args=[report.pk])).status_code == 404
    assert ratna.get(reverse("report", args=[report.pk])).status_code == 200


def test_without_key_holders_no_contact_is_asked_for_and_the_page_says_why(ratna: Client) -> None:
    page = ratna.get(reverse(NEW)).content.decode()
    assert 'name="telepon"' not in page
    assert "kunci dua pemegang belum ada" in page


def test_a_contact_without_a_place_asks_for_the_place(ratna: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kentongan.web.views.entry.can_keep_contact", lambda: True)
    answer = post(ratna, NEW, said(telepon="0812"))
    assert "place" in answer.context["form"].errors
    assert answer.context["form"]["telepon"].value() == "0812"
    assert stored() == []


def test_who_may_not_triage_may_not_enter_for_others(db: None) -> None:
    factories.waluku()
    wiryo = enter(people.fkdm())
    for name in (NEW, PASTE, IMPORT):
        assert wiryo.get(reverse(name)).status_code == 403


# --- a pasted chat ---------------------------------------------------------------------------------------------


def test_the_preview_stores_nothing_and_shows_no_sender(ratna: Client) -> None:
    answer = post(ratna, PASTE, {"text": CHAT, "do": "lihat"})
    shown = re.sub(r"<textarea[^>]*hidden.*?</textarea>", "", answer.content.decode(), flags=re.DOTALL)
    assert stored() == []
    assert "Ada ribut di ds sumberluku," in shown
    assert NAME not in shown
    assert "3456" not in shown
    assert "1 pesan hanya berisi media" in shown


def test_the_preview_offers_grey_guesses_with_their_words(ratna: Client) -> None:
    rows = post(ratna, PASTE, {"text": CHAT}).context["rows"]
    assert (rows[0].place_code, rows[0].place) == ("99.01.01.2001", "Desa Sumberluku")
    assert rows[1].kind == "Antarperguruan pencak silat"
    assert "dicoret" in rows[1].evidence
    assert not rows[0].use.value()


def test_chosen_messages_are_stored_with_their_places_and_without_their_senders(ratna: Client) -> None:
    answer = post(
        ratna,
        PASTE,
        {
            "text": CHAT,
            "do": "simpan",
            "keep-0": "on",
            "use-0": "99.01.01.2001",
            "keep-1": "on",
            "place-1": "Kec. Tegalwuku",
            "place_all": "99.01.02",
        },
    )
    first, second = stored()
    assert [len(row["kept"].receipt) > 15 for row in answer.context["rows"]] == [True, True]
    assert [first.area, second.area] == [VILLAGE, factories.waluku()["99.01.01"].key]
    assert (first.channel, first.source) == ("paste", "publik")
    for report in (first, second):
        whole = report.raw_sealed.open(context=f"intake_report:{report.client_id}:{report.content_hash}:raw")
        kept = "\n".join((whole, report.text_masked, report.title, report.source, report.place_note))
        assert NAME not in kept
        assert "812" not in kept
    assert first.text_masked == "Ada ribut di ds sumberluku,\nsudah kumpul 20 orang"


def test_one_place_for_all_serves_those_without_their_own(ratna: Client) -> None:
    post(
        ratna, PASTE, {"text": CHAT, "do": "simpan", "keep-0": "on", "keep-1": "on", "place_all": "99.01.02"}
    )
    assert {report.area for report in stored()} == {factories.waluku()["99.01.02"].key}


def test_pasting_twice_is_the_same_arrival_and_the_preview_says_so(ratna: Client) -> None:
    form = {"text": CHAT, "do": "simpan", "keep-0": "on", "keep-1": "on"}
    first = [row["kept"] for row in post(ratna, PASTE, form).context["rows"]]
    again = [row["kept"] for row in post(ratna, PASTE, form).context["rows"]]
    assert len(stored()) == 2
    assert [one.receipt for one in first] == [one.receipt for one in again]
    assert [one.is_new for one in again] == [False, False]
    rows = post(ratna, PASTE, {"text": CHAT}).context["rows"]
    assert [(row.known_as, row.keep.value()) for row in rows] == [
        (first[0].number, False),
        (first[1].number, False),
    ]


def test_another_desk_that_pastes_the_same_text_has_its_own_arrival(ratna: Client) -> None:
    form = {"text": CHAT, "do": "simpan", "keep-0": "on"}
    post(ratna, PASTE, form)
    post(enter(people.analis("99.02", name="Surya")), PASTE, form)
    assert len(stored()) == 2
    assert stored()[1].copy_of_id == stored()[0].pk


def test_a_place_nobody_knows_stores_nothing_and_keeps_the_choice(ratna: Client) -> None:
    answer = post(ratna, PASTE, {"text": CHAT, "do": "simpan", "keep-1": "on", "place-1": "Antah"})
    assert (answer.status_code, stored()) == (422, [])
    assert answer.context["form"]["place-1"].value() == "Antah"
    assert [row.keep.value() for row in answer.context["rows"]] == [False, True]


def test_choosing_nothing_is_said(ratna: Client) -> None:
    answer = post(ratna, PASTE, {"text": CHAT, "do": "simpan"})
    assert "Belum ada pesan yang dipilih" in answer.content.decode()
    assert stored() == []


@pytest.mark.parametrize(
    "text", ["", "  \n", "12/11/26 06.50 - Budi: <Media tidak disertakan>", "a" * 500_001]
)
def test_a_paste_without_words_or_without_end_is_answered_with_one_sentence(ratna: Client, text: str) -> None:
    answer = post(ratna, PASTE, {"text": text, "do": "simpan"})
    assert (answer.status_code, len(answer.context["form"].errors["text"])) == (422, 1)
    assert stored() == []


def test_lines_that_are_no_message_are_listed_to_the_person(ratna: Client) -> None:
    answer = post(ratna, PASTE, {"text": "judul yang tercecer\n" + CHAT})
    assert [line.text for line in answer.context["unread"]] == ["judul yang tercecer"]
    assert "judul yang tercecer" in answer.content.decode()


def test_script_and_direction_marks_in_a_message_are_shown_as_text(ratna: Client) -> None:
    text = "<script>alert(1)</script> \u202eterbalik\u202c di Sumberluku"
    page = post(ratna, PASTE, {"text": text}).content.decode()
    assert "<script>alert(1)" not in re.sub(r"<textarea.*?</textarea>", "", page, flags=re.DOTALL)
    post(ratna, PASTE, {"text": text, "do": "simpan", "keep-0": "on"})
    assert stored()[0].text_masked == "<script>alert(1)</script> terbalik di Sumberluku"


# --- files -----------------------------------------------------------------------------------------------------

TABLE = """isi;wilayah;tanggal;jenis
Patok sawah dipindah;Ds. Sumberluku, Kec. Tegalwuku;31/12/2026;lahan_desa
Isi kedua;99.01.99;31/12/2026;
;99.01.01;;
"""


def test_good_rows_are_stored_and_bad_ones_named_by_line_and_column(ratna: Client) -> None:
    answer = upload(ratna, file_of(TABLE))
    (outcome,) = answer.context["outcomes"]
    (report,) = stored()
    assert (answer.status_code, outcome.new, outcome.bad_count) == (200, 1, 2)
    assert [(fault.line, fault.column) for fault, _ in outcome.faults] == [(3, "wilayah"), (4, "isi")]
    assert (report.channel, report.area, report.tile) == ("sheet", VILLAGE, "lahan_desa")


def test_the_rows_to_mend_come_back_as_a_file_that_cannot_calculate(ratna: Client) -> None:
    (outcome,) = upload(ratna, file_of('isi;jenis\n"=HYPERLINK(""http://x"")";tak_ada\n')).context["outcomes"]
    answer = post(ratna, "report_import_rest", {"rows": outcome.download})
    text = answer.content.decode("utf-8-sig")
    assert answer["Content-Disposition"] == 'attachment; filename="baris-perlu-diperbaiki.csv"'
    assert text.splitlines()[0] == "isi;jenis;kesalahan"
    assert "'=HYPERLINK" in text
    assert "tak_ada" in text.splitlines()[1]


def test_the_mended_file_uploaded_again_doubles_nothing(ratna: Client) -> None:
    upload(ratna, file_of(TABLE))
    (outcome,) = upload(ratna, file_of(TABLE.replace("99.01.99", "99.01.01"))).context["outcomes"]
    assert (outcome.new, outcome.known, outcome.bad_count) == (1, 1, 1)
    assert len(stored()) == 2


def test_rows_of_somebody_else_cannot_be_downloaded(ratna: Client) -> None:
    (outcome,) = upload(ratna, file_of(TABLE)).context["outcomes"]
    surya = enter(people.analis("99.02", name="Surya"))
    assert post(surya, "report_import_rest", {"rows": outcome.download}).status_code == 403
    assert post(ratna, "report_import_rest", {"rows": "palsu"}).status_code == 403


def test_a_place_for_all_rows_serves_those_without_one(ratna: Client) -> None:
    upload(ratna, file_of("isi\nSatu\nDua\n"), place_all="99.01.01")
    assert {report.area for report in stored()} == {factories.waluku()["99.01.01"].key}


def test_the_template_can_be_filled_in_and_read_back(ratna: Client) -> None:
    answer = ratna.get(reverse("report_import_template"))
    sheet = tables.read_sheet(answer.content, filename="templat.csv")
    assert sheet.columns == tuple(tables.COLUMNS)
    assert not sheet.unknown


def test_an_article_and_a_letter_are_read_beside_a_file_that_is_none(ratna: Client) -> None:
    letter = b"From: Budi <budi@x.example>\nSubject: Kabar\n\nAda ancaman di Kec. Tegalwuku, Kab. Waluku.\n"
    answer = upload(
        ratna,
        file_of(
            "Tugu dicoret\n\nWALUKU - Tugu dicoret di Kecamatan Tegalwuku, Kabupaten Waluku.", "berita.txt"
        ),
        file_of(letter, "surat.eml"),
        file_of("x", "foto.jpg"),
    )
    assert answer.status_code == 200
    assert sorted(report.channel for report in stored()) == ["article", "mail"]
    assert "Budi" not in answer.content.decode()
    assert [outcome.name for outcome in answer.context["outcomes"] if outcome.problem] == ["foto.jpg"]


HOSTILE = {
    "zip": (b"PK\x03\x04" + b"\x00" * 100, "data.csv"),
    "nul": (b"isi\nsatu\x00dua\n", "data.csv"),
    "xml": (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "data.csv"),
    "one line": (b"isi\n" + b"a" * 9_000_000, "data.csv"),
    "too large": (b"isi\n" + b"a\n" * 5_300_000, "data.csv"),
    "empty": (b"", "data.csv"),
    "headings only": (b"isi;wilayah\n", "data.csv"),
    "no headings": (b"a;b\nc;d\n", "data.csv"),
    "open quote": (b'isi;wilayah\n"tidak ditutup;99.01\n', "data.csv"),
    "wide": (b"isi" + b";x" * 200 + b"\nsatu\n", "data.csv"),
    "letter without text": (b"Subject: x\n\n", "surat.eml"),
    "no letter": (b"\x00\x01\x02", "surat.eml"),
    "binary text": (b"\x00\x01", "berita.txt"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_answered_with_one_sentence_and_leaves_nothing(ratna: Client, name: str) -> None:
    content, filename = HOSTILE[name]
    answer = upload(ratna, file_of(content, filename))
    (outcome,) = answer.context["outcomes"]
    assert answer.status_code == 422
    assert outcome.problem.endswith(".")
    assert stored() == []
    assert post(ratna, NEW, said()).status_code == 200


def test_a_body_without_end_is_refused_before_it_is_read(ratna: Client) -> None:
    big = file_of(b"a" * 33 * 1024 * 1024)
    assert upload(ratna, big).status_code == 413


def test_no_file_at_all_is_said(ratna: Client) -> None:
    answer = post(ratna, IMPORT, {})
    assert (answer.status_code, "uploads" in answer.context["form"].errors) == (422, True)


def test_the_import_page_refuses_a_request_from_another_page(db: None) -> None:
    factories.waluku()
    account = people.analis()
    people.with_second_factor(account)
    client = Client(enforce_csrf_checks=True)
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = upload(client, file_of(TABLE))
    assert answer.status_code == 403
    assert stored() == []


def test_a_large_table_keeps_its_good_rows_in_one_go(ratna: Client) -> None:
    lines = [
        f"Kejadian nomor {n};{'99.01.88' if n % 33 == 0 and n < 9_900 else '99.01.01.2001'}"
        for n in range(1, 2_001)
    ]
    (outcome,) = upload(ratna, file_of("isi;wilayah\n" + "\n".join(lines))).context["outcomes"]
    bad = sum("99.01.88" in line for line in lines)
    assert (outcome.new, outcome.bad_count, len(stored())) == (2_000 - bad, bad, 2_000 - bad)


def test_every_stored_row_has_an_identity_of_its_own(ratna: Client) -> None:
    upload(ratna, file_of("isi\nSama\nSama\nLain\n"))
    ids: list[UUID] = [report.client_id for report in stored()]
    assert len(set(ids)) == 3
