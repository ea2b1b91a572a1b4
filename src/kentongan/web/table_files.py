"""Plain tables as files to save: XLSX, CSV, PDF. A form that is not offered is answered 404, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.http import HttpResponse

from kentongan.documents.decisions.tables import Sheet
from kentongan.documents.rendering.pdf import pdf_of
from kentongan.documents.rendering.xlsx import xlsx_of
from kentongan.edge.problems import Problem
from kentongan.web.inert_csv import csv_answer, csv_text

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS = ("xlsx", "pdf", "csv")


def table_file(form: str, sheets: Sequence[Sheet], *, name: str, at: datetime) -> HttpResponse:
    """The file of a form."""
    if form not in FORMS:
        raise Problem("web.page_not_found", value=form)
    if form == "csv":
        return csv_answer(_csv(sheets), name=f"{name}.csv")
    if form == "pdf":
        answer = HttpResponse(_pdf(sheets, at=at), content_type="application/pdf")
    else:
        answer = HttpResponse(xlsx_of(sheets, at=at), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _pdf(sheets: Sequence[Sheet], *, at: datetime) -> bytes:
    data = {"title": sheets[0].title, "label": sheets[0].label, "sheets": [asdict(sheet) for sheet in sheets]}
    return pdf_of("table", data, at=at)


def _csv(sheets: Sequence[Sheet]) -> str:
    """All sheets below one another, each row of unverified matter with its mark in front."""
    first = sheets[0]
    facts = " · ".join(f"{name}: {value}" for name, value in first.facts)
    rows: list[Sequence[object]] = [*first.rows, *([first.foot] if first.foot else [])]
    for sheet in sheets[1:]:
        rows += [[], [sheet.mark or sheet.title], sheet.head, *sheet.rows]
        rows += [sheet.foot] if sheet.foot else []
    return csv_text(f"{first.label.upper()} · {first.title} · {facts}", first.head, rows)
