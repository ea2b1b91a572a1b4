"""Spreadsheets as files: XLSX or CSV in, rows of plain text out; and the template that offices fill in.

Nothing of a file is trusted: its size, what it unpacks to, its rows, columns and cells are capped before they
are read, and a formula is only text here.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from xml.etree.ElementTree import ParseError

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from kentongan.accounts.roles import ROLES
from kentongan.edge.problems import Problem

MOST_BYTES = 2 * 1024 * 1024
MOST_UNPACKED = 40 * 1024 * 1024
MOST_PARTS = 200
MOST_ROWS = 5_000
MOST_LETTERS = 200
MOST_COLUMNS = 30

COLUMNS: Mapping[str, frozenset[str]] = {
    "nama": frozenset({"nama", "nama lengkap", "name"}),
    "surel": frozenset({"surel", "email", "e-mail", "alamat surel"}),
    "hp": frozenset({"hp", "no hp", "nomor hp", "telepon", "no telepon", "phone"}),
    "instansi": frozenset({"instansi", "kantor", "agency"}),
    "peran": frozenset({"peran", "role"}),
    "jabatan": frozenset({"jabatan", "title"}),
    "mulai": frozenset({"mulai", "tanggal mulai", "from"}),
    "sampai": frozenset({"sampai", "tanggal selesai", "until"}),
}
REQUIRED = ("nama", "instansi", "peran")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file as text, before anything is known about it."""

    line: int
    nama: str = ""
    surel: str = ""
    hp: str = ""
    instansi: str = ""
    peran: str = ""
    jabatan: str = ""
    mulai: str = ""
    sampai: str = ""


def read(content: bytes, *, filename: str) -> list[Row]:
    """The lines of a file. Raises Problem for what concerns the whole: size, kind, headings, emptiness."""
    if len(content) > MOST_BYTES:
        raise Problem("accounts.sheet_too_big", value=filename, most=MOST_BYTES // 1024**2)
    lines = _xlsx_lines(content, filename) if content.startswith(b"PK") else _csv_lines(content, filename)
    numbered = enumerate(lines, start=1)
    heading = next(((number, cells) for number, cells in numbered if any(cells)), None)
    if heading is None:
        raise Problem("accounts.sheet_empty", value=filename)
    places = _places(heading[1])
    rows = [_row(number, cells, places) for number, cells in numbered if any(cells)]
    if not rows:
        raise Problem("accounts.sheet_empty", value=filename)
    if len(rows) > MOST_ROWS:
        raise Problem("accounts.sheet_too_long", value=filename, most=MOST_ROWS)
    return rows


def template_file(agencies: Sequence[str]) -> bytes:
    """The headings to fill in, and a second sheet that lists the roles and the given agencies."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet("Akun")
    sheet.append(list(COLUMNS))
    for letter in "CGH":  # hp, mulai, sampai: as text, or Excel takes the zero and turns the date round
        for cell in range(2, 502):
            sheet[f"{letter}{cell}"].number_format = "@"
    help_sheet = book.create_sheet("Pilihan")
    help_sheet.append(["peran", "nama peran", "instansi"])
    codes = list(ROLES)
    for number in range(max(len(codes), len(agencies))):
        code = codes[number] if number < len(codes) else ""
        agency = inert(agencies[number]) if number < len(agencies) else ""
        help_sheet.append([code, ROLES[code].name["id"] if code else "", agency])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def inert(text: str) -> str:
    """Text for a spreadsheet that a program must not take for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def _xlsx_lines(content: bytes, filename: str) -> Iterator[list[str]]:
    try:
        _check_package(content, filename)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        for cells in sheet.iter_rows(max_row=MOST_ROWS + 20, max_col=MOST_COLUMNS, values_only=True):
            yield [_text(cell) for cell in cells]
    except (
        zipfile.BadZipFile,
        InvalidFileException,
        ParseError,
        KeyError,
        ValueError,
        IndexError,
        TypeError,
    ):
        raise Problem("accounts.sheet_unreadable", value=filename) from None


def _check_package(content: bytes, filename: str) -> None:
    """Look at what is packed before anything is unpacked: sizes, number of parts, no document type of its
    own.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = package.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise Problem("accounts.sheet_too_big", value=filename, most=MOST_BYTES // 1024**2)
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                with package.open(part) as file:
                    if b"<!DOCTYPE" in file.read(2048):
                        raise Problem("accounts.sheet_unreadable", value=filename)


def _csv_lines(content: bytes, filename: str) -> Iterator[list[str]]:
    if b"\x00" in content:
        raise Problem("accounts.sheet_unreadable", value=filename)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    first = text.lstrip().partition("\n")[0]
    separator = max(";,\t", key=first.count)
    try:
        for cells in islice(csv.reader(io.StringIO(text), delimiter=separator), MOST_ROWS + 20):
            yield [cell.strip() for cell in cells[:MOST_COLUMNS]]
    except csv.Error:
        raise Problem("accounts.sheet_unreadable", value=filename) from None


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _places(heading: Sequence[str]) -> Mapping[str, int]:
    """Where each column stands. Raises Problem for a missing one."""
    places: dict[str, int] = {}
    for place, word in enumerate(heading):
        bare = " ".join(word.lower().replace("_", " ").replace(".", " ").split())
        for column, words in COLUMNS.items():
            if bare in words:
                places.setdefault(column, place)
    missing = [column for column in REQUIRED if column not in places]
    if "surel" not in places and "hp" not in places:
        missing.append("surel / hp")
    if missing:
        raise Problem("accounts.sheet_columns_missing", value=", ".join(missing))
    return places


def _row(number: int, cells: Sequence[str], places: Mapping[str, int]) -> Row:
    found = {column: cells[place] for column, place in places.items() if place < len(cells)}
    return Row(line=number, **found)
