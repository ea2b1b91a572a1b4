"""Asking silent areas how things are, and setting how often an area is expected to say something."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from kentongan.accounts.access import require
from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.audit import actions as audit
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action
from kentongan.indicators.models import ReportingRhythm, StatusRequest
from kentongan.places.keys import Level, level_of_key
from kentongan.places.queries import region_by_key, region_label
from kentongan.policy import policy_on

MOST_AT_ONCE = 500  # areas; a kabupaten has fewer desa


@action
def ask_status(area: int, *, by: Actor, at: datetime) -> StatusRequest:
    """Ask the field people of one area how things are. A question that is still open is not asked twice."""
    require(by, Permission.COVERAGE_READ, area=area)
    require(by, Permission.REPORT_TRIAGE, area=area)
    region_by_key(area)
    if level_of_key(area) < Level.DISTRICT:
        raise Problem("indicators.area_too_wide", area=region_label(area))
    standing = StatusRequest.objects.for_action().filter(area=area, asked_at__lte=at, due_at__gt=at)
    open_one: StatusRequest | None = standing.order_by("-asked_at").first()
    if open_one is not None:
        return open_one
    hours = policy_on(at.date()).thresholds["status_request_hours"]
    request: StatusRequest = StatusRequest.objects.create(
        area=area,
        desk_id=_desk(by, area),
        asked_by=by.audit_name,
        asked_at=at,
        due_at=at + timedelta(hours=hours),
    )
    audit.record(
        "coverage.asked", actor=by.audit_name, at=at, area=area, subject=f"status_request:{request.pk}"
    )
    return request


@action
def ask_status_of(areas: Iterable[int], *, by: Actor, at: datetime) -> list[StatusRequest]:
    """Ask several areas with one click: all of them or, when one is refused, none."""
    wanted = sorted(set(areas))
    if not wanted:
        raise Problem("indicators.no_area_chosen")
    if len(wanted) > MOST_AT_ONCE:
        raise Problem("indicators.too_many_areas", count=len(wanted), most=MOST_AT_ONCE)
    return [ask_status(area, by=by, at=at) for area in wanted]


@action
def set_rhythm(
    area: int, *, every_days: int, valid_from: date, by: Actor, at: datetime, reason: str = ""
) -> ReportingRhythm:
    """Expect news from an area more or less often than the policy says, from a day on. It is no quota for anybody."""
    require(by, Permission.COVERAGE_READ, area=area)
    require(by, Permission.REPORT_TRIAGE, area=area)
    region_by_key(area)
    if level_of_key(area) < Level.DISTRICT:
        raise Problem("indicators.area_too_wide", area=region_label(area))
    if not 1 <= every_days <= 92:
        raise Problem("indicators.rhythm_days", value=every_days)
    rhythm, _ = ReportingRhythm.objects.for_action().update_or_create(
        area=area,
        valid_from=valid_from,
        defaults={"every_days": every_days, "reason": reason.strip()[:200], "set_by": by.audit_name},
    )
    audit.record(
        "coverage.rhythm_set",
        actor=by.audit_name,
        at=at,
        area=area,
        subject=f"rhythm:{rhythm.pk}",
        reason=reason.strip(),
        detail={"every_days": every_days, "valid_from": valid_from.isoformat()},
    )
    stored: ReportingRhythm = rhythm
    return stored


def _desk(by: Actor, area: int) -> int:
    """The agency that asks: the actor's own that covers the area."""
    return next(post.agency_id for post in by.posts if post.may(Permission.REPORT_TRIAGE, area))
