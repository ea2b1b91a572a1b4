"""The spreadsheet: every bad cell is told with line, column, value and remedy, and stops nothing else."""

from __future__ import annotations

import io
import time
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from kentongan.accounts import sheet, sheet_file
from kentongan.accounts.actors import Actor
from kentongan.accounts.models import Account, Assignment
from kentongan.accounts.roles import ROLES
from kentongan.edge.problems import Problem
from tests import factories, people
from tests.factories import NOW, TODAY

HEAD = ["nama", "surel", "hp", "instansi", "peran", "jabatan", "mulai", "sampai"]
GOOD = [
    "Melati",
    "melati@contoh.go.id",
    "0812 3456 7890",
    "Kesbangpol Waluku",
    "analis",
    "Analis",
    "01-11-2026",
    "",
]


def xlsx(*rows: list[Any], head: list[str] = HEAD) -> bytes:
    book = Workbook()
    page = book.worksheets[0]
    for row in (head, *rows):
        page.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv_text(*rows: list[Any], separator: str = ";", head: list[str] = HEAD) -> str:
    return "\n".join(separator.join(str(cell) for cell in row) for row in (head, *rows))


def read(content: bytes, filename: str = "akun.xlsx") -> list[sheet_file.Row]:
    return sheet_file.read(content, filename=filename)


def examine(*rows: list[Any], by: Actor | None = None) -> sheet.Preview:
    return sheet.examine(read(xlsx(*rows)), by=by or people.actor(people.admin()), today=TODAY)


def changed(**cells: Any) -> list[Any]:
    return [cells.get(column, value) for column, value in zip(HEAD, GOOD, strict=True)]


# --- reading


@pytest.mark.parametrize(
    "content",
    [
        xlsx(GOOD),
        csv_text(GOOD).encode(),
        csv_text(GOOD, separator=",").encode(),
        csv_text(GOOD, separator="\t").encode(),
        ("\ufeff" + csv_text(GOOD)).encode(),
    ],
    ids=["xlsx", "semicolons", "commas", "tabs", "byte order mark"],
)
def test_every_usual_file_gives_the_same_row(content: bytes) -> None:
    (row,) = read(content)
    assert (row.line, row.nama, row.surel, row.instansi, row.peran) == (2, *GOOD[:2], *GOOD[3:5])


def test_a_latin_file_keeps_its_accents() -> None:
    (row,) = read(csv_text(changed(nama="René")).encode("latin-1"), "akun.csv")
    assert row.nama == "René"


def test_headings_may_be_spelt_otherwise_and_stand_in_another_order() -> None:
    content = csv_text(
        ["analis", "Kesbangpol Waluku", "Melati", "081234567890"],
        head=["Peran", "INSTANSI", "Nama", "No. HP"],
    )
    (row,) = read(content.encode(), "akun.csv")
    assert (row.nama, row.hp, row.peran) == ("Melati", "081234567890", "analis")


def test_excel_s_numbers_and_dates_become_text_again() -> None:
    (row,) = read(xlsx(changed(hp=81234567890, mulai=datetime(2026, 11, 1), sampai=date(2026, 12, 31))))
    assert (row.hp, row.mulai, row.sampai) == ("81234567890", "2026-11-01", "2026-12-31")


def test_empty_lines_are_skipped_and_lines_keep_their_numbers() -> None:
    rows = read(xlsx(GOOD, [], ["", None], changed(nama="Kenanga")))
    assert [(row.line, row.nama) for row in rows] == [(2, "Melati"), (5, "Kenanga")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "sheet_empty"),
        (csv_text().encode(), "sheet_empty"),
        (csv_text(["a", "b"], head=["satu", "dua"]).encode(), "sheet_columns_missing"),
        (csv_text(["a", "b", "c"], head=["nama", "instansi", "peran"]).encode(), "sheet_columns_missing"),
        (b"PK\x03\x04 broken", "sheet_unreadable"),
        (b"\x00\x01\x02\x00", "sheet_unreadable"),
        (b"a" * (sheet_file.MOST_BYTES + 1), "sheet_too_big"),
    ],
)
def test_a_file_that_is_no_sheet_is_refused_as_a_whole(content: bytes, code: str) -> None:
    with pytest.raises(Problem) as told:
        read(content)
    assert told.value.code == f"accounts.{code}"


def test_more_than_five_thousand_lines_are_refused() -> None:
    content = csv_text(
        *(["A", "B", "analis", "08123"] for _ in range(5001)), head=["nama", "instansi", "peran", "hp"]
    )
    with pytest.raises(Problem) as told:
        read(content.encode())
    assert told.value.code == "accounts.sheet_too_long"


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/") + ".xml", content)
    return out.getvalue()


def test_a_file_that_unpacks_to_a_mountain_is_refused_before_it_is_unpacked() -> None:
    bomb = packed(xl__workbook=b" " * (sheet_file.MOST_UNPACKED + 1))
    assert len(bomb) < sheet_file.MOST_BYTES
    begun = time.monotonic()
    with pytest.raises(Problem) as told:
        read(bomb)
    assert told.value.code == "accounts.sheet_too_big"
    assert time.monotonic() - begun < 5


