"""The small forms of one event: where it goes in its life, who looks again, who sees it, what somebody thinks of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kentongan.web.forms.alerts import MomentInput
from kentongan.web.forms.choices import set_choices
from kentongan.web.forms.events import DayInput, EventForm
from kentongan.web.forms.places import PlaceField


def _reason(label: Any = None, *, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label or _("Alasan"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=hint,
    )


class MoveForm(forms.Form):
    """The next state of an event, with what it asks for."""

    to = forms.ChoiceField(label=_("Keadaan baru"), widget=forms.RadioSelect)
    review_on = forms.DateField(
        label=_("Tinjau lagi pada"),
        required=False,
        widget=DayInput,
        help_text=_("Wajib bila hanya dipantau."),
    )
    reason = _reason()

    def __init__(self, *args: Any, states: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        set_choices(self, "to", states)


class ReopenForm(forms.Form):
    """Why a closed event is open again."""

    reason = _reason(hint=_("Apa yang kambuh, sejak kapan. Tanpa nama orang."))


class ReviewForm(forms.Form):
    """It was looked at again; when is the next look."""

    next_review = forms.DateField(label=_("Tinjau berikutnya"), widget=DayInput)
    reason = _reason(_("Hasil tinjauan"), hint=_("Apa yang berubah sejak tinjauan terakhir."))


class ShareForm(forms.Form):
    """To which agency the event is shown, and until when."""

    agency = forms.TypedChoiceField(label=_("Instansi"), coerce=int)
    until = forms.DateTimeField(label=_("Sampai"), widget=MomentInput, help_text=_("Waktu setempat."))

    def __init__(self, *args: Any, agencies: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        set_choices(self, "agency", [("", "–"), *agencies])

    def moment(self, zone: Any) -> datetime:
        """The end on the clocks of the event's place; call after `is_valid`."""
        until: datetime = self.cleaned_data["until"]
        return until.replace(tzinfo=zone)


class NoteForm(forms.Form):
    """What somebody thinks, in the box it belongs to."""

    box = forms.ChoiceField(
        label=_("Kotak"),
        choices=(
            ("fact", _("Fakta")),
            ("analysis", _("Analisis")),
            ("prediction", _("Prediksi")),
            ("recommendation", _("Rekomendasi")),
        ),
    )
    text = forms.CharField(
        label=_("Catatan"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Tanpa nama orang."),
    )


class WatchForm(forms.Form):
    """A neighbouring region that is watched with the event."""

    area = PlaceField(label=_("Wilayah tetangga"), help_text=_("Nama atau kode."))


class MergeForm(forms.Form):
    """Into which event this one goes up, and why."""

    into = forms.CharField(
        label=_("Nomor peristiwa"), max_length=20, help_text=_("Contoh: PR-0012 atau 12. Yang tetap berdiri.")
    )
    reason = _reason()

    def clean_into(self) -> int:
        written = self.cleaned_data["into"].strip().upper().removeprefix("PR-").strip()
        if not (written.isascii() and written.isdigit() and len(written) < 10):
            raise forms.ValidationError(_("Tulis nomor seperti PR-0012."))
        return int(written)


class DetachForm(forms.Form):
    """Which report speaks of something else, and why."""

    report = forms.IntegerField(widget=forms.HiddenInput)
    reason = _reason()


class SplitForm(EventForm):
    """The facts of the event that is split off, and the reports that speak of it."""

    reports = forms.TypedMultipleChoiceField(
        label=_("Laporan yang ikut"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    reason = _reason(_("Alasan memisah"))

    def __init__(self, *args: Any, reports: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        set_choices(self, "reports", reports)
