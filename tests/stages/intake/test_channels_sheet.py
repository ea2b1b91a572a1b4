"""CSV files: every encoding and separator offices send, a sentence for each bad cell, and nothing that calculates."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.edge.problems import Problem
from kentongan.intake.channels import sheet as tables
from kentongan.intake.channels.rows import Examined, examine
from kentongan.intake.channels.sheet import read_sheet, rows_to_mend
from kentongan.places.keys import RegionRange, range_of
from kentongan.policy import current_policy
from kentongan.policy.policy import Policy
from tests import factories

TODAY = factories.TODAY
WITHIN: tuple[RegionRange, ...] = (range_of("99.01"),)


def cells(content: bytes | str) -> list[dict[str, str]]:
    raw = content if isinstance(content, bytes) else content.encode()
    return [dict(row.cells) for row in read_sheet(raw, filename="data.csv").rows]


def examined(text: str, *, policy: Policy | None = None, desk: int = 7) -> Examined:
    sheet = read_sheet(text.encode(), filename="data.csv")
    return examine(sheet, policy=policy or current_policy(), within=WITHIN, desk=desk, today=TODAY)


# --- reading the file ------------------------------------------------------------------------------------------

ROWS = "isi{0}wilayah\nAda ribut di café{0}99.01.01\n"


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_usual_encoding_and_separator_reads_the_same(separator: str, encoding: str) -> None:
    assert cells(ROWS.format(separator).encode(encoding)) == [
        {"isi": "Ada ribut di café", "wilayah": "99.01.01"}
    ]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_machine_are_read(ending: str) -> None:
    assert len(cells(f"isi;jenis{ending}satu;{ending}dua;{ending}")) == 2


def test_a_row_is_told_by_the_line_it_begins_on() -> None:
    sheet = read_sheet(b'isi;wilayah\n"satu\nbaris lagi";\n\ndua;\n', filename="data.csv")
    assert [row.line for row in sheet.rows] == [2, 5]
    assert sheet.rows[0].cells["isi"] == "satu\nbaris lagi"


def test_headings_are_known_by_other_words_and_unknown_ones_are_told() -> None:
    sheet = read_sheet(b"Uraian;Desa;Nama Pelapor\nx;y;z\n", filename="data.csv")
    assert (sheet.columns, sheet.unknown) == (("isi", "wilayah"), ("Nama Pelapor",))
    assert "z" not in sheet.rows[0].cells.values()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "intake.sheet_empty"),
        (b"\n\n \n", "intake.sheet_empty"),
        (b"isi;wilayah\n", "intake.sheet_empty"),
        (b"wilayah\n99.01\n", "intake.sheet_columns_missing"),
        (b"isi\nsatu\x00dua\n", "intake.sheet_not_text"),
        (b"PK\x03\x04xl/workbook.xml", "intake.sheet_other_kind"),
        (b"\xd0\xcf\x11\xe0old", "intake.sheet_other_kind"),
        (b"%PDF-1.7", "intake.sheet_other_kind"),
        (b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "b">]><l>&a;</l>', "intake.sheet_other_kind"),
        (b"  <html><table>", "intake.sheet_other_kind"),
        (b'isi;wilayah\n"lupa ditutup;99\nsatu;2\n', "intake.sheet_quote_open"),
        (b'isi\n"satu" dua\n', "intake.sheet_quote_open"),
        (b"isi\n" + b"a" * 200_001 + b"\n", "intake.sheet_cell_too_long"),
        (b"isi\n" + b"a" * 9_999_000, "intake.sheet_cell_too_long"),
        (b"isi\n" + b";" * 101 + b"\n", "intake.sheet_too_wide"),
        (b"isi\n" + b"a\n" * 20_001, "intake.sheet_too_many_rows"),
        (b"isi\n" + b"a\n" * 5_242_880, "intake.sheet_too_large"),
    ],
)
def test_a_file_that_is_no_table_is_refused_whole(content: bytes, code: str) -> None:
    with pytest.raises(Problem) as refused:
        read_sheet(content, filename="data.csv")
    assert refused.value.code == code
    assert "data.csv" in refused.value.sentence()


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    said = ""
    try:
        read_sheet(b"isi;wilayah\n" + content, filename="data.csv")
    except Problem as problem:
        said = problem.code
    assert said == "" or said.startswith("intake.sheet_")


# --- understanding the rows --------------------------------------------------------------------------------------


@pytest.fixture
def world(db: None) -> None:
    factories.waluku()


def faults(text: str, **options: Policy) -> list[tuple[int, str, str]]:
    return [(fault.line, fault.column, fault.problem.code) for fault in examined(text, **options).faults]


@pytest.mark.usefixtures("world")
def test_a_full_row_becomes_a_draft() -> None:
    (row,) = examined(
        "isi;wilayah;patokan;tanggal;kapan;tahu_dari;masih_berlangsung;senjata_korban;jenis;tentang_pejabat;lintang;bujur\n"
        "Ada ribut;Ds. Sumberluku, Kec. Tegalwuku;dekat jembatan;31/12/2026;tadi;lihat sendiri;ya;tidak;"
        "sengketa lahan/desa;pemerintah desa/kelurahan;-7,2451;112,7382\n"
    ).good
    draft = row.draft
    assert (draft.channel, draft.text, draft.place_note) == ("sheet", "Ada ribut", "dekat jembatan")
    assert draft.area == factories.waluku()["99.01.01.2001"].key
    assert (draft.happens_on, draft.happens, draft.knowledge) == (date(2026, 12, 31), "earlier", "saw")
    assert (draft.ongoing, draft.danger, draft.tile, draft.accused) == ("yes", "no", "lahan_desa", "desa")
    assert (draft.latitude, draft.longitude) == (Decimal("-7.245"), Decimal("112.738"))


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("wilayah", "99.01.99", "places.region_unknown"),
        ("wilayah", "99,01", "places.region_unknown"),
        ("wilayah", "Antah Berantah", "intake.row_place_unknown"),
        ("wilayah", "x" * 200, "intake.row_place_unknown"),
        ("tanggal", "31/02/2026", "intake.row_day_bad"),
        ("tanggal", "kemarin", "intake.row_day_bad"),
        ("tanggal", "31/12/2010", "intake.row_day_far"),
        ("tanggal", "٣١/١٢/٢٠٢٦", "intake.row_day_bad"),
        ("kapan", "nanti", "intake.row_word_unknown"),
        ("tahu_dari", "mimpi", "intake.row_word_unknown"),
        ("masih_berlangsung", "mungkin", "intake.row_word_unknown"),
        ("jenis", "tidak_ada", "intake.row_code_unknown"),
        ("tentang_pejabat", "presiden", "intake.row_code_unknown"),
        ("lintang", "tujuh", "intake.row_number_bad"),
        ("lintang", "NaN", "intake.row_number_bad"),
        ("lintang", "1e309", "intake.row_number_bad"),
        ("bujur", "181", "intake.row_number_bad"),
        ("lintang", "-7,2", "intake.row_point_half"),
    ],
)
def test_every_bad_cell_is_named_with_its_line_and_column(column: str, value: str, code: str) -> None:
    found = faults(f"isi;{column}\nbaik;\nburuk;{value}\n")
    wrong = "bujur" if code == "intake.row_point_half" else column
    assert found == [(3, wrong, code)]


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("text", ["", "\u200b\u202e"])
def test_a_row_without_words_is_named(text: str) -> None:
    assert faults(f"isi;wilayah\n{text};99.01.01\n") == [(2, "isi", "intake.row_text_missing")]


@pytest.mark.usefixtures("world")
def test_a_name_of_several_places_offers_their_codes() -> None:
    factories.region("99.01.01.2009", "Kembar")
    factories.region("99.01.02.2009", "Kembar")
    (fault,) = examined("isi;wilayah\nx;Kembar\n").faults
    assert fault.problem.code == "intake.row_place_several"
    assert "99.01.01.2009" in fault.problem.sentence()
    assert "99.01.02.2009" in fault.problem.sentence()


@pytest.mark.usefixtures("world")
def test_a_retired_region_names_what_came_after_it() -> None:
    factories.waluku()["99.01.02.2001"].__class__.objects.filter(code="99.01.02.2001").update(
        valid_to=date(2026, 1, 1)
    )
    assert faults("isi;wilayah\nx;99.01.02.2001\n") == [(2, "wilayah", "places.region_ended")]


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("column", "name"), [("jenis", "report_tiles"), ("tentang_pejabat", "accused_offices")]
)
def test_a_retired_code_names_its_successor(column: str, name: str) -> None:
    policy = current_policy()
    codes = getattr(policy, name)
    first, heir, *_ = codes.entries.values()
    gone = first.model_copy(update={"valid_to": date(2026, 6, 30), "successor": heir.code})
    changed = replace(codes, entries=MappingProxyType({**codes.entries, first.code: gone}))
    found = examined(f"isi;{column}\nx;{first.code}\n", policy=replace(policy, **{name: changed})).faults
    assert [fault.problem.code for fault in found] == ["intake.row_code_retired"]
    assert heir.code in found[0].problem.sentence()


@pytest.mark.usefixtures("world")
def test_one_row_is_told_all_that_is_wrong_with_it() -> None:
    assert [column for _, column, _ in faults("isi;wilayah;jenis\n;99.01.99;zzz\n")] == [
        "isi",
        "wilayah",
        "jenis",
    ]


@pytest.mark.usefixtures("world")
def test_a_date_that_can_be_read_in_two_ways_is_left_open_with_both_readings() -> None:
    (row,) = examined("isi;tanggal\nx;03/04/2026\n").good
    assert row.draft.happens_on is None
    dates, flags = row.guesses
    assert dates.value == [
        {"text": "03/04/2026", "alternatives": ["2026-04-03", "2026-03-04"], "ambiguous": True}
    ]
    assert (dates.evidence, flags.value) == (["03/04/2026"], ["tanggal_ambigu"])


@pytest.mark.usefixtures("world")
def test_a_file_that_proves_its_order_leaves_no_date_open() -> None:
    rows = examined("isi;tanggal\na;03/04/2026\nb;31/12/2026\n").good
    assert [row.draft.happens_on for row in rows] == [date(2026, 4, 3), date(2026, 12, 31)]


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    "written", ["2026-12-31", "31-12-2026", "31.12.2026", "31/12/26", "2026-12-31 00:00:00"]
)
def test_every_usual_way_to_write_a_day_is_read(written: str) -> None:
    (row,) = examined(f"isi;tanggal\nx;{written}\n").good
    assert row.draft.happens_on == date(2026, 12, 31)


@pytest.mark.usefixtures("world")
def test_a_row_has_an_identity_made_of_what_it_says_and_of_the_desk() -> None:
    text = "isi;wilayah\nsama;99.01.01\nsama;99.01.01\nlain;99.01.01\n"
    first = [row.draft.client_id for row in examined(text).good]
    assert len(set(first)) == 3
    assert [row.draft.client_id for row in examined(text).good] == first
    assert {row.draft.client_id for row in examined(text, desk=8).good}.isdisjoint(first)


@pytest.mark.usefixtures("world")
def test_mending_a_bad_row_leaves_the_identity_of_the_good_ones() -> None:
    bad = examined("isi;wilayah\nsatu;99.01.01\ndua;99.01.99\n")
    mended = examined("isi;wilayah\nsatu;99.01.01\ndua;99.01.02\n")
    assert bad.good[0].draft.client_id == mended.good[0].draft.client_id
    assert (len(bad.good), len(mended.good)) == (1, 2)


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "{{ 7*7 }}", "' OR 1=1; --", "%s {0}"])
def test_script_in_a_cell_is_only_text(text: str) -> None:
    quoted = '"' + text + '"'
    (row,) = examined(f"isi;wilayah\n{quoted};99.01.01\n").good
    assert row.draft.text == text
    (fault,) = examined(f"isi;wilayah\nx;{quoted}\n").faults
    assert fault.problem.sentence()


# --- the rows that go back -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "=cmd|' /C calc'!A0"])
def test_nothing_in_the_download_is_a_formula_and_all_of_it_comes_back(cell: str) -> None:
    quoted = '"' + cell.replace('"', '""') + '"'
    sheet = read_sheet(f"isi;jenis\n{quoted};zzz\n".encode(), filename="data.csv")
    text = rows_to_mend(sheet, {2: "jenis: kode tidak dikenal"})
    (_, row) = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert row[0].startswith("'")
    again = read_sheet(text.encode(), filename="data.csv")
    assert again.rows[0].cells["isi"] == sheet.rows[0].cells["isi"]
    assert again.unknown == ()


def test_the_download_holds_the_bad_rows_alone_with_what_is_wrong() -> None:
    sheet = read_sheet(b"isi;wilayah\nsatu;a\ndua;b\n", filename="data.csv")
    lines = rows_to_mend(sheet, {3: "wilayah: tidak ada"}).splitlines()
    assert lines == ["\ufeffisi;wilayah;kesalahan", "dua;b;wilayah: tidak ada"]


def test_the_template_names_every_column_once() -> None:
    sheet = read_sheet(tables.template().encode(), filename="templat.csv")
    assert sheet.columns == tuple(tables.COLUMNS)
