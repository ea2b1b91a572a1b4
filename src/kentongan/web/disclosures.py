"""Requests to open an identity behind three doors: who asks, who holds a key, who watches.

Each door keeps only what `intake.disclosure` gives this person, and says it in words: names, places, a plain state.
Shared by the pages of all three; no identity passes through here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kentongan.edge.problems import Problem
from kentongan.intake import disclosure as openings
from kentongan.web.audit_sentences import account_names, area_labels, who
from kentongan.web.routing import StaffRequest
from kentongan.web.wording import zone_of_reader

PER_PAGE = 20
# Each door by the name of its list, with the page of a single request behind it.
ASKED, HELD, WATCHED = "disclosures", "disclosures_held", "disclosures_overseen"
ONE_OF = {ASKED: "disclosure", HELD: "disclosure_held", WATCHED: "disclosure_overseen"}

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
    def source(self) -> str:
        return source_of(self.row.pseudonym, self.report_number)

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


def source_of(pseudonym: str, report: object) -> str:
    """How a page calls the reporter: the source number, or the report of one who wrote without an account."""
    return _("pelapor LP-%(report)s") % {"report": report} if pseudonym == "publik" else pseudonym


def contact_lines(contact: Mapping[str, str]) -> list[tuple[str, str]]:
    """The contact as label and value; a part nobody has a word for keeps its own."""
    return [(str(CONTACT_WORDS.get(part, part.capitalize())), value) for part, value in contact.items()]


def _persons(row: Any) -> list[str]:
    return [row.requested_by, row.refused_by, *(half.given_by for half in row.halves)]


def rows_behind(request: StaffRequest, door: str) -> Sequence[Any]:
    """What this person may see, less what does not belong behind this door."""
    actor = request.actor
    found = openings.disclosures_for(actor, now=request.now)
    if door == ASKED:
        return [row for row in found if row.requested_by == actor.audit_name]
    if door == HELD:
        return [row for row in found if row.requested_by != actor.audit_name]
    return found


def one_behind(request: StaffRequest, door: str, number: int) -> RequestLine:
    """One request, if it is among those; otherwise it is not even said to exist."""
    rows = [row for row in rows_behind(request, door) if row.number == number]
    if not rows:
        raise Problem("vault.request_unknown", number=number)
    return in_lines(rows)[0]


def listed(request: StaffRequest, door: str, template: str) -> HttpResponse:
    """The list behind a door, newest first."""
    page = Paginator(rows_behind(request, door), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": in_lines(page.object_list),
        "one_of": ONE_OF[door],
        "zone": zone_of_reader(request.actor),
    }
    return render(request, template, context)


def page_about(
    request: StaffRequest, template: str, line: RequestLine, *, status: int = 200, **facts: Any
) -> HttpResponse:
    """A page about one request, with the facts that only this page needs."""
    context = {"line": line, "row": line.row, "zone": zone_of_reader(request.actor), **facts}
    return render(request, template, context, status=status)
