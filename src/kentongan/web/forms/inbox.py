"""The small forms of the inbox, one per decision: each can be filled in with the keyboard in a few strokes.

Nothing is chosen beforehand but what the reporter said; what a machine guessed stands beside the field, grey.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kentongan.accounts.labels import Label
from kentongan.events.decisions import EventFacts
from kentongan.places.keys import Level, RegionRange, level_of_key
from kentongan.policy import PolicyOnDate
from kentongan.web.forms.choices import set_choices
from kentongan.web.forms.events import DayInput
from kentongan.web.forms.places import PlaceField

MORNING = time(8)
SHORTEST_REST = timedelta(hours=2)
MOST_NUMBERED = 9  # one digit each
Choice = tuple[str, Any]

# Why somebody files a report away: the outcome behind each, and the words that go into the chain.
ARCHIVE_REASONS: Sequence[tuple[str, str, Any]] = (
    ("ganda", "spam", _("Sama dengan laporan yang sudah diputuskan")),
    ("uji", "spam", _("Uji coba atau salah kirim")),
    ("kosong", "spam", _("Isi tidak terbaca atau tidak lengkap")),
    ("kegiatan", "out_of_scope", _("Kegiatan yang sah, bukan gangguan")),
    ("pendapat", "out_of_scope", _("Pendapat, kritik, atau keyakinan")),
)
OTHER_REASON = "lain"
DECLINE = "tolak"  # beside the bodies a matter may be referred to: nobody, with a reason
# What is asked back again and again; the person may change every word before it goes.
QUESTIONS: Sequence[tuple[str, Any]] = (
    ("tempat", _("Di mana tepatnya? Sebut desa, dusun, atau patokan yang mudah ditemukan.")),
    ("waktu", _("Kapan terjadinya? Masih berlangsung sekarang?")),
    ("tahu", _("Anda melihat sendiri atau mendengar dari orang lain?")),
    ("jumlah", _("Kira-kira berapa orang? Ada yang terluka atau membawa senjata?")),
)


class NewEventForm(forms.Form):
    """A person's decision that a report tells of an event: what one needs at once. The dossier takes the rest."""

    type_code = forms.ChoiceField(label=_("Jenis"), required=False, widget=forms.RadioSelect)
    type_other = forms.ChoiceField(label=_("Jenis lain"), required=False)
    forms_seen = forms.MultipleChoiceField(
        label=_("Bentuk yang terlihat"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Sedikitnya satu ancaman, kekerasan, perusakan, atau permusuhan."),
    )
    groups_hostile = forms.BooleanField(label=_("kelompok warga saling bermusuhan"), required=False)
    place = PlaceField(label=_("Tempat"), help_text=_("Nama atau kode."))
    happens_on = forms.DateField(label=_("Tanggal"), widget=DayInput)
    summary = forms.CharField(
        label=_("Ringkasan"), required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=1000
    )
    kind = forms.ChoiceField(label=_("Sifat"), widget=forms.RadioSelect, initial="potential")
    place_precision = forms.TypedChoiceField(label=_("Ketelitian tempat"), coerce=int, required=False)
    place_note = forms.CharField(
        label=_("Keterangan tempat"),
        required=False,
        max_length=120,
        help_text=_("Dusun, TPS, atau patokan. Tanpa nama orang."),
    )
    time_precision = forms.TypedChoiceField(label=_("Ketelitian tanggal"), coerce=int, required=False)
    crowd = forms.IntegerField(
        label=_("Jumlah massa"),
        required=False,
        min_value=0,
        max_value=10_000_000,
        help_text=_("Kosongkan bila tidak diketahui: kosong bukan nol."),
    )
    label = forms.TypedChoiceField(
        label=_("Label"),
        coerce=int,
        initial=int(Label.INTERNAL),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        policy: PolicyOnDate,
        language: str,
        within: RegionRange | None,
        first_types: Sequence[str] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **{"auto_id": "baru_%s", **options})
        self.policy, self.language = policy, language
        self.first_types = [code for code in first_types if code in policy.event_types][:MOST_NUMBERED]
        machine = policy.lifecycles["event_kind"]
        set_choices(
            self, "kind", ((code, each.label.in_language(language)) for code, each in machine.states.items())
        )
        every_type = [(code, kind.label.in_language(language)) for code, kind in policy.event_types.items()]
        set_choices(self, "type_code", every_type)
        set_choices(self, "type_other", _types_by_class(policy, language))
        set_choices(self, "forms_seen", _hostile_first(policy, language))
        set_choices(
            self,
            "place_precision",
            [("", _("menurut wilayahnya")), *_words(policy, "place_precision", language)],
        )
        set_choices(self, "time_precision", _words(policy, "time_precision", language))
        set_choices(self, "label", ((str(label.value), label.word) for label in Label))
        self.fields["place"].within = within  # type: ignore[attr-defined]  # a PlaceField

    def clean(self) -> dict[str, Any]:
        """One leaf type: numbered or from the long list, never two different ones."""
        said = super().clean() or self.cleaned_data
        chosen = {code for code in (said.get("type_code"), said.get("type_other")) if code}
        if len(chosen) > 1:
            self.add_error("type_other", _("Pilih satu jenis saja: yang bernomor atau yang dari daftar."))
        elif not chosen and not self.errors.get("type_other") and not self.errors.get("type_code"):
            self.add_error("type_code", ValidationError("", code="required"))
        said["leaf"] = next(iter(chosen), "")
        return said

    def facts(self, *, gist: str) -> EventFacts:
        """The decision as a plain value; call after `is_valid`. Without a summary the report's first sentence stands."""
        said = self.cleaned_data
        village = level_of_key(said["place"]) == Level.VILLAGE
        return EventFacts(
            kind=said["kind"],
            type_code=said["leaf"],
            forms=tuple(said["forms_seen"]),
            groups_hostile=said["groups_hostile"],
            area=said["place"],
            place_precision=said["place_precision"] or (2 if village else 3),
            place_note=said["place_note"],
            happens_on=said["happens_on"],
            time_precision=said["time_precision"] or 1,
            crowd=said["crowd"],
            summary=said["summary"].strip() or gist,
            label=int(Label.INTERNAL) if said["label"] == "" else said["label"],
        )


class AttachForm(forms.Form):
    """To which event a report belongs: one of those nearby, or any other by number or words."""

    event = forms.IntegerField(label=_("Peristiwa"), required=False, min_value=1, max_value=2**62)
    find = forms.CharField(
        label=_("Nomor atau kata"),
        required=False,
        max_length=80,
        help_text=_("Contoh: PR-0412, atau kata dari judulnya."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "gabung_%s", **options})


class ClaimForm(forms.Form):
    """What is being said, to be checked once for everybody who passed it on."""

    claim = forms.IntegerField(label=_("Klaim"), required=False, min_value=1, max_value=2**62)
    text = forms.CharField(
        label=_("Yang dikatakan"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "klaim_%s", **options})


class AskForm(forms.Form):
    """One question to the reporter, who reads it behind the receipt."""

    question = forms.ChoiceField(label=_("Pertanyaan"), required=False, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Tulis atau ubah"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Pelapor membacanya lewat kode tanda terima. Jangan tanyakan nama."),
    )
    client_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "tanya_%s", **options})
        set_choices(self, "question", QUESTIONS)
        self.fields["client_id"].initial = uuid4

    def words(self) -> str:
        """What goes to the reporter; call after `is_valid`."""
        said = self.cleaned_data
        return said["text"].strip() or str(dict(QUESTIONS).get(said["question"], ""))


