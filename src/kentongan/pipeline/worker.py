"""The one process that does everything heavy: it follows the outbox, runs what is due, and works the jobs off.

Killing it at any moment loses nothing: the cursor, the schedule and the jobs live in the database, and a job that was
cut off is returned when its lease runs out.
"""

from __future__ import annotations

import os
import signal
import socket
import threading
from datetime import datetime
from types import FrameType

from django.db import close_old_connections
from django_tasks_db.management.commands.db_worker import Worker

from kentongan.edge.clocks import machine_now
from kentongan.edge.jobs import state_counts
from kentongan.edge.models import JobState
from kentongan.pipeline import cursor, schedule, steps
from kentongan.pipeline.models import Heartbeat

BEAT = "worker"
IDLE_SECONDS = 1.0

MOST_AT_ONCE = 200
NICENESS = 10
STEPS = steps  # importing them registers the jobs that flow.py names


def one_round(*, now: datetime) -> int:
    """Follow, run what is due, work off the jobs that are due; returns how much was done."""
    Heartbeat.objects.update_or_create(name=BEAT, defaults={"at": now})
    followed = cursor.follow_all(at=now)
    ran = len(schedule.run_due(now=now))
    return followed + ran + _work_off()


def _work_off() -> int:
    """Run the deliveries that are due; returns how many."""
    postman = Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=MOST_AT_ONCE,
        worker_id=f"{socket.gethostname()[:40]}-{os.getpid()}",
    )
    before = state_counts()[JobState.WAITING]
    postman.run()
    return max(0, before - state_counts()[JobState.WAITING])


def run_until_stopped(*, with_parent: bool = False) -> None:
    """Rounds until SIGTERM or SIGINT; the round under way is finished first.

    `with_parent`: also stop when standard input closes, which is how the death of the serving process is noticed.
    """
    stop = threading.Event()
    if with_parent:
        _let_the_pages_go_first()
        threading.Thread(target=_stop_with_parent, args=(stop,), daemon=True).start()

    def stopping(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, stopping)
    signal.signal(signal.SIGINT, stopping)
    while not stop.is_set():
        close_old_connections()
        if one_round(now=machine_now()) == 0:
            stop.wait(IDLE_SECONDS)


def _let_the_pages_go_first() -> None:
    """Beside a serving process a burst of reports is answered first and read afterwards. Windows knows no such thing."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)


def _stop_with_parent(stop: threading.Event) -> None:
    # The descriptor itself: a thread inside Python's buffered standard input would break the interpreter's exit.
    while os.read(0, 1):
        pass
    stop.set()
