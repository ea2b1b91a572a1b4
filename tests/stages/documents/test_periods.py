"""Periods of a recap: they hold their day, fall into steps without a gap, and are compared with what lies before."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.documents.decisions.periods import (
    Period,
    Span,
    earlier,
    own_period,
    period_of,
    shifted,
    so_far,
    steps,
)

TODAY = date(2026, 11, 12)
DAY = timedelta(days=1)
_days = st.dates(date(1999, 1, 1), date(2090, 1, 1))
_periods = st.builds(
    lambda span, on, today: so_far(period_of(span, on=on), today=today),
    st.sampled_from([span for span in Span if span is not Span.OWN]),
    _days,
    _days,
) | st.builds(own_period, _days, _days)


@given(_periods)
def test_the_steps_of_a_period_are_the_period(period: Period) -> None:
    days = [part.first + DAY * n for part in steps(period) for n in range((part.last - part.first).days + 1)]
    assert days == [period.first + DAY * n for n in range(period.days)]


@given(_periods)
def test_a_period_is_compared_with_one_that_ended_before_it_and_is_not_longer_by_more_than_a_month_differs(
    period: Period,
) -> None:
    before = earlier(period)
    assert before.last < period.first
    assert abs(before.days - period.days) <= 3


@given(_days, _days)
def test_an_own_range_is_compared_with_as_many_days_directly_before(one: date, other: date) -> None:
    period = own_period(one, other)
    before = earlier(period)
    assert (before.days, before.last + DAY) == (period.days, period.first)


@given(st.sampled_from([Span.DAY, Span.WEEK, Span.MONTH, Span.YEAR]), _days)
def test_a_whole_period_follows_the_one_it_is_compared_with_without_a_gap(span: Span, on: date) -> None:
    period = period_of(span, on=on)
    assert period.first <= on <= period.last
    assert earlier(period).last + DAY == period.first


@pytest.mark.parametrize(
    ("span", "first", "last", "before"),
    [
        (Span.DAY, TODAY, TODAY, (date(2026, 11, 11), date(2026, 11, 11))),
        (Span.WEEK, date(2026, 11, 9), TODAY, (date(2026, 11, 2), date(2026, 11, 5))),
        (Span.MONTH, date(2026, 11, 1), TODAY, (date(2026, 10, 1), date(2026, 10, 12))),
        (Span.THREE_MONTHS, date(2026, 8, 13), TODAY, (date(2026, 5, 13), date(2026, 8, 12))),
        (Span.YEAR, date(2026, 1, 1), TODAY, (date(2025, 1, 1), date(2025, 11, 12))),
        (Span.B12, date(2026, 9, 1), TODAY, (date(2026, 5, 1), date(2026, 7, 12))),
        (Span.B08, date(2026, 5, 1), date(2026, 8, 31), (date(2026, 1, 1), date(2026, 4, 30))),
    ],
)
def test_what_has_passed_of_a_period_is_compared_with_the_same_part_of_the_one_before(
    span: Span, first: date, last: date, before: tuple[date, date]
) -> None:
    on = TODAY if span is not Span.B08 else date(2026, 6, 1)
    period = so_far(period_of(span, on=on), today=TODAY)
    assert (period.first, period.last) == (first, last)
    assert (earlier(period).first, earlier(period).last) == before


@given(_periods, _days)
def test_turning_the_page_never_leads_into_what_has_not_begun(period: Period, today: date) -> None:
    for by in (-1, 1):
        found = shifted(period, by, today=today)
        assert found is None or found.first <= today


def test_a_period_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        Period(Span.OWN, TODAY, TODAY - DAY)
