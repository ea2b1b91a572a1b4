"""Asking the reporter back, and the answer: both under the report, neither with a name. The reporter comes and reads."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from kentongan.accounts.actors import Actor
from kentongan.audit import actions as audit
from kentongan.edge.problems import Problem
from kentongan.edge.sealed_fields import SealedText
from kentongan.edge.transactions import action
from kentongan.intake.actions.rows import locked_report, refuse_gone, report_to_work_on
from kentongan.intake.actions.triage import record_about
from kentongan.intake.decisions import LONGEST_MESSAGE, UNANSWERED_CHANNELS, masked_text, whole_characters
from kentongan.intake.models import Report, ReportMessage


@action
def ask_reporter(number: int, *, text: str, client_id: UUID, by: Actor, at: datetime) -> ReportMessage:
    """Write to the reporter, who reads it behind the receipt or in "Laporan saya". The same client id is one message."""
    report = report_to_work_on(number, by=by)
    if report.channel in UNANSWERED_CHANNELS:
        raise Problem("intake.nobody_to_ask", number=report.pk)
    message, is_new = _written_once(
        report, text, client_id, from_reporter=False, written_by=by.audit_name, at=at
    )
    if is_new:
        record_about(report, "report.asked", by=by, at=at)
    return message


@action
def answer_desk(report: Report, *, text: str, client_id: UUID, at: datetime) -> ReportMessage:
    """The reporter's answer, sent with the receipt or from the own account; the actor is the report's own source.

    The caller has shown that it may: by `report_by_receipt` or by `own_reports`.
    """
    report = locked_report(report.pk)
    refuse_gone(report)
    if report.channel in UNANSWERED_CHANNELS:
        raise Problem("intake.nobody_to_ask", number=report.pk)
    message, is_new = _written_once(
        report, text, client_id, from_reporter=True, written_by=report.source, at=at
    )
    if is_new:
        audit.record(
            "report.answered", actor=report.source, at=at, area=report.area, subject=f"report:{report.pk}"
        )
    return message


def message_context(message_id: UUID) -> str:
    """What ties the sealed words of a reporter to their row."""
    return f"intake_reportmessage:{message_id}:raw"


def _written_once(
    report: Report, text: str, client_id: UUID, *, from_reporter: bool, written_by: str, at: datetime
) -> tuple[ReportMessage, bool]:
    """The message with this client id, and whether it is new. Another text under the same id is refused, never lost."""
    text = whole_characters(text).strip()
    shown = masked_text(text)
    if not shown:
        raise Problem("intake.message_empty", number=report.pk)
    if len(text) > LONGEST_MESSAGE:
        raise Problem("intake.message_too_long", length=len(text), most=LONGEST_MESSAGE)
    values: dict[str, Any] = {"from_reporter": from_reporter, "text_masked": shown, "written_by": written_by}
    if from_reporter:
        values["raw_sealed"] = SealedText.seal(text, context=message_context(client_id))
    stored, is_new = ReportMessage.objects.get_or_create(
        client_id=client_id, defaults=values | {"report": report, "written_at": at}
    )
    if (stored.report_id, stored.from_reporter, stored.text_masked) != (report.pk, from_reporter, shown):
        raise Problem("intake.message_id_used", number=report.pk)
    return stored, is_new
