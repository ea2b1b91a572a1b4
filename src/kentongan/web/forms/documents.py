"""Forms of the documents: which day, the texts of a draft, addressees, and the layout of an office."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kentongan.accounts.labels import Label
from kentongan.documents.decisions import SECTIONS, TEXTS, Layout
from kentongan.web.forms.choices import set_choices
from kentongan.web.forms.events import DayInput


class DailyForm(forms.Form):
    """Which area and day."""

    area = forms.TypedChoiceField(label=_("Wilayah"), coerce=int)
    day = forms.DateField(label=_("Hari"), widget=DayInput)

    def __init__(self, data: object, *, areas: list[tuple[int, str]], **options: object) -> None:
        super().__init__(data, **options)  # type: ignore[arg-type]
        set_choices(self, "area", areas)


class DraftForm(forms.Form):
    """What people write: a text per section; the first three are the reasoning, the others are notes to the facts."""

    label = forms.TypedChoiceField(
        label=_("Label"), coerce=int, choices=[(label.value, label.word) for label in Label]
    )

    def __init__(self, *args: Any, sections: Iterable[Mapping[str, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        for section in sections:
            reasoning = section["code"] in TEXTS
            self.fields[section["code"]] = forms.CharField(
                label=section["title"] if reasoning else _("Catatan"),
                required=False,
                max_length=8000,
                widget=forms.Textarea(attrs={"rows": 4 if reasoning else 2}),
            )

    def texts(self) -> dict[str, str]:
        return {code: self.cleaned_data[code] for code in SECTIONS if code in self.cleaned_data}


class SendForm(forms.Form):
    """The distribution list, one office per line."""

    to = forms.CharField(
        label=_("Penerima"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=8000,
        help_text=_("Satu kantor per baris."),
    )

    def names(self) -> list[str]:
        return str(self.cleaned_data["to"]).splitlines()


class LayoutForm(forms.Form):
    """Head lines, signatory, number pattern, and the order and titles of sections."""

    government = forms.CharField(label=_("Baris pemerintah daerah"), required=False, max_length=160)
    office = forms.CharField(label=_("Nama kantor"), max_length=160)
    address = forms.CharField(label=_("Alamat"), required=False, max_length=160)
    contact = forms.CharField(label=_("Telepon, surel, laman"), required=False, max_length=160)
    city = forms.CharField(label=_("Kota pada baris tanggal"), required=False, max_length=80)
    signatory_title = forms.CharField(label=_("Jabatan penanda tangan"), max_length=120)
    office_code = forms.CharField(label=_("Kode kantor"), max_length=20)
    number_pattern = forms.CharField(
        label=_("Pola nomor"),
        max_length=80,
        help_text=_("Bagian yang dikenal: {no} {kode} {kantor} {bulan} {tahun}"),
    )
    basis = forms.CharField(label=_("Dasar hukum"), max_length=160)
    sections = forms.CharField(
        label=_("Urutan dan judul bagian"),
        widget=forms.Textarea(attrs={"rows": 9}),
        max_length=2000,
        help_text=_("Satu bagian per baris: kode = judul. Kotak belum terverifikasi selalu ada."),
    )
    auto_draft = forms.BooleanField(
        label=_("Susun naskah otomatis pukul 14.30"),
        required=False,
        help_text=_("Naskah hari itu dibuat dari angka terkini; orang tetap memeriksa dan menandatangani."),
    )
    valid_from = forms.DateField(label=_("Berlaku mulai"), widget=DayInput)

    @staticmethod
    def initial_of(layout: Layout) -> dict[str, object]:
        lines = "\n".join(f"{code} = {title}" for code, title in layout.sections)
        return {**layout.as_plain(), "sections": lines}

    def clean_sections(self) -> tuple[tuple[str, str], ...]:
        pairs = [
            line.partition("=") for line in str(self.cleaned_data["sections"]).splitlines() if line.strip()
        ]
        chosen = [(code.strip(), title.strip()) for code, _sign, title in pairs]
        unknown = [code for code, title in chosen if code not in SECTIONS or not title]
        if unknown:
            raise forms.ValidationError(
                _("Bagian “%(code)s” tidak dikenal atau tanpa judul."), params={"code": unknown[0]}
            )
        if len({code for code, _title in chosen}) < len(chosen):
            raise forms.ValidationError(_("Satu bagian tertulis dua kali."))
        return tuple(chosen)

    def layout(self) -> Layout:
        values = {name: value for name, value in self.cleaned_data.items() if name != "valid_from"}
        return Layout(**values)


class WordTemplateForm(forms.Form):
    """An own Word template."""

    file = forms.FileField(
        label=_("Templat Word (.docx)"), help_text=_("Paling besar 2 MB, tanpa makro dan tautan.")
    )


class CheckForm(forms.Form):
    """Number and code, as printed beside the QR code."""

    nomor = forms.CharField(label=_("Nomor dokumen"), max_length=120)
    kode = forms.CharField(label=_("Kode periksa"), max_length=40)
