"""Referral never sends a report to the body it accuses, also not by the back door of an alternative."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.policy import UnknownCode, policy_on
from kentongan.policy.referring import targets_for

POLICY = policy_on(date(2026, 11, 12))
ACCUSED = st.sets(st.sampled_from(sorted(POLICY.facets["actor_type"])), max_size=4)


@given(st.sampled_from(sorted(POLICY.referral_matters)), ACCUSED)
def test_no_body_receives_a_report_about_itself(matter: str, accused: set[str]) -> None:
    bodies = targets_for(matter, policy=POLICY, accused=accused)
    assert bodies, "somebody always takes the matter"
    assert not [body.code for body in bodies if accused & set(body.accused_as)]


def test_an_alternative_that_is_accused_too_is_left_out() -> None:
    ombudsman = POLICY.referrals["ombudsman"].model_copy(update={"accused_as": ("A16",)})
    regional = replace(POLICY, referrals={**POLICY.referrals, "ombudsman": ombudsman})
    bodies = targets_for("electoral_violation", policy=regional, accused={"A16"})
    assert [body.code for body in bodies] == ["dkpp"]


def test_a_body_that_is_both_target_and_alternative_is_offered_once() -> None:
    bodies = [body.code for body in targets_for("danger_now", policy=POLICY, accused={"A14"})]
    assert len(bodies) == len(set(bodies))


def test_an_unknown_matter_is_refused() -> None:
    with pytest.raises(UnknownCode, match="weather"):
        targets_for("weather", policy=POLICY)
