"""The open report: what is said, what is guessed, who works on it; the panes alone for htmx; nothing hidden, nothing raw."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from kentongan.audit.models import AuditEntry
from kentongan.edge.clocks import domain_now
from kentongan.intake.actions import answer_desk, erase_report, take_up_report
from kentongan.intake.decisions import Guess
from kentongan.intake.models import Photo, ReportPresence
from kentongan.web.highlights import marked
from tests import people
from tests.web.chain import make_event
from tests.web.inbox_world import ASYNC, arrive, decide, desk, guess, ratna

pytestmark = pytest.mark.django_db


def page_of(number: int, **headers: str) -> str:
    return str(ratna().get(reverse("report", args=[number]), headers=headers).content.decode())


def test_marks_stand_around_words_and_everything_else_is_escaped() -> None:
    text = marked("Ajakan <b>konvoi</b> & Konvoi lagi.\n\nBaris dua", ["konvoi", "x"])

    assert text == (
        "<p>Ajakan &lt;b&gt;<mark>konvoi</mark>&lt;/b&gt; &amp; <mark>Konvoi</mark> lagi.</p><p>Baris dua</p>"
    )


def test_script_in_a_report_is_shown_as_text() -> None:
    page = page_of(arrive("<script>alert(1)</script> ada ancaman").pk)

    assert "<script>alert(1)</script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_phone_number_is_masked_in_queue_and_item() -> None:
    page = page_of(arrive("Hubungi 081234567890 segera.").pk)

    assert "081234567890" not in page


def test_what_may_be_no_event_is_explained_with_where_it_belongs() -> None:
    report = arrive("Lampu jalan mati tiga malam.")
    guess(report, Guess("hint", {"code": "service_complaint"}, ["lampu jalan"]))
    answer = ratna().get(reverse("report", args=[report.pk]))

    assert "Mungkin bukan peristiwa" in answer.content.decode()
    assert answer.context["refer_form"].fields["target"].choices[0][0] == "sp4n_lapor"


def test_the_thread_with_the_reporter_is_shown_in_order() -> None:
    report, client = arrive(), ratna()
    form = {"question": "", "text": "Di dusun mana?", "client_id": "6d2f3a52-1111-4222-8333-444455556666"}
    decide(client, "report_ask", report, form)
    answer_desk(
        report,
        text="Dusun Kukusan.",
        client_id=uuid4(),
        at=domain_now() + timedelta(seconds=1),
    )
    page = page_of(report.pk)

    assert page.index("Di dusun mana?") < page.index("Dusun Kukusan.")


def test_a_photo_is_a_link_until_somebody_opens_it() -> None:
    report = arrive()
    Photo.objects.create(
        report=report, client_id="6d2f3a52-1111-4222-8333-444455556667", sha256="0" * 64, original="a", state="ready",
        shown="b", small="c", width=10, height=10, received_at=domain_now(),
    )  # fmt: skip
    page = page_of(report.pk)

    assert "1 foto" in page
    assert "<img" not in page


def test_opening_a_report_takes_it_up_and_leaves_one_look() -> None:
    report = arrive()
    for _each in range(2):
        page_of(report.pk)

    assert ReportPresence.objects.get(report=report).account == people.analis()
    assert AuditEntry.objects.filter(action="report.opened", subject=f"report:{report.pk}").count() == 1


def test_somebody_elses_work_is_announced_and_can_be_taken_over() -> None:
    report, client = arrive(), ratna()
    take_up_report(report, by=people.actor(people.analis(name="Sari", agency=desk())), at=domain_now())
    before = client.get(reverse("report", args=[report.pk])).content.decode()
    client.post(reverse("report_take_over", args=[report.pk]))

    assert "Sedang dikerjakan Sari" in before
    assert ReportPresence.objects.get(report=report).account == people.analis()


def test_the_heartbeat_answers_who_is_on_it() -> None:
    report, client = arrive(), ratna()
    mine = client.post(reverse("report_presence", args=[report.pk]))
    ReportPresence.objects.update(account=people.analis(name="Sari", agency=desk()))
    theirs = client.post(reverse("report_presence", args=[report.pk]))

    assert "dikerjakan" not in mine.content.decode()
    assert "Sedang dikerjakan Sari" in theirs.content.decode()


def test_a_decided_report_has_no_heartbeat_and_no_bar() -> None:
    report, client = arrive(), ratna()
    decide(client, "report_archive", report, {"why": "uji", "reason": ""})

    assert client.post(reverse("report_presence", args=[report.pk])).status_code == 204
    assert "Apa yang Anda putuskan?" not in client.get(reverse("report", args=[report.pk])).content.decode()


def test_htmx_gets_the_panes_alone_and_the_context_a_moment_later() -> None:
    report = arrive()
    page = page_of(report.pk, **ASYNC)

    assert "<html" not in page
    assert 'id="item"' in page
    assert 'id="queue"' in page
    assert reverse("report_context", args=[report.pk]) in page


def test_going_back_in_the_browser_gets_the_whole_page() -> None:
    page = page_of(arrive().pk, **ASYNC, **{"HX-History-Restore-Request": "true"})

    assert "<html" in page


def test_a_refused_form_keeps_the_address_of_the_report() -> None:
    report = arrive()
    answer = ratna().post(reverse("report_archive", args=[report.pk]), {"why": ""}, headers=ASYNC)

    assert (answer.status_code, answer["HX-Push-Url"]) == (422, "false")


def test_the_context_names_similar_reports_and_who_decided_them() -> None:
    first = arrive("Ajakan konvoi lewat tugu malam Sabtu, anak-anak berkumpul.", minutes=30)
    second = arrive("Ajakan konvoi lewat tugu malam Sabtu, anak muda berkumpul.", minutes=20)
    client = ratna()
    decide(client, "report_archive", first, {"why": "uji", "reason": ""})
    page = client.get(reverse("report_context", args=[second.pk])).content.decode()

    assert f"LP-{first.pk}" in page
    assert "Ratna" in page


def test_the_impact_that_forms_propose_is_told_with_its_reason() -> None:
    page = ratna().get(reverse("inbox_severity"), {"forms_seen": ["F08", "tidak-ada"], "crowd": "x"})

    assert "Usulan dampak 4" in page.content.decode()
    assert "pembakaran" in page.content.decode()


def test_the_event_picker_finds_by_number_and_words() -> None:
    event, client = make_event(people.analis(), desk(), at=domain_now()), ratna()
    for words in (event.number, "konvoi"):
        assert event.number in client.get(reverse("inbox_events"), {"find": words}).content.decode()
    assert "Tidak ada peristiwa" in client.get(reverse("inbox_events"), {"find": "gajah"}).content.decode()


def test_an_erased_report_shows_its_tombstone_and_opens_nothing() -> None:
    report = arrive("Isi yang dihapus.")
    erase_report(report.pk, why="diminta pelapor", by=people.actor(people.kabid()), at=domain_now())
    client = ratna()
    page = client.get(reverse("report", args=[report.pk])).content.decode()
    raw = client.post(reverse("report_raw", args=[report.pk]), {"reason": "Periksa"})

    assert "Isi sudah dihapus pada" in page
    assert "Apa yang Anda putuskan?" not in page
    assert raw.status_code == 410
