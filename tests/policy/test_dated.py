"""A changed rule adds a dated value: the past keeps its answer, the future gets the new one."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.policy import NotInForce, load_policy
from kentongan.policy.dated import Dated
from kentongan.policy.schema.base import Label
from tests.policy.planting import copy_policy, plant

DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 12, 31))


def table(values: dict[date, float]) -> Dated[float]:
    return Dated[float](
        label=Label(id="Ambang", en="Threshold"),
        unit=Label(id="hari", en="days"),
        values=values,
        source="uji",
        chosen_by="uji",
    )


@given(st.dictionaries(DAYS, st.floats(0, 100), min_size=1, max_size=8), DAYS)
def test_the_value_in_force_is_the_latest_that_began(values: dict[date, float], day: date) -> None:
    begun = [start for start in values if start <= day]
    if begun:
        assert table(values).on(day) == values[max(begun)]
    else:
        with pytest.raises(NotInForce):
            table(values).on(day)


@given(st.dictionaries(DAYS, st.floats(0, 100), min_size=1, max_size=6), DAYS, st.floats(0, 100))
def test_a_later_value_never_changes_an_earlier_answer(
    values: dict[date, float], start: date, new: float
) -> None:
    first, before = min(values), start - timedelta(days=1)
    if start in values or before < first:
        return
    assert table({**values, start: new}).on(before) == table(values).on(before)


def test_last_years_report_can_be_recomputed_as_it_was(tmp_path: Path) -> None:
    plant(
        copy_policy(tmp_path),
        "retention.yaml",
        lambda t: t["retention"]["raw_unverified_report"]["values"].update(
            {
                date(2027, 7, 1): {
                    **t["retention"]["raw_unverified_report"]["values"][date(2020, 1, 1)],
                    "amount": 60,
                }
            }
        ),
    )
    policy = load_policy(tmp_path)
    days = [
        policy.on(day).retention["raw_unverified_report"].days
        for day in (date(2027, 6, 30), date(2027, 7, 1))
    ]
    assert days == [90, 60]


def test_a_rule_that_did_not_exist_yet_is_absent_and_not_empty(tmp_path: Path) -> None:
    plant(
        copy_policy(tmp_path),
        "thresholds/events.yaml",
        lambda t: t["thresholds"]["watch_period_long_days"].update(values={date(2027, 1, 1): 90}),
    )
    policy = load_policy(tmp_path)
    assert "watch_period_long_days" not in policy.on(date(2026, 12, 31)).thresholds
    assert policy.on(date(2027, 1, 1)).thresholds["watch_period_long_days"] == 90
