"""What the dossier of an event shows: the event in words, now or as it was known on a day, and what hangs on it.

Kept apart from the pages that write (`views/event_page.py` and its neighbours), which show the same dossier again when
a form is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from kentongan.accounts.labels import Label
from kentongan.accounts.permissions import Permission
from kentongan.alerts.queries import alerts_in, is_in_force
from kentongan.audit.queries import entries_about
from kentongan.events.decisions import EventFacts, facts_from
from kentongan.events.queries import (
    facts_of,
    merged_into,
    near_events,
    newest_revision,
    notes_of,
    own_reports_of,
    reports_of,
    shares_of,
    title_of,
    titles,
    values_as_of,
    watches_of,
)
from kentongan.places.keys import Level, code_of, key_at, level_of_key
from kentongan.places.queries import region_label, region_labels, time_zone_of
from kentongan.policy import policy_on
from kentongan.response.decisions import is_overdue
from kentongan.response.queries import outcome_of, outcomes_of, recurrence_signs, tasks_of
from kentongan.verification.queries import verdicts_of
from kentongan.web import event_words as said
from kentongan.web.audit_sentences import account_names, in_words, who
from kentongan.web.event_rows import is_late
from kentongan.web.map_svg import small_map
from kentongan.web.routing import StaffRequest, scope_of
from kentongan.web.timeline import Moment, timeline_of
from kentongan.web.wording import language

MOST_NEAR = 6
BOXES = ("fact", "analysis", "prediction", "recommendation")


@dataclass(frozen=True, slots=True)
class Known:
    """An event as it is known at a moment: its facts and the states beside them. `then` is None for now."""

    facts: EventFacts
    state: str
    verification: str
    source_grade: str
    content_grade: int
    severity: int | None
    severity_proposed: int | None
    then: datetime | None = None

    @property
    def is_confirmed(self) -> bool:
        return self.verification in {"verified", "partly"}


def known_now(found: Any) -> Known:
    return Known(
        facts=facts_of(found),
        state=found.state,
        verification=found.verification,
        source_grade=found.source_grade,
        content_grade=found.content_grade,
        severity=found.severity,
        severity_proposed=found.severity_proposed,
    )


def known_then(found: Any, moment: datetime) -> Known | None:
    """The event as it was known at a moment; None before it was recorded."""
    values = values_as_of(found, moment)
    if "type_code" not in values:
        return None
    return Known(
        facts=facts_from(values),
        state=values.get("state", "open"),
        verification=values.get("verification", "unverified"),
        source_grade=values.get("source_grade", "F"),
        content_grade=values.get("content_grade", 6),
        severity=values.get("severity"),
        severity_proposed=values.get("severity_proposed"),
        then=moment,
    )


def moment_of(written: str, zone: ZoneInfo) -> datetime | None:
    """The moment an address names on the clocks of the place: a whole day means its end; None for anything else."""
    try:
        named = datetime.fromisoformat(written) if len(written) <= 40 else None
    except ValueError:
        return None
    if named is None:
        return None
    if len(written) == 10:
        named = datetime.combine(named.date(), time.max)
    return named if named.tzinfo else named.replace(tzinfo=zone)


def words_of(found: Any, known: Known, request: StaffRequest) -> dict[str, Any]:
    """The facts in the reader's language."""
    facts, today = known.facts, request.now.date()
    lifecycles = policy_on(today).lifecycles
    return {
        "known": known,
        "facts": facts,
        "title": title_of(facts.type_code, facts.area, facts.happens_on, language=language()),
        "kind": lifecycles["event_kind"].label_of(facts.kind).in_language(language()),
        "state": lifecycles["event"].label_of(known.state).in_language(language()),
        "type_name": said.type_name(facts.type_code),
        "forms_seen": [said.code_word("form", code) for code in facts.forms],
        "precision": said.code_word("place_precision", str(facts.place_precision)),
        "date_precision": said.code_word("time_precision", str(facts.time_precision)),
        "label_word": Label(facts.label).word,
        "place": region_label(facts.area),
        "when": said.when_words(facts, today),
        "parties": said.party_lines(facts),
        "triggers": [said.code_word("trigger", code) for code in facts.triggers],
        "impacts": said.impact_lines(facts),
        "severity": said.severity_words(known.severity, known.severity_proposed, facts.severity_reason),
        "likelihood": said.code_word("likelihood", str(facts.likelihood)) if facts.likelihood else "",
        "confidence": said.code_word("confidence", facts.confidence) if facts.confidence else "",
        "phase": said.code_word("phase", facts.phase) if facts.phase else "",
        "athg": [said.code_word("athg", code) for code in facts.athg],
        "interests": [said.code_word("affected_interest", code) for code in facts.interests],
        "fields": [said.code_word("field", code) for code in facts.fields],
        "origin": said.code_word("origin", facts.origin),
        "origin_confidence": said.code_word("confidence", facts.origin_confidence)
        if facts.origin_confidence
        else "",
        "uu7": said.code_word("meets_uu7_definition", facts.uu7_definition),
        "playbooks": policy_on(today).playbooks_for(facts.type_code),
        "review_late": is_late(found, today),
    }


