"""Reading the machinery for its pages: the schedule with what became of it, and the worker's sign of life."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from kentongan.pipeline.models import Heartbeat, ScheduledRun
from kentongan.pipeline.schedule import SCHEDULE


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """One entry of the schedule; the moments are None while it has never run."""

    name: str
    purpose: str
    every: timedelta
    last_run: datetime | None
    due: datetime | None
    error: str


def schedule_rows(*, language: str) -> list[ScheduleRow]:
    """The schedule in its own order, with last run, next run and error."""
    runs = {run.name: run for run in ScheduledRun.objects.filter(name__in=SCHEDULE)}
    return [
        ScheduleRow(
            name=name,
            purpose=entry.purpose["en" if language.startswith("en") else "id"],
            every=entry.every,
            last_run=run.last_run if (run := runs.get(name)) else None,
            due=run.due if run else None,
            error=run.last_error if run else "",
        )
        for name, entry in SCHEDULE.items()
    ]


def failing_schedule() -> list[str]:
    """Names of scheduled work whose last run went wrong."""
    return sorted(
        ScheduledRun.objects.filter(name__in=SCHEDULE).exclude(last_error="").values_list("name", flat=True)
    )


def last_beat() -> datetime | None:
    """The worker's last sign of life; None if none was ever seen."""
    return Heartbeat.objects.order_by("-at").values_list("at", flat=True).first()
