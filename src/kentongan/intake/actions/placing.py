"""Saying where it is: a person at the desk sets or changes the place; what a machine guessed is never set by itself."""

from __future__ import annotations

from datetime import datetime

from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.edge.transactions import action
from kentongan.intake.actions.rows import report_to_work_on
from kentongan.intake.actions.triage import record_about
from kentongan.intake.decisions import one_masked_line
from kentongan.intake.models import Report
from kentongan.places.queries import region_by_key


@action
def place_report(number: int, *, area: int | None, place_note: str = "", by: Actor, at: datetime) -> Report:
    """Set the place of a report, or take it away; a landmark is replaced only by another one.

    A report placed outside the actor's areas moves to the desk that covers that place, and stays readable for the desk
    that received it, so that nothing is lost where nobody works.
    """
    report = report_to_work_on(number, by=by)
    if area is not None:
        region_by_key(area)
    note = one_masked_line(place_note) or report.place_note
    if (area, note) == (report.area, report.place_note):
        return report
    before, report.area, report.place_note = report.area, area, note
    if report.desk_id is None:
        report.desk_id = _own_agency(by, before)
    report.save(update_fields=["area", "place_note", "desk"])
    record_about(report, "report.placed", by=by, at=at, before=before, after=area)
    return report


def _own_agency(by: Actor, area: int | None) -> int | None:
    """The agency through which the actor works on this report; None for a part of the system."""
    posts = [post for post in by.posts if post.may(Permission.REPORT_TRIAGE, area)]
    return posts[0].agency_id if posts else None
