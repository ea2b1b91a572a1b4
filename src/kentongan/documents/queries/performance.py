"""The cases behind the page on the office's own work: the events recorded in a period, with their moments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from itertools import islice
from typing import TypeVar

from kentongan.accounts.actors import Actor
from kentongan.accounts.labels import Label
from kentongan.accounts.permissions import Permission
from kentongan.accounts.scopes import Scope
from kentongan.alerts.models import AlertRecipient
from kentongan.documents.decisions.performance import (
    Alarm,
    Case,
    Measured,
    Share,
    alarm_of,
    is_miss,
    links,
    share,
)
from kentongan.documents.decisions.periods import Period
from kentongan.events.models import CONFIRMED, Event, EventKind, EventRevision, VerificationState
from kentongan.events.queries import events_between
from kentongan.indicators.decisions import Completeness
from kentongan.indicators.queries import completeness
from kentongan.places.keys import key_at, level_of_key
from kentongan.places.models import Region
from kentongan.places.queries import region_labels, time_zone_of
from kentongan.policy import policy_on
from kentongan.policy.ladders import due_times
from kentongan.response.models import Outcome
from kentongan.response.queries import moments_of

AT_ONCE = 2000  # events asked for together: a statement holds only so many numbers
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Part:
    """The times of one area or one class of types."""

    key: object
    name: str
    looked: Measured
    judged: Measured
    warned: Measured
    acknowledged: Measured


@dataclass(frozen=True, slots=True)
class Performance:
    """All figures of one region and period."""

    cases: int
    links: Sequence[tuple[str, Measured]]
    verified_in_time: Share
    acknowledged_in_time: Share
    alerts_with_outcome: Share
    alarms: Mapping[str, int]
    misses: int
    complete: Completeness
    by_area: Sequence[Part]
    by_type: Sequence[Part]


def measuring_scope(actor: Actor) -> Scope:
    """What the figures are drawn from: everything in the own areas up to "internal", for durations and shares alone.

    Overseer and administrator read no event; here they get no row either, only numbers of the office's work.
    """
    posts = [post for post in actor.posts if Permission.PERFORMANCE_READ in post.role.permissions]
    return Scope(
        tuple(
            replace(
                post.sight(),
                unverified=True,
                addressed_only=False,
                neighbours=(),
                label=max(post.role.label, Label.INTERNAL),
            )
            for post in posts
        )
    )


def performance(
    scope: Scope, region: Region, period: Period, *, fewest: int, verify_within: timedelta, now: datetime
) -> Performance:
    """The figures of the events recorded in a period, as known at `now`."""
    cases = list(_cases(scope, region, period))
    only = [case for _, case in cases]
    alarms = [alarm for case in only if (alarm := alarm_of(case)) is not None]
    return Performance(
        cases=len(only),
        links=links(only, fewest=fewest),
        verified_in_time=share(list(_in_time(only, verify_within, now=now)), fewest=fewest),
        acknowledged_in_time=share(
            list(_acknowledged_in_time([event.pk for event, _ in cases], region, now=now)), fewest=fewest
        ),
        alerts_with_outcome=share([alarm is not Alarm.OPEN for alarm in alarms], fewest=fewest),
        alarms={kind.value: alarms.count(kind) for kind in Alarm},
        misses=sum(map(is_miss, only)),
        complete=completeness(scope, [region.range], period.first, min(period.last, now.date())),
        by_area=_by_area(cases, region, fewest=fewest),
        by_type=_by_type(cases, fewest=fewest),
    )


def _in_time(cases: Sequence[Case], within: timedelta, *, now: datetime) -> Iterator[bool]:
    """For each reported case that is judged, or should have been by now, whether it was in time."""
    for case in cases:
        begun, judged = case.moments.reported, case.moments.judged
        if begun is not None and (judged is not None or now - begun > within):
            yield judged is not None and judged - begun <= within


def _acknowledged_in_time(numbers: Sequence[int], region: Region, *, now: datetime) -> Iterator[bool]:
    """For each office that was told, whether it acknowledged before the first rung of the ladder was due."""
    zone, columns = time_zone_of(region.key), ("alert__level", "alert__issued_at", "acknowledged_at")
    for some in _in_bunches(iter(numbers), AT_ONCE):
        told = AlertRecipient.objects.filter(alert__event__in=some, alert__issued_at__isnull=False)
        for level, issued, acknowledged in told.values_list(*columns):
            policy = policy_on(issued.astimezone(zone).date())
            ladder = policy.alert_level(level).ladder
            if ladder is None:
                continue
            due = due_times(ladder, issued.astimezone(zone), office=policy.office_hours)[0]
            if acknowledged is not None or now > due:
                yield acknowledged is not None and acknowledged <= due


def _cases(scope: Scope, region: Region, period: Period) -> Iterator[tuple[Event, Case]]:
    zone = time_zone_of(region.key)
    start = datetime.combine(period.first, time(), tzinfo=zone)
    end = datetime.combine(period.last + timedelta(days=1), time(), tzinfo=zone)
    rows = events_between(scope, start, end).filter(area__in_region=region.range).select_related(None)
    for some in _in_bunches(rows.iterator(AT_ONCE), AT_ONCE):
        numbers = [event.pk for event in some]
        moments = moments_of(some)
        began = dict(
            EventRevision.objects.filter(event__in=numbers, number=1).values_list("event_id", "values__kind")
        )
        ended = dict(Outcome.objects.filter(event__in=numbers, episode=1).values_list("event_id", "occurred"))
        for event in some:
            yield (
                event,
                Case(
                    moments=moments[event.pk],
                    confirmed=event.verification in CONFIRMED,
                    refuted=event.verification == VerificationState.REFUTED,
                    incident=event.kind == EventKind.INCIDENT,
                    was_potential=began.get(event.pk) == EventKind.POTENTIAL,
                    severity=event.severity,
                    occurred=ended.get(event.pk),
                ),
            )


def _in_bunches(rows: Iterator[T], size: int) -> Iterator[list[T]]:
    while some := list(islice(rows, size)):
        yield some


def _by_area(cases: Sequence[tuple[Event, Case]], region: Region, *, fewest: int) -> list[Part]:
    parts: dict[int, list[Case]] = defaultdict(list)
    for event, case in cases:
        finer = level_of_key(event.area) > region.level
        parts[key_at(event.area, region.level + 1) if finer else event.area].append(case)
    names = region_labels(parts)
    return [_part(key, names[key].partition(",")[0], parts[key], fewest=fewest) for key in sorted(parts)]


def _by_type(cases: Sequence[tuple[Event, Case]], *, fewest: int) -> list[Part]:
    parts: dict[str, list[Case]] = defaultdict(list)
    for event, case in cases:
        parts[event.type_code.partition(".")[0]].append(case)
    return [_part(code, code, parts[code], fewest=fewest) for code in sorted(parts)]


def _part(key: object, name: str, cases: Sequence[Case], *, fewest: int) -> Part:
    found = dict(links(cases, fewest=fewest))
    wanted = ("looked", "judged", "warned", "acknowledged")
    return Part(key, name, *(found[each] for each in wanted))
