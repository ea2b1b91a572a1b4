"""What the verification desk shows of one event: what was reported, what was checked, how it is judged.

Whoever reads at a desk above the kecamatan sees source numbers; a kecamatan reads the same reports without them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kentongan.accounts.permissions import Permission
from kentongan.edge.formats import format_date
from kentongan.events.queries import event_title, reports_of
from kentongan.places.queries import region_label, time_zone_of
from kentongan.policy import policy_on
from kentongan.verification.decisions import (
    SETTLED,
    Band,
    Line,
    band_to_propose,
    flags_of,
    is_stale,
    source_band,
    unsettled,
    without_sources,
)
from kentongan.verification.queries import (
    answers_in,
    checks_of,
    evidence_of,
    field_checks_of,
    is_overdue,
    lines_of,
    newest_report_of,
    photos_of,
    source_records,
    verdict_waiting,
    verdicts_of,
    was_late,
)
from kentongan.web.audit_sentences import account_names, who
from kentongan.web.forms.verification import EVIDENCE_WORDS, STATUS_WORDS, CheckForm
from kentongan.web.routing import StaffRequest, scope_of
from kentongan.web.sources import is_pseudonym, reads_numbers, shown_source
from kentongan.web.wording import language

SHAPES = {
    "proven": "verified",
    "contradicted": "refuted",
    "cannot": "inconclusive",
    "asked": "progress",
    "open": "unverified",
}
FLAG_WORDS = {
    "denied_later": gettext_lazy("Dijawab tidak benar sesudah butir ini terbukti."),
    "confirmed_later": gettext_lazy("Dijawab benar sesudah butir ini bertentangan."),
    "answers_disagree": gettext_lazy("Jawaban dari lapangan saling bertentangan."),
    "older_than_report": gettext_lazy("Diperiksa sebelum laporan terbaru masuk."),
}
EVIDENCE_ICONS = {"photo": "cam", "statement": "speak", "document": "doc", "link": "link"}


@dataclass(frozen=True, slots=True)
class Reported:
    """One linked report as the desk reads it: how the source is called, how it knows, what its record proposes."""

    report: Any
    source: str
    how: str
    text: str
    band: Band
    photos: Sequence[Any]


def frame_of(request: StaffRequest, event: Any) -> dict[str, Any]:
    """What stands on every part of the desk: the head, the tabs with their counts."""
    lines = lines_of(event, on=request.now.date())
    required = [line for line in lines if line.required]
    scope = scope_of(request, Permission.EVENT_VERIFY)
    return {
        "event": event,
        "title": event_title(event, language=language()),
        "place": region_label(event.area),
        "zone": time_zone_of(event.area).key,
        "lines": lines,
        "settled_count": len(required) - len(unsettled(lines)),
        "required_count": len(required),
        "evidence_count": evidence_of(event).count(),
        "request_count": field_checks_of(event, scope).count(),
        "two_persons": policy_on(request.now.date()).event_types[event.type_code].two_persons,
    }


def reported_of(request: StaffRequest, event: Any) -> list[Reported]:
    """The linked reports that the reader may see, oldest first."""
    scope = scope_of(request, Permission.REPORT_READ)
    reports = list(reports_of(event, scope))
    numbered = reads_numbers(request.actor, event.area)
    records = source_records({r.source for r in reports if is_pseudonym(r.source)}, scope, event=event)
    minimum = int(policy_on(request.now.date()).thresholds["source_record_minimum_reports"])
    photos = photos_of(reports)
    return [
        Reported(
            report=report,
            source=_source_word(report.source, place, numbered=numbered),
            how=_how(report),
            text=report.text_masked,
            band=source_band(records.get(report.source, ()), minimum=minimum),
            photos=photos.get(report.pk, ()),
        )
        for place, report in enumerate(reports, start=1)
    ]


def _source_word(source: str, place: int, *, numbered: bool) -> str:
    """Without numbers the sources are told apart by their order alone."""
    if is_pseudonym(source) and not numbered:
        return _("Sumber ke-%(place)s") % {"place": place}
    return shown_source(source, numbered=numbered)


def _how(report: Any) -> str:
    known = report.get_knowledge_display()
    return ", ".join(part for part in (report.get_channel_display(), known.lower()) if part)


def proposal_of(reported: Sequence[Reported]) -> tuple[Band, str]:
    """The proposed source grade with the source that it rests on."""
    band = band_to_propose(each.band for each in reported)
    source = next((each.source for each in reported if each.band == band and band.letter != "F"), "")
    return band, source


def check_rows(
    request: StaffRequest, event: Any, lines: Sequence[Line], forms: Mapping[str, CheckForm]
) -> list[dict[str, Any]]:
    """Every item with its status, finding, answers and flags, and the form that writes it."""
    requests = list(field_checks_of(event, scope_of(request, Permission.EVENT_VERIFY)))
    answers = answers_in(requests)
    newest = newest_report_of(event, scope_of(request, Permission.REPORT_READ))
    written = {row.item: row for row in checks_of(event)}
    names = account_names(row.checked_by for row in written.values())
    words = item_words(request)
    clean = cleaner_for(request, event)
    next_open = next((line.item for line in _by_need(lines) if line.status in ("open", "asked")), "")
    return [
        {
            "line": line,
            "word": words.get(line.item, line.item),
            "status": STATUS_WORDS[line.status],
            "shape": SHAPES[line.status],
            "finding": clean(line.finding),
            "by": who(written[line.item].checked_by, names) if line.item in written else "",
            "flags": [FLAG_WORDS[flag] for flag in flags_of(line, answers, newest_report=newest)],
            "asked": [_request_row(each, request, {}) for each in requests if each.item == line.item],
            "form": forms.get(line.item) or _blank_check(line, clean(line.finding)),
            "is_next": line.item == next_open,
        }
        for line in lines
    ]


def _by_need(lines: Sequence[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: not line.required)


def check_form(data: Any, item: str) -> CheckForm:
    return CheckForm(data, auto_id=f"butir_{item}_%s")


def _blank_check(line: Line, finding: str) -> CheckForm:
    said = {"status": line.status, "finding": finding} if line.status in SETTLED else {}
    return CheckForm(initial=said, auto_id=f"butir_{line.item}_%s")


def item_words(request: StaffRequest) -> dict[str, str]:
    """The items of all checklists in the reader's language."""
    items = policy_on(request.now.date()).vocabularies["check_item"]
    return {code: item.label.in_language(language()) for code, item in items.items()}


