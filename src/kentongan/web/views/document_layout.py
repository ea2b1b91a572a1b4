"""Kop dan tata letak: what an office changes of its documents without a programmer, with its history."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern
from django.utils.translation import gettext as _

from kentongan.accounts.access import not_permitted
from kentongan.accounts.permissions import Permission
from kentongan.documents.actions import put_word_template, set_layout, set_word_template
from kentongan.documents.decisions import number_for
from kentongan.documents.queries import layout_of, layout_row, layouts_of, own_word_template
from kentongan.documents.rendering.word_layout import usual_template
from kentongan.web.forms.documents import LayoutForm, WordTemplateForm
from kentongan.web.forms.reasons import carried_out
from kentongan.web.routing import StaffRequest, route


def layout(request: StaffRequest) -> HttpResponse:
    return _page(request)


def save(request: StaffRequest) -> HttpResponse:
    """A new row from its day on."""
    form = LayoutForm(request.POST)

    def write() -> None:
        day = form.cleaned_data["valid_from"]
        set_layout(_office(request), form.layout(), valid_from=day, by=request.actor, at=request.now)

    if not (form.is_valid() and carried_out(form, write)):
        return _page(request, form=form, status=422)
    messages.success(request, _("Kop dan tata letak tersimpan."))
    return redirect("document_layout")


def template(request: StaffRequest) -> HttpResponse:
    """The Word template in force, to edit in Word."""
    content = own_word_template(_office(request), on=request.now.date()) or usual_template()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = 'attachment; filename="templat-laporan-harian.docx"'
    return answer


def upload(request: StaffRequest) -> HttpResponse:
    """Check a template and put it in force; whatever is wrong with it, the old one stays."""
    form = WordTemplateForm(request.POST, request.FILES)

    def write() -> None:
        file = form.cleaned_data["file"]
        put_word_template(
            _office(request),
            file.read(),
            name=file.name,
            on=request.now.date(),
            by=request.actor,
            at=request.now,
        )

    if not (form.is_valid() and carried_out(form, write, field="file")):
        return _page(request, word_form=form, status=422)
    messages.success(request, _("Templat diperiksa dan berlaku."))
    return redirect("document_layout")


def usual(request: StaffRequest) -> HttpResponse:
    set_word_template(
        _office(request),
        stored="",
        sha256="",
        name="",
        on=request.now.date(),
        by=request.actor,
        at=request.now,
    )
    messages.success(request, _("Templat bawaan berlaku lagi."))
    return redirect("document_layout")


def _office(request: StaffRequest) -> int:
    """The office whose documents one signs."""
    for post in request.actor.posts:
        if Permission.DOCUMENT_SIGN in post.role.permissions:
            return post.agency_id
    raise not_permitted(Permission.DOCUMENT_SIGN)


def _page(
    request: StaffRequest, *, form: Any = None, word_form: Any = None, status: int = 200
) -> HttpResponse:
    office, today = _office(request), request.now.date()
    held = layout_of(office, on=today + timedelta(days=1))
    sample = number_for(held.number_pattern, serial=316, product="LSD", office=held.office_code, day=today)
    context = {
        "form": form or LayoutForm(initial={**LayoutForm.initial_of(held), "valid_from": today}),
        "word_form": word_form or WordTemplateForm(),
        "sample": sample,
        "row": layout_row(office, on=today),
        "history": list(layouts_of(office)[:20]),
    }
    return render(request, "documents/layout.html", context, status=status)


_SIGN: dict[str, Any] = {"need": Permission.DOCUMENT_SIGN, "section": "products"}
ROUTES: list[URLPattern] = [
    route("laporan/tata-letak/", layout, name="document_layout", **_SIGN),
    route("laporan/tata-letak/simpan/", save, name="document_layout_save", methods=("POST",), **_SIGN),
    route("laporan/tata-letak/templat/", template, name="document_template", **_SIGN),
    route("laporan/tata-letak/unggah/", upload, name="document_template_upload", methods=("POST",), **_SIGN),
    route("laporan/tata-letak/bawaan/", usual, name="document_template_usual", methods=("POST",), **_SIGN),
]
