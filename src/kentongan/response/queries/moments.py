"""The recorded moments of many events at once: from the first report to the outcome."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Min, QuerySet

from kentongan.accounts.scopes import Scope
from kentongan.alerts.models import AlertRecipient
from kentongan.events.models import Event, EventReport
from kentongan.response.decisions import Moments
from kentongan.response.models import Outcome, TaskMove, TaskState
from kentongan.verification.models import Verdict

# Nothing of an alert, task or report is told beside its moment, and the events were read through the reader's scope.
_WHOLE = Scope.system("the moments of events that the reader was given")

Firsts = Mapping[int, datetime]


def moments_of(events: Iterable[Event]) -> dict[int, Moments]:
    """The moments of each event by its number, in a fixed number of queries; what went up in an event counts there."""
    made = {event.pk: event.created_at for event in events}
    root = _roots(made)
    members = list(root)
    sources = EventReport.objects.filter(event__in=members)
    reported = _firsts(sources, "report__received_at", root)
    sorted_out = _firsts(sources, "report__triaged_at", root)
    looked = {number: min(at, sorted_out.get(number, at)) for number, at in made.items()}
    verdicts = Verdict.objects.filter(event__in=members, needs_second=False)
    judged = _firsts(verdicts, "given_at", root)
    told = AlertRecipient.objects.filter(alert__event__in=members)
    warned = _firsts(told, "alert__issued_at", root, of="alert__event_id")
    acknowledged = _firsts(told, "acknowledged_at", root, of="alert__event_id")
    accepted = _first_moves(TaskState.ACCEPTED, root)
    acted = _first_moves(TaskState.DONE, root)
    ended = _firsts(Outcome.objects.filter(event__in=members), "recorded_at", root)
    return {
        number: Moments(
            reported=reported.get(number),
            looked=looked[number],
            judged=judged.get(number),
            warned=warned.get(number),
            acknowledged=acknowledged.get(number),
            accepted=accepted.get(number),
            acted=acted.get(number),
            ended=ended.get(number),
        )
        for number in made
    }


def _first_moves(state: str, root: Mapping[int, int]) -> Firsts:
    moves = TaskMove.objects.filter(task__event__in=list(root), to_state=state)
    return _firsts(moves, "at", root, of="task__event_id")


def _firsts(
    rows: QuerySet[Any], moment: str, root: Mapping[int, int], *, of: str = "event_id"
) -> dict[int, datetime]:
    """The first moment by the event that remains."""
    found: dict[int, datetime] = {}
    for number, at in rows.order_by().values(of).annotate(first=Min(moment)).values_list(of, "first"):
        if at is not None:
            known = found.get(root[number])
            found[root[number]] = at if known is None else min(at, known)
    return found


def _roots(numbers: Iterable[int]) -> dict[int, int]:
    """Each event and all that went up in it, with the event in which they are read; one query per level of merging."""
    root = {number: number for number in numbers}
    level = list(root)
    while level:
        below: dict[int, list[int]] = defaultdict(list)
        rows = Event.objects.in_scope(_WHOLE).filter(merged_into__in=level)
        for number, into in rows.values_list("pk", "merged_into_id"):
            if number not in root:
                below[into].append(number)
        level = [number for found in below.values() for number in found]
        root |= {number: root[into] for into, found in below.items() for number in found}
    return root
