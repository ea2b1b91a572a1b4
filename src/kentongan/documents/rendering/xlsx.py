"""XLSX of plain tables: numbers as numbers, words as words whatever they begin with, the same bytes for the same table.

A sheet carries its label, its mark of unverified matter, what was asked and the cut-off: it travels without its page.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime, timezone
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from kentongan.analysis.text.normalise import clean_text
from kentongan.documents.decisions.tables import Sheet, Value

_SOFT, _LINE, _HATCH = "#F1ECE4", "#B8AE9F", "#F6E3C5"
NARROWEST, WIDEST, FIRST_WIDEST = 9, 18, 38
LONGEST_NAME = 31  # of a sheet, by the format
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
MAX_CELL = 32_000  # characters; the format holds 32,767


def xlsx_of(sheets: Sequence[Sheet], *, at: datetime) -> bytes:
    """The workbook; `at` is the date inside the file."""
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        made = at.astimezone(timezone.utc).replace(tzinfo=None)
        book.set_properties({"title": _text(sheets[0].title), "author": "Kentongan", "created": made})
        looks = _looks(book)
        for number, sheet in enumerate(sheets):
            _write(book.add_worksheet(_name(sheet.name, number)), sheet, looks)
    return out.getvalue()


def _write(page: Any, sheet: Sheet, looks: dict[str, Any]) -> None:
    row = _write_top(page, sheet, looks)
    for column, word in enumerate(sheet.head):
        page.write_string(row, column, _text(word), looks["head"])
    page.freeze_panes(row + 1, 1)
    page.repeat_rows(row)
    look = looks["unverified"] if sheet.mark else looks["cell"]
    for line in sheet.rows:
        row += 1
        _write_line(page, row, line, look)
    if sheet.foot:
        row += 1
        _write_line(page, row, sheet.foot, looks["foot"])
    for note in sheet.notes:
        row += 1
        page.write_string(row, 0, _text(note), looks["fact"])
    _set_up(page, sheet)


def _write_top(page: Any, sheet: Sheet, looks: dict[str, Any]) -> int:
    """Title, mark and facts; the row of the head."""
    page.write_string(0, 0, _text(sheet.label.upper()), looks["label"])
    page.write_string(1, 0, _text(sheet.title), looks["title"])
    row = 2
    if sheet.mark:
        page.write_string(row, 0, _text(sheet.mark), looks["mark"])
        row += 1
    for name, value in sheet.facts:
        page.write_string(row, 0, _text(f"{name}: {value}"), looks["fact"])
        row += 1
    return row + 1


def _write_line(page: Any, row: int, line: Sequence[Value], look: Any) -> None:
    for column, value in enumerate(line):
        if value is None:
            page.write_blank(row, column, None, look)
        elif isinstance(value, str):
            page.write_string(row, column, _text(value), look)
        else:
            page.write_number(row, column, value, look)


def _set_up(page: Any, sheet: Sheet) -> None:
    """Column widths, and one page wide on A4 landscape with the label on every sheet of paper."""
    lines = [sheet.head, *sheet.rows, *([sheet.foot] if sheet.foot else [])]
    for column in range(len(sheet.head)):
        longest = max(len(str(line[column])) for line in lines if column < len(line))
        most = FIRST_WIDEST if column == 0 else WIDEST
        page.set_column(column, column, max(NARROWEST, min(most, longest + 2)))
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    page.set_footer(f"&L{_footer(sheet.label.upper())}&C{_footer(sheet.title)[:120]}&R&P / &N")


def _looks(book: Any) -> dict[str, Any]:
    edge = {"border": 1, "border_color": _LINE, "valign": "top"}
    return {
        "label": book.add_format({"bold": True, "font_size": 9}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "mark": book.add_format({"bold": True, "bg_color": _HATCH}),
        "fact": book.add_format({"font_color": "#57534E", "font_size": 9}),
        "head": book.add_format(
            {"bold": True, "bg_color": _SOFT, "text_wrap": True, **edge, "valign": "bottom"}
        ),
        "cell": book.add_format({**edge, "num_format": "#,##0"}),
        "unverified": book.add_format({**edge, "num_format": "#,##0", "italic": True, "bg_color": "#FBF3E6"}),
        "foot": book.add_format({**edge, "num_format": "#,##0", "bold": True, "bg_color": _SOFT}),
    }


def _text(value: str) -> str:
    return clean_text(value).translate({0xFFFE: None, 0xFFFF: None})[:MAX_CELL]


def _name(wanted: str, number: int) -> str:
    """A name that the format allows, and that no other sheet of the file has."""
    name = _text(wanted).translate(_NOT_IN_NAMES).strip()[: LONGEST_NAME - 3]
    return f"{number + 1} {name}".strip()


def _footer(words: str) -> str:
    return _text(words).replace("&", "&&")
