"""What the fault tests start and kill: a process of its own on an instance of its own.

    send FROM      says whether FROM is stored already, then stores reports without end from there and says
                   each number once it is acknowledged
    burst FROM     the same through the door for bursts, with eight senders at once
    look           says what the instance holds, as one line of JSON
    work           a worker that says when it is in the middle of a job, and then hangs there
    again SECONDS  a worker that lives that much later, when the lease of the killed one has run out

The instance is named by KENTONGAN_DATA and KENTONGAN_DATABASE_URL.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from datetime import datetime, timedelta, timezone
from itertools import count
from uuid import UUID

import django

VILLAGE = 9901012001


def say(what: object) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def store(number: int) -> None:
    from kentongan.edge.clocks import machine_now
    from kentongan.intake.actions import Sender, receive_report
    from kentongan.intake.decisions import Draft

    draft = Draft(UUID(int=number), "form", f"Laporan ke-{number}", area=VILLAGE)
    receive_report(draft, sender=Sender.public(), desk=None, at=machine_now())


def send(start: int) -> None:
    from kentongan.intake.models import Report

    say("stored" if Report.rows.filter(client_id=UUID(int=start)).exists() else "fresh")
    for number in count(start):
        store(number)
        say(number)


def burst(start: int) -> None:
    """Eight senders take the numbers in turn; a number is said once its answer has come."""
    numbers, taking = count(start), threading.Lock()

    def send_on() -> None:
        while True:
            with taking:
                number = next(numbers)
            submit_one(number)
            say(number)

    senders = [threading.Thread(target=send_on) for _ in range(8)]
    for each in senders:
        each.start()
    for each in senders:
        each.join()


def submit_one(number: int) -> None:
    from kentongan.edge.clocks import machine_now
    from kentongan.intake.actions import Sender
    from kentongan.intake.decisions import Draft
    from kentongan.intake.door import submit

    draft = Draft(UUID(int=number), "form", f"Laporan ke-{number}", area=VILLAGE)
    submit(draft, sender=Sender.public(), desk=None, at=machine_now())


def look() -> None:
    from django.conf import settings
    from django.db import connection

    from kentongan.audit import heads
    from kentongan.audit.models import AuditEntry
    from kentongan.audit.queries import current_head, find_fault
    from kentongan.edge.models import Job
    from kentongan.intake.models import Report

    kept, head, fault = heads.newest(settings.AUDIT_HEAD_DIR), current_head(), find_fault()
    say(
        json.dumps(
            {
                "numbers": sorted(
                    client_id.int for client_id in Report.rows.values_list("client_id", flat=True)
                ),
                "reports": sorted(f"report:{number}" for number in Report.rows.values_list("pk", flat=True)),
                "received": sorted(
                    AuditEntry.objects.filter(action="report.received").values_list("subject", flat=True)
                ),
                "chain": head.seq if head else 0,
                "kept": kept.seq if kept else 0,
                "fault": str(fault) if fault else "",
                "jobs": list(Job.objects.order_by("pk").values_list("kind", "state", "tries")),
                "synchronous": _synchronous() if connection.vendor == "sqlite" else "",
            }
        )
    )


def _synchronous() -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        return {2: "FULL"}.get(cursor.fetchone()[0], "less")


def toy(*, number: int) -> None:
    """One effect, and then the middle of the job, where the killed worker hangs."""
    store(number)
    say("effect")
    if os.environ.get("KENTONGAN_HANGS"):
        time.sleep(600)


def work() -> None:
    from kentongan.edge import jobs
    from kentongan.edge.clocks import machine_now
    from kentongan.pipeline.worker import one_round

    jobs.job("toy.effect")(toy)
    jobs.enqueue("toy.effect", key="toy", values={"number": 7}, at=machine_now())
    one_round(now=machine_now())


def again(seconds: int) -> None:
    """Two rounds: the first takes the job back, the second, past its delay, runs it."""
    from django.utils import timezone as django_time

    from kentongan.edge import jobs
    from kentongan.pipeline.worker import one_round

    jobs.job("toy.effect")(toy)
    for wait in (seconds, seconds + 120):
        now = datetime.now(tz=timezone.utc) + timedelta(seconds=wait)
        jobs.machine_now = django_time.now = lambda now=now: now
        one_round(now=now)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kentongan.settings")
    django.setup()
    verb, *numbers = sys.argv[1:]
    {"send": send, "burst": burst, "look": look, "work": work, "again": again}[verb](*map(int, numbers))


if __name__ == "__main__":
    main()
