"""What the dossier of an event shows: the event in words, and everything that hangs on it as far as the reader sees.

Kept apart from the pages that write (`views/events.py`), which show the same dossier again when a form is refused.
"""

from __future__ import annotations

from typing import Any

from kentongan.accounts.labels import Label
from kentongan.accounts.permissions import Permission
from kentongan.alerts.queries import alerts_in, is_in_force
from kentongan.audit.queries import entries_about
from kentongan.events.queries import reports_of
from kentongan.places.queries import region_label, time_zone_of
from kentongan.policy import policy_on
from kentongan.response.decisions import is_overdue
from kentongan.response.queries import outcome_of, tasks_of
from kentongan.verification.queries import verdicts_of
from kentongan.web.audit_sentences import account_names, in_words, who
from kentongan.web.routing import StaffRequest, scope_of
from kentongan.web.timeline import timeline_of
from kentongan.web.wording import language


def words_of(found: Any, request: StaffRequest) -> dict[str, Any]:
    """The codes of an event in the reader's language."""
    policy = policy_on(request.now.date())
    facets, machines = policy.facets, policy.lifecycles
    return {
        "kind": machines["event_kind"].label_of(found.kind).in_language(language()),
        "state": machines["event"].label_of(found.state).in_language(language()),
        "type_name": policy.event_types[found.type_code].label.in_language(language()),
        "forms_seen": [facets["form"][code].label.in_language(language()) for code in found.forms],
        "precision": facets["place_precision"][str(found.place_precision)].label.in_language(language()),
        "date_precision": facets["time_precision"][str(found.time_precision)].label.in_language(language()),
        "label_word": Label(found.label).word,
        "place": region_label(found.area),
    }


def rows_of(found: Any, request: StaffRequest) -> dict[str, Any]:
    """What hangs on an event, each part as far as the reader may see it."""
    zone = time_zone_of(found.area).key
    reports = list(reports_of(found, scope_of(request, Permission.REPORT_READ)))
    alerts = list(alerts_in(scope_of(request, Permission.ALERT_READ)).filter(event=found))
    tasks = list(tasks_of(found, scope_of(request, Permission.TASK_READ)))
    history = in_words(entries_about(f"event:{found.pk}").order_by("seq"))
    verdicts = list(verdicts_of(found))
    names = account_names(verdict.given_by for verdict in verdicts)
    return {
        "zone": zone,
        "reports": reports,
        "verdicts": [(verdict, who(verdict.given_by, names)) for verdict in verdicts],
        "alerts": [_alert_row(alert) for alert in alerts],
        "level": max((alert.level for alert in alerts if is_in_force(alert)), default=None),
        "tasks": [_task_row(task, request) for task in tasks],
        "outcome": outcome_of(found),
        "timeline": timeline_of(
            history, reports=reports, alerts=alerts, tasks=tasks, zone=zone, now=request.now
        ),
    }


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


def main_step(found: Any, forms: dict[str, Any]) -> str:
    """Which of the possible steps comes next: judge, then warn or act, then say how it ended."""
    if found.verification in {"unverified", "in_progress"} and "verdict_form" in forms:
        return "verdict"
    if found.state in {"handled", "dampened", "resolved"} and "outcome_form" in forms:
        return "outcome"
    return next((step for step in ("alert", "task", "verdict", "outcome") if f"{step}_form" in forms), "")


def trail_page(request: StaffRequest) -> str:
    """The page that lists who opened what, for those who may see the trail."""
    if request.actor.may(Permission.AUDIT_ALL):
        return "audit_all"
    return "audit_unit" if request.actor.may(Permission.AUDIT_UNIT) else ""
