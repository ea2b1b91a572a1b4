"""Slowing down a flood: per address and hour, in memory alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from kentongan.policy import policy_on
from kentongan.web import slowing
from tests.factories import NOW, TODAY

ALLOWED = int(policy_on(TODAY).thresholds["public_reports_per_hour"])


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    slowing.sends.forget()
    yield
    slowing.sends.forget()


def waits(address: str, times: int = 1, *, hours: int = 0) -> int:
    """The minutes told at the last of so many sends."""
    return [slowing.minutes_before_send(address, now=NOW + timedelta(hours=hours)) for _ in range(times)][-1]


def test_the_first_reports_of_an_hour_are_free() -> None:
    assert waits("203.0.113.1", ALLOWED) == 0


def test_one_more_waits_for_the_end_of_the_hour() -> None:
    assert waits("203.0.113.1", ALLOWED + 1) == 60 - NOW.minute
    assert waits("203.0.113.1", hours=1) == 0


def test_a_network_of_version_six_counts_as_one() -> None:
    waits("2001:db8:1:2::1", ALLOWED)
    assert waits("2001:db8:1:2:ffff::9") > 0
    assert waits("2001:db8:1:3::1") == 0


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "", "tidak ada"])
def test_this_machine_and_a_proxy_that_hides_its_callers_are_not_slowed_down(address: str) -> None:
    assert waits(address, ALLOWED + 5) == 0


def test_the_memory_stays_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slowing, "MOST_ADDRESSES", 10)
    for number in range(50):
        waits(f"203.0.113.{number}")
    assert len(slowing.sends._counts) <= 10


def test_two_processes_count_under_different_keys() -> None:
    assert slowing.HourlyCount()._tag("203.0.113.1") != slowing.HourlyCount()._tag("203.0.113.1")
