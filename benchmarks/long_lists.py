"""The long lists with 100,000 events and 50,000 reports: inbox, its poll, and the event list, asked by two people.

Pages are asked for inside one process (Django's test client: everything but the sockets) on a temporary instance of the
embedded default, or on the PostgreSQL named by KENTONGAN_DATABASE_URL, whose database must be an empty one made for it.
Promised: p95 under 300 ms, and a reader of one kecamatan waits at most 1.2 times as long as a reader of the kabupaten.

    python -m benchmarks.long_lists [--events 100000] [--reports 50000] [--times 40]

For each page the slowest statement is told with its share, so that a missing index is seen and not guessed.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from uuid import uuid4

PROMISED_P95_MS, PROMISED_RATIO = 300, 1.2
DISTRICTS, VILLAGES = 20, 15
WAITING_SHARE = 25  # one report in so many waits for a decision
NOW = datetime(2026, 11, 12, 1, 15, tzinfo=timezone.utc)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
READERS = (("kabid", "kesbangpol", "99.01"), ("kasi_trantib", "kecamatan", "99.01.01"))
PAGES = (
    ("reports", ""),
    ("inbox_mark", ""),
    ("events", ""),
    ("events", "?page=150"),
    ("events", "?jenis=KEL.01"),
    ("events", "?cari=batas"),
)


@dataclass(frozen=True, slots=True)
class Page:
    """What one page took for one reader, and its slowest statement."""

    reader: str
    address: str
    seconds: list[float]
    cpu_ms: float  # processor time of one request, which a busy machine spoils less than the clock's
    slowest: str
    slowest_ms: float

    @property
    def p95_ms(self) -> float:
        return statistics.quantiles(self.seconds, n=20)[-1] * 1000

    @property
    def median_ms(self) -> float:
        return statistics.median(self.seconds) * 1000


@dataclass(frozen=True, slots=True)
class Result:
    pages: list[Page]

    def lines(self) -> Iterator[str]:
        for page in self.pages:
            yield (
                f"{page.reader:14} {page.address:32} p95 {page.p95_ms:6.0f} ms, median {page.median_ms:6.0f} ms, "
                f"processor {page.cpu_ms:5.0f} ms; "
                f"slowest statement {page.slowest_ms:.0f} ms: {page.slowest[:90]}"
            )
        worst, ratio = max(page.p95_ms for page in self.pages), self.ratio
        good = worst <= PROMISED_P95_MS and ratio <= PROMISED_RATIO
        yield (
            f"{'OK' if good else 'KURANG / BELOW'}: worst p95 {worst:.0f} ms of {PROMISED_P95_MS}, "
            f"kecamatan {ratio:.2f} times the kabupaten, at most {PROMISED_RATIO} promised"
        )

    @property
    def ratio(self) -> float:
        """The worst ratio of the narrow to the wide reader, by processor time: a p95 of forty is one request."""
        wide, narrow = (
            {page.address: page.cpu_ms for page in self.pages if page.reader == reader}
            for reader, _, _ in READERS
        )
        return max(narrow[address] / wide[address] for address in wide)


def main(*, events: int = 100_000, reports: int = 50_000, times: int = 40) -> Result:
    """Fill an instance of its own and ask for the pages."""
    with tempfile.TemporaryDirectory(prefix="kentongan-bench-", ignore_cleanup_errors=True) as folder:
        os.environ |= {"KENTONGAN_DATA": folder, "DJANGO_SETTINGS_MODULE": "kentongan.settings"}
        import django

        django.setup()
        accounts = _fill(Path(folder), events=events, reports=reports)
        return Result([page for account in accounts for page in _ask_all(*account, times=times)])


def _fill(folder: Path, *, events: int, reports: int) -> list[tuple[str, Any]]:
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    file = folder / "wilayah.csv"
    file.write_text("\n".join(["code,name,time_zone", *_regions()]) + "\n", encoding="utf-8")
    call_command("regions", "load", "--file", str(file), verbosity=0)
    people = [(role, _person(role, kind, area)) for role, kind, area in READERS]
    _add_events(events)
    _add_reports(reports)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return people


def _regions() -> Iterator[str]:
    yield "99,Bimasakti Raya,Asia/Jakarta"
    yield "99.01,Kabupaten Waluku,"
    for district in range(1, DISTRICTS + 1):
        yield f"99.01.{district:02d},Wuluh {district},"
        for village in range(1, VILLAGES + 1):
            yield f"99.01.{district:02d}.{2000 + village},Luku {district}-{village},"


def _person(role: str, kind: str, area: str) -> Any:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from kentongan.accounts.actions import create_agency
    from kentongan.accounts.actors import Actor
    from kentongan.accounts.models import Account, Assignment

    agency = create_agency(
        name=f"Kantor {role}", short_name=role, kind=kind, own=[area], by=Actor.of_system("bench"), at=NOW
    )
    account = Account.objects.create(name=role, email=f"{role}@contoh.go.id", created_on=date(2020, 1, 1))
    Assignment.objects.create(
        account=account, agency=agency, role=role, title="", valid_from=date(2020, 1, 1), valid_until=None
    )
    TOTP.activate(account, generate_totp_secret())
    return account


def _villages() -> list[int]:
    from kentongan.places.models import Region

    return list(Region.objects.filter(level=4).values_list("key", flat=True))


def _add_events(number: int) -> None:
    from kentongan.accounts.models import Agency
    from kentongan.events.models import Event
    from kentongan.policy import policy_on

    chance, villages, owner = random.Random(1), _villages(), Agency.objects.order_by("pk")[0].pk  # noqa: S311
    types = list(policy_on(NOW.date()).event_types)
    for start in range(0, number, 5000):
        rows = []
        for each in range(start, min(start + 5000, number)):
            at = NOW - timedelta(minutes=chance.randrange(3 * 365 * 24 * 60))
            rows.append(
                Event(
                    kind=chance.choice(["potential", "incident"]),
                    type_code=chance.choice(types),
                    forms=["F02"],
                    hostile_facet="F02",
                    state=chance.choice(["open", "monitored", "handled", "closed", "closed", "closed"]),
                    verification=chance.choice(["unverified", "verified", "partly", "refuted"]),
                    area=chance.choice(villages),
                    place_precision=2,
                    happens_on=at.date(),
                    time_precision=1,
                    severity=chance.randint(1, 5),
                    summary=f"Perselisihan batas dusun nomor {each}.",
                    owner_id=owner,
                    created_at=at,
                )
            )
        Event.rows.bulk_create(rows, batch_size=500)


def _add_reports(number: int) -> None:
    from kentongan.edge.sealed_fields import SealedText
    from kentongan.intake.models import Report

    chance, villages = random.Random(2), _villages()  # noqa: S311
    sealed = SealedText.seal("a" * 300, context="bench")
    for start in range(0, number, 5000):
        rows = []
        for each in range(start, min(start + 5000, number)):
            waits = each % WAITING_SHARE == 0
            rows.append(
                Report(
                    client_id=uuid4(),
                    content_hash=f"{each:064d}",
                    words_hash=f"{each:064d}",
                    receipt_tag=f"{each:026d}",
                    channel="form",
                    source="publik",
                    text_masked=f"Ada keributan di balai dusun nomor {each}. " * 6,
                    raw_sealed=sealed,
                    area=chance.choice(villages),
                    danger="yes" if each % 500 == 0 else "",
                    received_at=NOW - timedelta(minutes=chance.randrange(90 * 24 * 60)),
                    state="received" if waits else "triaged",
                    triage_outcome="" if waits else "new_event",
                )
            )
        Report.rows.bulk_create(rows, batch_size=500)


def _ask_all(reader: str, account: Any, *, times: int) -> Iterator[Page]:
    from django.conf import settings
    from django.test import Client
    from django.urls import reverse

    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    client.force_login(account, backend=BACKEND)
    for name, query in PAGES:
        address = reverse(name) + query
        client.get(address)  # warm up: templates, statements, pages of the database
        begun = time.process_time()
        seconds = [_once(client, address) for _ in range(times)]
        cpu_ms = (time.process_time() - begun) / times * 1000
        yield Page(reader, address, seconds, cpu_ms, *_slowest(client, address))


def _once(client: Any, address: str) -> float:
    begun = time.perf_counter()
    answer = client.get(address)
    if answer.status_code >= 400:
        raise SystemExit(f"{address} answered {answer.status_code}")
    return time.perf_counter() - begun


def _slowest(client: Any, address: str) -> tuple[str, float]:
    """The statement of one more request that took longest, and its milliseconds."""
    from django.db import connection, reset_queries

    reset_queries()
    connection.force_debug_cursor = True
    try:
        client.get(address)
    finally:
        connection.force_debug_cursor = False
    worst = max(connection.queries, key=lambda query: float(query["time"] or 0), default=None)
    return (" ".join(worst["sql"].split()), float(worst["time"]) * 1000) if worst else ("", 0.0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--reports", type=int, default=50_000)
    parser.add_argument("--times", type=int, default=40, help="requests for each page and reader")
    return parser.parse_args()


if __name__ == "__main__":
    chosen = _arguments()
    print("\n".join(main(events=chosen.events, reports=chosen.reports, times=max(20, chosen.times)).lines()))
