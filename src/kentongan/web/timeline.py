"""The timeline of an event: reports, decisions, alerts, tasks and the outcome in one order, and what is still due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from kentongan.edge.formats import in_zone
from kentongan.web.audit_sentences import EntryLine
from kentongan.web.templatetags.kentongan_ui import LEVELS

# Who was given access is for the audit pages; here the alert or task itself says whom it reached.
# Notes and watched neighbours stand in panels of their own.
LEFT_OUT = frozenset(
    {
        *("event.shared", "event.share_expired", "event.share_withdrawn", "event.read"),
        *("event.noted", "event.area_watched", "event.area_unwatched"),
    }
)
ICONS = {
    "event.created": "event",
    "event.verified": "check",
    "outcome.recorded": "task",
    "event.merged": "merge",
    "event.took_in": "merge",
    "event.unmerged": "split",
    "event.let_go": "split",
    "event.split": "split",
    "event.report_linked": "link",
    "event.report_detached": "undo",
    "event.reviewed": "eye",
    "event.happened": "warn",
    "event.reopened": "wave",
}
# What somebody decided; reports, notes and changes of words are what the decision rests on.
DECISIONS = frozenset(
    {
        *(
            "event.created",
            "event.verified",
            "event.moved",
            "event.happened",
            "event.merged",
            "event.took_in",
        ),
        *(
            "event.unmerged",
            "event.let_go",
            "event.split",
            "event.reopened",
            "event.closed",
            "outcome.recorded",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Moment:
    """One line: when (with its day in the region's own zone), what, and the reason somebody gave."""

    at: datetime
    day: date
    icon: str
    text: str
    reason: str = ""
    later: bool = False
    is_decision: bool = False


Fact = tuple[datetime, str, str, str, bool]


def timeline_of(
    history: Iterable[EntryLine],
    *,
    reports: Iterable[Any],
    alerts: Sequence[Any],
    tasks: Sequence[Any],
    zone: str,
    now: datetime,
) -> list[Moment]:
    """Everything in order of time; what lies after `now` is marked as still to come."""
    facts: list[Fact] = [
        (
            line.at,
            ICONS.get(line.action, "edit"),
            _("%(what)s · %(who)s") % {"what": line.what, "who": line.who},
            line.reason,
            line.action in DECISIONS,
        )
        for line in history
        if line.action not in LEFT_OUT
    ]
    facts += [
        (report.received_at, "inbox", _("Laporan LP-%(number)s masuk") % {"number": report.pk}, "", False)
        for report in reports
    ]
    for alert in alerts:
        facts += _of_alert(alert)
    for task in tasks:
        facts += _of_task(task)
    return [
        Moment(at, in_zone(at, zone).date(), icon, text, reason, later=at > now, is_decision=decided)
        for at, icon, text, reason, decided in sorted(facts, key=lambda fact: fact[0])
    ]


def _of_alert(alert: Any) -> list[Fact]:
    level = str(LEVELS[alert.level].word)
    named = {"number": alert.number, "level": level, "count": len(alert.recipients.all())}
    facts = [(alert.proposed_at, "edit", _("%(number)s %(level)s diusulkan") % named, alert.reason, True)]
    if alert.issued_at:
        facts.append(
            (
                alert.issued_at,
                "kentongan",
                _("%(number)s %(level)s berlaku untuk %(count)s pihak") % named,
                "",
                True,
            )
        )
    for recipient in alert.recipients.all():
        if recipient.acknowledged_at:
            words = _("%(agency)s menerima %(number)s") % {
                "agency": recipient.agency.short_name,
                "number": alert.number,
            }
            facts.append((recipient.acknowledged_at, "check", words, "", False))
    if alert.stood_down_at:
        facts.append((alert.stood_down_at, "check", _("%(number)s dinyatakan aman") % named, "", True))
    elif alert.issued_at:
        facts.append(
            (alert.expires_at, "clock", _("%(number)s berakhir bila tidak diperpanjang") % named, "", False)
        )
    return facts


def _of_task(task: Any) -> list[Fact]:
    named = {"number": task.number, "agency": task.agency.short_name, "what": task.what}
    facts = [(task.assigned_at, "task", _("%(number)s untuk %(agency)s: %(what)s") % named, "", True)]
    if task.finished_at:
        facts.append(
            (task.finished_at, "check", _("%(number)s selesai, %(agency)s") % named, task.result, False)
        )
    elif task.state != "cancelled":
        facts.append((task.due_at, "clock", _("Tenggat %(number)s, %(agency)s") % named, "", False))
    return facts
