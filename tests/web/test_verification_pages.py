"""The verification desk: three columns, every line and verdict by form, content before source, who never sees it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from kentongan.accounts.models import Account
from kentongan.edge import stored_files
from kentongan.events.actions import create_event
from kentongan.intake.actions import Sender, process_photo, receive_photo, receive_report
from kentongan.intake.decisions import Draft
from kentongan.policy import policy_on
from kentongan.verification.actions import set_check, verify_event
from kentongan.verification.decisions import Conclusion
from kentongan.verification.queries import evidence_of, lines_of, verdicts_of
from tests import factories, people
from tests.web.chain import Chain, enter, facts, text_of

pytestmark = pytest.mark.django_db
VERDICT = {
    "content_grade": "2", "source_grade": "F", "verdict": "verified", "reason": "Foto dan undangan cocok.",
}  # fmt: skip


def post(client: Client, name: str, *args: Any, **data: Any) -> Any:
    return client.post(reverse(name, args=args), data)


def settle(chain: Chain, event: Any = None, *, by: Account | None = None) -> None:
    """Every required line proven."""
    about, who = event or chain.event, people.actor(by or chain.ratna)
    for line in lines_of(about, on=chain.now.date()):
        if line.required:
            set_check(about.pk, item=line.item, status="proven", finding="Dilihat.", by=who, at=chain.now)


def event_with(chain: Chain, *sources: str, type_code: str = "KEL.02", text: str = "Ada kabar.") -> Any:
    """An event in the kecamatan with one report of each source."""
    area = factories.waluku()["99.01.01"].key
    reports = [
        receive_report(
            Draft(uuid4(), "phone", f"{text} {number}", area=area, knowledge="saw"),
            sender=Sender(source, source),
            desk=chain.desk.pk,
            at=chain.now - timedelta(hours=4),
        )[0].pk
        for number, source in enumerate(sources)
    ]
    return create_event(
        facts(type_code=type_code),
        owner=chain.desk.pk,
        reports=reports,
        by=people.actor(chain.ratna),
        at=chain.now - timedelta(hours=2),
    )


# --- the three columns


def test_the_desk_shows_what_was_reported_checked_and_judged(chain: Chain) -> None:
    page = text_of(enter(chain.ratna), "event_verify", chain.event.pk)

    for heading in ("Yang dilaporkan", "Yang diperiksa", "Penilaian"):
        assert heading in page
    assert "S-14" in page
    assert "Ada ancaman di simpang dusun." in page
    assert "BELUM TERVERIFIKASI" in page


def test_the_items_are_those_of_the_type_with_the_needed_ones_marked(chain: Chain) -> None:
    event = event_with(chain, "publik", type_code="INF.04")
    rows = enter(chain.ratna).get(reverse("event_verify", args=[event.pk])).context["checks"]

    expected = policy_on(chain.now.date()).checklist_of("INF.04")
    assert [(row["line"].item, row["line"].required) for row in rows] == list(expected)
    assert [row["line"].item for row in rows if row["is_next"]] == [expected[0][0]]


def test_a_line_is_written_by_form_and_leads_back_to_itself(chain: Chain) -> None:
    client = enter(chain.ratna)
    answer = post(client, "event_check", chain.event.pk, "tempat", status="proven", finding="Foto, Kades.")

    assert answer["Location"].endswith(f"/peristiwa/{chain.event.pk}/periksa/#butir-tempat")
    assert "Foto, Kades." in text_of(client, "event_verify", chain.event.pk)


def test_a_line_without_its_finding_stays_open_with_the_sentence(chain: Chain) -> None:
    answer = post(enter(chain.ratna), "event_check", chain.event.pk, "tempat", status="cannot", finding="")

    assert answer.status_code == 422
    assert "kenapa tidak dapat diperiksa" in answer.content.decode()


@pytest.mark.parametrize("item", ["cuaca", "%s", "%25s%28x%29s"])
def test_an_item_that_is_not_on_the_list_is_refused_with_a_sentence(chain: Chain, item: str) -> None:
    answer = post(enter(chain.ratna), "event_check", chain.event.pk, item, status="proven", finding="Ya.")

    assert answer.status_code == 422
    assert "tidak ada dalam daftar periksa" in answer.content.decode()


def test_photos_of_reports_stay_behind_a_fold(chain: Chain, tmp_path: Any, settings: Any) -> None:
    settings.MEDIA_DIR = tmp_path
    picture = tmp_path / "tugu.png"
    Image.new("RGB", (40, 30), "white").save(picture)
    photo = receive_photo(chain.report, client_id=uuid4(), content=picture.read_bytes(), at=chain.now)
    process_photo(photo.pk, at=chain.now)
    client = enter(chain.ratna)
    page = text_of(client, "event_verify", chain.event.pk)

    before, _fold, after = page.partition('<details class="hidden-photos">')
    assert "<img" not in before.partition("<main")[2]
    assert "1 foto, disembunyikan" in after
    for address in (reverse("photo", args=[photo.pk]), reverse("photo", args=[photo.pk]) + "?kecil=1"):
        shown = client.get(address)
        assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")
        assert "no-store" in shown["Cache-Control"]


# --- who sees it, and what of the sources


@pytest.mark.parametrize("role", ["tiga_pilar", "fkdm", "provinsi", "anggota_timdu", "pimpinan", "admin"])
def test_roles_outside_the_desk_never_see_it(chain: Chain, role: str) -> None:
    answer = enter(people.person(role)).get(reverse("event_verify", args=[chain.event.pk]))

    assert answer.status_code == 403


def test_a_confirmed_event_next_door_is_not_checked_from_here(chain: Chain) -> None:
    settle(chain)
    verify_event(
        chain.event.pk, Conclusion("verified", 2, "B", "Cocok."), by=people.actor(chain.ratna), at=chain.now
    )
    desk = factories.agency("Kec. Sebelah", kind="kecamatan", own=("99.01.02",), neighbours=("99.01.01",))
    client = enter(people.kasi_trantib("99.01.02", agency=desk))

    assert client.get(reverse("event", args=[chain.event.pk])).status_code == 200
    assert client.get(reverse("event_verify", args=[chain.event.pk])).status_code == 403


def test_the_kecamatan_reads_reports_without_source_numbers(chain: Chain) -> None:
    event = event_with(chain, "S-14", "publik")
    set_check(
        event.pk,
        item="tempat",
        status="proven",
        finding="Kata S-14.",
        by=people.actor(chain.ratna),
        at=chain.now,
    )
    near, above = enter(people.kasi_trantib()), enter(chain.ratna)
    here = reverse("event_verify", args=[event.pk])
    for part in ("", "bukti", "serupa", "lapangan", "riwayat"):
        page = near.get(here, {"bagian": part})
        assert "S-14" not in page.content.decode(), part

    assert "Sumber ke-1" in near.get(here).content.decode()
    assert "S-14" in above.get(here).content.decode()


def test_an_accused_office_does_not_even_open_the_desk(chain: Chain) -> None:
    area = factories.waluku()["99.01.01"].key
    report = receive_report(
        Draft(uuid4(), "form", "Tentang kantor.", area=area, accused="kecamatan"),
        sender=Sender.public(),
        desk=chain.desk.pk,
        at=chain.now,
    )[0]
    event = create_event(
        facts(), owner=chain.desk.pk, reports=[report.pk], by=people.actor(chain.ratna), at=chain.now
    )
    answer = enter(people.kasi_trantib()).get(reverse("event_verify", args=[event.pk]))

    assert answer.status_code == 403
    assert "tidak diperiksa dari kantor Anda" in answer.content.decode()
    assert "Tentang kantor." not in answer.content.decode()


# --- judging


def test_a_verdict_waits_for_the_lines_it_needs(chain: Chain) -> None:
    client = enter(chain.ratna)
    early = post(client, "event_verify", chain.event.pk, **VERDICT)
    settle(chain)
    late = post(client, "event_verify", chain.event.pk, **VERDICT)

    assert early.status_code == 422
    assert "Belum dapat disimpulkan." in early.content.decode()
    assert "Foto dan undangan cocok." in early.content.decode()
    assert late.status_code == 302
    assert verdicts_of(chain.event)[0].reason == "Foto dan undangan cocok."


def test_a_source_without_content_is_refused_by_the_server(chain: Chain) -> None:
    settle(chain)
    typed = {**VERDICT, "content_grade": "", "source_grade": "B"}
    answer = post(enter(chain.ratna), "event_verify", chain.event.pk, **typed)

    assert answer.status_code == 422
    assert "Nilai isi lebih dulu" in answer.content.decode()
    assert not verdicts_of(chain.event).exists()


def test_content_is_asked_before_source_and_neither_is_chosen_for_you(chain: Chain) -> None:
    answer = enter(chain.ratna).get(reverse("event_verify", args=[chain.event.pk]))
    form, page = answer.context["grade_form"], answer.content.decode()

    assert page.index("1. Isi") < page.index("2. Sumber") < page.index("3. Simpulan")
    assert form["content_grade"].value() is None
    assert form["source_grade"].value() == "F"


def test_a_source_with_a_record_proposes_its_band_with_the_count(chain: Chain) -> None:
    for number in range(5):
        event = event_with(chain, "S-77", text=f"Kabar {number}.")
        settle(chain, event)
        verdict = "refuted" if number == 4 else "verified"
        grade = 5 if number == 4 else 2
        verify_event(
            event.pk, Conclusion(verdict, grade, "F", "Dilihat."), by=people.actor(chain.ratna), at=chain.now
        )
    answer = enter(chain.ratna).get(reverse("event_verify", args=[event_with(chain, "S-77").pk]))
    page = " ".join(answer.content.decode().split())

    assert answer.context["grade_form"]["source_grade"].value() == "B"
    assert "S-77: 5 laporan diperiksa, 4 terbukti." in page
    assert "4 dari 5 terbukti" in page


@pytest.mark.parametrize("type_code", ["KAM.01", "KAM.02", "INF.04"])
def test_two_persons_judge_what_needs_two(chain: Chain, type_code: str) -> None:
    event = event_with(chain, "publik", type_code=type_code)
    settle(chain, event)
    first, second = enter(chain.ratna), enter(people.kabid(agency=chain.desk))
    post(first, "event_verify", event.pk, **VERDICT)
    waiting = first.get(reverse("event_verify", args=[event.pk])).context["waiting"]["verdict"].pk

    assert "Minta rekan membaca" in text_of(first, "event_verify", event.pk)
    assert "dinilai dua orang" in text_of(first, "event_verify", event.pk)
    own = post(first, "event_confirm", event.pk, waiting, reason="Saya yakin.")
    assert own.status_code == 422
    for words in ("Usulan: terkonfirmasi", "Kukuhkan simpulan ini"):
        assert words in text_of(second, "event_verify", event.pk)
    assert post(second, "event_confirm", event.pk, waiting, reason="Setuju.").status_code == 302
    event.refresh_from_db()
    assert event.verification == "verified"


def test_a_concluded_event_is_opened_again_with_a_reason(chain: Chain) -> None:
    client = enter(chain.ratna)
    settle(chain)
    post(client, "event_verify", chain.event.pk, **VERDICT)

    assert post(client, "event_reverify", chain.event.pk, reason="").status_code == 422
    assert post(client, "event_reverify", chain.event.pk, reason="Saksi baru.").status_code == 302
    chain.event.refresh_from_db()
    assert chain.event.verification == "in_progress"


# --- the other parts


def test_every_part_is_a_page_of_its_own(chain: Chain) -> None:
    client, here = enter(chain.ratna), reverse("event_verify", args=[chain.event.pk])

    for part, heading in {
        "bukti": "Tambah bukti", "serupa": "Serupa, belum digabung", "lapangan": "Minta konfirmasi tiga pilar",
        "riwayat": "Jejak", "entah": "Yang dilaporkan",
    }.items():  # fmt: skip
        page = client.get(here, {"bagian": part})
        assert page.status_code == 200
        assert heading in page.content.decode()


def test_evidence_is_shown_with_its_hash_short_and_whole(chain: Chain) -> None:
    client = enter(chain.ratna)
    typed = {"kind": "link", "text": "https://contoh.id/kabar", "origin": "Laman desa", "item": "tempat"}
    assert post(client, "event_evidence", chain.event.pk, **typed).status_code == 302
    page = client.get(reverse("event_verify", args=[chain.event.pk]), {"bagian": "bukti"}).content.decode()
    digest = evidence_of(chain.event)[0].sha256

    assert f"{digest[:12]}…" in page
    assert digest in page
    # Kept as text, never passed on as a link.
    assert "https://contoh.id/kabar" in page
    assert 'href="https://contoh.id' not in page


def test_a_new_photo_is_kept_clean_and_opens_from_the_evidence(
    chain: Chain, tmp_path: Any, settings: Any
) -> None:
    settings.MEDIA_DIR = tmp_path
    picture = tmp_path / "tugu.png"
    Image.new("RGB", (40, 30), "white").save(picture)
    client = enter(chain.ratna)
    with picture.open("rb") as file:
        typed = {"kind": "upload", "file": file, "text": "Tugu.", "origin": "Kesbangpol"}
        assert post(client, "event_evidence", chain.event.pk, **typed).status_code == 302
    piece = evidence_of(chain.event)[0]
    shown = client.get(reverse("event_evidence_photo", args=[chain.event.pk, piece.pk]))

    assert shown["Content-Type"] == "image/jpeg"
    assert shown.content.startswith(b"\xff\xd8")
    assert len(list(stored_files.older_than(chain.now + timedelta(days=9000)))) == 1


def test_a_file_that_is_no_photo_leaves_nothing(chain: Chain, tmp_path: Any, settings: Any) -> None:
    settings.MEDIA_DIR = tmp_path
    fake = tmp_path / "berkas.jpg"
    fake.write_bytes(b"PK\x03\x04 arsip")
    with fake.open("rb") as file:
        typed = {"kind": "upload", "file": file, "text": "Tugu.", "origin": "Kesbangpol"}
        answer = post(enter(chain.ratna), "event_evidence", chain.event.pk, **typed)

    assert answer.status_code == 422
    assert not evidence_of(chain.event).exists()


def test_a_colleague_writes_a_dissent_beside_the_verdict(chain: Chain) -> None:
    client, other = enter(chain.ratna), enter(people.kabid(agency=chain.desk))
    settle(chain)
    post(client, "event_verify", chain.event.pk, **VERDICT)
    verdict = verdicts_of(chain.event)[0].pk
    history: Callable[[Client], str] = lambda who: (  # noqa: E731
        who.get(reverse("event_verify", args=[chain.event.pk]), {"bagian": "riwayat"}).content.decode()
    )

    assert "Tulis catatan tak sepakat" not in history(client)
    assert post(other, "event_dissent", chain.event.pk, verdict, reason="").status_code == 422
    assert post(other, "event_dissent", chain.event.pk, verdict, reason="Foto lama.").status_code == 302
    assert "Foto lama." in history(client)


def test_similar_reports_that_are_not_linked_are_listed(chain: Chain) -> None:
    event = event_with(
        chain, "publik", text="Tugu perguruan dicoret cat putih tadi malam oleh beberapa orang"
    )
    receive_report(
        Draft(uuid4(), "form", "Tugu perguruan dicoret cat putih tadi malam, warga marah", area=event.area),
        sender=Sender.public(),
        desk=chain.desk.pk,
        at=chain.now - timedelta(hours=1),
    )
    answer = enter(chain.ratna).get(reverse("event_verify", args=[event.pk]), {"bagian": "serupa"})

    assert [row["report"].text_masked[:13] for row in answer.context["rows"]] == ["Tugu perguruan"[:13]]


def test_opening_the_desk_leaves_a_trace(chain: Chain) -> None:
    client = enter(chain.ratna)
    client.get(reverse("event_verify", args=[chain.event.pk]))

    assert "Membuka peristiwa" in client.get(reverse("audit_own")).content.decode()


def test_a_refused_verdict_keeps_everything_that_was_typed(chain: Chain) -> None:
    settle(chain)
    typed = {**VERDICT, "content_grade": "5", "source_grade": "B", "reason": "Satu saksi."}
    answer = post(enter(chain.ratna), "event_verify", chain.event.pk, **typed)
    form = answer.context["grade_form"]

    assert answer.status_code == 422
    assert "Terkonfirmasi tidak cocok dengan nilai isi 5" in answer.content.decode()
    assert [form[name].value() for name in ("content_grade", "source_grade", "verdict", "reason")] == [
        "5", "B", "verified", "Satu saksi.",
    ]  # fmt: skip
