"""Laporan: the gallery, a new draft in one click, one product, its files, and the check of a printed one."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern
from django.utils.translation import gettext as _

from kentongan.accounts.permissions import Permission
from kentongan.documents.actions import draft_daily_report, look_at_product
from kentongan.documents.queries import (
    bytes_of,
    file_name,
    files_of,
    is_genuine,
    local_day,
    product_in,
    signed_in,
    unsigned_in,
)
from kentongan.edge.problems import Problem
from kentongan.places.queries import region_by_key, region_labels
from kentongan.web.document_page import product_context, progress_of
from kentongan.web.forms.documents import CheckForm, DailyForm
from kentongan.web.forms.reasons import carried_out
from kentongan.web.routing import StaffRequest, route, scope_of
from kentongan.web.wording import zones_of

PER_PAGE = 30
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "txt": "text/plain; charset=utf-8",
}


def products(request: StaffRequest) -> HttpResponse:
    """Drafts first, then what is signed, newest first, and the form for today's."""
    return _list(request, _form(request) if request.actor.may(Permission.DOCUMENT_MAKE) else None)


def _list(request: StaffRequest, form: DailyForm | None, *, status: int = 200) -> HttpResponse:
    page = Paginator(signed_in(request.scope), PER_PAGE).get_page(request.GET.get("page"))
    found = [*unsigned_in(request.scope)[:PER_PAGE], *page.object_list]
    places, zones = region_labels(each.area for each in found), zones_of(each.area for each in found)
    rows = [(each, places[each.area], zones[each.area]) for each in found]
    context = {
        "page": page,
        "drafts": [row for row in rows if not row[0].is_signed],
        "rows": [row for row in rows if row[0].is_signed],
        "form": form,
        "may_set": request.actor.may(Permission.DOCUMENT_SIGN),
    }
    return render(request, "documents/list.html", context, status=status)


def make(request: StaffRequest) -> HttpResponse:
    """Draft the report of one area and day from the live figures."""
    form, made = _form(request, request.POST), []

    def draft() -> None:
        said = form.cleaned_data
        made.append(
            draft_daily_report(
                area=said["area"],
                day=said["day"],
                office=_office(request, said["area"]),
                by=request.actor,
                at=request.now,
            )
        )

    if not (form.is_valid() and carried_out(form, draft, field="day")):
        return _list(request, form, status=422)
    messages.success(request, _("Naskah siap disunting; angkanya dikunci pada batas data."))
    return redirect("product", number=made[0].pk)


def _office(request: StaffRequest, area: int) -> int:
    """The office one drafts in: that of the post which covers the area."""
    posts = [post for post in request.actor.posts if post.may(Permission.DOCUMENT_MAKE, area)]
    return posts[0].agency_id if posts else 0


def product(request: StaffRequest, number: int) -> HttpResponse:
    """One product: a draft to work on, or a signed document with its files."""
    found = product_in(request.scope, number)
    look_at_product(found, by=request.actor, at=request.now, taken_away=False)
    context = product_context(request, found)
    return render(request, "documents/product.html" if found.is_signed else "documents/draft.html", context)


def progress(request: StaffRequest, number: int) -> HttpResponse:
    """How far the worker is with the files; asked every two seconds until they are there."""
    found = product_in(request.scope, number)
    return render(request, "documents/files.html", {"product": found, **progress_of(found)})


def download(request: StaffRequest, number: int, form: str) -> HttpResponse:
    """The very bytes that were issued."""
    found = product_in(request.scope, number)
    look_at_product(found, by=request.actor, at=request.now, taken_away=True)
    if form == "txt" and found.is_signed:
        content = found.text.encode("utf-8")
    else:
        file = files_of(found).get(form)
        if file is None:
            raise Problem("documents.file_not_ready", form=form.upper())
        content = bytes_of(file)
    answer = HttpResponse(content, content_type=MEDIA_TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="{file_name(found, form)}"'
    return answer


def product_text(request: StaffRequest, number: int) -> HttpResponse:
    return download(request, number, "txt")


def product_pdf(request: StaffRequest, number: int) -> HttpResponse:
    return download(request, number, "pdf")


def product_docx(request: StaffRequest, number: int) -> HttpResponse:
    return download(request, number, "docx")


def check(request: StaffRequest) -> HttpResponse:
    """Genuine or not, by number and code; nothing else is said of any document."""
    form = CheckForm(request.GET if "nomor" in request.GET else None)
    genuine = is_genuine(form.cleaned_data["nomor"], form.cleaned_data["kode"]) if form.is_valid() else None
    return render(request, "documents/check.html", {"form": form, "genuine": genuine})


def _form(request: StaffRequest, data: object = None) -> DailyForm:
    ranges = sorted(
        {part for sight in scope_of(request, Permission.DOCUMENT_MAKE).sights for part in sight.own}
    )
    areas = [(part.low, str(region_by_key(part.low).short_name)) for part in ranges]
    today = local_day(areas[0][0], request.now) if areas else request.now.date()
    return DailyForm(data, areas=areas, initial={"day": today})


ROUTES: list[URLPattern] = [
    route("laporan/", products, name="products", need=Permission.DOCUMENT_READ),
    route(
        "laporan/harian/",
        make,
        name="product_make",
        need=Permission.DOCUMENT_MAKE,
        methods=("POST",),
        section="products",
    ),
    *(
        route(
            f"laporan/<int:number>/{tail}", view, name=name, need=Permission.DOCUMENT_READ, section="products"
        )
        for tail, view, name in (
            ("", product, "product"),
            ("berkas/", progress, "product_progress"),
            ("teks/", product_text, "product_text"),
            ("pdf/", product_pdf, "product_pdf"),
            ("docx/", product_docx, "product_docx"),
        )
    ),
    route("cek-dokumen/", check, name="document_check", need=Permission.HOME_READ, section="products"),
]
