"""Who works on a report just now, so that two people do not do the same work. Runs out by itself; decides nothing.

Unlike every other action these leave no audit entry: a presence is a passing state like a session.
"""

from __future__ import annotations

from datetime import datetime

from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.edge.transactions import action
from kentongan.intake.actions.rows import locked_report, require_at
from kentongan.intake.models import Report, ReportPresence
from kentongan.intake.queries.following import Presence, is_live, presence_from


@action
def take_up_report(report: Report, *, by: Actor, at: datetime) -> Presence:
    """Say "I am on it", again and again while the page is open. A live presence of somebody else stays and is returned."""
    present = _present(report, by=by)
    if present is not None and present.account_id != by.account_id and is_live(present, now=at):
        return presence_from(present)
    return _set(report, present, by=by, at=at)


@action
def take_over_report(report: Report, *, by: Actor, at: datetime) -> Presence:
    """Take the report from whoever has it open: they see it at their next poll."""
    return _set(report, _present(report, by=by), by=by, at=at)


@action
def put_down_report(report: Report, *, by: Actor, at: datetime) -> None:  # noqa: ARG001  (as the others)
    """Let go of one's own presence; anybody else's stays."""
    require_at(by, Permission.REPORT_TRIAGE, report)
    ReportPresence.objects.filter(report=report, account_id=by.account_id).delete()


def _present(report: Report, *, by: Actor) -> ReportPresence | None:
    """The presence as it stands, with the report's row held: two people who come at once are served in turn."""
    require_at(by, Permission.REPORT_TRIAGE, locked_report(report.pk))
    return ReportPresence.objects.select_related("account").filter(report=report).first()


def _set(report: Report, present: ReportPresence | None, *, by: Actor, at: datetime) -> Presence:
    mine = present is not None and present.account_id == by.account_id and is_live(present, now=at)
    since = present.since if present is not None and mine else at
    stored, _ = ReportPresence.objects.update_or_create(
        report=report, defaults={"account_id": by.account_id, "since": since, "seen_at": at}
    )
    return presence_from(stored)