def evidence_rows(request: StaffRequest, event: Any) -> list[dict[str, Any]]:
    """Every piece with its hash, who added it, and whether it has become old."""
    pieces = list(evidence_of(event))
    newest = newest_report_of(event, scope_of(request, Permission.REPORT_READ))
    days = int(policy_on(request.now.date()).thresholds["evidence_fresh_days"])
    names = account_names(piece.added_by for piece in pieces)
    words, clean = item_words(request), cleaner_for(request, event)
    return [
        {
            "piece": piece,
            "kind": EVIDENCE_WORDS[piece.kind] if piece.kind != "photo" else _("Foto"),
            "icon": EVIDENCE_ICONS[piece.kind],
            "text": clean(piece.text),
            "origin": clean(piece.origin),
            "item": words.get(piece.item, ""),
            "by": who(piece.added_by, names),
            "stale": is_stale(piece.added_at, newest_report=newest, now=request.now, days=days),
        }
        for piece in reversed(pieces)
    ]


def request_rows(request: StaffRequest, event: Any) -> list[dict[str, Any]]:
    """Every question to an office on the spot with its state and answer, the newest first."""
    rows = list(field_checks_of(event, scope_of(request, Permission.EVENT_VERIFY)))
    names = account_names(row.asked_by for row in rows)
    return [_request_row(row, request, names) for row in rows]


def _request_row(row: Any, request: StaffRequest, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "request": row,
        "item": item_words(request).get(row.item, _("Seluruh peristiwa")),
        "asked_by": who(row.asked_by, names),
        "overdue": is_overdue(row, now=request.now),
        "late": was_late(row),
    }


def verdict_rows(request: StaffRequest, event: Any, found: Sequence[Any]) -> list[dict[str, Any]]:
    """Verdicts with the names behind them and the dissents beside them."""
    clean, machine = cleaner_for(request, event), policy_on(request.now.date()).lifecycles["verification"]
    names = account_names(
        [row.given_by for row in found] + [each.written_by for row in found for each in row.dissents.all()]
    )
    return [
        {
            "verdict": row,
            "word": machine.label_of(row.verdict).in_language(language()),
            "reason": clean(row.reason),
            "evidence": clean(row.evidence),
            "by": who(row.given_by, names),
            "waits": row.needs_second and not hasattr(row, "confirmed_by"),
            "dissents": [
                (each, clean(each.text), who(each.written_by, names)) for each in row.dissents.all()
            ],
        }
        for row in found
    ]


def standing_of(request: StaffRequest, event: Any) -> dict[str, Any]:
    """The verdict that stands and the one that waits for its second person, each as a row or None."""
    newest = verdicts_of(event).select_related("confirmed_by").prefetch_related("dissents").first()
    waiting = verdict_waiting(event)
    concluded = event.verification not in ("unverified", "in_progress")
    return {
        "standing": verdict_rows(request, event, [newest])[0] if newest is not None and concluded else None,
        "waiting": verdict_rows(request, event, [waiting])[0] if waiting is not None else None,
    }


def question_for(request: StaffRequest, event: Any) -> str:
    """The words a question begins with: kind, place and time of the event, nothing of a report."""
    kind = policy_on(request.now.date()).event_types[event.type_code].label.in_language(language())
    place = ", ".join(part for part in (event.place_note, region_label(event.area)) if part)
    return _("Mohon dilihat di tempat: %(kind)s, %(place)s, %(day)s. Apakah benar?") % {
        "kind": kind,
        "place": place,
        "day": format_date(event.happens_on, language=language()),
    }


def cleaner_for(request: StaffRequest, event: Any) -> Callable[[str], str]:
    """How findings, origins and reasons are shown: without source numbers to a desk that reads none."""
    return str if reads_numbers(request.actor, event.area) else without_sources
