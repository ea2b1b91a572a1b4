"""When an area is silent, and what share of the expected news came in: the whole tables."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.indicators.decisions import (
    Completeness,
    CoverageState,
    Rhythm,
    heard_periods,
    periods,
    standing_of,
)

NOW = datetime(2026, 11, 12, 1, 15, tzinfo=timezone.utc)
JAKARTA = ZoneInfo("Asia/Jakarta")
WEEKLY = Rhythm(every_days=7, grace_days=2)
DAY = timedelta(days=1)
TODAY = date(2026, 11, 12)
days_back = st.integers(0, 60)


def state(report: int | None, nil: int | None) -> tuple[str, int | None]:
    """The standing of an area whose newest report and nil are so many days old."""
    standing = standing_of(
        last_report=NOW - report * DAY if report is not None else None,
        last_nil=NOW - nil * DAY if nil is not None else None,
        rhythm=WEEKLY,
        now=NOW,
        zone=JAKARTA,
    )
    return standing.state.value, standing.days


@pytest.mark.parametrize(
    ("report", "nil", "expected"),
    [
        (None, None, ("belum_pernah", None)),
        (0, None, ("kabar", 0)),
        (None, 0, ("nihil", 0)),
        (9, None, ("kabar", 9)),
        (10, None, ("senyap", 10)),
        (None, 9, ("nihil", 9)),
        (None, 10, ("senyap", 10)),
        (3, 1, ("nihil", 1)),
        (1, 3, ("kabar", 1)),
        (40, 2, ("nihil", 2)),
        (40, 12, ("senyap", 12)),
    ],
)
def test_the_newest_contact_says_how_an_area_stands(
    report: int | None, nil: int | None, expected: tuple[str, int | None]
) -> None:
    assert state(report, nil) == expected


def test_days_are_counted_in_the_zone_of_the_area() -> None:
    evening = datetime(2026, 11, 1, 23, 30, tzinfo=JAKARTA)
    midnight = datetime(2026, 11, 12, 0, 5, tzinfo=JAKARTA)
    standing = standing_of(last_report=evening, last_nil=None, rhythm=WEEKLY, now=midnight, zone=JAKARTA)
    assert standing.days == 11


def test_a_contact_from_a_clock_that_runs_ahead_is_today_and_never_negative() -> None:
    assert state(-2, None) == ("kabar", 0)


@given(report=st.none() | days_back, nil=st.none() | days_back)
def test_more_news_never_makes_an_area_more_silent(report: int | None, nil: int | None) -> None:
    quiet = {"senyap", "belum_pernah"}
    if state(report, nil)[0] not in quiet:
        assert state(report if report is not None else 0, 0)[0] not in quiet


def test_a_week_is_laid_back_from_its_end() -> None:
    start = TODAY - 9 * DAY
    assert periods(start, TODAY, every_days=7) == [
        (TODAY - 6 * DAY, TODAY),
        (TODAY - 13 * DAY, TODAY - 7 * DAY),
    ]


def test_a_single_day_asks_for_the_rhythm_that_ends_on_it() -> None:
    assert periods(TODAY, TODAY, every_days=7) == [(TODAY - 6 * DAY, TODAY)]


def test_an_empty_range_expects_nothing() -> None:
    assert periods(TODAY, TODAY - DAY, every_days=7) == []


@given(length=st.integers(1, 120), every=st.integers(1, 40))
def test_the_periods_cover_the_range_without_gap_or_overlap(length: int, every: int) -> None:
    start = TODAY - (length - 1) * DAY
    laid = periods(start, TODAY, every_days=every)
    covered = [first + n * DAY for first, last in laid for n in range((last - first).days + 1)]
    assert len(covered) == len(set(covered)) == len(laid) * every
    assert {start + n * DAY for n in range(length)} <= set(covered)
    assert len(covered) - length < every


@given(days=st.lists(days_back, max_size=8), every=st.integers(1, 20))
def test_what_was_heard_is_what_a_plain_count_finds(days: list[int], every: int) -> None:
    contacts = [TODAY - n * DAY for n in days]
    laid = periods(TODAY - 30 * DAY, TODAY, every_days=every)
    plain = sum(1 for first, last in laid if {first + n * DAY for n in range(every)} & set(contacts))
    assert heard_periods(laid, days=contacts) == plain <= len(laid)


def test_a_nil_is_heard_in_every_period_it_reaches_into() -> None:
    laid = periods(TODAY - 20 * DAY, TODAY, every_days=7)
    span = (TODAY - 8 * DAY, TODAY - 5 * DAY)
    assert heard_periods(laid, days=(), spans=[span]) == 2


def test_nothing_expected_is_no_share_and_never_zero() -> None:
    assert Completeness(0, 0).share is None
    assert Completeness(4, 0).share == 0.0
    assert Completeness(4, 3).share == 0.75


def test_there_are_four_states_and_each_has_its_word() -> None:
    assert [each.value for each in CoverageState] == ["senyap", "belum_pernah", "kabar", "nihil"]
