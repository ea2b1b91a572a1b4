"""Forms of the desk's own entry: a report somebody phoned in, a pasted chat, files to import."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kentongan.analysis.text.normalise import clean_text
from kentongan.edge.problems import Problem
from kentongan.intake.channels.files import MOST_FILES
from kentongan.intake.channels.whatsapp import Chat
from kentongan.intake.decisions import LONGEST_TEXT, Draft
from kentongan.places.keys import RegionRange
from kentongan.policy import PolicyOnDate
from kentongan.web.forms.choices import set_choices
from kentongan.web.forms.events import DayInput
from kentongan.web.forms.lapor import CHOICES, CONTACT_FIELDS
from kentongan.web.forms.places import PlaceField
from kentongan.web.wording import language

PLACES_LIST = "tempat-wilayah"  # the id of the datalist that place fields offer
_LIST = {"list": PLACES_LIST, "autocomplete": "off"}


class EntryForm(forms.Form):
    """The seven answers of the phone on one page. Only the text is needed; what nobody asked stays empty."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Apa yang terjadi?"),
        max_length=LONGEST_TEXT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "autofocus": True}),
        help_text=_("Tulis seperti yang diceritakan, tanpa nama penelepon."),
    )
    place = PlaceField(
        label=_("Di mana?"),
        required=False,
        widget=forms.TextInput(attrs=_LIST),
        help_text=_("Desa atau kecamatan. Kosong: tinggal di meja ini."),
    )
    place_note = forms.CharField(label=_("Patokan"), required=False, max_length=160)
    happens = forms.ChoiceField(label=_("Kapan?"), required=False, widget=forms.RadioSelect)
    happens_on = forms.DateField(label=_("Tanggal"), required=False, widget=DayInput)
    knowledge = forms.ChoiceField(
        label=_("Dari mana penelepon tahu?"), required=False, widget=forms.RadioSelect
    )
    ongoing = forms.ChoiceField(label=_("Masih berlangsung?"), required=False, widget=forms.RadioSelect)
    danger = forms.ChoiceField(label=_("Ada senjata atau korban?"), required=False, widget=forms.RadioSelect)
    tile = forms.ChoiceField(label=_("Jenis"), required=False)
    accused = forms.ChoiceField(
        label=_("Tentang pejabat atau aparat?"),
        required=False,
        help_text=_("Laporan hanya dibaca di atas tingkat yang dilaporkan."),
    )
    nama = forms.CharField(label=_("Nama"), required=False, max_length=80)
    telepon = forms.CharField(label=_("Nomor HP"), required=False, max_length=30)

    def __init__(
        self,
        *args: Any,
        policy: PolicyOnDate,
        speaks: str,
        within: RegionRange | None,
        may_keep_contact: bool,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["client_id"].initial = uuid4()
        self.fields["place"].within = within  # type: ignore[attr-defined]  # a PlaceField
        for name, answers in CHOICES.items():
            set_choices(self, name, answers.items())
        set_choices(self, "tile", _with_none(_labels(policy.report_tiles, speaks), _now("belum jelas")))
        set_choices(self, "accused", _with_none(_labels(policy.accused_offices, speaks), _now("tidak")))
        if not may_keep_contact:
            for name in CONTACT_FIELDS:
                del self.fields[name]

    def clean_text(self) -> str:
        """Unseen characters alone say nothing."""
        text: str = self.cleaned_data["text"]
        if not clean_text(text):
            raise forms.ValidationError(Problem("intake.text_empty").sentence(language()))
        return text

    def clean(self) -> dict[str, Any]:
        """A contact is sealed for one kabupaten: without a place there is none to seal it for."""
        said = super().clean() or {}
        if self.contact() and said.get("place") is None and "place" not in self.errors:
            self.add_error(
                "place", _now("Isi tempatnya: kontak disegel untuk satu kabupaten. Atau kosongkan kontaknya.")
            )
        return said

    def draft(self) -> Draft:
        """What was said as a plain value; call after `is_valid`."""
        said = self.cleaned_data
        return Draft(
            said["client_id"],
            "desk",
            said["text"],
            area=said["place"],
            tile=said["tile"],
            place_note=said["place_note"],
            happens=said["happens"],
            happens_on=said["happens_on"],
            knowledge=said["knowledge"],
            ongoing=said["ongoing"],
            danger=said["danger"],
            accused=said["accused"],
        )

    def contact(self) -> Mapping[str, str]:
        """What the caller left, if anything."""
        said = self.cleaned_data
        return {name: said[name] for name in CONTACT_FIELDS if said.get(name)}


class PasteForm(forms.Form):
    """The text as it was copied. What is wrong with it is said by its reader."""

    text = forms.CharField(
        label=_("Pesan WhatsApp"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "autofocus": True}),
        help_text=_("Satu pesan, beberapa pesan, atau isi berkas ekspor obrolan."),
    )