def test_a_part_with_a_document_type_of_its_own_is_refused() -> None:
    with pytest.raises(Problem) as told:
        read(packed(xl__workbook=b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'))
    assert told.value.code == "accounts.sheet_unreadable"


def test_the_template_has_the_headings_and_is_read_back() -> None:
    book = load_workbook(io.BytesIO(sheet_file.template_file(["Polres", "=1+1"])))
    assert [cell.value for cell in book["Akun"][1]] == HEAD
    choices = list(book["Pilihan"].iter_rows(min_row=2, values_only=True))
    assert {row[0] for row in choices} >= set(ROLES)
    assert choices[1][2] == "'=1+1"


# --- examining


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("nama", "", "name_missing"),
        ("surel", "melati", "email_bad"),
        ("hp", "08", "phone_bad"),
        ("instansi", "Polres Antah", "agency_unknown"),
        ("peran", "intel", "role_unknown"),
        ("mulai", "besok", "day_bad"),
        ("sampai", "01-01-2026", "days_not_in_order"),
        ("jabatan", "x" * 201, "sheet_cell_too_long"),
    ],
)
def test_a_bad_cell_is_told_with_line_column_and_value(column: str, value: str, code: str) -> None:
    factories.agency()
    preview = examine(changed(**{column: value}))
    (fault,) = preview.faults
    assert (fault.line, fault.column, fault.problem.code) == (2, column, f"accounts.{code}")
    assert preview.ready == ()
    assert fault.problem.sentence("id")


@pytest.mark.django_db
def test_one_bad_row_never_stops_the_others() -> None:
    factories.agency()
    preview = examine(
        GOOD, changed(nama="", surel="b@contoh.go.id", hp=""), changed(surel="c@contoh.go.id", hp="")
    )
    assert [row.line for row in preview.ready] == [2, 4]
    assert [fault.line for fault in preview.faults] == [3]


@pytest.mark.django_db
def test_all_bad_cells_of_a_row_are_told_at_once() -> None:
    factories.agency()
    preview = examine(changed(surel="x", hp="y", peran="z"))
    assert [fault.column for fault in preview.faults] == ["surel", "hp", "peran"]


@pytest.mark.django_db
def test_the_same_number_twice_in_a_file_names_the_first_line() -> None:
    factories.agency()
    preview = examine(changed(surel=""), changed(surel="", hp="+62 812 3456 7890"))
    (fault,) = preview.faults
    assert (fault.line, fault.column) == (3, "hp")
    assert "2" in fault.problem.sentence("id")


@pytest.mark.django_db
def test_an_existing_account_is_reported_and_not_doubled() -> None:
    factories.agency()
    ratna = people.analis()
    preview = examine(changed(surel=str(ratna.email), hp=""))
    assert (preview.ready, preview.faults, [row.line for row in preview.known]) == ((), (), [2])


@pytest.mark.django_db
def test_an_agency_outside_the_area_is_a_fault_of_its_row() -> None:
    factories.agency("Kesbangpol Lintang", own=("99.02",))
    (fault,) = examine(changed(instansi="kesbangpol lintang")).faults
    assert (fault.column, fault.problem.code) == ("instansi", "accounts.outside_area")


@pytest.mark.django_db
def test_roles_are_read_by_code_or_by_either_name() -> None:
    factories.agency()
    words = ["kasi_trantib", "Kasi Trantib kecamatan", "subdistrict order officer", "kasi trantib"]
    rows = [changed(peran=word, surel=f"a{line}@contoh.go.id", hp="") for line, word in enumerate(words)]
    assert [row.post.role for row in examine(*rows).ready] == ["kasi_trantib"] * 4


# --- making


def make(preview: sheet.Preview) -> tuple[list[sheet.Made], list[sheet.Fault]]:
    return sheet.make_accounts(preview.ready, by=people.actor(people.admin()), at=NOW, today=TODAY)


@pytest.mark.django_db
def test_ready_rows_become_accounts_with_their_post() -> None:
    factories.agency()
    made, faults = make(examine(GOOD))
    post = Assignment.objects.get(account_id=made[0].account_id)
    assert faults == []
    assert (post.role, post.title, post.valid_from) == ("analis", "Analis", date(2026, 11, 1))
    assert post.account.phone == "+6281234567890"


@pytest.mark.django_db
def test_the_same_file_twice_makes_no_account_twice() -> None:
    factories.agency()
    make(examine(GOOD))
    again = examine(GOOD)
    assert (again.ready, len(again.known)) == ((), 1)


@pytest.mark.django_db
def test_a_row_taken_between_preview_and_making_is_told_and_the_rest_is_made() -> None:
    factories.agency()
    preview = examine(GOOD, changed(surel="lain@contoh.go.id", hp="", nama="Kenanga"))
    make(examine(GOOD))
    made, faults = make(preview)
    assert [each.row.name for each in made] == ["Kenanga"]
    assert [fault.problem.code for fault in faults] == ["accounts.contact_taken"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+62", "-1", "@sum"])
def test_text_that_looks_like_a_formula_stays_text(name: str) -> None:
    factories.agency()
    content = csv_text(changed(nama=name)).encode()
    preview = sheet.examine(read(content, "akun.csv"), by=people.actor(people.admin()), today=TODAY)
    made, _ = make(preview)
    assert Account.objects.get(pk=made[0].account_id).name == name
    assert sheet_file.inert(name) == f"'{name}"


@pytest.mark.django_db
def test_rows_survive_the_way_from_preview_to_making() -> None:
    rows = read(xlsx(GOOD, changed(nama="Kenanga")))
    assert sheet.from_plain(sheet.as_plain(rows)) == rows


@pytest.mark.django_db
@pytest.mark.slow
def test_three_hundred_accounts_take_seconds(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    factories.agency()
    rows = [changed(nama=f"Anggota {n}", surel=f"a{n}@contoh.go.id", hp=f"0813{n:08d}") for n in range(300)]
    begun = time.perf_counter()
    made, faults = make(examine(*rows))
    taken = time.perf_counter() - begun
    print(f"\n300 accounts from a spreadsheet: {taken:.2f} s")
    assert (len(made), faults) == (300, [])
    assert len({each.code for each in made}) == 300
    assert taken < 10
