"""The list of events and the inventory: what the address asks for, what a file holds, what stays out of it."""

from __future__ import annotations

import csv
import io
from dataclasses import astuple
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from kentongan.audit.models import AuditEntry
from kentongan.events.actions import create_event
from kentongan.web.inert_csv import csv_text, inert
from tests import people
from tests.web.chain import UNVERIFIED, Chain, enter, facts, text_of

pytestmark = pytest.mark.django_db


def listed(client: Client, query: str = "", *, name: str = "events") -> list[str]:
    answer = client.get(reverse(name) + query)
    assert answer.status_code == 200
    return [row.event.number for row in answer.context["rows"]]


def table(client: Client, name: str, query: str = "") -> list[list[str]]:
    answer = client.get(reverse(name) + query)
    assert answer.status_code == 200
    text = answer.content.decode("utf-8-sig")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def second(chain: Chain, **values: object) -> object:
    given_facts = facts(**{"type_code": "KEL.01", "summary": "Batas dusun.", **values})
    return create_event(
        given_facts, owner=chain.desk.pk, reports=[], by=people.actor(chain.ratna), at=chain.now
    )


def test_the_list_shows_what_the_address_asks_for(chain: Chain) -> None:
    client = enter(chain.ratna)
    other = second(chain, forms=("F08",))

    assert set(listed(client)) == {chain.event.number, other.number}  # type: ignore[attr-defined]
    assert listed(client, "?jenis=KEL.01") == [other.number]  # type: ignore[attr-defined]
    assert listed(client, "?dampak=4") == [other.number]  # type: ignore[attr-defined]
    assert listed(client, "?cari=dusun") == [other.number]  # type: ignore[attr-defined]
    assert listed(client, "?wilayah=Kec. Tegalwuku&keadaan=closed") == []


@pytest.mark.parametrize(
    "query",
    [
        "?jenis=XX",
        "?dampak=sembilan",
        "?wilayah=Tiada Tempat Begini",
        "?dari=kemarin",
        "?page=0",
        "?urut=x",
        "?%ff=%00",
    ],
)
def test_a_strange_address_is_answered_with_the_list(chain: Chain, query: str) -> None:
    assert enter(chain.ratna).get(reverse("events") + query).status_code == 200


def test_the_filters_in_force_are_named_and_each_can_be_taken_away(chain: Chain) -> None:
    answer = enter(chain.ratna).get(reverse("events") + "?jenis=KEL&dampak=2")
    given_filters = answer.context["given"]

    assert [(name, rest) for name, _, rest in given_filters] == [
        ("Jenis", "dampak=2"),
        ("Dampak sedikitnya", "jenis=KEL"),
    ]


def test_an_unverified_event_says_so_in_the_list_and_in_the_file(chain: Chain) -> None:
    client = enter(chain.ratna)

    assert UNVERIFIED in text_of(client, "events")
    rows = table(client, "events_file")
    assert UNVERIFIED in rows[2][2]


def test_the_file_begins_with_its_label_who_took_it_and_how_much(chain: Chain) -> None:
    mark = table(enter(chain.ratna), "events_file")[0][0]

    assert mark.startswith("INTERNAL · 1 peristiwa · diunduh ")
    assert chain.ratna.name in mark
    assert "jangan diteruskan" in mark


def test_the_file_holds_no_report_no_source_and_no_group(chain: Chain) -> None:
    second(chain, actors=(("A07", "Lintang Kukus"),))
    text = enter(chain.ratna).get(reverse("events_file")).content.decode()

    assert "S-14" not in text
    assert "Lintang Kukus" not in text


def test_what_looks_like_a_formula_stays_text_in_the_file(chain: Chain) -> None:
    second(chain, summary='=HYPERLINK("http://x","klik")')
    rows = table(enter(chain.ratna), "events_file", "?jenis=KEL.01")

    assert rows[2][-1].startswith("'=")


@given(st.text(max_size=40))
def test_no_cell_begins_as_a_formula(text: str) -> None:
    cell = inert(text)
    number = cell.strip().removeprefix("-").replace(".", "", 1)
    assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n")) or number.isdigit()


def test_a_cell_may_hold_the_separator_quotes_and_lines() -> None:
    text = csv_text("x", ["a"], [['satu; "dua"\ntiga']])
    assert (
        next(iter(list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))[2]))
        == 'satu; "dua"\ntiga'
    )


def test_taking_a_list_out_is_recorded_with_its_filter_and_size(chain: Chain) -> None:
    enter(chain.ratna).get(reverse("events_file") + "?jenis=KEL")
    entry = AuditEntry.objects.get(action="event.exported")

    assert entry.actor == people.actor(chain.ratna).audit_name
    assert entry.detail == {"count": 0, "query": "jenis=KEL"}


def test_a_list_that_is_too_long_for_one_person_is_refused(
    chain: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kentongan.events.actions.exporting.MOST_ROWS", 0)
    answer = enter(chain.ratna).get(reverse("events_file"))

    assert answer.status_code == 409
    assert "Persempit saringan" in answer.content.decode()


def test_the_inventory_counts_what_nobody_looks_after_and_what_is_overdue(chain: Chain) -> None:
    second(chain, review_on=(chain.now - timedelta(days=3)).date(), cause="Batas lama.")
    second(chain, kind="incident", forms=("F10",))
    client = enter(chain.ratna)
    answer = client.get(reverse("inventory"))

    assert astuple(answer.context["counts"]) == (2, 2, 1)
    assert answer.context["rows"][0].review_late
    assert "Batas lama." in answer.content.decode()
    assert len(listed(client, "?tinjau=1", name="inventory")) == 1


def test_the_inventory_as_a_file_names_cause_trigger_and_who_looks_after_it(chain: Chain) -> None:
    second(chain, cause="Batas lama.", next_trigger="Musyawarah", assigned_to=chain.ratna.pk)
    rows = table(enter(chain.ratna), "inventory_file", "?jenis=KEL.01")

    assert rows[2][5:9] == ["Batas lama.", "Musyawarah", "", chain.ratna.name]


def test_an_empty_inventory_says_how_to_begin(db: None) -> None:
    page = text_of(enter(people.analis()), "inventory")

    assert "Belum ada potensi tercatat." in page
    assert "daftar periksa 12 pertanyaan" in page


def test_an_agency_that_is_only_addressed_lists_only_what_is_addressed_to_it(chain: Chain) -> None:
    second(chain)
    assert listed(enter(chain.alya)) == [chain.event.number]
