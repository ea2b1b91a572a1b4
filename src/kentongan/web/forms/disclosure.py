"""Forms around an opening: the grounds of the one who asks, a holder's half, and the one look."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kentongan.web.forms.accounts import day_field


class AskForm(forms.Form):
    """Why this identity must be opened, and what allows it."""

    legal_basis = forms.CharField(
        label=_("Dasar hukum"),
        max_length=300,
        help_text=_("Undang-undang dan pasal, atau penetapan hakim dengan nomornya."),
    )
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Untuk apa, kenapa sekarang, dan kenapa pesan lewat nomor sumber tidak cukup. Tanpa nama orang."
        ),
    )


class GiveForm(forms.Form):
    """The half that a holder opened on its own machine."""

    half = forms.CharField(
        label=_("Separuh kunci"),
        max_length=400,
        widget=forms.Textarea(
            attrs={
                "rows": 3,
                "class": "mono",
                "autocomplete": "off",
                "autocapitalize": "off",
                "spellcheck": "false",
            }
        ),
        help_text=_("Satu baris yang dimulai dengan A: atau B:, seperti tercetak oleh perintah di atas."),
    )


class ShowForm(forms.Form):
    """The one look: said on purpose, and whether the reporter is told later than today."""

    ready = forms.BooleanField(
        label=_("Saya siap melihatnya sekarang"),
        required=False,  # missing, it is asked for in words of its own
        help_text=_("Hanya sekali. Menutup atau memuat ulang halaman menghilangkannya."),
    )
    delay_until = day_field(
        _("Beri tahu pelapor mulai"),
        required=False,
        help_text=_("Kosongkan agar pelapor diberi tahu hari ini."),
    )
    delay_reason = forms.CharField(
        label=_("Alasan menunda pemberitahuan"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Tercatat dan dibaca pengawas."),
    )

    def clean_ready(self) -> bool:
        if not self.cleaned_data["ready"]:
            raise forms.ValidationError(gettext("Centang bila Anda siap; identitas hanya tampil sekali."))
        return True

    def clean(self) -> dict[str, Any]:
        """A reason without a day would be kept but delay nothing: better to ask."""
        typed = super().clean() or self.cleaned_data
        if typed.get("delay_reason") and not typed.get("delay_until") and "delay_until" not in self.errors:
            self.add_error("delay_until", gettext("Isi tanggalnya, atau kosongkan alasan menunda."))
        return typed
