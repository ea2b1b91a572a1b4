"""Impor berkas: CSV tables, articles and e-mails. Good rows are stored, bad ones named and handed back to be mended.

Nothing of a bad row is kept: the rows to mend travel in the page itself, signed, so that the download needs no store of
its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid5

from django.core import signing
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import URLPattern
from django.views.decorators.csrf import csrf_exempt

from kentongan.accounts.actors import Actor
from kentongan.edge.clocks import office_day
from kentongan.edge.problems import Problem
from kentongan.intake.actions import receive_photo
from kentongan.intake.channels import sheet as tables
from kentongan.intake.channels.files import FileKind, kind_of
from kentongan.intake.channels.rows import Examined, Fault, placed
from kentongan.intake.decisions import masked_text
from kentongan.intake.queries import report_in
from kentongan.pipeline.gazetteers import place_name
from kentongan.pipeline.importing import examined, store_rows
from kentongan.pipeline.reading import File, Read, Unreadable, read_texts, store
from kentongan.web.entry_desk import NEED, SECTION, Desk, common, desk_of
from kentongan.web.forms.entry import ImportForm
from kentongan.web.inbox_item import FLAGS
from kentongan.web.inert_csv import csv_answer
from kentongan.web.routing import StaffRequest, route
from kentongan.web.views.lapor import is_forged
from kentongan.web.wording import language

LARGEST_BODY = 32 * 1024 * 1024  # bytes, of all files together
SHOWN_FAULTS = 200
LARGEST_DOWNLOAD = 1_400_000  # characters of the signed rows; more would not fit into one form
DOWNLOAD_SECONDS = 6 * 3600
_SALT = "entry.import"


@dataclass(slots=True)
class Outcome:
    """What became of one file, for the page."""

    name: str
    kind: str
    problem: str = ""
    new: int = 0
    known: int = 0
    faults: Sequence[tuple[Fault, str]] = ()
    bad_count: int = 0
    open_dates: int = 0
    unknown_columns: Sequence[str] = ()
    download: str = ""
    read: dict[str, Any] = field(default_factory=dict)


@csrf_exempt
def report_import(request: StaffRequest) -> HttpResponse:
    """The form, or what became of each file. The token is checked here, after the size was."""
    desk = desk_of(request)
    if request.method == "POST" and is_forged(request):
        raise Problem("web.form_expired")
    form = ImportForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        within=desk.range,
    )
    if request.method != "POST" or not form.is_valid():
        context = {
            **common(request, desk),
            "form": form,
            "columns": list(tables.COLUMNS),
            "limits": _limits(),
        }
        return render(request, "entry/import.html", context, status=422 if form.errors else 200)
    files = [File(_name(upload), upload.read()) for upload in form.cleaned_data["uploads"]]
    outcomes = _outcomes(request, desk, files, area=form.cleaned_data["place_all"])
    failed = all(outcome.problem for outcome in outcomes)
    return render(request, "entry/imported.html", {"outcomes": outcomes}, status=422 if failed else 200)


def report_import_template(request: StaffRequest) -> HttpResponse:
    """The headings with one example row."""
    return csv_answer(tables.template(), name="templat-laporan.csv")


def report_import_rest(request: StaffRequest) -> HttpResponse:
    """The rows that were not stored, with what is wrong in a last column."""
    salt = f"{_SALT}:{request.actor.account_id}"
    try:
        text = signing.loads(request.POST.get("rows", ""), salt=salt, max_age=DOWNLOAD_SECONDS)
    except signing.BadSignature:
        raise Problem("web.form_expired") from None
    return csv_answer(str(text), name="baris-perlu-diperbaiki.csv")


def _limits() -> dict[str, int]:
    return {"mb": tables.MOST_BYTES // 1024**2, "rows": tables.MOST_ROWS}


def _name(upload: Any) -> str:
    return "".join(letter for letter in str(upload.name) if letter.isprintable())[:120] or "berkas"


def _outcomes(request: StaffRequest, desk: Desk, files: Sequence[File], *, area: int | None) -> list[Outcome]:
    """Each file by itself: one that cannot be read stops none of the others."""
    outcomes: list[Outcome] = []
    texts: list[File] = []
    for file in files:
        try:
            if kind_of(file.name) is FileKind.SHEET:
                outcomes.append(_table(request, desk, file, area=area))
            else:
                texts.append(file)
        except Problem as problem:
            outcomes.append(Outcome(file.name, "", problem.sentence(language())))
    return outcomes + _texts(request, desk, texts)


def _table(request: StaffRequest, desk: Desk, file: File, *, area: int | None) -> Outcome:
    sheet = tables.read_sheet(file.content, filename=file.name)
    found = examined(sheet, within=desk.within, desk=desk.agency_id, today=office_day())
    good = [row if area is None else placed(row, area=area) for row in found.good]
    kept = store_rows(good, desk=desk.agency_id, at=request.now)
    return Outcome(
        file.name,
        "sheet",
        new=sum(one.is_new for one in kept),
        known=sum(not one.is_new for one in kept),
        faults=[(fault, fault.problem.sentence(language())) for fault in found.faults[:SHOWN_FAULTS]],
        bad_count=len(found.bad_lines),
        open_dates=sum(1 for row in good if row.guesses),
        unknown_columns=sheet.unknown,
        download=_download(request, sheet, found),
    )


def _download(request: StaffRequest, sheet: tables.Sheet, found: Examined) -> str:
    """The rows to mend, signed for this person; empty when there are none, or too many for a form."""
    if not found.faults:
        return ""
    said: dict[int, list[str]] = {}
    for fault in found.faults:
        said.setdefault(fault.line, []).append(f"{fault.column}: {fault.problem.sentence(language())}")
    text = tables.rows_to_mend(sheet, {line: " ".join(words) for line, words in said.items()})
    signed = signing.dumps(text, salt=f"{_SALT}:{request.actor.account_id}", compress=True)
    return signed if len(signed) <= LARGEST_DOWNLOAD else ""


def _texts(request: StaffRequest, desk: Desk, files: Sequence[File]) -> list[Outcome]:
    if not files:
        return []
    try:
        readings = read_texts(files, within=desk.within)
    except Problem as problem:
        return [Outcome(file.name, "", problem.sentence(language())) for file in files]
    return [_text(request, desk, reading) for reading in readings]


def _text(request: StaffRequest, desk: Desk, reading: Read | Unreadable) -> Outcome:
    if isinstance(reading, Unreadable):
        return Outcome(reading.source, "", reading.problem.sentence(language()))
    try:
        number, _receipt, is_new = store(
            reading, desk=desk.agency_id, by=Actor.of_system("impor"), at=request.now
        )
    except Problem as problem:
        return Outcome(reading.source, "", problem.sentence(language()))
    place = reading.reading.place
    return Outcome(
        reading.source,
        reading.draft.channel,
        new=int(is_new),
        known=int(not is_new),
        read={
            "number": number,
            "title": masked_text(reading.draft.title),
            "place": place_name(place.code) if place else "",
            "flags": [FLAGS.get(flag, flag) for flag in reading.flags],
            "duplicate_of": reading.duplicate_of if reading.duplicate_of != f"LP-{number}" else "",
            "photos": _keep_pictures(request, number, reading) if is_new else 0,
            "attachments": reading.attachments,
        },
    )


def _keep_pictures(request: StaffRequest, number: int, reading: Read) -> int:
    """Attached photos go the way of every photo: sealed as they came, cleaned by the worker."""
    report = report_in(request.scope, number)
    for place, picture in enumerate(reading.pictures):
        identity = uuid5(reading.draft.client_id, f"foto {place}")
        receive_photo(report, client_id=identity, content=picture, at=request.now)
    return len(reading.pictures)


_POST = ("POST",)

ROUTES: list[URLPattern] = [
    route(
        "laporan/impor/",
        report_import,
        name="report_import",
        need=NEED,
        methods=("GET", "POST"),
        section=SECTION,
        most_bytes=LARGEST_BODY,
    ),
    route(
        "laporan/impor/templat.csv",
        report_import_template,
        name="report_import_template",
        need=NEED,
        section=SECTION,
    ),
    route(
        "laporan/impor/perlu-diperbaiki.csv",
        report_import_rest,
        name="report_import_rest",
        need=NEED,
        methods=_POST,
        section=SECTION,
    ),
]
