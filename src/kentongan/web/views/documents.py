"""Laporan: the day's text report, made in one click, kept as it went out."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kentongan.accounts.permissions import Permission
from kentongan.documents.actions import issue_daily_report, look_at_product
from kentongan.documents.queries import local_day, product_in, products_in
from kentongan.places.queries import region_by_key, region_label, region_labels, time_zone_of
from kentongan.web.forms.choices import set_choices
from kentongan.web.forms.events import DayInput
from kentongan.web.forms.reasons import carried_out
from kentongan.web.routing import StaffRequest, route, scope_of
from kentongan.web.wording import zones_of

PER_PAGE = 30


class DailyForm(forms.Form):
    """Which area and day."""

    area = forms.TypedChoiceField(label=gettext_lazy("Wilayah"), coerce=int)
    day = forms.DateField(label=gettext_lazy("Hari"), widget=DayInput)

    def __init__(self, data: object, *, areas: list[tuple[int, str]], **options: object) -> None:
        super().__init__(data, **options)  # type: ignore[arg-type]
        set_choices(self, "area", areas)


def products(request: StaffRequest) -> HttpResponse:
    """Issued products, newest first, and the form for today's."""
    return _list(request, _form(request) if request.actor.may(Permission.DOCUMENT_MAKE) else None)


def _list(request: StaffRequest, form: DailyForm | None, *, status: int = 200) -> HttpResponse:
    page = Paginator(products_in(request.scope), PER_PAGE).get_page(request.GET.get("page"))
    found = list(page.object_list)
    places, zones = region_labels(each.area for each in found), zones_of(each.area for each in found)
    rows = [(each, places[each.area], zones[each.area]) for each in found]
    return render(request, "documents/list.html", {"page": page, "rows": rows, "form": form}, status=status)


def make(request: StaffRequest) -> HttpResponse:
    """Freeze the report of one area and day."""
    form, made = _form(request, request.POST), []
    office = next(
        (post.agency for post in request.actor.posts if Permission.DOCUMENT_MAKE in post.role.permissions), ""
    )

    def issue() -> None:
        said = form.cleaned_data
        made.append(
            issue_daily_report(
                area=said["area"], day=said["day"], office=office, by=request.actor, at=request.now
            )
        )

    if not (form.is_valid() and carried_out(form, issue, field="day")):
        return _list(request, form, status=422)
    messages.success(request, _("Laporan harian tersimpan."))
    return redirect("product", number=made[0].pk)


def product(request: StaffRequest, number: int) -> HttpResponse:
    """One product on the screen, to read, copy or print."""
    found = product_in(request.scope, number)
    look_at_product(found, by=request.actor, at=request.now, taken_away=False)
    context = {"product": found, "place": region_label(found.area), "zone": time_zone_of(found.area).key}
    return render(request, "documents/product.html", context)


def product_text(request: StaffRequest, number: int) -> HttpResponse:
    """The very text that was issued."""
    found = product_in(request.scope, number)
    look_at_product(found, by=request.actor, at=request.now, taken_away=True)
    answer = HttpResponse(found.text, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="laporan-harian-{found.day}-{found.edition}.txt"'
    return answer


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
    route(
        "laporan/<int:number>/", product, name="product", need=Permission.DOCUMENT_READ, section="products"
    ),
    route(
        "laporan/<int:number>/teks/",
        product_text,
        name="product_text",
        need=Permission.DOCUMENT_READ,
        section="products",
    ),
]