class ReferForm(forms.Form):
    """Where a matter belongs; a person may also decline it here, with the reason."""

    target = forms.ChoiceField(label=_("Ke mana"), widget=forms.RadioSelect)
    reference = forms.CharField(
        label=_("Nomor di sana"),
        required=False,
        max_length=60,
        help_text=_("Bila sudah ada. Cukup penerima, waktu, dan nomornya."),
    )
    reason = forms.CharField(
        label=_("Alasan"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Wajib bila ditolak tanpa dirujuk."),
    )

    def __init__(self, *args: Any, targets: Sequence[Choice], **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "rujuk_%s", **options})
        set_choices(self, "target", [*targets, (DECLINE, _("Tidak dirujuk: di luar kewenangan"))])


class ArchiveForm(forms.Form):
    """Why a report is filed away: always a reason, one key for the usual ones."""

    why = forms.ChoiceField(label=_("Alasan"), required=False, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Keterangan"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Wajib bila alasannya tidak ada di daftar."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "arsip_%s", **options})
        choices = [(code, words) for code, _outcome, words in ARCHIVE_REASONS]
        set_choices(self, "why", [*choices, (OTHER_REASON, _("Lain, tulis di bawah"))])

    def outcome(self) -> str:
        """What the report is declined as; a reason in one's own words is "out of scope". Call after `is_valid`."""
        outcomes = {code: outcome for code, outcome, _words in ARCHIVE_REASONS}
        return outcomes.get(self.cleaned_data["why"], "out_of_scope")

    def words(self) -> str:
        said = self.cleaned_data
        usual = {code: str(words) for code, _outcome, words in ARCHIVE_REASONS}.get(said["why"], "")
        return ". ".join(part for part in (usual, said["reason"].strip()) if part)


