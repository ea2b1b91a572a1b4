"""CSV files as offices send them: bytes in, numbered rows of plain text out; the template, and the rows that failed.

Nothing of a file is trusted: size, rows, columns and cells are capped, a formula is only text, and a spreadsheet, an
archive or a web page that calls itself .csv is refused with what to do instead.  `rows` turns rows into drafts.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kentongan.edge.problems import Problem

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 100
MOST_LETTERS = 200_000  # of one cell
ERROR_COLUMN = "kesalahan"

# The heading to write, and other words that are understood for it.
COLUMNS: Mapping[str, frozenset[str]] = {
    "isi": frozenset({"isi", "isi laporan", "laporan", "uraian", "kejadian", "teks", "text"}),
    "wilayah": frozenset({"wilayah", "tempat", "desa", "lokasi", "kode wilayah", "region"}),
    "patokan": frozenset({"patokan", "keterangan tempat", "dusun", "alamat"}),
    "tanggal": frozenset({"tanggal", "tgl", "tanggal kejadian", "date"}),
    "kapan": frozenset({"kapan", "waktu"}),
    "tahu_dari": frozenset({"tahu dari", "dari mana tahu", "sumber", "cara tahu"}),
    "masih_berlangsung": frozenset({"masih berlangsung", "berlangsung"}),
    "senjata_korban": frozenset({"senjata korban", "ada senjata atau korban", "bahaya"}),
    "jenis": frozenset({"jenis", "ubin", "jenis laporan", "kategori"}),
    "tentang_pejabat": frozenset({"tentang pejabat", "pejabat", "tentang aparat"}),
    "lintang": frozenset({"lintang", "lat", "latitude"}),
    "bujur": frozenset({"bujur", "lon", "lng", "longitude"}),
}
REQUIRED = ("isi",)
_EXAMPLE = (
    "Patok batas sawah dipindah lagi, dua keluarga saling ancam.",
    "Ds. Sumberluku, Kec. Tegalwuku",
    "dekat jembatan",
    "31/12/2026",
    "tadi",
    "lihat sendiri",
    "ya",
    "tidak",
    "sengketa lahan/desa",
    "",
    "",
    "",
)
_SEPARATORS = ";,\t|"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_OTHER_KINDS = (
    (b"PK\x03\x04", "XLSX/ZIP"),
    (b"PK\x05\x06", "ZIP"),
    (b"\xd0\xcf\x11\xe0", "XLS"),
    (b"%PDF", "PDF"),
    (b"\x1f\x8b", "GZIP"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7Z"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: the line of the file it begins on, and its cells by our headings; what was empty is not there."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole file: which of our columns it has, headings we do not know (ignored, but told), and its rows."""

    columns: tuple[str, ...]
    unknown: tuple[str, ...]
    rows: tuple[SheetRow, ...]


def read_sheet(content: bytes, *, filename: str) -> Sheet:
    """The rows of a file.  Raises Problem for what concerns the whole: size, kind, headings, emptiness, a lost quote."""
    if len(content) > MOST_BYTES:
        raise Problem("intake.sheet_too_large", value=filename, most=MOST_BYTES // 1024**2)
    text = _text_of(content, filename)
    lines = _lines(text, filename)
    heading = next(((line, cells) for line, cells in lines if any(cells)), None)
    if heading is None:
        raise Problem("intake.sheet_empty", value=filename)
    places, unknown = _places(heading[1], filename)
    rows = []
    for line, cells in lines:
        found = {name: cells[place] for name, place in places.items() if place < len(cells) and cells[place]}
        if found:
            rows.append(SheetRow(line, found))
        if len(rows) > MOST_ROWS:
            raise Problem("intake.sheet_too_many_rows", value=filename, most=MOST_ROWS)
    if not rows:
        raise Problem("intake.sheet_empty", value=filename)
    return Sheet(tuple(places), unknown, tuple(rows))


def template() -> str:
    """The headings with one example row, as Excel in Indonesia opens it: semicolons, UTF-8 with its mark."""
    return _written([tuple(COLUMNS), _EXAMPLE])


def rows_to_mend(sheet: Sheet, faults: Mapping[int, str]) -> str:
    """The rows that were not stored, with what is wrong in a last column; nothing in it is a formula."""
    lines = [(*sheet.columns, ERROR_COLUMN)]
    lines += [
        (*(row.cells.get(name, "") for name in sheet.columns), faults[row.line])
        for row in sheet.rows
        if row.line in faults
    ]
    return _written(lines)


def inert(text: str) -> str:
    """Text for a spreadsheet that a program must not take for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) or text.startswith(_FORMULA) else text


def _written(lines: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([inert(cell) for cell in line] for line in lines)
    return "\ufeff" + out.getvalue()


def _text_of(content: bytes, filename: str) -> str:
    for signature, kind in _OTHER_KINDS:
        if content.startswith(signature):
            raise Problem("intake.sheet_other_kind", value=filename, kind=kind)
    text = decoded(content)
    if text is None or "\x00" in text:
        raise Problem("intake.sheet_not_text", value=filename)
    if text.lstrip()[:200].lower().startswith(("<?xml", "<!doctype", "<html", "<svg", "{\\rtf")):
        raise Problem("intake.sheet_other_kind", value=filename, kind="XML/HTML")
    return text


def decoded(content: bytes) -> str | None:
    """The text of a file: UTF-8 with or without mark, UTF-16, else Windows-1252; None when it is none of them."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\x00" in content[:200]:
        # Without a mark the zero bytes say which half comes first.
        encodings = ["utf-16-le" if content[1:2] == b"\x00" else "utf-16-be"]
    else:
        encodings = ["utf-8-sig", "cp1252", "latin-1"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _lines(text: str, filename: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line it begins on.  A cell may hold line breaks, so rows and lines are not the same."""
    csv.field_size_limit(MOST_LETTERS)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    begins = 1
    try:
        for cells in reader:
            if len(cells) > MOST_COLUMNS:
                raise Problem("intake.sheet_too_wide", value=filename, line=begins, most=MOST_COLUMNS)
            yield begins, [_plain(cell) for cell in cells]
            begins = reader.line_num + 1
    except csv.Error as error:
        if "field limit" in str(error):
            raise Problem(
                "intake.sheet_cell_too_long", value=filename, line=begins, most=MOST_LETTERS
            ) from None
        raise Problem("intake.sheet_quote_open", value=filename, line=begins) from None


def _separator(text: str) -> str:
    """The sign that parts the headings, as most of them do."""
    first = text.lstrip("\r\n ")[:5000].partition("\n")[0]
    return max(_SEPARATORS, key=first.count)


def _plain(cell: str) -> str:
    """The cell without margins, and without the mark that our own download puts before a formula."""
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and cell[1:].lstrip(" ").startswith(_FORMULA) else cell


def _places(heading: Sequence[str], filename: str) -> tuple[dict[str, int], tuple[str, ...]]:
    places: dict[str, int] = {}
    unknown: list[str] = []
    for place, written in enumerate(heading):
        bare = " ".join(written.casefold().replace("_", " ").replace(".", " ").split())
        name = next(
            (name for name, words in COLUMNS.items() if bare in words or bare == name.replace("_", " ")), None
        )
        if name is None and bare and bare != ERROR_COLUMN:
            unknown.append(written[:60])
        elif name is not None:
            places.setdefault(name, place)
    missing = [name for name in REQUIRED if name not in places]
    if missing:
        raise Problem("intake.sheet_columns_missing", value=filename, missing=", ".join(missing))
    return places, tuple(unknown)
