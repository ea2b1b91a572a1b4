"""`kentongan doctor`: the health items on the console; exit code 1 when something is broken."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from kentongan.edge.clocks import machine_now
from kentongan.pipeline.health import HealthItem, State, health, is_broken

_MARKS = {State.GOOD: "✓", State.LOOK: "!", State.BROKEN: "✗"}


class Command(BaseCommand):
    help = "Memeriksa keadaan instans ini dan menyebut langkah berikutnya."
    # The doctor must speak when the database is silent or its migrations are behind.
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        items = health(now=machine_now())
        for item in items:
            self.stdout.write(line_of(item))
        if is_broken(items):
            sys.exit(1)


def line_of(item: HealthItem) -> str:
    """One finding as a line, with its next step below it."""
    step = f"\n    → {item.next_step}" if item.next_step else ""
    return f"{_MARKS[item.state]} {item.about}: {item.seen}{step}"
