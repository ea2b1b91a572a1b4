"""The two clocks.

The machine's clock serves sessions, security and jobs. The domain's clock is the time in the story: equal to the
machine's, except on a database marked as demo or drill, where it runs from an origin at a speed and can be moved on.
Only the outermost callers (pages, commands, jobs) read a clock; everything below is handed `at=` or `now=`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from django.conf import settings
from django.db import connection

from kentongan.edge import models


def machine_now() -> datetime:
    """The present moment of this machine, in UTC."""
    return datetime.now(tz=timezone.utc)


def office_day() -> date:
    """Today where the office works: posts and delegations begin and end with this day, not with the UTC one."""
    return machine_now().astimezone(settings.OFFICE_ZONE).date()


@dataclass(frozen=True, slots=True)
class DomainTime:
    """How the domain's clock runs: `origin` was shown when the machine's clock stood at `started`."""

    origin: datetime
    started: datetime
    speed: float

    def at(self, machine: datetime) -> datetime:
        return self.origin + (machine - self.started) * self.speed


def domain_now() -> datetime:
    """The present moment of the domain, in UTC."""
    machine = machine_now()
    if not _runs_apart():
        return machine
    running = models.DomainClock.objects.get(id=1)
    return DomainTime(running.origin, running.started, running.speed).at(machine)


def _runs_apart() -> bool:
    """Whether this is a demo or drill. Asked by every request, so in plain SQL: an instance has no such row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM edge_domainclock WHERE id = 1")
        return cursor.fetchone() is not None


def set_domain_clock(*, origin: datetime, speed: float = 1.0) -> None:
    """Start (or restart) the domain's clock of a demo or drill database."""
    models.DomainClock.objects.update_or_create(
        id=1, defaults={"origin": origin, "started": machine_now(), "speed": speed}
    )


def move_domain_clock(by: timedelta) -> datetime:
    """Move the story forward; returns the new domain time."""
    running = models.DomainClock.objects.get(id=1)
    set_domain_clock(origin=domain_now() + by, speed=running.speed)
    return domain_now()
