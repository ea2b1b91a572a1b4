"""Forms around one event: made from a report, judged, warned about, answered, ended."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from kentongan.accounts.labels import Label
from kentongan.events.decisions import EventFacts, names_suspected
from kentongan.places.keys import RegionRange
from kentongan.policy import PolicyOnDate
from kentongan.response.decisions import Ending
from kentongan.web.forms.choices import set_choices
from kentongan.web.forms.places import PlaceField

Choice = tuple[str, str]


class DayInput(forms.DateInput):
    """The browser's own picker; it wants ISO 8601 whatever the language of the page."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class EventForm(forms.Form):
    """A person's decision that a report tells of an event."""

    kind = forms.ChoiceField(label=_("Sifat"), widget=forms.RadioSelect, initial="potential")
    type_code = forms.ChoiceField(label=_("Jenis"))
    forms_seen = forms.MultipleChoiceField(
        label=_("Bentuk yang terlihat"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Sedikitnya satu ancaman, kekerasan, perusakan, atau permusuhan."),
    )
    place = PlaceField(label=_("Tempat"), help_text=_("Nama atau kode. Contoh: Kec. Rembang Pasuruan."))
    place_precision = forms.TypedChoiceField(label=_("Ketelitian tempat"), coerce=int)
    place_note = forms.CharField(
        label=_("Keterangan tempat"),
        required=False,
        max_length=120,
        help_text=_("Dusun, TPS, atau patokan. Tanpa nama orang."),
    )
    happens_on = forms.DateField(label=_("Tanggal"), widget=DayInput)
    time_precision = forms.TypedChoiceField(label=_("Ketelitian tanggal"), coerce=int)
    crowd = forms.IntegerField(
        label=_("Jumlah massa"),
        required=False,
        min_value=0,
        help_text=_("Kosongkan bila tidak diketahui: kosong bukan nol."),
    )
    summary = forms.CharField(
        label=_("Ringkasan"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text=_("Apa, di mana, kapan. Tanpa nama orang."),
    )
    label = forms.TypedChoiceField(label=_("Label"), coerce=int, initial=int(Label.INTERNAL))
    groups_hostile = forms.BooleanField(
        label=_("Antarkelompok warga saling bermusuhan"),
        required=False,
        help_text=_("Pernyataan Anda, bila belum ada bentuk lain yang terlihat."),
    )
    names_checked = forms.BooleanField(label=_("Sudah saya periksa: bukan nama orang"), required=False)

    TEXTS: ClassVar = ("summary", "place_note")

    def __init__(
        self, *args: Any, policy: PolicyOnDate, language: str, within: RegionRange | None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["forms_seen"].required = False
        set_choices(
            self,
            "kind",
            (
                (code, state.label.in_language(language))
                for code, state in policy.lifecycles["event_kind"].states.items()
            ),
        )
        set_choices(self, "type_code", _types(policy, language))
        set_choices(
            self,
            "forms_seen",
            (
                (code, f"{value.label.in_language(language)} ({code})")
                for code, value in policy.facets["form"].items()
            ),
        )
        set_choices(self, "place_precision", _words(policy, "place_precision", language))
        set_choices(self, "time_precision", _words(policy, "time_precision", language))
        set_choices(self, "label", ((str(label.value), label.word) for label in Label))
        self.fields["place"].within = within  # type: ignore[attr-defined]  # a PlaceField
        # Asked only where a text looks as if it named somebody: a box that always stands there is ticked unread.
        if not self._suspected():
            del self.fields["names_checked"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        suspected = self._suspected()
        if suspected and not said.get("names_checked"):
            words = _(
                "Mungkin nama orang: %(passages)s. Tulis kelompok atau jabatan, atau centang bahwa bukan."
            )
            self.add_error("names_checked", str(words) % {"passages": "; ".join(suspected)})
        return said

    def _suspected(self) -> tuple[str, ...]:
        """The passages typed here that may name a private person."""
        if not self.is_bound:
            return ()
        return names_suspected(*(str(self.data.get(self.add_prefix(name), "")) for name in self.texts()))

    def texts(self) -> tuple[str, ...]:
        """The fields in which somebody writes freely."""
        return self.TEXTS

    def facts(self) -> EventFacts:
        """The decision as a plain value; call after `is_valid`."""
        said = self.cleaned_data
        return EventFacts(
            kind=said["kind"],
            type_code=said["type_code"],
            forms=tuple(said["forms_seen"]),
            area=said["place"],
            place_precision=said["place_precision"],
            place_note=said["place_note"],
            happens_on=said["happens_on"],
            time_precision=said["time_precision"],
            crowd=said["crowd"],
            summary=said["summary"],
            label=said["label"],
            groups_hostile=said["groups_hostile"],
        )


def _types(policy: PolicyOnDate, language: str) -> list[Any]:
    """The leaf types grouped by class."""
    groups: list[Any] = [("", [("", "–")])]
    for code, group in policy.classes.items():
        leaves = [
            (leaf.code, f"{leaf.code} {leaf.label.in_language(language)}")
            for leaf in policy.types_of_class(code)
        ]
        groups.append((group.label.in_language(language), leaves))
    return groups


def _words(policy: PolicyOnDate, vocabulary: str, language: str) -> list[Choice]:
    lists = {**policy.facets, **policy.vocabularies}
    return [(code, value.label.in_language(language)) for code, value in lists[vocabulary].items()]


class OutcomeForm(forms.Form):
    """Did it happen, did it spread, who was hurt, why."""

    YES_NO = (("ya", _("Ya")), ("tidak", _("Tidak")))
    occurred = forms.ChoiceField(label=_("Terjadi?"), choices=YES_NO, widget=forms.RadioSelect)
    spread = forms.ChoiceField(label=_("Meluas?"), choices=YES_NO, widget=forms.RadioSelect)
    casualties = forms.IntegerField(
        label=_("Korban"),
        required=False,
        min_value=0,
        help_text=_("Jumlah orang. Kosongkan bila tidak diketahui."),
    )
    deaths = forms.IntegerField(label=_("Meninggal"), required=False, min_value=0)
    injured = forms.IntegerField(label=_("Luka"), required=False, min_value=0)
    displaced = forms.IntegerField(
        label=_("Mengungsi"),
        required=False,
        min_value=0,
        help_text=_("Kosongkan yang tidak diketahui: kosong bukan nol. Tanpa nama."),
    )
    why = forms.CharField(
        label=_("Kenapa berakhir begitu?"), widget=forms.Textarea(attrs={"rows": 2}), max_length=1000
    )
    what_worked = forms.CharField(
        label=_("Apa yang berhasil?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
    )
    thanks = forms.CharField(
        label=_("Kalimat untuk pelapor"),
        required=False,
        max_length=280,
        widget=forms.Textarea(attrs={"rows": 2}),
        initial=_("Terima kasih. Laporan Anda sudah ditindaklanjuti."),
        help_text=_("Dibaca pelapor di status laporannya. Tanpa nama, tanpa hal tentang orang lain."),
    )
    cancel_reason = forms.CharField(
        label=_("Alasan membatalkan tugas yang masih terbuka"),
        required=False,
        max_length=280,
        help_text=_("Kosongkan bila semua tugas sudah selesai."),
    )

    def ending(self) -> Ending:
        """The outcome as a plain value; call after `is_valid`."""
        said = self.cleaned_data
        return Ending(
            occurred=said["occurred"] == "ya",
            spread=said["spread"] == "ya",
            why=said["why"],
            casualties=said["casualties"],
            deaths=said["deaths"],
            injured=said["injured"],
            displaced=said["displaced"],
            what_worked=said["what_worked"],
            thanks=said["thanks"],
        )


def first_day(alternatives: list[str]) -> date | None:
    """The only full day among the readings of a suggested date; None when there is none or more than one."""
    days = [text for text in alternatives if len(text) == 10 and not text.startswith("-")]
    return date.fromisoformat(days[0]) if len(days) == 1 == len(alternatives) else None
