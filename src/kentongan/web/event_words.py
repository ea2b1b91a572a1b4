"""The facts of an event in the reader's language: each field's name, each value, and the six lines of Ringkas.

Works on the facts of now and on those of a past day alike, so that a page of the past reads as it read then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kentongan.accounts.labels import Label
from kentongan.edge.formats import MISSING, format_number, format_weekday_date
from kentongan.events.decisions import FLAG_ONLY, EventFacts
from kentongan.places.queries import region_label, time_zone_of, zone_label
from kentongan.policy import current_policy, policy_on
from kentongan.web.wording import language

NAMES: Mapping[str, str | Promise] = {
    "kind": gettext_lazy("Sifat"),
    "type_code": gettext_lazy("Jenis"),
    "forms": gettext_lazy("Bentuk"),
    "area": gettext_lazy("Wilayah"),
    "place_precision": gettext_lazy("Ketelitian tempat"),
    "place_note": gettext_lazy("Keterangan tempat"),
    "latitude": gettext_lazy("Lintang"),
    "longitude": gettext_lazy("Bujur"),
    "happens_on": gettext_lazy("Tanggal"),
    "happens_time": gettext_lazy("Jam setempat"),
    "time_precision": gettext_lazy("Ketelitian tanggal"),
    "summary": gettext_lazy("Ringkasan"),
    "crowd": gettext_lazy("Jumlah massa"),
    "label": gettext_lazy("Label"),
    "groups_hostile": gettext_lazy("Antarkelompok bermusuhan"),
    "actors": gettext_lazy("Pihak"),
    "triggers": gettext_lazy("Pemicu"),
    "athg": gettext_lazy("Kelas ATHG"),
    "interests": gettext_lazy("Kepentingan terdampak"),
    "fields": gettext_lazy("Bidang"),
    "impacts": gettext_lazy("Akibat"),
    "phase": gettext_lazy("Fase"),
    "origin": gettext_lazy("Asal"),
    "origin_confidence": gettext_lazy("Keyakinan asal"),
    "uu7_definition": gettext_lazy("Definisi UU 7/2012"),
    "likelihood": gettext_lazy("Kemungkinan"),
    "confidence": gettext_lazy("Keyakinan"),
    "severity": gettext_lazy("Dampak"),
    "severity_proposed": gettext_lazy("Dampak menurut aturan"),
    "severity_reason": gettext_lazy("Alasan dampak"),
    "cause": gettext_lazy("Akar masalah"),
    "next_trigger": gettext_lazy("Pemicu berikut"),
    "next_trigger_on": gettext_lazy("Tanggal pemicu"),
    "solution_tried": gettext_lazy("Solusi dicoba"),
    "capacity": gettext_lazy("Daya redam"),
    "assigned_to": gettext_lazy("Penanggung jawab"),
    "review_on": gettext_lazy("Tinjau berikutnya"),
    "state": gettext_lazy("Keadaan"),
    "verification": gettext_lazy("Verifikasi"),
    "source_grade": gettext_lazy("Nilai sumber"),
    "content_grade": gettext_lazy("Nilai isi"),
    "merged_into": gettext_lazy("Digabung ke"),
}

# States are never renamed, only added: the last rules know every one.
LAST_DAY = date(9999, 12, 31)

# The list in which the codes of a field stand.
_CODED = {
    "forms": "form",
    "triggers": "trigger",
    "athg": "athg",
    "interests": "affected_interest",
    "fields": "field",
    "phase": "phase",
    "origin": "origin",
    "origin_confidence": "confidence",
    "confidence": "confidence",
    "uu7_definition": "meets_uu7_definition",
    "place_precision": "place_precision",
    "time_precision": "time_precision",
    "severity": "severity",
    "severity_proposed": "severity",
    "likelihood": "likelihood",
    "source_grade": "source_reliability",
    "content_grade": "information_credibility",
}
_GRADED = {"severity", "severity_proposed", "likelihood", "source_grade", "content_grade"}


def field_name(name: str) -> str:
    """What a field is called on pages; a field of a later version by its own name."""
    return str(NAMES.get(name, name))


def value_words(name: str, value: Any, *, people: Mapping[int, str]) -> str:
    """A value as it is read; unknown is a dash, never zero. `people` names the accounts that may be in charge."""
    if value in (None, "", [], (), {}):
        return MISSING
    if name == "assigned_to":
        return people.get(int(value), MISSING)
    if name in _RULES:
        return str(_RULES[name](value))
    if name in _CODED:
        return _coded(name, value)
    return format_number(value, language=language()) if isinstance(value, int) else str(value)


def code_word(facet: str, code: str) -> str:
    """The word of a code, also of one that is retired since."""
    listed = current_policy().facets[facet]
    return str(listed[code].label.in_language(language())) if code in listed else code


@dataclass(frozen=True, slots=True)
class Graded:
    """A grade of five with its word, what the rule proposes, and why a person decided otherwise."""

    grade: int | None
    word: str
    proposed: int | None
    reason: str

    @property
    def is_by_person(self) -> bool:
        return bool(self.reason)


def severity_words(grade: int | None, proposed: int | None, reason: str) -> Graded:
    word = code_word("severity", str(grade)) if grade else ""
    return Graded(grade, word, proposed, reason)


def impact_lines(facts: EventFacts) -> list[tuple[str, str]]:
    """What was counted, in words: number and unit, how sure. Of the flag only that it is so."""
    listed = current_policy().facets["impact"]
    lines = []
    for code, (count, sure) in facts.impacts.items():
        name = code_word("impact", code)
        if code == FLAG_ONLY:
            lines.append((name, _("ada, tidak dirinci")))
            continue
        unit = listed[code].unit
        number = format_number(count, language=language())
        unit_word = unit.in_language(language()) if unit and count is not None else ""
        certain = code_word("impact_qualifier", sure)
        lines.append((name, f"{number} {unit_word} ({certain})" if count is not None else certain))
    return lines


def party_lines(facts: EventFacts) -> list[str]:
    """Kinds of party with the name of the group or office where there is one."""
    return [_party(code, name) for code, name in facts.actors]


def when_words(facts: EventFacts, today: date) -> str:
    """ "Sab 14 Nov 2026, 21.00 WIB (akan terjadi)"."""
    words = format_weekday_date(facts.happens_on, language=language())
    if facts.happens_time is not None:
        words += f", {_clock(facts.happens_time)} {zone_label(time_zone_of(facts.area))}"
    return _("%(when)s (akan terjadi)") % {"when": words} if facts.happens_on > today else words


def type_name(code: str) -> str:
    return current_policy().event_types[code].label.in_language(language())


def _coded(name: str, value: Any) -> str:
    codes = value if isinstance(value, list | tuple) else [value]
    words = [code_word(_CODED[name], str(code)) for code in codes]
    if name in _GRADED:
        words = [f"{code} {word}" for code, word in zip(codes, words, strict=True)]
    return ", ".join(words)


def _state(lifecycle: str, code: str) -> str:
    return policy_on(LAST_DAY).lifecycles[lifecycle].label_of(code).in_language(language())


def _day(value: Any) -> str:
    day = value if isinstance(value, date) else date.fromisoformat(value)
    return format_weekday_date(day, language=language())


def _clock(value: Any) -> str:
    moment = value if isinstance(value, time) else time.fromisoformat(value)
    mark = ":" if language() == "en" else "."
    return f"{moment:%H}{mark}{moment:%M}"


def _party(code: str, name: str) -> str:
    kind = code_word("actor_type", code)
    return f"{name} ({kind})" if name else kind


def _parties(value: Any) -> str:
    return ", ".join(_party(code, name) for code, name in value)


def _impacts(value: Any) -> str:
    return "; ".join(
        f"{code_word('impact', code)}: "
        + (_("ada") if code == FLAG_ONLY else format_number(count, language=language()))
        for code, (count, _sure) in value.items()
    )


_RULES: Mapping[str, Any] = {
    "actors": _parties,
    "impacts": _impacts,
    "area": region_label,
    "happens_time": _clock,
    "happens_on": _day,
    "next_trigger_on": _day,
    "review_on": _day,
    "state": lambda code: _state("event", code),
    "verification": lambda code: _state("verification", code),
    "kind": lambda code: _state("event_kind", code),
    "type_code": lambda code: f"{type_name(code)} ({code})",
    "label": lambda label: Label(label).word,
    "groups_hostile": lambda said: _("ya") if said else _("tidak"),
    "merged_into": lambda number: f"PR-{number:04d}",
}
