"""Home, help and limits; who may not see what; how many questions a page asks."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kentongan.accounts.roles import ROLES
from kentongan.alerts.actions import approve_alert, propose_alert
from kentongan.web.wording import date_words, greeting
from tests import factories, people
from tests.web.chain import (
    DISCLAIMER,
    UNVERIFIED,
    Chain,
    enter,
    make_event,
    proposal,
    send_report,
    text_of,
)

pytestmark = pytest.mark.django_db
# Most questions to the database that a page of one screen may ask, session and rights included.
MOST_QUERIES = 60


@pytest.mark.parametrize("role", sorted(ROLES))
def test_home_names_the_duties_of_every_role(role: str) -> None:
    page = text_of(enter(people.person(role)), "home")

    assert "Tugas saya" in page
    assert all(duty in page for duty in ROLES[role].duties["id"])


def test_home_shows_an_addressed_alert_with_the_one_button_that_answers_it(chain: Chain) -> None:
    client = enter(chain.alya)
    page = text_of(client, "home")
    client.post(reverse("alert_acknowledge", args=[chain.alert.pk]))

    assert "1 peringatan menunggu Anda terima" in page
    assert page.count("Saya terima") == 1
    assert "Tidak ada peringatan yang menunggu Anda terima." in text_of(client, "home")


def test_home_lists_own_tasks_with_their_deadline(chain: Chain) -> None:
    page = text_of(enter(chain.alya), "home")

    assert chain.task.number in page
    assert "tenggat" in page


def test_home_marks_an_event_as_unverified_and_says_what_comes_next(chain: Chain) -> None:
    page = text_of(enter(chain.ratna), "home")

    assert UNVERIFIED in page
    assert "Tunggu 1 penerima" in page


def rows_of(shown: Any) -> int:
    """How many rows a page lists: a queue, a paged table, or the two tables of alerts."""
    if "queue" in shown:
        return int(shown["queue"].total)
    if "page" in shown:
        return int(shown["page"].paginator.count)
    return len(shown["proposed"]) + len(shown["in_force"])


def test_every_figure_of_home_opens_to_as_many_rows(chain: Chain) -> None:
    client = enter(chain.ratna)
    figures = client.get(reverse("home")).context["figures"]

    for figure in figures:
        shown = client.get(figure.url).context
        assert rows_of(shown) == figure.value, figure.label


def test_home_counts_no_unverified_events_for_a_role_that_may_not_see_them(chain: Chain) -> None:
    page = text_of(enter(people.pimpinan()), "home")

    assert "Belum terverifikasi" not in page


@pytest.mark.parametrize(
    ("role", "name", "sentence"),
    [
        ("pimpinan", "reports", "membaca laporan"),
        ("fkdm", "events", "melihat peristiwa"),
        ("kampus", "alerts", "melihat peringatan"),
        ("pimpinan", "tasks", "melihat tugas"),
        ("anggota_timdu", "products", "membaca dokumen"),
    ],
)
def test_a_role_without_the_permission_gets_a_page_that_names_it(role: str, name: str, sentence: str) -> None:
    answer = enter(people.person(role)).get(reverse(name))

    assert answer.status_code == 403
    assert sentence in answer.content.decode()


def test_rows_of_another_regency_are_not_there(chain: Chain) -> None:
    elsewhere = factories.agency("Kesbangpol Lintang Wuluh", own=("99.02",))
    client = enter(people.analis("99.02", agency=elsewhere, name="Nawang"))
    rows = {"report": chain.report, "event": chain.event, "alert": chain.alert, "task": chain.task}

    for name, row in rows.items():
        assert client.get(reverse(name, args=[row.pk])).status_code == 404, name
    for name in ("reports", "events", "alerts", "tasks"):
        page = client.get(reverse(name)).content.decode()
        assert chain.event.number not in page
        assert "Kabar konvoi" not in page


def test_help_names_the_duties_the_law_and_the_keys(chain: Chain) -> None:
    page = text_of(enter(chain.ratna), "help")

    for word in (
        "Kosongkan kotak masuk",
        "46/2019",
        "perlu dipastikan",
        "Tombol pintas",
        "Bertanya kepada siapa",
    ):
        assert word in page


def test_anybody_may_read_what_the_system_does_not_do(client: Client) -> None:
    page = text_of(client, "limits")

    for word in (
        "Tidak ada berkas tentang orang",
        "Mesin tidak menolak laporan",
        "dua kunci",
        "Tidak melacak",
        DISCLAIMER,
    ):
        assert word in page


def test_changing_the_language_on_a_refused_form_leads_to_a_page_that_opens(chain: Chain) -> None:
    form_address = reverse("event_verify", args=[chain.event.pk])
    answer = enter(chain.ratna).post(
        reverse("set_language"), {"language": "en", "next": form_address}, follow=True
    )

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("2024-12-02", "2 Des 2024"),
        ("2024-12", "Des 2024"),
        ("2024", "2024"),
        ("--12-02", "2 Des, tahun tidak disebut"),
        ("--12", "Des, tahun tidak disebut"),
    ],
)
def test_a_date_known_in_part_is_written_without_what_is_missing(written: str, words: str) -> None:
    assert date_words(written) == words


def test_the_greeting_follows_the_hour_of_the_readers_zone() -> None:
    eleven_utc = datetime.fromisoformat("2026-11-12T11:00:00+00:00")

    assert greeting(eleven_utc, "Asia/Jakarta") == "Selamat malam"
    assert greeting(eleven_utc - timedelta(hours=10), "Asia/Jakarta") == "Selamat pagi"


@pytest.mark.parametrize("name", ["home", "reports", "events", "alerts", "tasks", "products"])
def test_a_list_asks_no_more_than_a_bounded_number_of_questions(chain: Chain, name: str) -> None:
    for number in range(12):
        send_report(f"Laporan nomor {number}.", at=chain.now, desk=chain.desk)
        event = make_event(chain.ratna, chain.desk, at=chain.now, summary=f"Ancaman {number}.")
        alert = propose_alert(
            event.pk, proposal(chain.desk, chain.polres), by=people.actor(chain.ratna), at=chain.now
        )
        approve_alert(alert.pk, by=people.actor(chain.ratna), at=chain.now)
    client = enter(chain.ratna)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse(name)).status_code == 200

    assert len(asked) <= MOST_QUERIES


@pytest.mark.parametrize("name", ["report", "event", "alert", "task"])
def test_one_row_asks_no_more_than_a_bounded_number_of_questions(chain: Chain, name: str) -> None:
    client = enter(chain.ratna)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse(name, args=[getattr(chain, name).pk])).status_code == 200

    assert len(asked) <= MOST_QUERIES
