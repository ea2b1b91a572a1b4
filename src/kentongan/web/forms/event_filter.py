"""The filter of events as a form: words for the codes, names for the places; its value is `EventFilter`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kentongan.events.decisions.filters import CONFIRMED, UNCONFIRMED
from kentongan.events.queries import EventFilter
from kentongan.places.keys import RegionRange, code_of, level_of_key
from kentongan.policy import PolicyOnDate
from kentongan.web.forms.choices import set_choices
from kentongan.web.forms.events import DayInput
from kentongan.web.forms.places import PlaceField

ANY = ("", _("semua"))


class FilterForm(forms.Form):
    """The names of the fields are those of the address, so that a filled form is a link."""

    cari = forms.CharField(label=_("Cari"), required=False, max_length=80)
    jenis = forms.ChoiceField(label=_("Jenis"), required=False)
    keadaan = forms.ChoiceField(label=_("Keadaan"), required=False)
    wilayah = PlaceField(label=_("Wilayah"), required=False)
    verifikasi = forms.ChoiceField(label=_("Verifikasi"), required=False)
    sifat = forms.ChoiceField(label=_("Sifat"), required=False)
    dari = forms.DateField(label=_("Dari tanggal"), required=False, widget=DayInput)
    sampai = forms.DateField(label=_("Sampai tanggal"), required=False, widget=DayInput)
    dampak = forms.ChoiceField(label=_("Dampak sedikitnya"), required=False)
    athg = forms.ChoiceField(label=_("ATHG"), required=False)
    bentuk = forms.ChoiceField(label=_("Bentuk"), required=False)
    korban = forms.BooleanField(label=_("Ada korban jiwa atau luka"), required=False)
    persis = forms.BooleanField(label=_("Hanya yang tempatnya tidak lebih rinci"), required=False)
    asal = forms.ChoiceField(label=_("Asal"), required=False)
    kepentingan = forms.ChoiceField(label=_("Kepentingan"), required=False)
    bidang = forms.ChoiceField(label=_("Bidang"), required=False)
    pemilik = forms.ChoiceField(label=_("Pemilik"), required=False)
    tanpa = forms.BooleanField(label=_("Belum ada penanggung jawab"), required=False)
    tinjau = forms.BooleanField(label=_("Tinjauan lewat"), required=False)
    urut = forms.ChoiceField(
        label=_("Urutan"),
        required=False,
        choices=(
            ("", _("terbaru dicatat")),
            ("lama", _("terlama dicatat")),
            ("tanggal", _("tanggal kejadian")),
            ("dampak", _("dampak tertinggi")),
            ("tinjau", _("tinjauan terdekat")),
        ),
    )

    def __init__(
        self,
        *args: Any,
        policy: PolicyOnDate,
        language: str,
        owners: Sequence[tuple[int, str]],
        within: RegionRange | None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["wilayah"].within = within  # type: ignore[attr-defined]  # a PlaceField
        for name, facet in _FACETS.items():
            words = [
                (code, value.label.in_language(language)) for code, value in policy.facets[facet].items()
            ]
            set_choices(self, name, [ANY, *words])
        grades = [(code, f"≥ {code} {word}") for code, word in self.fields["dampak"].choices if code]  # type: ignore[attr-defined]
        set_choices(self, "dampak", [ANY, *grades])
        set_choices(self, "jenis", [ANY, *_types(policy, language)])
        set_choices(
            self, "keadaan", [ANY, ("terbuka", _("belum selesai")), *_states(policy, "event", language)]
        )
        both = [
            (CONFIRMED, _("terverifikasi atau sebagian benar")),
            (UNCONFIRMED, _("belum terverifikasi, semua")),
        ]
        set_choices(self, "verifikasi", [ANY, *both, *_states(policy, "verification", language)])
        set_choices(self, "sifat", [ANY, *_states(policy, "event_kind", language)])
        set_choices(self, "pemilik", [ANY, *((str(number), name) for number, name in owners)])

    def asked(self) -> EventFilter:
        """What was asked for, as far as it could be read; the place as its code."""
        self.is_valid()
        said = self.cleaned_data
        area = said.get("wilayah")
        return EventFilter(
            kind=said.get("sifat", ""),
            type_code=said.get("jenis", ""),
            state=said.get("keadaan", ""),
            verification=said.get("verifikasi", ""),
            area=code_of(area, level_of_key(area)) if area else "",
            since=said.get("dari"),
            until=said.get("sampai"),
            athg=said.get("athg", ""),
            form=said.get("bentuk", ""),
            victims=said.get("korban", False),
            exactly=said.get("persis", False),
            origin=said.get("asal", ""),
            interest=said.get("kepentingan", ""),
            field=said.get("bidang", ""),
            severity=int(said["dampak"]) if said.get("dampak") else None,
            owner=int(said["pemilik"]) if said.get("pemilik") else None,
            unowned=said.get("tanpa", False),
            overdue=said.get("tinjau", False),
            text=" ".join(said.get("cari", "").split()),
            sort=said.get("urut", ""),
        )


_FACETS = {
    "dampak": "severity",
    "athg": "athg",
    "bentuk": "form",
    "asal": "origin",
    "kepentingan": "affected_interest",
    "bidang": "field",
}


def _types(policy: PolicyOnDate, language: str) -> list[Any]:
    """Each class, which means all of it, and its leaves."""
    groups: list[Any] = []
    for code, group in policy.classes.items():
        name = group.label.in_language(language)
        leaves = [
            (leaf.code, f"{leaf.code} {leaf.label.in_language(language)}")
            for leaf in policy.types_of_class(code)
        ]
        groups.append((name, [(code, f"{code} · {name}"), *leaves]))
    return groups


def _states(policy: PolicyOnDate, lifecycle: str, language: str) -> list[tuple[str, str]]:
    machine = policy.lifecycles[lifecycle]
    return [(code, machine.label_of(code).in_language(language)) for code in machine.states]
