"""What a recap is asked for, as a form that is a link when it is filled: area, period, table, and the facets."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kentongan.documents.decisions.periods import Span
from kentongan.documents.decisions.recap_table import Layout
from kentongan.web.forms.event_filter import FilterForm
from kentongan.web.forms.events import DayInput

SPANS = (
    (Span.DAY.value, _("Hari")),
    (Span.WEEK.value, _("Minggu")),
    (Span.MONTH.value, _("Bulan")),
    (Span.THREE_MONTHS.value, _("3 bulan terakhir")),
    (Span.YEAR.value, _("Tahun")),
    (Span.B04.value, _("B04 (Januari–April)")),
    (Span.B08.value, _("B08 (Mei–Agustus)")),
    (Span.B12.value, _("B12 (September–Desember)")),
    (Span.OWN.value, _("Rentang sendiri")),
)
LAYOUTS = (
    (Layout.AREA_TYPE.value, _("Wilayah × jenis")),
    (Layout.TIME_TYPE.value, _("Jenis × waktu")),
    (Layout.AREA_TIME.value, _("Wilayah × waktu")),
)
# Of the list's filter, what a recap may be narrowed by: the table itself tells verification, place and time apart.
FACETS = ("jenis", "sifat", "bentuk", "dampak", "athg", "asal", "kepentingan", "bidang", "korban")


class RecapForm(FilterForm):
    """The list's own filter, with the period and the table in front."""

    rentang = forms.ChoiceField(label=_("Masa"), required=False, choices=SPANS)
    tanggal = forms.DateField(label=_("Tanggal di dalamnya"), required=False, widget=DayInput)
    susun = forms.ChoiceField(label=_("Susunan"), required=False, choices=LAYOUTS)
    rinci = forms.BooleanField(label=_("Jenis rinci, bukan kelompok"), required=False)

    def said(self, name: str) -> Any:
        self.is_valid()
        return self.cleaned_data.get(name)