class MessagesForm(forms.Form):
    """Which messages of a paste to store, and where: written for each, the grey guess taken over, or one for all."""

    text = forms.CharField(strip=False, widget=forms.HiddenInput)
    place_all = PlaceField(
        label=_("Tempat untuk semua"),
        required=False,
        widget=forms.TextInput(attrs=_LIST),
        help_text=_("Dipakai untuk pesan yang tempatnya kosong."),
    )

    def __init__(self, *args: Any, chat: Chat, within: RegionRange | None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["place_all"].within = within  # type: ignore[attr-defined]  # a PlaceField
        for number in range(len(chat.messages)):
            label = _now("Tempat pesan %(number)s") % {"number": number + 1}
            self.fields[f"keep-{number}"] = forms.BooleanField(required=False)
            self.fields[f"place-{number}"] = PlaceField(
                label=label, within=within, required=False, widget=forms.TextInput(attrs=_LIST)
            )
            self.fields[f"use-{number}"] = PlaceField(label=label, within=within, required=False)

    def chosen(self) -> dict[int, int | None]:
        """The numbers of the chosen messages, each with its place; call after `is_valid`."""
        said = self.cleaned_data
        kept = (
            int(name.removeprefix("keep-"))
            for name, value in said.items()
            if name.startswith("keep-") and value
        )
        return {n: said[f"place-{n}"] or said[f"use-{n}"] or said["place_all"] for n in kept}


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files; the list of them. Empty files are let through: their reader says so by name."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=ManyFilesInput(attrs={"multiple": True}), allow_empty_file=True, **options)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = (data if isinstance(data, list | tuple) else [data]) or [None]
        return [super(ManyFilesField, self).clean(file, initial) for file in files]


class ImportForm(forms.Form):
    """Files to read: tables, articles, e-mails."""

    uploads = ManyFilesField(
        label=_("Berkas"),
        max_length=200,
        help_text=_("CSV, teks artikel (.txt), atau surel (.eml); boleh beberapa sekaligus."),
    )
    place_all = PlaceField(
        label=_("Tempat untuk baris tanpa wilayah"),
        required=False,
        widget=forms.TextInput(attrs=_LIST),
        help_text=_("Hanya untuk CSV. Kosong: baris itu tinggal di meja ini."),
    )

    def __init__(self, *args: Any, within: RegionRange | None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["place_all"].within = within  # type: ignore[attr-defined]  # a PlaceField

    def clean_uploads(self) -> list[Any]:
        files: list[Any] = self.cleaned_data["uploads"]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(
                Problem("intake.files_too_many", count=len(files), most=MOST_FILES).sentence(language())
            )
        return files


def _labels(codes: Mapping[str, Any], speaks: str) -> Iterable[tuple[str, str]]:
    return ((code, capfirst(entry.label.in_language(speaks))) for code, entry in codes.items())


def _with_none(choices: Iterable[tuple[str, str]], word: str) -> list[tuple[str, str]]:
    return [("", word), *choices]
