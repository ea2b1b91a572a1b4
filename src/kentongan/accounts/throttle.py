"""Slowing down whoever guesses: failures are counted under keyed hashes that change every day.

Two buckets fill at a failure: one for the login that was typed, one for the address it came from. Neither
holds the login or the address itself; the key of a day is derived from the instance's key, so yesterday's
tags match nothing today, and every row goes after 24 hours. Only the log-in pages come here, never an intake
route.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Max

from kentongan.accounts.models import LoginAttempt
from kentongan.edge.transactions import one_transaction

LONGEST_WAIT_MINUTES = 15
KEPT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Bucket:
    """What is counted, and how many failures are free before the waiting begins."""

    kind: str
    free: int

    def wait_after(self, failures: int) -> timedelta:
        """1, 2, 4 … 15 minutes from the last free failure on."""
        over = failures - self.free
        return timedelta(minutes=min(2**over, LONGEST_WAIT_MINUTES) if 0 <= over < 10 else 15 * (over >= 10))


LOGIN = Bucket("login", free=5)
CODE = Bucket("code", free=5)
# A whole office shares one address, so the address is given more room than the login.
ADDRESS = Bucket("address", free=40)


@dataclass(frozen=True, slots=True)
class Tally:
    """One bucket of one person or address, under the tag of its day."""

    bucket: Bucket
    tag: str


def tally(bucket: Bucket, value: str, *, now: datetime) -> Tally:
    """The bucket of a login or an address, as a tag nobody can turn back."""
    day_key = hmac.digest(
        settings.SECRET_KEY.encode(), f"accounts.throttle:{now.date()}".encode(), hashlib.sha256
    )
    tag = hmac.new(day_key, f"{bucket.kind}:{value}".encode(), hashlib.sha256).hexdigest()
    return Tally(bucket, tag)


def address_of(remote: str) -> str:
    """What counts as one address: an IPv4 address, or the /64 of an IPv6 one; nothing for this machine
    itself.

    Loopback is either a person at the server or a proxy that hides its callers: one bucket for all would shut
    out everybody at once.
    """
    try:
        address = ipaddress.ip_address(remote.strip())
    except ValueError:
        return ""
    if address.is_loopback:
        return ""
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network(f"{address}/64", strict=False))
    return str(address)


def minutes_to_wait(tallies: Iterable[Tally], *, now: datetime) -> int:
    """Whole minutes until the next try is taken; 0 when it is taken now."""
    tags = [each.tag for each in tallies]
    until = LoginAttempt.objects.filter(tag__in=tags, forget_after__gt=now).aggregate(Max("blocked_until"))
    latest: datetime | None = until["blocked_until__max"]
    if latest is None or latest <= now:
        return 0
    return -int(-(latest - now).total_seconds() // 60)


def count_failure(tallies: Iterable[Tally], *, now: datetime) -> None:
    """One more failure in each bucket; what is a day old goes at the same time."""
    with one_transaction():
        LoginAttempt.objects.filter(forget_after__lte=now).delete()
        for each in tallies:
            row, _ = LoginAttempt.objects.select_for_update().get_or_create(
                tag=each.tag, defaults={"forget_after": now + KEPT}
            )
            row.failures = min(row.failures + 1, 30_000)
            wait = each.bucket.wait_after(row.failures)
            row.blocked_until = now + wait if wait else None
            row.save(update_fields=["failures", "blocked_until"])


def forgive(each: Tally) -> None:
    """Forget the failures of a login whose owner has just shown the password."""
    LoginAttempt.objects.filter(tag=each.tag).delete()


def forget_old_attempts(*, now: datetime) -> int:
    """Remove what is older than its day; returns how many rows went."""
    removed, _ = LoginAttempt.objects.filter(forget_after__lte=now).delete()
    return removed
