"""Failures are slowed down, counted without anybody's name, and forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.accounts import throttle
from kentongan.accounts.models import LoginAttempt
from tests.factories import NOW


def tries(value: str = "ratna@contoh.go.id", *, now: datetime = NOW) -> throttle.Tally:
    return throttle.tally(throttle.LOGIN, value, now=now)


def fail(times: int, *, now: datetime = NOW) -> None:
    for _ in range(times):
        throttle.count_failure([tries(now=now)], now=now)


@pytest.mark.parametrize(
    ("failures", "minutes"), [(0, 0), (4, 0), (5, 1), (6, 2), (7, 4), (8, 8), (9, 15), (10, 15), (500, 15)]
)
def test_the_wait_grows_from_one_to_fifteen_minutes(failures: int, minutes: int) -> None:
    assert throttle.LOGIN.wait_after(failures) == timedelta(minutes=minutes)


@pytest.mark.django_db
def test_five_failures_make_one_wait_and_four_do_not() -> None:
    fail(4)
    assert throttle.minutes_to_wait([tries()], now=NOW) == 0
    fail(1)
    assert throttle.minutes_to_wait([tries()], now=NOW) == 1
    assert throttle.minutes_to_wait([tries()], now=NOW + timedelta(seconds=61)) == 0


@pytest.mark.django_db
def test_another_login_is_not_slowed_down() -> None:
    fail(9)
    assert throttle.minutes_to_wait([tries("budi@contoh.go.id")], now=NOW) == 0


@pytest.mark.django_db
def test_the_longest_wait_of_several_buckets_counts() -> None:
    fail(7)
    other = throttle.tally(throttle.ADDRESS, "203.0.113.7", now=NOW)
    assert throttle.minutes_to_wait([other, tries()], now=NOW) == 4


@pytest.mark.django_db
def test_the_password_s_owner_starts_anew() -> None:
    fail(4)
    throttle.forgive(tries())
    fail(4)
    assert throttle.minutes_to_wait([tries()], now=NOW) == 0


@pytest.mark.django_db
def test_rows_go_after_a_day() -> None:
    fail(5)
    later = NOW + timedelta(hours=24, seconds=1)
    throttle.count_failure([tries("budi@contoh.go.id", now=later)], now=later)
    assert LoginAttempt.objects.count() == 1


@pytest.mark.django_db
def test_the_table_holds_neither_the_login_nor_the_address() -> None:
    address = throttle.tally(throttle.ADDRESS, "203.0.113.7", now=NOW)
    throttle.count_failure([tries(), address], now=NOW)
    for row in LoginAttempt.objects.all():
        assert len(row.tag) == 64
        assert not any(word in row.tag for word in ("ratna", "203.0.113"))


def test_tags_change_every_day_and_differ_by_kind() -> None:
    assert tries().tag != tries(now=NOW + timedelta(days=1)).tag
    assert tries("1").tag != throttle.tally(throttle.CODE, "1", now=NOW).tag


@given(st.integers(0, 23), st.integers(0, 59))
def test_tags_stay_the_same_within_a_day(hour: int, minute: int) -> None:
    assert tries(now=NOW.replace(hour=hour, minute=minute)).tag == tries().tag


@pytest.mark.parametrize(
    ("remote", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("127.0.0.1", ""),
        ("::1", ""),
        ("", ""),
    ],
)
def test_an_address_counts_as_itself_or_its_network_and_this_machine_not_at_all(
    remote: str, counted: str
) -> None:
    assert throttle.address_of(remote) == counted
