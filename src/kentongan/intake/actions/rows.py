"""What the actions on one report begin with: the row, held until the end, and the right to touch it."""

from __future__ import annotations

from kentongan.accounts.access import require
from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.edge.problems import Problem
from kentongan.intake.models import Report, ReportState
from kentongan.places.keys import Level, level_of_key


def locked_report(report_id: int) -> Report:
    report: Report | None = Report.objects.for_action().select_for_update().filter(pk=report_id).first()
    if report is None:
        raise Problem("intake.report_unknown", number=report_id)
    return report


def report_to_work_on(report_id: int, *, by: Actor) -> Report:
    """A report that this actor may decide, with its content still there."""
    report = locked_report(report_id)
    require_at(by, Permission.REPORT_TRIAGE, report)
    refuse_gone(report)
    return report


def refuse_gone(report: Report) -> None:
    """Nothing is done any more with a report that was erased or that its reporter took back."""
    if report.erased_on is not None:
        raise Problem("intake.report_erased", number=report.pk, day=report.erased_on)
    if report.state == ReportState.WITHDRAWN:
        raise Problem("intake.report_withdrawn", number=report.pk)


def require_at(by: Actor, permission: Permission, report: Report) -> None:
    """Who reads a report through this permission may act on it. The refusal tells no more than the reader may know:
    a report about an office does not exist for desks below the level that may read it.
    """
    require(by, permission)
    if by.system or in_sight(report, by=by, permission=permission):
        return
    if report.read_from_level is not None:
        raise Problem("intake.report_unknown", number=report.pk)
    if report.area is not None and level_of_key(report.area) > Level.PROVINCE:
        require(by, permission, area=report.area)
    raise Problem("intake.other_desk", number=report.pk)


def in_sight(report: Report, *, by: Actor, permission: Permission) -> bool:
    return bool(Report.objects.in_scope(by.scope_for(permission)).filter(pk=report.pk).exists())
