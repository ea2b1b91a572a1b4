"""Writing one line of the checklist: what was found, by whom, when."""

from __future__ import annotations

from datetime import datetime

from kentongan.accounts.actors import Actor
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action
from kentongan.events.models import Event
from kentongan.verification.actions.rows import event_to_check, record, reopen
from kentongan.verification.decisions import kept_words, refusal_of_check
from kentongan.verification.models import Check
from kentongan.verification.queries import lines_of


@action
def set_check(event_id: int, *, item: str, status: str, finding: str = "", by: Actor, at: datetime) -> Check:
    """Say how one item of the checklist stands. An event that had its verdict is open again by it.

    Only the newest word stands on the line; the chain keeps every earlier one with its finding.
    """
    event = event_to_check(event_id, by=by, at=at)
    items = [line.item for line in lines_of(event, on=at.date())]
    refusal = refusal_of_check(item, status, finding, items=items)
    if refusal:
        raise Problem(refusal, value=item if refusal.endswith("item_unknown") else status)
    found = kept_words(finding)
    before = reopen(event, by=by, at=at, reason=found)
    line = write_line(event, item=item, status=status, finding=found, by=by, at=at)
    record("check.set", event, by=by, at=at, reason=found, item=item, status=status, opened_from=before)
    return line


def write_line(event: Event, *, item: str, status: str, finding: str, by: Actor, at: datetime) -> Check:
    """The line itself, for the actions that record it as part of theirs."""
    line, _ = Check.objects.update_or_create(
        event=event,
        item=item,
        defaults={"status": status, "finding": finding, "checked_by": by.audit_name, "checked_at": at},
    )
    return line
