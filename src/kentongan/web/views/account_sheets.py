"""Accounts from a spreadsheet: template, upload, preview, making; and the cards with the one-time codes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern
from django.utils.translation import gettext as _

from kentongan.accounts import onboarding, queries, sheet, sheet_file
from kentongan.accounts.permissions import Permission
from kentongan.accounts.roles import ROLES
from kentongan.edge.clocks import machine_now, office_day
from kentongan.edge.problems import Problem
from kentongan.web.forms.accounts import SheetForm, language, sent, tell
from kentongan.web.routing import StaffRequest, route

SECTION = "administration"
PREVIEW_SECONDS = 3600
SHOWN_ROWS = 200
_SALT = "accounts.sheet"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def upload(request: StaffRequest) -> HttpResponse:
    """Choose a file; the answer says what it would do, and nothing is written yet."""
    form = SheetForm(sent(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file: UploadedFile[bytes] = form.cleaned_data["file"]
        try:
            rows = sheet_file.read(_content(file), filename=str(file.name))
        except Problem as problem:
            tell(form, problem)
        else:
            return _preview(request, rows, filename=str(file.name))
    facts = {"form": form, "columns": list(sheet_file.COLUMNS)}
    return render(request, "accounts/sheet.html", facts, status=422 if form.errors else 200)


def apply(request: StaffRequest) -> HttpResponse:
    """Make the accounts of a preview; lines that have become accounts in the meantime are left alone."""
    filename = request.POST.get("filename", "")
    try:
        values = signing.loads(
            request.POST.get("rows", ""), salt=_SALT + str(request.actor.account_id), max_age=PREVIEW_SECONDS
        )
    except signing.BadSignature:
        raise Problem("accounts.sheet_expired", value=filename) from None
    today = office_day()
    preview = sheet.examine(sheet.from_plain(values), by=request.actor, today=today)
    made, faults = sheet.make_accounts(preview.ready, by=request.actor, at=request.now, today=today)
    if not made:
        raise Problem("accounts.sheet_expired", value=filename)
    onboarding.keep(
        request.session, [_card(each) for each in made], maker=request.actor.account_id, now=machine_now()
    )
    messages.success(request, _("%(count)s akun dibuat.") % {"count": len(made)})
    for fault in faults[:SHOWN_ROWS]:
        line = _("Baris %(line)s:") % {"line": fault.line}
        messages.warning(request, f"{line} {fault.problem.sentence(language())}")
    return redirect("accounts_cards")


def template(request: StaffRequest) -> HttpResponse:
    """The empty spreadsheet with the agencies of one's own area."""
    agencies = [agency.short_name for agency in queries.find_agencies(request.scope)]
    answer = HttpResponse(sheet_file.template_file(agencies), content_type=_XLSX)
    answer["Content-Disposition"] = 'attachment; filename="templat-akun.xlsx"'
    return answer


def cards(request: StaffRequest) -> HttpResponse:
    """The cards to print; POST means they are printed, and the codes go."""
    if request.method == "POST":
        onboarding.forget(request.session)
        return redirect("accounts")
    waiting = onboarding.kept(request.session, maker=request.actor.account_id, now=machine_now())
    facts = {"pages": onboarding.pages(waiting), "count": len(waiting), "address": request.get_host()}
    return render(request, "accounts/cards.html", facts)


def _preview(request: StaffRequest, rows: Sequence[sheet_file.Row], *, filename: str) -> HttpResponse:
    preview = sheet.examine(rows, by=request.actor, today=office_day())
    faulty = {fault.line for fault in preview.faults}
    carried = [row for row in rows if row.line in {each.line for each in preview.ready}]
    facts: dict[str, Any] = {
        "filename": filename,
        "ready": preview.ready[:SHOWN_ROWS],
        "ready_count": len(preview.ready),
        "known": preview.known[:SHOWN_ROWS],
        "known_count": len(preview.known),
        "faults": [(fault, fault.problem.sentence(language())) for fault in preview.faults[:SHOWN_ROWS]],
        "fault_count": len(preview.faults),
        "faulty_lines": len(faulty),
        "shown": SHOWN_ROWS,
        "rows": signing.dumps(
            sheet.as_plain(carried), salt=_SALT + str(request.actor.account_id), compress=True
        ),
    }
    return render(request, "accounts/preview.html", facts)


def _content(file: UploadedFile[bytes]) -> bytes:
    if (file.size or 0) > sheet_file.MOST_BYTES:
        raise Problem("accounts.sheet_too_big", value=file.name, most=sheet_file.MOST_BYTES // 1024**2)
    return bytes(file.read())


def _card(made: sheet.Made) -> onboarding.Card:
    return onboarding.Card(
        office=made.row.agency,
        name=made.row.name,
        role=ROLES[made.row.post.role].name["id"],
        login=made.row.email or made.row.phone,
        code=made.code,
    )


_WRITE = Permission.ACCOUNT_WRITE
_BOTH = ("GET", "POST")

ROUTES: list[URLPattern] = [
    route("akun/lembar/", upload, name="accounts_sheet", need=_WRITE, methods=_BOTH, section=SECTION),
    route(
        "akun/lembar/terapkan/",
        apply,
        name="accounts_sheet_apply",
        need=_WRITE,
        methods=("POST",),
        section=SECTION,
    ),
    route("akun/lembar/templat.xlsx", template, name="accounts_sheet_template", need=_WRITE, section=SECTION),
    route("akun/kartu/", cards, name="accounts_cards", need=_WRITE, methods=_BOTH, section=SECTION),
]
