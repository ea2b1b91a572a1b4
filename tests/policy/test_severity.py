"""Properties of the severity rules: more harm never grades lower, and the unknown never counts as zero."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.policy import UnknownCode, policy_on
from kentongan.policy.event_rule import is_context_only, shows_hostility
from kentongan.policy.schema.severity import SeverityFlag
from kentongan.policy.severity import SeverityProposal, severity_of

POLICY = policy_on(date(2026, 11, 12))
FORMS = st.sets(st.sampled_from(sorted(POLICY.facets["form"])), max_size=4)
IMPACTS = st.dictionaries(
    st.sampled_from(sorted(POLICY.facets["impact"])), st.none() | st.integers(0, 50), max_size=6
)
CROWDS = st.none() | st.integers(0, 5000)
FLAGS = st.sets(st.sampled_from([flag.value for flag in SeverityFlag]), max_size=2)


def grade(proposal: SeverityProposal) -> int:
    """The grade, with "not yet to be judged" below every anchor."""
    return proposal.code or 0


@given(IMPACTS, FORMS, CROWDS, FLAGS)
def test_the_grade_is_the_highest_anchor_hit(
    impact: dict[str, int | None], forms: set[str], crowd: int | None, flags: set[str]
) -> None:
    proposal = severity_of(impact, forms, crowd=crowd, flags=flags, policy=POLICY)
    assert proposal.code == max((hit.grade for hit in proposal.anchors_hit), default=None)


@given(IMPACTS, FORMS, CROWDS, st.sampled_from(sorted(POLICY.facets["impact"])), st.integers(1, 50))
def test_one_more_known_harm_never_lowers_the_grade(
    impact: dict[str, int | None], forms: set[str], crowd: int | None, code: str, count: int
) -> None:
    before = severity_of(impact, forms, crowd=crowd, policy=POLICY)
    after = severity_of({**impact, code: (impact.get(code) or 0) + count}, forms, crowd=crowd, policy=POLICY)
    assert grade(after) >= grade(before)


@given(FORMS, st.integers(0, 5000), st.integers(0, 5000))
def test_a_larger_crowd_never_lowers_the_grade(forms: set[str], one: int, other: int) -> None:
    small, large = sorted((one, other))
    grades = [grade(severity_of({}, forms, crowd=crowd, policy=POLICY)) for crowd in (small, large)]
    assert grades == sorted(grades)


@given(IMPACTS, FORMS)
def test_an_unknown_crowd_is_named_and_adds_nothing(impact: dict[str, int | None], forms: set[str]) -> None:
    proposal = severity_of(impact, forms, crowd=None, policy=POLICY)
    assert "crowd" in proposal.unknown
    assert not [hit for hit in proposal.anchors_hit if hit.condition.crowd_at_least is not None]


@given(CROWDS)
def test_peaceful_protest_has_no_severity_and_is_no_event(crowd: int | None) -> None:
    assert is_context_only({"F04"}, policy=POLICY)
    assert severity_of({}, {"F04"}, crowd=crowd, policy=POLICY).code is None
    assert not shows_hostility({"F04"}, {}, policy=POLICY)


@pytest.mark.parametrize("form", [code for code, value in POLICY.facets["form"].items() if value.hostile])
def test_every_hostile_form_is_at_least_light_while_nothing_else_is_known(form: str) -> None:
    assert grade(severity_of({}, {form}, crowd=None, policy=POLICY)) >= 2


@pytest.mark.parametrize("form", [code for code, value in POLICY.facets["form"].items() if not value.hostile])
def test_a_form_without_hostility_is_never_more_than_very_light_by_itself(form: str) -> None:
    assert grade(severity_of({}, {form}, crowd=None, policy=POLICY)) <= 1


def test_a_negative_count_and_an_unknown_flag_are_refused() -> None:
    with pytest.raises(ValueError, match="I01 is -1"):
        severity_of({"I01": -1}, set(), crowd=None, policy=POLICY)
    with pytest.raises(UnknownCode, match="moon"):
        severity_of({}, set(), crowd=None, flags={"moon"}, policy=POLICY)


def test_a_misspelt_form_or_impact_is_refused() -> None:
    with pytest.raises(UnknownCode, match="F77"):
        severity_of({}, {"F77"}, crowd=None, policy=POLICY)
    with pytest.raises(UnknownCode, match="I77"):
        severity_of({"I77": 1}, set(), crowd=None, policy=POLICY)
