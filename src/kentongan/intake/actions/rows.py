"""What the actions on one report begin with: the row, held until the end, and the right to touch it."""

from __future__ import annotations

from kentongan.accounts.access import require
from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.edge.problems import Problem
from kentongan.intake.models import Report


def locked_report(report_id: int) -> Report:
    report: Report | None = Report.objects.for_action().select_for_update().filter(pk=report_id).first()
    if report is None:
        raise Problem("intake.report_unknown", number=report_id)
    return report


def require_at(by: Actor, permission: Permission, report: Report) -> None:
    """A placed report asks for the area; one that stays with its desk asks for that desk."""
    if report.area is not None:
        require(by, permission, area=report.area)
    else:
        require(by, permission)
        desks = {post.agency_id for post in by.posts if permission in post.role.permissions}
        if not by.system and report.desk_id not in desks:
            raise Problem("intake.other_desk", number=report.pk)
