"""What a reporter can do with the own report: find it by receipt or account, and take it back. No list is stored."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q

from kentongan.accounts.access import require
from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.audit import actions as audit
from kentongan.edge.problems import Problem
from kentongan.edge.sealing import read_receipt, receipt_tag
from kentongan.edge.transactions import action
from kentongan.intake.actions.receiving import is_own_report
from kentongan.intake.actions.rows import locked_report, refuse_gone
from kentongan.intake.models import Report, ReportState
from kentongan.places.fields import in_any_region
from kentongan.places.keys import range_of_key
from kentongan.policy import policy_on
from kentongan.vault import actions as vault
from kentongan.vault import queries as pseudonyms


def report_by_receipt(text: str) -> Report:
    """The report behind a receipt as somebody typed it, erased ones included. Raises Problem where there is none."""
    receipt = read_receipt(text)
    tag = receipt_tag(settings.RECEIPT_KEY, receipt)
    report: Report | None = Report.objects.for_action().filter(receipt_tag=tag).first()
    if report is None:
        raise Problem("intake.receipt_unknown", receipt=receipt)
    return report


def own_reports(by: Actor, *, at: datetime) -> list[Report]:
    """ "Laporan saya", newest first: reports under the source numbers of this account that carry its own tag.

    A source number alone would not do: another kabupaten gives the same number to somebody else.
    """
    require(by, Permission.REPORT_SEND)
    known = pseudonyms.pseudonyms_of(by.account_id)
    if not known:
        return []
    mine = Q(pk__in=[])
    for regency, label in known.items():
        mine |= Q(source=label) & (in_any_region("area", [range_of_key(regency)]) | Q(area=None))
    days = policy_on(at.date()).retention["raw_unverified_report"].days
    recent = Report.objects.for_action().filter(mine, received_at__gte=at - timedelta(days=days))
    return [report for report in recent.order_by("-received_at", "-pk") if is_own_report(report, by=by)]


@action
def withdraw_report(report: Report, *, at: datetime) -> Report:
    """Taken back by its reporter, who has shown the receipt or the own account; the sealed contact goes at once.

    The text stays, unread by the inbox, until its retention ends it. What was declined already cannot be taken back.
    """
    report = locked_report(report.pk)
    if report.state == ReportState.WITHDRAWN:
        return report
    refuse_gone(report)
    if not policy_on(at.date()).lifecycles["report"].allowed(report.state, ReportState.WITHDRAWN):
        raise Problem("intake.withdraw_closed", number=report.pk)
    if report.identity is not None:
        vault.forget_identity(report.identity)
    report.state, report.identity, report.put_off_until = ReportState.WITHDRAWN, None, None
    report.save(update_fields=["state", "identity", "put_off_until"])
    audit.record(
        "report.withdrawn", actor=report.source, at=at, area=report.area, subject=f"report:{report.pk}"
    )
    return report
