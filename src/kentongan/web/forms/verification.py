"""Forms of the verification desk: one line, one piece of evidence, the grades, a question, the card that answers it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kentongan.policy import PolicyOnDate
from kentongan.verification.actions import FieldQuestion, NewEvidence
from kentongan.verification.decisions import CONCLUSIONS, SETTLED, Conclusion
from kentongan.web.forms.alerts import MomentInput
from kentongan.web.forms.choices import set_choices
from kentongan.web.forms.events import DayInput

Choice = tuple[str, str]

STATUS_WORDS = {
    "open": _("Belum diperiksa"),
    "asked": _("Ditanyakan"),
    "proven": _("Terbukti"),
    "contradicted": _("Bertentangan"),
    "cannot": _("Tidak dapat diperiksa"),
}
EVIDENCE_WORDS = {
    "statement": _("Keterangan"),
    "document": _("Dokumen"),
    "link": _("Tautan"),
    "photo": _("Foto dari laporan"),
}


class CheckForm(forms.Form):
    """How one item stands, and what it is known from."""

    status = forms.ChoiceField(
        label=_("Hasil"),
        widget=forms.RadioSelect,
        choices=[(code, STATUS_WORDS[code]) for code in (*SETTLED, "open")],
    )
    finding = forms.CharField(
        label=_("Dari apa diketahui, atau kenapa tidak dapat"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class GradeForm(forms.Form):
    """Content is asked before source; the two are never combined. Nothing is chosen beforehand but the proposal."""

    content_grade = forms.TypedChoiceField(
        label=_("1. Isi, dinilai lebih dulu"),
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    source_grade = forms.ChoiceField(label=_("2. Sumber"), widget=forms.RadioSelect)
    verdict = forms.ChoiceField(label=_("3. Simpulan"), widget=forms.RadioSelect)
    review_on = forms.DateField(
        label=_("Tinjau lagi pada"),
        required=False,
        widget=DayInput,
        help_text=_("Wajib bila tidak dapat diverifikasi."),
    )
    reason = forms.CharField(
        label=_("Alasan (wajib)"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        help_text=_("Sedikitnya satu kalimat."),
    )

    def __init__(self, *args: Any, policy: PolicyOnDate, language: str, **options: Any) -> None:
        super().__init__(*args, **options)
        machine = policy.lifecycles["verification"]
        lists = {"content_grade": "information_credibility", "source_grade": "source_reliability"}
        for name, facet in lists.items():
            words = policy.facets[facet].items()
            set_choices(self, name, [(code, word.label.in_language(language)) for code, word in words])
        set_choices(
            self, "verdict", [(code, machine.label_of(code).in_language(language)) for code in CONCLUSIONS]
        )

    def conclusion(self) -> Conclusion:
        """The verdict as a plain value; call after `is_valid`."""
        return Conclusion(**self.cleaned_data)


class EvidenceForm(forms.Form):
    """One piece: what it says, whom it comes from, which item it speaks for."""

    kind = forms.ChoiceField(label=_("Macam"), widget=forms.RadioSelect, initial="statement")
    photo = forms.TypedChoiceField(label=_("Foto dari laporan"), coerce=int, empty_value=None, required=False)
    file = forms.FileField(
        label=_("Foto dari komputer ini"),
        required=False,
        help_text=_("JPEG, PNG, atau WebP. Data kamera dan lokasi dibuang sebelum disimpan."),
    )
    text = forms.CharField(
        label=_("Isi"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Yang dikatakan, dilihat, atau tertulis. Tautan disimpan sebagai teks, tidak dibuka."),
    )
    origin = forms.CharField(
        label=_("Asal"),
        required=False,
        max_length=120,
        help_text=_("Kantor, dokumen, atau nomor sumber. Tanpa nama orang."),
    )
    item = forms.ChoiceField(label=_("Untuk butir"), required=False)

    def __init__(
        self,
        *args: Any,
        items: Sequence[Choice],
        photos: Sequence[tuple[int, str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        kinds = [(code, word) for code, word in EVIDENCE_WORDS.items() if photos or code != "photo"]
        set_choices(self, "kind", [*kinds, ("upload", _("Foto baru"))])
        set_choices(self, "item", [("", _("Seluruh peristiwa")), *items])
        if photos:
            set_choices(self, "photo", [("", "–"), *photos])
        else:
            del self.fields["photo"]

    def piece(self) -> NewEvidence:
        """The evidence as a plain value; call after `is_valid`. What belongs to another kind is left out."""
        said, kind = self.cleaned_data, self.cleaned_data["kind"]
        file = said["file"] if kind == "upload" else None
        return NewEvidence(
            kind="photo" if kind == "upload" else kind,
            text=said["text"],
            origin=said["origin"],
            item=said["item"],
            photo=said.get("photo") if kind == "photo" else None,
            content=file.read() if file else None,
        )


class AskForm(forms.Form):
    """A question to one office on the spot, in the words that it will read."""

    agency = forms.TypedChoiceField(label=_("Tanya siapa"), coerce=int, widget=forms.RadioSelect)
    item = forms.ChoiceField(label=_("Tentang"), required=False)
    question = forms.CharField(
        label=_("Ringkasan yang dibaca penerima"),
        required=False,
        max_length=1200,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Tanpa nomor sumber, nama orang, atau kalimat dari laporan."),
    )
    due_at = forms.DateTimeField(
        label=_("Dijawab paling lambat"), widget=MomentInput, help_text=_("Waktu setempat.")
    )

    def __init__(
        self,
        *args: Any,
        agencies: Sequence[tuple[int, str]],
        items: Sequence[Choice],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        set_choices(self, "agency", agencies)
        set_choices(self, "item", [("", _("Seluruh peristiwa")), *items])

    def asked(self, *, due: datetime) -> FieldQuestion:
        """The question as a plain value; `due` is the time with its zone."""
        said = self.cleaned_data
        return FieldQuestion(said["agency"], said["question"], due, said["item"])


class AnswerForm(forms.Form):
    """The card: one press, and a note for whoever wants to add one."""

    answer = forms.CharField(required=False, max_length=20)
    note = forms.CharField(
        label=_("Catatan (boleh kosong)"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Apa yang Anda lihat. Tanpa nama orang."),
    )


class SentenceForm(forms.Form):
    """One sentence: why it is opened again, why one agrees, why one does not."""

    reason = forms.CharField(
        label=_("Alasan"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
