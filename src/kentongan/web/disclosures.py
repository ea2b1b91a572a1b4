"""Requests to open an identity, in words: what `intake.disclosure` gives, with names, places and a plain state.

Shared by the three pages that list them. Nothing here knows more than the request: no identity passes through.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from kentongan.web.audit_sentences import account_names, area_labels, who

OPEN_STATES = frozenset({"requested", "one_half", "ready"})
STATES: Mapping[str, str | Promise] = {
    "requested": gettext_lazy("menunggu dua lembaga"),
    "one_half": gettext_lazy("satu dari dua lembaga setuju"),
    "ready": gettext_lazy("dua lembaga setuju, siap ditampilkan"),
    "shown": gettext_lazy("sudah ditampilkan"),
    "refused": gettext_lazy("ditolak"),
    "expired": gettext_lazy("kedaluwarsa"),
}
CONTACT_WORDS: Mapping[str, str | Promise] = {
    "nama": gettext_lazy("Nama"),
    "telepon": gettext_lazy("Telepon"),
    "hp": gettext_lazy("Nomor HP"),
    "surel": gettext_lazy("Surel"),
    "alamat": gettext_lazy("Alamat"),
    "kontak": gettext_lazy("Kontak"),
}


@dataclass(frozen=True, slots=True)
class HalfLine:
    """One body that agreed: which half, who gave it, when."""

    half: Any
    person: str


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request as a page shows it; `row` is what `disclosures_for` gave."""

    row: Any
    state: str
    asker: str
    place: str
    halves: tuple[HalfLine, ...]
    refuser: str

    @property
    def is_open(self) -> bool:
        return str(self.row.state) in OPEN_STATES

    @property
    def missing(self) -> int:
        """How many bodies have not answered yet."""
        return 2 - len(self.halves)

    @property
    def complete_at(self) -> Any:
        """When the second half came; None before."""
        return max(line.half.given_at for line in self.halves) if len(self.halves) == 2 else None

    @property
    def report_number(self) -> str:
        """The number of the report, empty for one that is not named as such."""
        kind, _colon, number = self.row.report.partition(":")
        return number if kind == "report" and number.isdigit() else ""

    def given_by(self, actor: str) -> bool:
        return any(line.half.given_by == actor for line in self.halves)


def in_lines(rows: Iterable[Any]) -> list[RequestLine]:
    """The requests in the same order; names and places are asked for once for all."""
    found = list(rows)
    names = account_names(person for row in found for person in _persons(row))
    places = area_labels(row.regency_key for row in found)
    return [
        RequestLine(
            row=row,
            state=str(STATES[str(row.state)]),
            asker=who(row.requested_by, names),
            place=places.get(row.regency_key, ""),
            halves=tuple(HalfLine(half, who(half.given_by, names)) for half in row.halves),
            refuser=who(row.refused_by, names) if row.refused_by else "",
        )
        for row in found
    ]


def contact_lines(contact: Mapping[str, str]) -> list[tuple[str, str]]:
    """The contact as label and value; a part nobody has a word for keeps its own."""
    return [(str(CONTACT_WORDS.get(part, part.capitalize())), value) for part, value in contact.items()]


def _persons(row: Any) -> list[str]:
    return [row.requested_by, row.refused_by, *(half.given_by for half in row.halves)]
