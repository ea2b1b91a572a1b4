"""Changing an event: every fact on one dense page, grouped as one asks. Empty means not known, never zero."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kentongan.events.decisions import FLAG_ONLY, EventFacts
from kentongan.places.keys import code_of, level_of_key
from kentongan.policy import PolicyOnDate
from kentongan.web.forms.choices import set_choices
from kentongan.web.forms.events import DayInput, EventForm

PARTIES = 4
UNKNOWN = "tidak_diketahui"


class TimeInput(forms.TimeInput):
    """The browser's own picker of hours and minutes."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


def _lines(rows: int = 2) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _ticks(label: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, required=False, widget=forms.CheckboxSelectMultiple)


class EventEditForm(EventForm):
    """All facts of one event. `based_on` is the revision the page showed when it was opened."""

    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    happens_time = forms.TimeField(label=_("Jam setempat"), required=False, widget=TimeInput)
    latitude = forms.DecimalField(label=_("Lintang"), required=False, max_digits=5, decimal_places=3)
    longitude = forms.DecimalField(label=_("Bujur"), required=False, max_digits=6, decimal_places=3)
    triggers = _ticks(_("Pemicu"))
    athg = _ticks(_("Kelas ATHG"))
    interests = _ticks(_("Kepentingan terdampak"))
    fields_of_life = _ticks(_("Bidang"))
    origin = forms.ChoiceField(label=_("Asal"))
    origin_confidence = forms.ChoiceField(label=_("Keyakinan asal"), required=False)
    phase = forms.ChoiceField(label=_("Fase"), required=False)
    uu7_definition = forms.ChoiceField(
        label=_("Memenuhi definisi UU 7/2012"), help_text=_("Ditetapkan orang, tidak pernah oleh sistem.")
    )
    likelihood = forms.TypedChoiceField(label=_("Kemungkinan"), required=False, coerce=int, empty_value=None)
    confidence = forms.ChoiceField(label=_("Keyakinan"), required=False)
    severity = forms.TypedChoiceField(label=_("Dampak"), required=False, coerce=int, empty_value=None)
    severity_reason = forms.CharField(
        label=_("Alasan bila berbeda dari aturan"), required=False, max_length=500, widget=_lines()
    )
    cause = forms.CharField(label=_("Akar masalah"), required=False, max_length=2000, widget=_lines())
    next_trigger = forms.CharField(label=_("Pemicu berikut"), required=False, max_length=200)
    next_trigger_on = forms.DateField(label=_("Tanggal pemicu"), required=False, widget=DayInput)
    solution_tried = forms.CharField(
        label=_("Solusi yang sudah dicoba"), required=False, max_length=2000, widget=_lines()
    )
    capacity = forms.CharField(
        label=_("Daya redam"),
        required=False,
        max_length=2000,
        widget=_lines(),
        help_text=_("Siapa atau apa yang menahannya. Jabatan atau kelompok, tanpa nama orang."),
    )
    assigned_to = forms.TypedChoiceField(
        label=_("Penanggung jawab"), required=False, coerce=int, empty_value=None
    )
    review_on = forms.DateField(label=_("Tinjau berikutnya"), required=False, widget=DayInput)
    reason = forms.CharField(
        label=_("Alasan perubahan"),
        required=False,
        max_length=500,
        help_text=_("Satu kalimat untuk riwayat. Boleh kosong."),
    )

    def __init__(
        self,
        *args: Any,
        policy: PolicyOnDate,
        language: str,
        people: Sequence[tuple[int, str]],
        today: date,
        **options: Any,
    ) -> None:
        super().__init__(*args, policy=policy, language=language, **options)
        self.impact_rows = list(policy.facets["impact"].values())
        self.language = language
        facets = policy.facets
        words = {name: _words(facets[name].values(), language) for name in _LISTS.values()}
        for name, facet in _LISTS.items():
            empty = [] if name in _MANY | _NEVER_EMPTY else [("", "–")]
            set_choices(self, name, [*empty, *words[facet]])
        graded = [(code, f"{code} {word}") for code, word in words["severity"]]
        set_choices(self, "severity", [("", _("ikuti aturan")), *graded])
        set_choices(
            self, "likelihood", [("", "–"), *((code, f"{code} {word}") for code, word in words["likelihood"])]
        )
        set_choices(self, "assigned_to", [("", _("belum ada"))] + [(str(pk), name) for pk, name in people])
        self._add_parties(_words(facets["actor_type"].values(), language))
        self._add_impacts(_words(facets["impact_qualifier"].values(), language))
        self.fields["review_on"].widget.attrs["min"] = today.isoformat()

    @property
    def parties(self) -> list[tuple[Any, Any]]:
        """The rows of the table of parties: kind and group."""
        return [(self[f"actor_{row}"], self[f"actor_{row}_name"]) for row in range(PARTIES)]

    @property
    def impacts(self) -> list[tuple[str, str, Any, Any]]:
        """The rows of the table of impacts: word, unit, number, how sure. The flag has neither number nor unit."""
        return [
            (
                row.label.in_language(self.language),
                row.unit.in_language(self.language) if row.unit and row.code != FLAG_ONLY else "",
                self[f"impact_{row.code}"],
                None if row.code == FLAG_ONLY else self[f"impact_{row.code}_sure"],
            )
            for row in self.impact_rows
        ]

    def texts(self) -> tuple[str, ...]:
        names = tuple(f"actor_{row}_name" for row in range(PARTIES))
        return (*super().texts(), "cause", "next_trigger", "solution_tried", "capacity", *names)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        for row in self.impact_rows:
            if row.code != FLAG_ONLY:
                self._check_impact(row.code, said)
        for row_number in range(PARTIES):
            if said.get(f"actor_{row_number}_name") and not said.get(f"actor_{row_number}"):
                self.add_error(f"actor_{row_number}", _("Pilih jenis pihak untuk nama itu."))
        return said

    def facts(self) -> EventFacts:
        said = self.cleaned_data
        same: dict[str, Any] = {name: said[name] for name in _SAME_NAME}
        lists: dict[str, Any] = {name: tuple(said[name]) for name in ("triggers", "athg", "interests")}
        return EventFacts(
            kind=said["kind"],
            type_code=said["type_code"],
            forms=tuple(said["forms_seen"]),
            area=said["place"],
            fields=tuple(said["fields_of_life"]),
            actors=tuple(
                (said[f"actor_{row}"], said[f"actor_{row}_name"])
                for row in range(PARTIES)
                if said[f"actor_{row}"]
            ),
            impacts=self._counted(said),
            **same,
            **lists,
        )

    def _add_parties(self, kinds: list[tuple[str, str]]) -> None:
        for row in range(PARTIES):
            self.fields[f"actor_{row}"] = forms.ChoiceField(
                label=_("Jenis pihak"), required=False, choices=[("", "–"), *kinds]
            )
            self.fields[f"actor_{row}_name"] = forms.CharField(
                label=_("Nama kelompok atau instansi"), required=False, max_length=80
            )

    def _add_impacts(self, sure: list[tuple[str, str]]) -> None:
        for row in self.impact_rows:
            if row.code == FLAG_ONLY:
                self.fields[f"impact_{row.code}"] = forms.BooleanField(
                    label=_("Ada. Tidak dirinci; rujuk ke UPTD PPA."), required=False
                )
                continue
            word = row.label.in_language(self.language)
            self.fields[f"impact_{row.code}"] = forms.IntegerField(label=word, required=False, min_value=0)
            self.fields[f"impact_{row.code}_sure"] = forms.ChoiceField(
                label=_("Kepastian"), required=False, choices=[("", "–"), *sure]
            )

    def _check_impact(self, code: str, said: dict[str, Any]) -> None:
        count, sure = said.get(f"impact_{code}"), said.get(f"impact_{code}_sure", "")
        if sure == UNKNOWN and count is not None:
            self.add_error(f"impact_{code}", _("Kosongkan bila tidak diketahui: kosong bukan nol."))
        if sure not in {"", UNKNOWN} and count is None:
            self.add_error(f"impact_{code}", _("Isi jumlahnya, atau pilih tidak diketahui."))

    def _counted(self, said: dict[str, Any]) -> dict[str, tuple[int | None, str]]:
        counted: dict[str, tuple[int | None, str]] = {}
        for row in self.impact_rows:
            count, sure = said.get(f"impact_{row.code}"), said.get(f"impact_{row.code}_sure", "")
            if row.code == FLAG_ONLY:
                if count:
                    counted[row.code] = (1, "perkiraan")
            elif count is not None:
                counted[row.code] = (count, sure or "perkiraan")
            elif sure == UNKNOWN:
                counted[row.code] = (None, UNKNOWN)
        return counted


