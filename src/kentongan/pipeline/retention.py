"""What is past its day: the rules of `policy` retention put to every report, and the erasing left to `intake`.

Only here meet the report, which knows its age, and the events and verdicts behind it, which may keep it longer or end
it sooner. The order of the rules: a report declined or taken back · one that a confirmed event keeps · one whose every
event was refuted · the plain unverified report.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, Q, QuerySet

from kentongan.accounts.scopes import Scope
from kentongan.documents.queries import kept_product_files
from kentongan.events.models import CONFIRMED, Event, EventReport, EventState, VerificationState
from kentongan.intake.actions import discard_orphans, erase_due
from kentongan.intake.actions.keeping import WITHDRAWN, Counted
from kentongan.intake.decisions import DECLINED
from kentongan.intake.models import Report, ReportState
from kentongan.policy import policy_on
from kentongan.response.queries import proof_files
from kentongan.verification.models import Verdict
from kentongan.verification.queries.checklist import kept_files

RULES = ("declined_report", WITHDRAWN, "confirmed_event", "disproved_report", "raw_unverified_report")
ORPHAN_AGE = timedelta(days=1)
_SCOPE = Scope.system("retention")
_PIECE = 500  # reports asked about at once


@dataclass(frozen=True, slots=True)
class Behind:
    """What retention asks of an event behind a report: whether it holds, when it was refuted, since when it is closed."""

    confirmed: bool
    refuted_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Periods:
    """The periods in force on the day of the run."""

    declined: timedelta
    disproved: timedelta
    raw: timedelta
    confirmed: timedelta

    @classmethod
    def on(cls, at: datetime) -> Periods:
        rules = policy_on(at.date()).retention
        names = ("declined_report", "disproved_report", "raw_unverified_report", "confirmed_event")
        return cls(*(timedelta(days=rules[name].days) for name in names))


@dataclass(frozen=True, slots=True)
class Ending:
    """By which rule a report goes, and when; `when` is empty while something keeps it without an end in sight."""

    rule: str
    when: datetime | None


def ending_of(
    behind: Sequence[Behind], *, received_at: datetime, withdrawn: bool, periods: Periods
) -> Ending:
    """How a report that nobody declined ends, as things stand."""
    confirmed = [event for event in behind if event.confirmed]
    if confirmed:
        closed = [event.closed_at for event in confirmed if event.closed_at]
        over = max(closed) + periods.confirmed if len(closed) == len(confirmed) else None
        return Ending("confirmed_event", over)
    if withdrawn:
        return Ending(WITHDRAWN, received_at)
    refuted = [event.refuted_at for event in behind if event.refuted_at]
    if behind and len(refuted) == len(behind):
        return Ending("disproved_report", max(refuted) + periods.disproved)
    return Ending("raw_unverified_report", received_at + periods.raw)


def outlook(report: Report, *, at: datetime) -> Ending:
    """How this report ends, for the page on which a person keeps or erases it. The reader was given it through a scope."""
    periods = Periods.on(at)
    if report.state == ReportState.ARCHIVED and report.triaged_at is not None:
        return Ending("declined_report", report.triaged_at + periods.declined)
    behind = _behind([report.pk]).get(report.pk, ())
    withdrawn = report.state == ReportState.WITHDRAWN
    return ending_of(behind, received_at=report.received_at, withdrawn=withdrawn, periods=periods)


def carry_out(*, at: datetime) -> dict[str, Counted]:
    """One run: find what is due, have it erased, keep the proof. `at` is the domain's time."""
    periods = Periods.on(at)
    due: dict[str, list[int]] = {rule: [] for rule in RULES}
    declined = _reports().filter(
        state=ReportState.ARCHIVED, triage_outcome__in=DECLINED, triaged_at__lte=at - periods.declined
    )
    due["declined_report"] = list(declined.values_list("pk", flat=True))
    gone = set(due["declined_report"])
    for number, received_at, withdrawn, behind in _candidates(periods, at=at):
        ending = ending_of(behind, received_at=received_at, withdrawn=withdrawn, periods=periods)
        if ending.when is not None and ending.when <= at and number not in gone:
            due[ending.rule].append(number)
    return erase_due(due, nil_before=at - periods.raw, at=at)


def remove_orphans(*, now: datetime) -> int:
    """Files that belong to no row, a day after they were written; `now` is the machine's time, as on the files."""
    known = [*kept_files(), *kept_product_files(), *proof_files()]
    return discard_orphans(before=now - ORPHAN_AGE, known=known)


def _candidates(periods: Periods, *, at: datetime) -> Iterator[tuple[int, datetime, bool, Sequence[Behind]]]:
    """Reports that a rule may end today, each with the events behind it."""
    refuted = Event.objects.in_scope(_SCOPE).filter(verification=VerificationState.REFUTED)
    with_refuted = Q(pk__in=EventReport.objects.filter(event__in=refuted.values("pk")).values("report"))
    old = Q(received_at__lte=at - periods.raw)
    wanted = _reports().filter(old | with_refuted | Q(state=ReportState.WITHDRAWN)).order_by("pk")
    # Reports declined by a person follow their own, shorter rule.
    rows = list(wanted.exclude(state=ReportState.ARCHIVED).values_list("pk", "received_at", "state"))
    for start in range(0, len(rows), _PIECE):
        piece = rows[start : start + _PIECE]
        behind = _behind([number for number, _, _ in piece])
        for number, received_at, state in piece:
            yield number, received_at, state == ReportState.WITHDRAWN, behind.get(number, ())


def _behind(numbers: Sequence[int]) -> Mapping[int, Sequence[Behind]]:
    """The events behind each report, where one that was merged stands for the one it became."""
    links = list(
        EventReport.objects.filter(report__in=numbers, event__undone_at=None).values_list("report", "event")
    )
    events = _with_targets({event for _, event in links})
    refuted_at = dict(
        Verdict.objects.filter(event__in=events).values_list("event").annotate(Max("given_at")).order_by()
    )
    found: dict[int, list[Behind]] = defaultdict(list)
    for report, event in links:
        final = _final(event, events)
        found[report].append(_facts(final, refuted_at.get(final.pk)))
    return found


def _with_targets(numbers: set[int]) -> dict[int, Event]:
    """These events, and those they were merged into, by number."""
    events: dict[int, Event] = {}
    while missing := numbers - events.keys():
        rows: QuerySet[Event] = Event.objects.in_scope(_SCOPE).filter(pk__in=missing)
        fresh = {event.pk: event for event in rows.annotate(last_change=Max("revisions__recorded_at"))}
        events |= fresh
        numbers = {event.merged_into_id for event in fresh.values() if event.merged_into_id}
    return events


def _final(number: int, events: Mapping[int, Event]) -> Event:
    event, seen = events[number], {number}
    while event.merged_into_id and event.merged_into_id not in seen:
        seen.add(event.merged_into_id)
        event = events[event.merged_into_id]
    return event


def _facts(event: Event, refuted_at: datetime | None) -> Behind:
    closed = event.state == EventState.CLOSED
    return Behind(
        confirmed=event.verification in CONFIRMED,
        refuted_at=refuted_at if event.verification == VerificationState.REFUTED else None,
        # The last change of a closed event is its closing or later: never too early.
        closed_at=(getattr(event, "last_change", None) or event.created_at) if closed else None,
    )


def _reports() -> QuerySet[Report]:
    rows: QuerySet[Report] = Report.objects.in_scope(_SCOPE).filter(erased_on=None)
    return rows