class PutOffForm(forms.Form):
    """Until when a report stays out of the inbox; it comes back by itself."""

    UNTIL: Sequence[Choice] = (
        ("2-jam", _("2 jam lagi")),
        ("besok", _("Besok pukul 08.00")),
        ("tanggal", _("Tanggal lain, pukul 08.00")),
    )
    until = forms.ChoiceField(label=_("Sampai"), choices=UNTIL, widget=forms.RadioSelect)
    day = forms.DateField(label=_("Tanggal"), required=False, widget=DayInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "tunda_%s", **options})

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("until") == "tanggal" and not said.get("day") and "day" not in self.errors:
            self.add_error("day", ValidationError("", code="required"))
        return said

    def moment(self, *, now: datetime, zone: str) -> datetime:
        """When it comes back, on the clocks of that place; call after `is_valid`."""
        said = self.cleaned_data
        if said["until"] == "2-jam":
            return now + SHORTEST_REST
        local = now.astimezone(ZoneInfo(zone))
        day = said["day"] if said["until"] == "tanggal" else local.date() + timedelta(days=1)
        return datetime.combine(day, MORNING, tzinfo=ZoneInfo(zone))


class PlaceForm(forms.Form):
    """Where it is, as a person at the desk decides."""

    place = PlaceField(label=_("Tempat"), help_text=_("Nama atau kode. Contoh: Kec. Tegalwuku."))
    place_note = forms.CharField(
        label=_("Patokan"),
        required=False,
        max_length=160,
        help_text=_("Dusun atau patokan. Tanpa nama orang."),
    )

    def __init__(self, *args: Any, within: RegionRange | None, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "tempat_%s", **options})
        self.fields["place"].within = within  # type: ignore[attr-defined]  # a PlaceField


def _types_by_class(policy: PolicyOnDate, language: str) -> list[Any]:
    """The leaf types grouped by class, for the long list."""
    groups: list[Any] = [("", "–")]
    for code, group in policy.classes.items():
        leaves = [
            (leaf.code, f"{leaf.code} {leaf.label.in_language(language)}")
            for leaf in policy.types_of_class(code)
        ]
        groups.append((group.label.in_language(language), leaves))
    return groups


def _hostile_first(policy: PolicyOnDate, language: str) -> list[Choice]:
    """The forms in the order of the list, those that make an event before those that never do by themselves."""
    listed = sorted(policy.facets["form"].items(), key=lambda pair: not pair[1].hostile)
    return [(code, value.label.in_language(language)) for code, value in listed]


def _words(policy: PolicyOnDate, vocabulary: str, language: str) -> list[Choice]:
    return [(code, value.label.in_language(language)) for code, value in policy.facets[vocabulary].items()]