def initial_of(facts: EventFacts, *, based_on: int) -> dict[str, Any]:
    """The form as the facts fill it."""
    values: dict[str, Any] = {name: getattr(facts, name) for name in _SAME_NAME}
    values |= {
        "based_on": based_on,
        "kind": facts.kind,
        "type_code": facts.type_code,
        "forms_seen": list(facts.forms),
        "place": code_of(facts.area, level_of_key(facts.area)),
        "fields_of_life": list(facts.fields),
        **{name: list(getattr(facts, name)) for name in ("triggers", "athg", "interests")},
    }
    for row, (code, name) in enumerate(facts.actors[:PARTIES]):
        values |= {f"actor_{row}": code, f"actor_{row}_name": name}
    for code, (count, sure) in facts.impacts.items():
        values |= (
            {f"impact_{code}": True}
            if code == FLAG_ONLY
            else {
                f"impact_{code}": count,
                f"impact_{code}_sure": sure,
            }
        )
    return values


# Facts that the form calls by the same name.
_SAME_NAME = (
    *("place_precision", "place_note", "latitude", "longitude", "happens_on", "happens_time"),
    *(
        "time_precision",
        "crowd",
        "summary",
        "label",
        "groups_hostile",
        "phase",
        "origin",
        "origin_confidence",
    ),
    *("uu7_definition", "likelihood", "confidence", "severity", "severity_reason", "cause", "next_trigger"),
    *("next_trigger_on", "solution_tried", "capacity", "assigned_to", "review_on"),
)
_LISTS = {
    "triggers": "trigger",
    "athg": "athg",
    "interests": "affected_interest",
    "fields_of_life": "field",
    "origin": "origin",
    "origin_confidence": "confidence",
    "phase": "phase",
    "uu7_definition": "meets_uu7_definition",
    "likelihood": "likelihood",
    "confidence": "confidence",
    "severity": "severity",
}
_MANY = {"triggers", "athg", "interests", "fields_of_life"}
_NEVER_EMPTY = {"origin", "uu7_definition"}


def _words(values: Iterable[Any], language: str) -> list[tuple[str, str]]:
    return [(value.code, value.label.in_language(language)) for value in values]
