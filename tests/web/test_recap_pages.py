"""Rekap: every figure is the length of the list it opens, unverified apart, silence is no zero, files are inert."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from kentongan.audit.models import AuditEntry
from kentongan.documents.decisions.tables import Sheet
from kentongan.documents.rendering.xlsx import xlsx_of
from kentongan.places.keys import key_of
from tests import people
from tests.stages import chain_world as world
from tests.web.chain import enter

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 12)
QUERY = "?rentang=sendiri&dari=2026-08-01&sampai=2026-11-30"
KINDS = ("KEL.01", "KEL.02", "POL.03")
PLACES = ("99.01.01.2001", "99.01.01.2002", "99.01.03.2001", "99.01", "99.02.01.2001")


def several_events() -> None:
    """Events of three types, in and beside desa, of all verdicts, over three months."""
    for turn in range(12):
        world.event(
            verdict=("", "verified", "partly", "refuted")[turn % 4],
            by=world.stranger() if PLACES[turn % 5].startswith("99.02") else None,
            type_code=KINDS[turn % 3],
            area=key_of(PLACES[turn % 5]),
            place_precision=2 if turn % 5 < 3 else 3,
            happens_on=TODAY - timedelta(days=7 * turn),
        )


def figures(client: Client, query: str) -> list[tuple[str, int]]:
    """Every figure of the page that is a link: its address and its number."""
    text = client.get(reverse("recap") + query).content.decode()
    found = re.findall(r'<a href="(/peristiwa/\?[^"]+)">([\d.]+)</a>', text)
    return [(unescape(url), int(number.replace(".", ""))) for url, number in found]


@pytest.mark.parametrize("role", ["analis", "kabid", "kasi_trantib", "pimpinan", "provinsi"])
@pytest.mark.parametrize("table", ["wilayah-jenis", "jenis-waktu", "wilayah-waktu", "wilayah-jenis&rinci=1"])
def test_every_figure_is_the_length_of_the_list_that_it_opens(role: str, table: str) -> None:
    several_events()
    client = enter(people.person(role))
    found = figures(client, f"{QUERY}&susun={table}")
    assert found
    for url, number in found:
        assert client.get(url).context["page"].paginator.count == number, url


def test_a_facet_narrows_figure_and_list_alike() -> None:
    several_events()
    client = enter(people.analis())
    found = figures(client, f"{QUERY}&jenis=KEL.02&sifat=potential&bentuk=F02")
    assert found
    for url, number in found:
        assert client.get(url).context["page"].paginator.count == number, url


def test_unverified_events_are_in_no_sum_and_carry_their_mark() -> None:
    world.event(happens_on=TODAY)
    answer = enter(people.analis()).get(reverse("recap") + QUERY)
    assert answer.context["shown"].foot.total.count == 0
    assert answer.context["shown"].foot.pending.count == 1
    assert "BELUM TERVERIFIKASI" in answer.content.decode()


def test_whoever_may_not_see_the_unverified_gets_no_count_of_them() -> None:
    world.event(happens_on=TODAY)
    answer = enter(people.person("provinsi")).get(reverse("recap") + QUERY)
    assert answer.context["shown"].foot.pending.count in {0, None}


def test_a_kecamatan_that_nobody_heard_from_is_silent_and_not_zero() -> None:
    world.event(verdict="verified", happens_on=TODAY)
    shown = enter(people.analis()).get(reverse("recap") + QUERY).context["shown"]
    heard = {row.name: row for row in shown.rows}
    assert heard["Kec. Banyupanjer"].total.text == "senyap"
    assert heard["Kec. Banyupanjer"].total.count is None


def test_an_area_that_the_reader_does_not_see_is_refused() -> None:
    world.event()
    answer = enter(people.analis()).get(reverse("recap") + "?wilayah=99.02")
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "query", ["?rentang=abad", "?susun=x", "?tanggal=kemarin", "?jenis=XX", "?dari=9999-12-31"]
)
def test_an_address_that_makes_no_sense_still_gives_a_table(query: str) -> None:
    world.event()
    assert enter(people.analis()).get(reverse("recap") + query).status_code == 200


def test_a_file_says_what_it_is_and_the_taking_away_is_recorded() -> None:
    several_events()
    answer = enter(people.analis()).get(reverse("recap_file", args=["xlsx"]) + QUERY)
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert len(book.worksheets) == 2
    for page, mark in zip(book.worksheets, ("", "BELUM TERVERIFIKASI"), strict=True):
        top = "\n".join(str(page.cell(row, 1).value or "") for row in range(1, 10))
        assert "Batas data" in top
        assert "Ratna" in top
        assert "INTERNAL" in top
        assert mark in top
    entry = AuditEntry.objects.get(action="recap.exported")
    assert entry.detail["form"] == "xlsx"


def test_the_sum_in_the_file_is_the_sum_on_the_page() -> None:
    several_events()
    client = enter(people.analis())
    shown = client.get(reverse("recap") + QUERY).context["shown"]
    answer = client.get(reverse("recap_file", args=["xlsx"]) + QUERY)
    page = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    line = next(row for row in page.iter_rows(values_only=True) if row[0] == "Jumlah")
    assert line[1 + len(shown.columns)] == shown.foot.total.count


def test_the_same_table_as_csv_marks_what_is_unverified() -> None:
    several_events()
    answer = enter(people.analis()).get(reverse("recap_file", args=["csv"]) + QUERY)
    assert "BELUM TERVERIFIKASI" in answer.content.decode("utf-8-sig")


def test_a_form_that_is_not_offered_is_not_found() -> None:
    world.event()
    answer = enter(people.analis()).get(reverse("recap_file", args=["exe"]) + QUERY)
    assert answer.status_code == 404


_hostile = st.sampled_from(
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")', "http://x.y", "{=1}"]
) | st.text(max_size=20)


@given(_hostile, _hostile)
def test_words_in_a_workbook_are_words_whatever_they_begin_with(one: str, other: str) -> None:
    sheet = Sheet(
        name=one,
        title=other,
        label="internal",
        facts=[(one, other)],
        head=[one, other],
        rows=[[one, 7], [None, other]],
    )
    book = openpyxl.load_workbook(io.BytesIO(xlsx_of([sheet], at=world.NOW)))
    kinds: set[Any] = {
        cell.data_type for row in book.worksheets[0].iter_rows() for cell in row if cell.value is not None
    }
    assert kinds <= {"s", "n"}
    assert not any(cell.hyperlink for row in book.worksheets[0].iter_rows() for cell in row)


def test_the_same_table_at_the_same_moment_has_the_same_bytes() -> None:
    sheet = Sheet(name="a", title="b", label="internal", facts=[], head=["c"], rows=[[1]])
    assert xlsx_of([sheet], at=world.NOW) == xlsx_of([sheet], at=world.NOW)
