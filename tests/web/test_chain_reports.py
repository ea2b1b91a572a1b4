"""Inbox and report: guesses that stay guesses, forms that keep what was typed, the sealed text."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from kentongan.intake.actions import keep_suggestions
from kentongan.intake.decisions import Guess
from tests import factories, people
from tests.web.chain import (
    UNVERIFIED,
    Chain,
    enter,
    event_form,
    send_report,
    text_of,
)

pytestmark = pytest.mark.django_db


def test_inbox_shows_guesses_with_a_question_mark_and_flags_as_words(chain: Chain) -> None:
    report = send_report("Teks berulang.", at=chain.now, desk=chain.desk, title="Kabar kedua")
    guesses = [
        Guess("place", {"code": "99.01.01", "name": "Kec. Tegalwuku", "alternatives": []}),
        Guess("flags", ["isi_ganda", "teks_bermutu_rendah"]),
    ]
    keep_suggestions(report.pk, guesses, at=chain.now, by=people.actor(chain.ratna))
    page = text_of(enter(chain.ratna), "reports")

    assert UNVERIFIED in page
    assert "Kec. Tegalwuku?" in page
    assert "isi ganda" in page
    assert "teks bermutu rendah" in page
    assert 'class="chip chip--guess" title="99.01.01">Kec. Tegalwuku?' in page


def test_an_empty_inbox_says_when_the_last_report_came(chain: Chain) -> None:
    page = text_of(enter(chain.ratna), "reports")

    assert "Kotak masuk bersih" in page
    assert "Terakhir masuk" in page


def test_a_report_shows_both_readings_of_a_date_and_chooses_none(chain: Chain) -> None:
    report = send_report("Kejadian 2/12/2024.", at=chain.now, desk=chain.desk)
    date_guess = {"text": "2/12/2024", "alternatives": ["2024-12-02", "2024-02-12"], "ambiguous": True}
    keep_suggestions(report.pk, [Guess("dates", [date_guess])], at=chain.now, by=people.actor(chain.ratna))
    answer = enter(chain.ratna).get(reverse("report", args=[report.pk]))
    page = answer.content.decode()

    assert "2 Des 2024?" in page
    assert "12 Feb 2024?" in page
    assert "belum pasti" in page
    assert answer.context["event_form"]["happens_on"].value() is None


def test_places_are_offered_and_never_filled_in(chain: Chain) -> None:
    report = send_report("Di Tegalwuku.", at=chain.now, desk=chain.desk)
    guess = Guess("place", {"code": "99.01.01", "name": "Kec. Tegalwuku", "alternatives": []})
    keep_suggestions(report.pk, [guess], at=chain.now, by=people.actor(chain.ratna))
    answer = enter(chain.ratna).get(reverse("report", args=[report.pk]))

    assert 'data-value="99.01.01 Kec. Tegalwuku"' in answer.content.decode()
    assert not answer.context["event_form"]["place"].value()
    assert not answer.context["place_form"]["place"].value()


def test_a_report_becomes_an_event_by_a_persons_form(chain: Chain) -> None:
    report = send_report("Ancaman baru.", at=chain.now, desk=chain.desk)
    client = enter(chain.ratna)
    answer = client.post(
        reverse("report_event", args=[report.pk]), event_form(place="99.01.01 Kec. Tegalwuku"), follow=True
    )

    assert answer.status_code == 200
    assert f"LP-{report.pk} menjadi PR-" in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"forms_seen": ["F04"]}, "bukan ancaman, kekerasan, perusakan, atau permusuhan"),
        ({"place": "Antah Berantah"}, "Tempat Antah Berantah tidak ditemukan"),
        ({"place": "99.77"}, "Kode wilayah 99.77 tidak ada"),
        ({"type_code": ""}, "Isi jenis."),
    ],
)
def test_a_refused_event_form_says_why_and_keeps_what_was_typed(
    chain: Chain, typed: dict[str, Any], sentence: str
) -> None:
    report = send_report("Warga berunjuk rasa damai.", at=chain.now, desk=chain.desk)
    summary = "Seribu orang berjalan ke alun-alun."
    answer = enter(chain.ratna).post(
        reverse("report_event", args=[report.pk]), event_form(summary=summary, **typed)
    )
    page = answer.content.decode()

    assert answer.status_code == 422
    assert sentence in page
    assert summary in page
    assert 'value="2026-11-14"' in page


def test_a_name_that_two_places_bear_is_answered_with_their_codes(chain: Chain) -> None:
    factories.region("99.01.03.2002", "Sumberluku")
    report = send_report(at=chain.now, desk=chain.desk, title="lain")
    answer = enter(chain.ratna).post(
        reverse("report_event", args=[report.pk]), event_form(place="Sumberluku")
    )
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "99.01.01.2001" in page
    assert "99.01.03.2002" in page


def test_declining_without_a_reason_is_refused_on_the_page_with_the_choice_kept(chain: Chain) -> None:
    report = send_report("Lampu mati.", at=chain.now, desk=chain.desk)
    answer = enter(chain.ratna).post(
        reverse("report_archive", args=[report.pk]), {"why": "lain", "reason": " "}
    )

    assert answer.status_code == 422
    assert f"Laporan LP-{report.pk} belum ditutup: tulis alasannya" in answer.content.decode()
    assert answer.context["archive_form"]["why"].value() == "lain"


def test_a_decided_report_moves_to_the_finished_tab_with_its_outcome(chain: Chain) -> None:
    report = send_report("Lampu mati.", at=chain.now, desk=chain.desk, title="Lampu mati")
    client = enter(chain.ratna)
    client.post(reverse("report_refer", args=[report.pk]), {"target": "sp4n_lapor", "reason": "Ke dinas"})

    assert "Lampu mati" not in text_of(client, "reports")
    finished = client.get(reverse("reports") + "?papan=selesai").content.decode()
    assert "Lampu mati" in finished
    assert "dirujuk" in finished


def test_the_original_text_opens_for_a_reason_and_says_that_it_is_recorded(chain: Chain) -> None:
    report = send_report("Hubungi 081234567890 segera.", at=chain.now, desk=chain.desk)
    client = enter(chain.ratna)
    refused = client.post(reverse("report_raw", args=[report.pk]), {"reason": ""})
    opened = client.post(reverse("report_raw", args=[report.pk]), {"reason": "Periksa nomor posko"})

    assert refused.status_code == 422
    assert "081234567890" not in refused.content.decode()
    assert "081234567890" in opened.content.decode()
    assert "Pembukaan ini tercatat." in opened.content.decode()
