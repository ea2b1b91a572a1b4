"""Slowing down whoever floods the public door, without keeping who that is.

Sends and wrong receipts are counted per address and hour, in the memory of this process alone, under a key that is
made at its start and written nowhere: no row, no file, no time beside a report. A person who is slowed down is told
how long; what was typed stays on the phone and is taken afterwards.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
from datetime import datetime

from kentongan.accounts.throttle import address_of
from kentongan.policy import policy_on

MOST_ADDRESSES = 20_000  # beyond that the counting of the hour begins again: it must never fill the memory


class HourlyCount:
    """How often each address came in the running hour."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._hour = ""
        self._counts: dict[bytes, int] = {}
        self._changing = threading.Lock()

    def add(self, address: str, *, now: datetime) -> int:
        """Count one more and return how many there are now."""
        tag = self._tag(address)
        with self._changing:
            self._begin(now)
            self._counts[tag] = self._counts.get(tag, 0) + 1
            return self._counts[tag]

    def of(self, address: str, *, now: datetime) -> int:
        with self._changing:
            self._begin(now)
            return self._counts.get(self._tag(address), 0)

    def forget(self) -> None:
        with self._changing:
            self._counts.clear()

    def _begin(self, now: datetime) -> None:
        hour = f"{now:%Y-%m-%dT%H}"
        if hour != self._hour or len(self._counts) >= MOST_ADDRESSES:
            self._hour = hour
            self._counts.clear()

    def _tag(self, address: str) -> bytes:
        return hmac.digest(self._key, address.encode(), hashlib.sha256)[:16]


sends = HourlyCount()
wrong_receipts = HourlyCount()


def minutes_before_send(remote: str, *, now: datetime) -> int:
    """0 when a report without account is taken now, else the minutes until the hour is over."""
    address = address_of(remote)
    if not address:
        return 0
    allowed = int(policy_on(now.date()).thresholds["public_reports_per_hour"])
    return 0 if sends.add(address, now=now) <= allowed else _rest_of_hour(now)


def minutes_before_try(remote: str, *, now: datetime) -> int:
    """0 when a receipt may be tried now, else the minutes until the hour is over."""
    address = address_of(remote)
    if not address:
        return 0
    allowed = int(policy_on(now.date()).thresholds["receipt_tries_per_hour"])
    return 0 if wrong_receipts.of(address, now=now) < allowed else _rest_of_hour(now)


def count_wrong_receipt(remote: str, *, now: datetime) -> None:
    address = address_of(remote)
    if address:
        wrong_receipts.add(address, now=now)


def _rest_of_hour(now: datetime) -> int:
    return 60 - now.minute
