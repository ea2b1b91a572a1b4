"""Measures of the office's own work: medians against a slow twin, open times counted, alarms defined with care."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.documents.decisions.performance import Alarm, Case, alarm_of, is_miss, links, measured, share
from kentongan.response.decisions import Moments

AT = datetime(2026, 11, 12, 1, 0, tzinfo=timezone.utc)
HOUR = timedelta(hours=1)
_times = st.lists(st.integers(0, 10**6).map(lambda seconds: timedelta(seconds=seconds)), max_size=40)


def slow_median(times: list[timedelta]) -> timedelta:
    """Take away the smallest and the largest until one or two are left."""
    left = list(times)
    while len(left) > 2:
        left.remove(min(left))
        left.remove(max(left))
    return sum(left, timedelta()) / len(left)


def slow_p90(times: list[timedelta]) -> timedelta:
    """The smallest time that at least nine of ten do not exceed."""
    return min(each for each in times if sum(other <= each for other in times) * 10 >= 9 * len(times))


@given(_times, st.integers(0, 20), st.integers(1, 8))
def test_median_and_p90_are_those_of_the_slow_twin(times: list[timedelta], missing: int, fewest: int) -> None:
    found = measured(times, missing=missing, fewest=fewest)
    assert (found.n, found.missing) == (len(times), missing)
    if len(times) < fewest:
        assert (found.median, found.p90) == (None, None)
    else:
        assert (found.median, found.p90) == (slow_median(times), slow_p90(times))


@given(st.lists(st.booleans(), max_size=20), st.integers(1, 8))
def test_a_share_of_too_few_is_no_figure(of: list[bool], fewest: int) -> None:
    found = share(of, fewest=fewest)
    assert (found.part, found.whole) == (sum(of), len(of))
    assert (found.percent is None) is (len(of) < fewest)


def case(**changes: object) -> Case:
    values: dict[str, object] = {
        "moments": Moments(reported=AT, warned=AT + HOUR),
        "confirmed": True,
        "refuted": False,
        "incident": True,
        "was_potential": False,
        "severity": 3,
        "occurred": False,
    }
    return Case(**values | changes)  # type: ignore[arg-type]


ACTED = Moments(reported=AT, warned=AT + HOUR, acted=AT + 2 * HOUR)


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (case(moments=Moments(reported=AT)), None),
        (case(occurred=None), Alarm.OPEN),
        (case(occurred=True), Alarm.HAPPENED),
        (case(moments=ACTED), Alarm.PREVENTED),
        (case(), Alarm.FALSE),
        (case(moments=ACTED, refuted=True), Alarm.FALSE),
    ],
)
def test_an_alert_after_which_somebody_acted_and_nothing_happened_is_a_success(
    of: Case, expected: Alarm | None
) -> None:
    assert alarm_of(of) is expected


@pytest.mark.parametrize(
    ("of", "missed"),
    [
        (case(moments=Moments(reported=AT)), True),
        (case(moments=Moments(reported=AT), severity=2), False),
        (case(moments=Moments(reported=AT), severity=None), False),
        (case(moments=Moments(reported=AT), was_potential=True), False),
        (case(moments=Moments(reported=AT), confirmed=False), False),
        (case(moments=Moments(reported=AT), incident=False), False),
        (case(), False),
    ],
)
def test_a_miss_is_a_grave_confirmed_incident_that_nobody_listed_or_warned_of(of: Case, missed: bool) -> None:
    assert is_miss(of) is missed


def test_a_link_without_a_moment_is_counted_and_not_measured() -> None:
    cases = [case(moments=Moments(reported=AT, judged=AT + n * HOUR)) for n in range(1, 6)]
    found = dict(links([*cases, case(moments=Moments(reported=AT))], fewest=5))
    assert (found["judged"].n, found["judged"].missing, found["judged"].median) == (5, 1, 3 * HOUR)