def rows_of(found: Any, request: StaffRequest, *, upto: datetime | None = None) -> dict[str, Any]:
    """What hangs on an event, each part as far as the reader may see it; with `upto` only what had come by then."""
    zone = time_zone_of(found.area).key
    reports = list(reports_of(found, scope_of(request, Permission.REPORT_READ)))
    alerts = list(alerts_in(scope_of(request, Permission.ALERT_READ)).filter(event=found))
    tasks = list(tasks_of(found, scope_of(request, Permission.TASK_READ)))
    history = in_words(entries_about(f"event:{found.pk}").order_by("seq"))
    moments = timeline_of(history, reports=reports, alerts=alerts, tasks=tasks, zone=zone, now=request.now)
    if upto is not None:
        reports = [report for report in reports if report.received_at <= upto]
        moments = [moment for moment in moments if moment.at <= upto]
    return {
        "zone": zone,
        "reports": reports,
        "villages": _villages(reports),
        "verdicts": _verdicts(found, upto),
        "alerts": [_alert_row(alert) for alert in alerts],
        "level": max((alert.level for alert in alerts if is_in_force(alert)), default=None),
        "tasks": [_task_row(task, request) for task in tasks],
        "tasks_done": sum(task.state in {"done", "checked"} for task in tasks),
        "outcome": outcome_of(found),
        "earlier_outcomes": [each for each in outcomes_of(found) if each.reopened_at is not None],
        "timeline": _filtered(moments, request.GET.get("garis", "")),
        "only_decisions": request.GET.get("garis") == "keputusan",
        "revision": newest_revision(found),
    }


def beside(found: Any, request: StaffRequest) -> dict[str, Any]:
    """What stands around an event: notes, neighbours that are watched, near events, merged ones, who is shown it."""
    scope = scope_of(request, Permission.EVENT_READ)
    gone_up = merged_into(found, scope)
    around = [event for event in near_events(found.area, scope, now=request.now) if event.pk != found.pk]
    near = around[:MOST_NEAR]
    named = titles([*near, *gone_up], language=language())
    watched = watches_of(found)
    named_areas = region_labels(watched)
    return {
        "notes": _notes(found),
        "around_code": _around_code(found.area),
        "small_map": small_map(
            area=found.area,
            precision=found.place_precision,
            point=_point(found),
            scope=scope,
            now=request.now,
            events=around,
        ),
        "watched": [(code_of(key, level_of_key(key)), named_areas[key]) for key in watched],
        "near": [(event, named[event.pk]) for event in near],
        "merged": [(event, named[event.pk]) for event in gone_up],
        "recurrence": recurrence_signs(found, scope, now=request.now),
        "shares": list(shares_of(found)),
        "own_reports": set(
            own_reports_of(found, scope_of(request, Permission.REPORT_READ)).values_list("pk", flat=True)
        ),
    }


def _around_code(area: int) -> str:
    """The kecamatan of a place for the large map, or the place itself where it is wider."""
    level = min(level_of_key(area), Level.DISTRICT)
    return code_of(key_at(area, level), level)


def _point(found: Any) -> tuple[float, float] | None:
    """Longitude and latitude, where somebody set them."""
    if found.latitude is None:
        return None
    return float(found.longitude), float(found.latitude)


def main_step(found: Any, forms: Mapping[str, Any], *, may_verify: bool) -> str:
    """Which of the possible steps comes next: judge, then warn or act, then say how it ended."""
    if found.verification in {"unverified", "in_progress"} and may_verify:
        return "verdict"
    if found.state in {"handled", "dampened", "resolved"} and "outcome_form" in forms:
        return "outcome"
    return next((step for step in ("alert", "task", "outcome") if f"{step}_form" in forms), "")


def trail_page(request: StaffRequest) -> str:
    """The page that lists who opened what, for those who may see the trail."""
    if request.actor.may(Permission.AUDIT_ALL):
        return "audit_all"
    return "audit_unit" if request.actor.may(Permission.AUDIT_UNIT) else ""


def _filtered(moments: list[Moment], wanted: str) -> list[Moment]:
    return [moment for moment in moments if moment.is_decision] if wanted == "keputusan" else moments


def _verdicts(found: Any, upto: datetime | None) -> list[tuple[Any, str]]:
    verdicts = [each for each in verdicts_of(found) if upto is None or each.given_at <= upto]
    names = account_names(verdict.given_by for verdict in verdicts)
    return [(verdict, who(verdict.given_by, names)) for verdict in verdicts]


def _notes(found: Any) -> list[tuple[str, list[tuple[Any, str]]]]:
    """Each box with its notes, newest first; empty boxes are shown too, so that what is missing is seen."""
    notes = list(notes_of(found))
    names = account_names(note.written_by for note in notes)
    boxes = dict(notes[0].Box.choices) if notes else {}
    return [
        (boxes[box], [(note, who(note.written_by, names)) for note in notes if note.box == box])
        for box in BOXES
        if box in boxes
    ]


def _villages(reports: Iterable[Any]) -> int:
    """How many desa or kelurahan the reports name."""
    placed = (report.area for report in reports if report.area is not None)
    return len({key_at(area, Level.VILLAGE) for area in placed if level_of_key(area) == Level.VILLAGE})


def _alert_row(alert: Any) -> dict[str, Any]:
    recipients = list(alert.recipients.all())
    return {
        "alert": alert,
        "state": policy_on(alert.proposed_at.date())
        .lifecycles["alert"]
        .label_of(alert.state)
        .in_language(language()),
        "acknowledged": sum(recipient.acknowledged_at is not None for recipient in recipients),
        "addressed": len(recipients),
    }


def _task_row(task: Any, request: StaffRequest) -> dict[str, Any]:
    machine = policy_on(task.assigned_at.date()).lifecycles["task"]
    return {
        "task": task,
        "state": machine.label_of(task.state).in_language(language()),
        "overdue": is_overdue(task.state, task.due_at, now=request.now),
    }
