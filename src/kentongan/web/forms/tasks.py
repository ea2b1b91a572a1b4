"""Forms of a task's life after it was given, of the ten-point check, and of the after-action review."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kentongan.response.decisions import Assignment, Review, Weighing
from kentongan.web.forms.alerts import LADDER, AgencyChoice, MomentInput, TaskForm
from kentongan.web.forms.choices import set_choices
from kentongan.web.forms.events import DayInput
from kentongan.web.forms.reasons import ReasonForm, ResultForm

COERCION = (5, _("5. Penegakan hukum"))
RESTRICTIONS = (
    ("dispersal", _("Pembubaran")),
    ("closure", _("Penutupan")),
    ("curfew", _("Jam malam")),
    ("other", _("Pembatasan lain")),
)
FULL_LADDER = (*LADDER, COERCION)


def _long(label: Any, hint: Any) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}), help_text=hint
    )


class ProofForm(ResultForm):
    """What came of it, what it cost, and a photo if there is one."""

    cost = forms.IntegerField(
        label=_("Biaya (rupiah)"),
        required=False,
        min_value=0,
        help_text=_("Boleh dikosongkan. Kosong berarti tidak diketahui."),
    )
    photo = forms.FileField(
        label=_("Foto bukti"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/*"}),
        help_text=_("Boleh dikosongkan. Data lokasi di foto dihapus."),
    )


class ReassignForm(ReasonForm):
    """To whom it goes now, and by when."""

    agency = forms.TypedChoiceField(label=_("Instansi"), coerce=int)
    due_at = forms.DateTimeField(label=_("Tenggat"), widget=MomentInput, help_text=_("Waktu setempat."))

    def __init__(self, *args: Any, agencies: Sequence[AgencyChoice], **options: Any) -> None:
        super().__init__(*args, **options)
        set_choices(self, "agency", agencies)


class CoerciveTaskForm(TaskForm):
    """A task that restricts somebody's rights, with the ten points that must carry it."""

    restrictions = forms.MultipleChoiceField(
        label=_("Pembatasan hak"),
        choices=RESTRICTIONS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    legal_basis = _long(_("1. Dasar hukum"), _("Undang-undang dan pasal."))
    aim = _long(_("2. Tujuan yang sah"), _("Apa yang dicegah, dan untuk siapa."))
    facts = _long(
        _("3. Fakta dan nilainya"), _("Hanya fakta yang sudah terverifikasi. Nilai peristiwa ikut tersimpan.")
    )
    gentler_steps = forms.TypedMultipleChoiceField(
        label=_("4. Langkah lebih lunak yang dicoba atau dipertimbangkan"),
        coerce=int,
        choices=LADDER,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    gentler = _long(_("4. Kenapa langkah itu tidak cukup"), _("Satu kalimat untuk tiap langkah."))
    rights_affected = _long(
        _("5. Hak yang terdampak"),
        _("Berkumpul, beribadah, berpendapat, bergerak, milik; kelompok mana yang lebih terkena."),
    )
    least_form = _long(
        _("6. Bentuk, tempat, dan jam yang paling ringan"), _("Sesempit dan sesingkat mungkin.")
    )
    ends_on = forms.DateField(label=_("7. Berakhir pada"), widget=DayInput)
    review_on = forms.DateField(label=_("7. Ditinjau pada"), widget=DayInput)
    decided_by = forms.CharField(
        label=_("8. Jabatan yang memutuskan"),
        required=False,
        max_length=120,
        help_text=_("Jabatan, bukan nama."),
    )
    consulted = _long(_("8. Yang diajak bicara"), _("Lembaga dan kelompok, tanpa nama orang."))
    counter_effect = _long(_("9. Akibat balik yang mungkin"), _("Apakah langkah ini malah memperburuk?"))
    remedy = _long(_("10. Jalur keberatan dan pengaduan"), _("Ke mana orang dapat mengadu."))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        set_choices(self, "measure", FULL_LADDER)
        self.fields["measure"].initial = COERCION[0]

    def assignment(self, *, due: datetime) -> Assignment:
        said = self.cleaned_data
        return Assignment(
            what=said["what"],
            measure=said["measure"],
            agency=said["agency"],
            due_at=due,
            restrictions=tuple(said["restrictions"]),
        )

    def weighing(self) -> Weighing:
        """The ten answers as a plain value; call after `is_valid`."""
        said = self.cleaned_data
        return Weighing(
            legal_basis=said["legal_basis"],
            aim=said["aim"],
            facts=said["facts"],
            gentler_steps=tuple(said["gentler_steps"]),
            gentler=said["gentler"],
            rights_affected=said["rights_affected"],
            least_form=said["least_form"],
            ends_on=said["ends_on"],
            review_on=said["review_on"],
            decided_by=said["decided_by"],
            consulted=said["consulted"],
            counter_effect=said["counter_effect"],
            remedy=said["remedy"],
        )


class ReviewForm(forms.Form):
    """Five questions, a short answer each."""

    planned = _long(_("1. Apa yang direncanakan?"), "")
    happened = _long(_("2. Apa yang terjadi?"), "")
    difference = _long(_("3. Kenapa berbeda?"), _('Tulis "tidak berbeda" bila sesuai rencana.'))
    keep = _long(_("4. Apa yang dipertahankan?"), "")
    improve = _long(_("5. Apa yang diperbaiki?"), _("Siapa mengubah apa. Tanpa nama orang."))

    def review(self) -> Review:
        """The answers as a plain value; call after `is_valid`."""
        return Review(**self.cleaned_data)
