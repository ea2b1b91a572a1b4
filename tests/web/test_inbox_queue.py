"""The queue of the inbox: boards in the address, groups, marks, one page of any number of reports, polling."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kentongan.edge.clocks import domain_now
from kentongan.edge.sealed_fields import SealedText
from kentongan.intake.actions import put_off_report, take_up_report
from kentongan.intake.decisions import Guess
from kentongan.intake.models import Report, Suggestion
from tests import factories, people
from tests.web.chain import enter
from tests.web.inbox_world import ASYNC, arrive, desk, guess, ratna

pytestmark = pytest.mark.django_db


def rows_of(client: Client, query: str = "") -> list[int]:
    answer = client.get(reverse("reports") + query)
    return [row.number for row in answer.context["queue"].rows]


def test_danger_stands_first_then_the_oldest() -> None:
    young, old = arrive("Baru saja.", minutes=1), arrive("Sudah lama.", minutes=90)
    urgent = arrive("Ada yang membawa parang.", minutes=2, danger="yes")

    assert rows_of(ratna()) == [urgent.pk, old.pk, young.pk]


def test_the_newest_may_be_asked_for_first_and_danger_still_leads() -> None:
    young, old = arrive("Baru saja.", minutes=1), arrive("Sudah lama.", minutes=90)
    urgent = arrive("Masih terjadi.", minutes=200, ongoing="yes")

    assert rows_of(ratna(), "?urut=baru") == [urgent.pk, young.pk, old.pk]


@pytest.mark.parametrize(
    ("board", "answers"),
    [
        ("mendesak", {"danger": "yes"}),
        ("hoaks", {"tile": "hoaks"}),
        ("silat", {"tile": "antarkelompok"}),
        ("tanpa-tempat", {"area": ""}),
        ("pejabat", {"accused": "desa"}),
    ],
)
def test_a_board_holds_its_reports_and_says_how_many(board: str, answers: dict[str, str]) -> None:
    arrive("Yang lain.")
    wanted = arrive("Yang dicari.", **answers)  # type: ignore[arg-type]
    answer = ratna().get(reverse("reports"), {"papan": board})

    assert [row.number for row in answer.context["queue"].rows] == [wanted.pk]
    assert {chip.code: chip.count for chip in answer.context["queue"].boards}[board] == 1


def test_a_board_keeps_its_address_through_report_and_pages() -> None:
    report = arrive("Kabar bohong.", tile="hoaks")
    page = ratna().get(reverse("reports"), {"papan": "hoaks", "cari": "kabar"})
    row = page.context["queue"].rows[0]

    assert urlsplit(row.url).path == reverse("report", args=[report.pk])
    assert parse_qs(urlsplit(row.url).query) == {"papan": ["hoaks"], "cari": ["kabar"]}


def test_a_report_put_off_waits_on_its_own_board_and_comes_back_by_itself() -> None:
    report, now = arrive("Nanti saja."), domain_now()
    put_off_report(report.pk, until=now + timedelta(hours=2), by=people.actor(people.analis()), at=now)
    client = ratna()

    assert rows_of(client) == []
    assert rows_of(client, "?papan=ditunda") == [report.pk]
    Report.rows.filter(pk=report.pk).update(put_off_until=now - timedelta(seconds=1))
    assert rows_of(client) == [report.pk]


def test_a_guess_is_grey_with_a_question_mark_and_what_the_sender_said_is_not() -> None:
    said = arrive("Konvoi nanti malam.", tile="antarkelompok")
    guessed = arrive("Kabarnya mau konvoi.")
    guess(guessed, Guess("tile", {"code": "antarkelompok"}, ["konvoi"]))
    rows = {row.number: row for row in ratna().get(reverse("reports")).context["queue"].rows}

    assert (rows[said.pk].kind, rows[said.pk].kind_guess) == ("silat", False)
    assert (rows[guessed.pk].kind, rows[guessed.pk].kind_guess) == ("silat", True)


def test_copies_are_counted_inside_the_scope_alone() -> None:
    first = arrive("Sebarkan sebelum dihapus!")
    arrive("Sebarkan sebelum dihapus!")
    foreign = arrive("Sebarkan sebelum dihapus!", area="99.02.01.2001")
    Report.rows.filter(pk=foreign.pk).update(desk=None)
    page = ratna().get(reverse("reports"))

    assert {row.number: row.copies for row in page.context["queue"].rows}[first.pk] == 2
    assert "serupa 2" in page.content.decode()


def test_somebody_elses_presence_is_named_and_the_own_is_not() -> None:
    report, other = arrive(), people.analis(name="Sari", agency=desk())
    take_up_report(report, by=people.actor(other), at=domain_now())

    assert "dikerjakan Sari" in ratna().get(reverse("reports")).content.decode()
    mine = arrive("Yang saya buka.", minutes=1)
    take_up_report(mine, by=people.actor(people.analis()), at=domain_now())
    assert "dikerjakan Ratna" not in ratna().get(reverse("reports")).content.decode()


def test_the_foot_says_how_many_wait_and_since_when() -> None:
    arrive("Lama.", minutes=180)
    arrive("Baru.")

    assert "2 laporan, tertua 3 j" in ratna().get(reverse("reports")).content.decode()


def test_an_empty_board_says_so_and_leads_to_all_reports() -> None:
    arrive()
    page = ratna().get(reverse("reports"), {"papan": "hoaks"}).content.decode()

    assert "Tidak ada laporan di papan ini" in page
    assert "Semua laporan" in page


def test_a_poll_is_answered_304_while_nothing_has_changed() -> None:
    arrive()
    client = ratna()
    first = client.get(reverse("inbox_mark"))
    again = client.get(reverse("inbox_mark"), headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 304
    assert again.content == b""


@pytest.mark.parametrize("change", ["arrival", "presence", "guess", "message"])
def test_a_poll_shows_what_has_changed(change: str) -> None:
    report, client = arrive(), ratna()
    mark = client.get(reverse("inbox_mark"))["ETag"]
    if change == "arrival":
        arrive("Satu lagi.")
    elif change == "presence":
        take_up_report(report, by=people.actor(people.analis(name="Sari", agency=desk())), at=domain_now())
    elif change == "guess":
        guess(report, Guess("tile", {"code": "hoaks"}, ["ancam"]))
    else:
        client.post(
            reverse("report_ask", args=[report.pk]),
            {"question": "waktu", "text": "", "client_id": str(uuid4())},
        )

    assert client.get(reverse("inbox_mark"), headers={"If-None-Match": mark}).status_code == 200


def test_a_poll_keeps_the_open_report_marked() -> None:
    first, second = arrive("Satu.", minutes=9), arrive("Dua.", minutes=3)
    queue = ratna().get(reverse("inbox_mark"), {"terbuka": second.pk}).context["queue"]

    assert [(row.number, row.selected) for row in queue.rows] == [(first.pk, False), (second.pk, True)]


NONSENSE = ["", "-1", "0", "99999999999999999999999999", "<script>", "%s {0}", "\u202e", "a" * 5000, "²"]


@pytest.mark.parametrize("value", NONSENSE)
def test_nonsense_in_the_address_reads_as_the_usual_view(value: str) -> None:
    arrive()
    client = ratna()
    asked = dict.fromkeys(("papan", "kanal", "urut", "page", "terbuka", "find", "forms_seen", "crowd"), value)
    for name in ("reports", "inbox_mark", "inbox_events", "inbox_severity"):
        assert client.get(reverse(name), asked).status_code == 200, name


def test_another_office_sees_no_row_and_no_count() -> None:
    arrive()
    client = enter_other()
    queue = client.get(reverse("reports")).context["queue"]

    assert queue.rows == []
    assert [board.count for board in queue.boards if board.count] == []


def enter_other() -> Client:
    return enter(people.analis("99.02", name="Surya"))


def many(number: int) -> None:
    """Reports written straight into the table: what counts is how many rows stand there."""
    now, key = domain_now(), factories.waluku()["99.01.01.2001"].key
    office, sealed = desk(), SealedText.seal("isi", context="uji")
    rows = Report.rows.bulk_create(
        Report(
            client_id=uuid4(), content_hash=uuid4().hex * 2, words_hash=uuid4().hex * 2, receipt_tag=uuid4().hex * 2,
            channel="form", source="publik", text_masked=f"Laporan nomor {each} dari simpang dusun.", raw_sealed=sealed,
            area=key, desk=office, received_at=now - timedelta(minutes=each), tile="hoaks" if each % 4 else "",
        )
        for each in range(number)
    )  # fmt: skip
    Suggestion.objects.bulk_create(
        Suggestion(report=row, kind="tile", value={"code": "hoaks"}, evidence=[], method="uji")
        for row in rows[::4]
    )


def queries_of(client: Client, address: str, **headers: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address, headers=headers).status_code == 200
    return len(seen)


def test_a_full_inbox_needs_no_more_queries_than_a_small_one() -> None:
    client = ratna()
    many(5)
    client.get(reverse("reports"))
    small = queries_of(client, reverse("reports"), **ASYNC)
    many(300)
    client.get(reverse("reports"))

    assert queries_of(client, reverse("reports"), **ASYNC) <= small
    assert len(client.get(reverse("reports")).context["queue"].rows) == 30
