"""Status by receipt: four plain states, the desk's question, the answer, one more photo, taking it back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kentongan.audit.models import AuditEntry
from kentongan.edge.clocks import domain_now
from kentongan.intake.actions import ask_reporter, triage_report
from kentongan.intake.models import Photo, Report, ReportMessage
from kentongan.policy import policy_on
from kentongan.web import slowing
from tests import people
from tests.stages import chain_world as world
from tests.web.chain import enter

pytestmark = pytest.mark.django_db

STORY = "Warga melihat orang berparang di tugu."
PICTURE = b"\xff\xd8\xff\xe0 kira-kira gambar"


@pytest.fixture(autouse=True)
def _fresh_counts() -> Iterator[None]:
    slowing.wrong_receipts.forget()
    yield
    slowing.wrong_receipts.forget()


@pytest.fixture
def client() -> Client:
    """A browser without cookies that would be refused where a token is asked for."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def code(client: Client) -> str:
    """The receipt of a fresh public report."""
    world.desk()
    body = {"client_id": str(uuid4()), "text": STORY, "tile": "ancaman", "area": "99.01.01.2001"}
    answer = client.post("/lapor/kirim/", json.dumps(body), content_type="application/json")
    return str(answer.json()["receipt"])


def status(client: Client, code: str, **headers: Any) -> Any:
    return client.post("/lapor/status/", {"code": code}, **headers)


def current(html: str) -> str:
    """The state that the page marks as the present one."""
    marked = re.search(r'aria-current="step">\s*<span>([^<]+)</span>', html)
    return marked[1] if marked else ""


def asked(text: str = "Di dusun mana?") -> ReportMessage:
    return ask_reporter(Report.rows.get().pk, text=text, client_id=uuid4(), by=world.ratna(), at=domain_now())


def test_the_code_leads_to_the_first_state_and_the_words_are_not_shown_again(
    client: Client, code: str
) -> None:
    answer = status(client, code)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert current(html) == "Diterima"
    assert [name for name in ("Diterima", "Diperiksa", "Ditindaklanjuti", "Selesai") if name in html] == [
        "Diterima", "Diperiksa", "Ditindaklanjuti", "Selesai",
    ]  # fmt: skip
    assert STORY not in html
    assert not answer.cookies
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    "spelling", [str.lower, lambda code: code.replace("-", " "), lambda code: f"  {code} "]
)
def test_a_code_is_read_however_it_was_typed(client: Client, code: str, spelling: Any) -> None:
    assert status(client, spelling(code)).status_code == 200


def test_the_code_never_stands_in_an_address(client: Client, code: str) -> None:
    html = status(client, code).content.decode()
    assert not re.search(rf'(?:href|action)="[^"]*{code}', html)
    assert code not in client.get(f"/lapor/status/?code={code}").content.decode()


@pytest.mark.parametrize(
    "wrong", ["", "AAAA-AAAA-AAAA-AAAA", "bukan kode", "\x00", "é" * 500, "7KQM2XPA'; --"]
)
def test_a_code_that_leads_nowhere_is_explained_in_its_field(client: Client, code: str, wrong: str) -> None:
    answer = status(client, wrong)
    html = answer.content.decode()
    assert answer.status_code in {400, 404, 422}
    assert 'role="alert"' in html
    assert STORY not in html


def test_guessing_codes_is_slowed_down_and_a_right_one_waits_too(client: Client, code: str) -> None:
    allowed = int(policy_on(date(2026, 11, 12)).thresholds["receipt_tries_per_hour"])
    for _ in range(allowed):
        status(client, "AAAA-AAAA-AAAA-AAAA", REMOTE_ADDR="203.0.113.7")
    assert status(client, code, REMOTE_ADDR="203.0.113.7").status_code == 429
    assert status(client, code, REMOTE_ADDR="203.0.113.8").status_code == 200


def test_the_desks_question_is_shown_and_answered_once(client: Client, code: str) -> None:
    asked()
    html = status(client, code).content.decode()
    assert "Di dusun mana?" in html
    answer_id = re.search(r'name="client_id" value="([0-9a-f-]{36})"', html)
    assert answer_id is not None
    form = {"code": code, "client_id": answer_id[1], "text": "Dusun Krajan, RT 2."}
    first, again = client.post("/lapor/jawab/", form), client.post("/lapor/jawab/", form)
    assert "Jawaban terkirim" in first.content.decode()
    assert again.status_code == 200
    assert ReportMessage.objects.filter(from_reporter=True).count() == 1


def test_the_officers_name_is_not_shown_to_the_sender(client: Client, code: str) -> None:
    asked()
    assert "Ratna" not in status(client, code).content.decode()


def test_an_empty_answer_is_explained_and_what_was_typed_stays(client: Client, code: str) -> None:
    asked()
    long = "panjang " * 3_000
    answer = client.post("/lapor/jawab/", {"code": code, "text": long})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert long.strip() in answer.content.decode()
    assert client.post("/lapor/jawab/", {"code": code, "text": " "}).status_code == 422


