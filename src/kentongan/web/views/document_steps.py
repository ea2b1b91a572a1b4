"""The steps of a product: edit, refresh, review, return, sign, send, receipt, addendum. Each is one action."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern
from django.utils.translation import gettext as _

from kentongan.accounts.permissions import Permission
from kentongan.documents.actions import (
    confirm_receipt,
    draft_addendum,
    edit_texts,
    refresh_figures,
    return_product,
    review_product,
    send_product,
    sign_product,
)
from kentongan.documents.queries import content_of, layout_of, product_in
from kentongan.pipeline.world import is_demo
from kentongan.web.document_page import product_context
from kentongan.web.forms.documents import DraftForm, SendForm
from kentongan.web.forms.reasons import ReasonForm, carried_out
from kentongan.web.routing import StaffRequest, route


def edit(request: StaffRequest, number: int) -> HttpResponse:
    """Keep what was written."""
    found = product_in(request.scope, number)
    layout = layout_of(found.office_id or 0, on=found.day)
    sections = content_of(found, layout, signer="", synthetic=False, at=request.now)["sections"]
    form = DraftForm(request.POST, sections=sections)

    def write() -> None:
        edit_texts(number, form.texts(), label=form.cleaned_data["label"], by=request.actor, at=request.now)

    if not (form.is_valid() and carried_out(form, write)):
        return render(request, "documents/draft.html", product_context(request, found, form=form), status=422)
    messages.success(request, _("Naskah tersimpan."))
    return redirect("product", number=number)


def refresh(request: StaffRequest, number: int) -> HttpResponse:
    product_in(request.scope, number)
    refresh_figures(number, by=request.actor, at=request.now)
    messages.success(request, _("Semua angka dibaca lagi dengan batas data yang baru."))
    return redirect("product", number=number)


def review(request: StaffRequest, number: int) -> HttpResponse:
    product_in(request.scope, number)
    comment = str(request.POST.get("reason", ""))
    review_product(number, comment=comment, by=request.actor, at=request.now)
    messages.success(request, _("Sudah diperiksa; siap ditandatangani."))
    return redirect("product", number=number)


def give_back(request: StaffRequest, number: int) -> HttpResponse:
    found = product_in(request.scope, number)
    form = ReasonForm(request.POST)

    def write() -> None:
        return_product(number, comment=form.cleaned_data["reason"], by=request.actor, at=request.now)

    if not (form.is_valid() and carried_out(form, write, field="reason")):
        context = product_context(request, found, reason_form=form)
        return render(request, "documents/draft.html", context, status=422)
    messages.success(request, _("Naskah kembali ke penyusun dengan catatan Anda."))
    return redirect("product", number=number)


def sign(request: StaffRequest, number: int) -> HttpResponse:
    product_in(request.scope, number)
    signed = sign_product(number, synthetic=is_demo(), by=request.actor, at=request.now)
    messages.success(request, _("Ditandatangani dengan nomor %(number)s.") % {"number": signed.number})
    return redirect("product", number=number)


def send(request: StaffRequest, number: int) -> HttpResponse:
    found = product_in(request.scope, number)
    form = SendForm(request.POST)

    def write() -> None:
        send_product(number, to=form.names(), by=request.actor, at=request.now)

    if not (form.is_valid() and carried_out(form, write, field="to")):
        context = product_context(request, found, send_form=form)
        return render(request, "documents/product.html", context, status=422)
    messages.success(request, _("Pengiriman tercatat. Tandai setiap tanda terima yang kembali."))
    return redirect("product", number=number)


def receipt(request: StaffRequest, number: int, delivery: int) -> HttpResponse:
    product_in(request.scope, number)
    confirm_receipt(number, delivery=delivery, by=request.actor, at=request.now)
    return redirect("product", number=number)


def addendum(request: StaffRequest, number: int) -> HttpResponse:
    product_in(request.scope, number)
    made = draft_addendum(number, by=request.actor, at=request.now)
    messages.success(request, _("Adendum disusun; laporan asli tidak berubah."))
    return redirect("product", number=made.pk)


def _step(
    tail: str, view: Callable[..., HttpResponse], name: str, need: Permission = Permission.DOCUMENT_MAKE
) -> URLPattern:
    return route(
        f"laporan/<int:number>/{tail}/", view, name=name, need=need, methods=("POST",), section="products"
    )


ROUTES: list[URLPattern] = [
    _step("sunting", edit, "product_edit"),
    _step("angka", refresh, "product_refresh"),
    _step("periksa", review, "product_review"),
    _step("kembalikan", give_back, "product_return"),
    _step("tanda-tangan", sign, "product_sign", Permission.DOCUMENT_SIGN),
    _step("kirim", send, "product_send"),
    _step("adendum", addendum, "product_addendum"),
    _step("terima/<int:delivery>", receipt, "product_receipt"),
]
