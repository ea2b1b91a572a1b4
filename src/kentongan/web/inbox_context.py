"""What stands beside the open report: reports like it, events nearby, claims, and who is silent around it.

Everything is read through the reader's own scopes; who may not see a kind of row sees no heading for it either.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache

from kentongan.accounts.permissions import Permission
from kentongan.events.queries import EventFilter, events_matching, near_events, titles
from kentongan.indicators.queries import coverage, finest, silent_count
from kentongan.intake.decisions import is_waiting
from kentongan.intake.queries import similar_to
from kentongan.places.keys import Level, key_at, level_of_key, range_of_key
from kentongan.verification.queries import claims_in
from kentongan.web.audit_sentences import account_names, who
from kentongan.web.inbox import address_if_there, gist_of
from kentongan.web.map_svg import small_map
from kentongan.web.routing import StaffRequest, scope_of
from kentongan.web.wording import language

MOST_SIMILAR = 6
MOST_EVENTS = 6
MOST_CLAIMS = 3
MOST_FOUND = 8
MOST_SILENT = 3


@dataclass(frozen=True, slots=True)
class SimilarRow:
    """A report like the open one: waiting, and may be decided together with it; or decided, and by whom."""

    report: Any
    gist: str
    percent: int
    waiting: bool
    decided_by: str


@dataclass(frozen=True, slots=True)
class EventRow:
    event: Any
    title: str


def context_of(request: StaffRequest, report: Any) -> dict[str, Any]:
    """The context of one report."""
    similar = similar_rows(request, report)
    return {
        "similar": similar,
        "together": [row for row in similar if row.waiting],
        "near": near_rows(request, report),
        "claims": claim_rows(request),
        "silent": silent_around(request, report),
        "may_read_events": request.actor.may(Permission.EVENT_READ),
        "coverage_url": address_if_there("coverage"),
    }


def beside(request: StaffRequest, report: Any) -> dict[str, Any]:
    """The part that the forms of the decisions need at once: what comes a moment later is the comparison of texts."""
    return {"near": near_rows(request, report), "claims": claim_rows(request)}


def similar_rows(request: StaffRequest, report: Any) -> list[SimilarRow]:
    found = similar_to(report, request.scope, now=request.now)[:MOST_SIMILAR]
    names = account_names(each.report.triaged_by for each in found)
    return [
        SimilarRow(
            report=each.report,
            gist=gist_of(each.report),
            percent=round(each.share * 100),
            waiting=is_waiting(each.report.state, each.report.triage_outcome),
            decided_by=who(each.report.triaged_by, names) if each.report.triaged_by else "",
        )
        for each in found
    ]


def near_rows(request: StaffRequest, report: Any) -> list[EventRow]:
    """Events of the last days around the place of the report; none where it has no place yet."""
    if report.area is None or not request.actor.may(Permission.EVENT_READ):
        return []
    scope = scope_of(request, Permission.EVENT_READ)
    return _event_rows(near_events(report.area, scope, now=request.now)[:MOST_EVENTS])


def map_of(request: StaffRequest, report: Any, near: Sequence[EventRow]) -> Any:
    """The place on a small map with the events nearby; None without a place or without outlines."""
    point = (float(report.longitude), float(report.latitude)) if report.latitude is not None else None
    return small_map(
        area=report.area,
        precision=1 if point else 2,
        point=point,
        scope=request.scope,
        now=request.now,
        events=[row.event for row in near],
    )


def found_events(request: StaffRequest, words: str) -> list[EventRow]:
    """Events by number or by words of their title."""
    if not words.strip():
        return []
    scope = scope_of(request, Permission.EVENT_READ)
    return _event_rows(
        list(events_matching(scope, EventFilter(text=words.strip()), now=request.now)[:MOST_FOUND])
    )


def claim_rows(request: StaffRequest) -> list[Any]:
    """The newest claims that somebody may read."""
    if not request.actor.may(Permission.EVENT_VERIFY):
        return []
    return list(claims_in(scope_of(request, Permission.EVENT_VERIFY))[:MOST_CLAIMS])


def silent_around(request: StaffRequest, report: Any) -> list[Any]:
    """The areas of the same kecamatan from which nothing came for longer than expected."""
    level = level_of_key(report.area) if report.area is not None else Level.PROVINCE
    if level < Level.DISTRICT or not request.actor.may(Permission.COVERAGE_READ):
        return []
    district = range_of_key(key_at(report.area, Level.DISTRICT))
    scope = scope_of(request, Permission.COVERAGE_READ).within(district)
    return [row for row in finest(coverage(scope, now=request.now)) if row.is_unheard][:MOST_SILENT]


def silent_in_scope(request: StaffRequest) -> int:
    """How many areas of the reader are silent, for the foot of the queue; counted once a minute, not at every poll."""
    if not request.actor.may(Permission.COVERAGE_READ):
        return 0
    scope = scope_of(request, Permission.COVERAGE_READ)
    ranges = "-".join(f"{part.low}.{part.high}" for sight in scope.sights for part in sight.own)
    known = cache.get(f"inbox-silent:{request.actor.account_id}:{ranges}")
    if known is None:
        known = silent_count(scope, now=request.now)
        cache.set(f"inbox-silent:{request.actor.account_id}:{ranges}", known, timeout=60)
    return int(known)


def _event_rows(events: Sequence[Any]) -> list[EventRow]:
    named = titles(events, language=language())
    return [EventRow(event, named[event.pk]) for event in events]