def test_nobody_is_asked_to_answer_before_the_desk_has_written(client: Client, code: str) -> None:
    assert "/lapor/jawab/" not in status(client, code).content.decode()


def test_a_report_is_taken_back_after_one_more_question(client: Client, code: str) -> None:
    asking = client.post("/lapor/tarik/", {"code": code}).content.decode()
    assert "Ya, tarik laporan" in asking
    assert Report.rows.get().state == "received"
    done = client.post("/lapor/tarik/", {"code": code, "sure": "1"}).content.decode()
    assert Report.rows.get().state == "withdrawn"
    assert "Laporan ini Anda tarik" in done
    assert current(done) == "Selesai"
    assert "/lapor/tarik/" not in done


def test_what_was_declined_is_finished_and_cannot_be_taken_back(client: Client, code: str) -> None:
    triage_report(
        Report.rows.get().pk,
        outcome="out_of_scope",
        by=world.ratna(),
        at=domain_now(),
        reason="Keluhan layanan.",
    )
    html = status(client, code).content.decode()
    assert current(html) == "Selesai"
    assert client.post("/lapor/tarik/", {"code": code, "sure": "1"}).status_code == 409


def photo(**values: Any) -> dict[str, Any]:
    return {
        "client_id": str(uuid4()),
        "photo": SimpleUploadedFile("IMG_2031.jpg", PICTURE, "image/jpeg"),
    } | values


def test_a_photo_is_added_by_the_code(client: Client, code: str) -> None:
    answer = client.post("/lapor/foto/", photo(code=code), headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()) == (201, {"stored": True})
    assert Photo.objects.get().report == Report.rows.get()


def test_a_photo_of_the_plain_form_is_answered_with_the_page(client: Client, code: str) -> None:
    answer = client.post("/lapor/foto/", photo(code=code))
    assert answer.status_code == 200
    assert "Foto diterima" in answer.content.decode()


def test_the_same_photo_again_is_one_photo(client: Client, code: str) -> None:
    client_id = str(uuid4())
    for _ in range(2):
        assert client.post("/lapor/foto/", photo(code=code, client_id=client_id)).status_code == 200
    assert Photo.objects.count() == 1


def test_a_fourth_photo_is_explained_and_the_report_is_still_there(client: Client, code: str) -> None:
    for number in range(3):
        file = SimpleUploadedFile("a.jpg", PICTURE + bytes([number]), "image/jpeg")
        assert client.post("/lapor/foto/", photo(code=code, photo=file)).status_code == 200
    answer = client.post("/lapor/foto/", photo(code=code), headers={"Accept": "application/json"})
    assert 400 <= answer.status_code < 500
    assert "3" in answer.json()["error"]


def test_a_form_without_a_photo_and_a_photo_without_a_code_are_explained(client: Client, code: str) -> None:
    assert client.post("/lapor/foto/", {"code": code}).status_code == 422
    assert client.post("/lapor/foto/", photo(code="AAAA-AAAA-AAAA-AAAA")).status_code == 404
    assert not Photo.objects.exists()


def test_a_photo_that_is_too_large_is_refused_unread(client: Client, code: str) -> None:
    file = SimpleUploadedFile("a.jpg", b"x" * 17_000_000, "image/jpeg")
    assert client.post("/lapor/foto/", photo(code=code, photo=file)).status_code == 413
    assert not Photo.objects.exists()


def test_looking_leaves_no_trace_and_acts_are_written_under_the_public(client: Client, code: str) -> None:
    asked()
    before = AuditEntry.objects.count()
    status(client, code)
    client.get("/lapor/status/")
    client.post("/lapor/tarik/", {"code": code})
    assert AuditEntry.objects.count() == before
    client.post("/lapor/jawab/", {"code": code, "text": "Dusun Krajan."})
    client.post("/lapor/foto/", photo(code=code))
    client.post("/lapor/tarik/", {"code": code, "sure": "1"})
    assert set(AuditEntry.objects.order_by("seq")[before:].values_list("actor", flat=True)) == {"publik"}


def test_a_report_whose_content_was_erased_says_so(client: Client, code: str) -> None:
    Report.rows.update(
        erased_on=domain_now().date() - timedelta(days=1), erased_why="uji", raw_sealed=None, text_masked=""
    )
    html = status(client, code).content.decode()
    assert "sudah dihapus" in html
    assert "/lapor/foto/" not in html


def test_a_number_needs_the_own_account_and_the_forms_token(client: Client, code: str) -> None:
    number = Report.rows.get().pk
    assert client.post("/lapor/tarik/", {"number": number, "sure": "1"}).status_code == 401
    member = people.fkdm()
    client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.post("/lapor/tarik/", {"number": number, "sure": "1"}).status_code == 403
    assert enter(member).post("/lapor/tarik/", {"number": number, "sure": "1"}).status_code == 404
    assert Report.rows.get().state == "received"
