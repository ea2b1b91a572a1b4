"""A table as a CSV file that a spreadsheet opens and never runs: for every export of a list.

The first line says what it is, how far it may go and who took it when; a byte-order mark and semicolons make the
usual spreadsheet of an Indonesian office show it as a table.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

MARK = "\ufeff"
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def inert(value: object) -> str:
    """A cell that is text whatever it begins with; nothing stays empty."""
    text = "" if value is None else str(value).replace("\x00", "")
    return f"'{text}" if text.lstrip(" ").startswith(_RUNS) and not _is_number(text) else text


def csv_text(watermark: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The whole file as text."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([inert(watermark)])
    writer.writerow([inert(cell) for cell in head])
    writer.writerows([inert(cell) for cell in row] for row in rows)
    return MARK + out.getvalue()


def csv_answer(text: str, *, name: str) -> HttpResponse:
    """The file as something to save, never to open in the browser."""
    answer = HttpResponse(text.encode("utf-8"), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _is_number(text: str) -> bool:
    digits = text.strip().removeprefix("-")
    return digits.replace(".", "", 1).isascii() and digits.replace(".", "", 1).isdigit()
