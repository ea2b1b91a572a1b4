"""The whole table of who approves what, and the clock of the ladders."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.policy import policy_on
from kentongan.policy.alerting import Approval, approval_state, may_approve
from kentongan.policy.ladders import due_times
from kentongan.policy.schema.alerts import ApprovalPower

POLICY = policy_on(date(2026, 11, 12))
WITA = ZoneInfo("Asia/Makassar")
EIGHT = datetime(2026, 11, 12, 8, 0, tzinfo=WITA)
TABLE = {
    "normal": set(),
    "waspada": {ApprovalPower.ANALYST, ApprovalPower.KABID, ApprovalPower.KABAN},
    "siaga": {ApprovalPower.KABID, ApprovalPower.KABAN},
    "awas": set(ApprovalPower),
}


@pytest.mark.parametrize("power", ApprovalPower)
@pytest.mark.parametrize("level", TABLE)
def test_who_may_take_part_in_approving_a_level(level: str, power: ApprovalPower) -> None:
    assert may_approve(POLICY.alert_levels[level], power) is (power in TABLE[level])


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(list(ApprovalPower))), max_size=5),
    st.booleans(),
)
def test_awas_is_complete_only_with_two_persons_one_of_them_leading(
    given_by: list[tuple[str, ApprovalPower]], after_titir: bool
) -> None:
    approvals = [
        Approval(who, power, EIGHT + timedelta(minutes=n)) for n, (who, power) in enumerate(given_by)
    ]
    state = approval_state(POLICY.alert_levels["awas"], approvals, after_titir=after_titir)
    leads = {who for who, power in given_by if power in {ApprovalPower.KABID, ApprovalPower.KABAN}}
    if state.complete:
        assert len({who for who, _ in given_by}) >= 2
        assert leads
    if not after_titir:
        assert state.may_be_active is state.complete


def test_an_incomplete_approval_says_who_is_wanted_and_a_complete_one_nobody() -> None:
    level = POLICY.alert_levels["siaga"]
    assert approval_state(level, []).wanted == (ApprovalPower.KABID, ApprovalPower.KABAN)
    assert approval_state(level, [Approval("akun:5", ApprovalPower.KABAN, EIGHT)]).wanted == ()


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)), st.sampled_from(sorted(POLICY.ladders)))
def test_rungs_come_in_order_and_never_before_their_wait(moment: datetime, name: str) -> None:
    ladder, sent_at = POLICY.ladders[name], moment.replace(tzinfo=WITA)
    due = due_times(ladder, sent_at, office=POLICY.office_hours)
    assert list(due) == sorted(due)
    assert all(at - sent_at >= timedelta(minutes=wait) for at, wait in zip(due, ladder.waits, strict=True))


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)))
def test_an_office_ladder_rings_only_in_office_hours(moment: datetime) -> None:
    office = POLICY.office_hours
    for at in due_times(POLICY.ladders["waspada"], moment.replace(tzinfo=WITA), office=office):
        assert at.isoweekday() in office.weekdays
        assert office.opens_minute <= at.hour * 60 + at.minute <= office.closes_minute


def test_a_moment_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        due_times(POLICY.ladders["siaga"], EIGHT.replace(tzinfo=None), office=POLICY.office_hours)
