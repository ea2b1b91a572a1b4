"""Whether facts may be an event: every form of the list, every precision a region carries."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.events.decisions import (
    finest_precision,
    hostile_facet,
    proposed_severity,
    refusal_of,
    revision_values,
)
from kentongan.policy import policy_on
from tests.stages.chain_world import NOW, facts

POLICY = policy_on(NOW.date())
HARMLESS = [code for code, form in POLICY.facets["form"].items() if not form.hostile]
HOSTILE = [code for code, form in POLICY.facets["form"].items() if form.hostile]


def refusal(*, area_precision: int = 1, **changes: Any) -> str:
    found = refusal_of(facts(**changes), policy=POLICY, area_precision=area_precision)
    return found.code if found else ""


@pytest.mark.parametrize("form", HOSTILE)
def test_each_form_of_threat_force_damage_or_hostility_may_be_an_event(form: str) -> None:
    assert refusal(forms=(form,)) == ""
    assert hostile_facet(facts(forms=(form,)), policy=POLICY) == form


@pytest.mark.parametrize("forms", [(), *combinations(HARMLESS, 1), *combinations(HARMLESS, 2)])
def test_protest_rumour_and_failure_are_never_an_event(forms: tuple[str, ...]) -> None:
    assert refusal(forms=forms) == "events.not_an_event"


def test_peaceful_protest_is_among_the_harmless_forms() -> None:
    assert "F04" in HARMLESS


@given(crowd=st.integers(0, 1_000_000))
def test_no_crowd_is_large_enough_to_make_a_protest_an_event(crowd: int) -> None:
    assert refusal(forms=("F04",), crowd=crowd) == "events.not_an_event"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"type_code": "XXX.99"}, "events.type_unknown"),
        ({"forms": ("F02", "F99")}, "events.form_unknown"),
        ({"summary": " \n"}, "events.summary_empty"),
        ({"area_precision": 3, "place_precision": 2}, "events.precision_too_fine"),
        ({"area_precision": 3, "place_precision": 3}, ""),
        ({"place_precision": 1}, ""),
    ],
)
def test_each_lack_has_its_own_refusal(changes: dict[str, Any], code: str) -> None:
    assert refusal(**changes) == code


@pytest.mark.parametrize(("level", "finest"), [(1, 3), (2, 3), (3, 3), (4, 1)])
def test_only_a_village_carries_a_precise_place(level: int, finest: int) -> None:
    assert finest_precision(level) == finest


@pytest.mark.parametrize(("forms", "severity"), [(("F11",), 5), (("F08",), 4), (("F07",), 3), (("F02",), 2)])
def test_the_anchors_propose_a_severity(forms: tuple[str, ...], severity: int) -> None:
    assert proposed_severity(facts(forms=forms), policy=POLICY).code == severity


def test_an_unknown_crowd_is_not_a_small_one() -> None:
    unknown = proposed_severity(facts(forms=("F03",), crowd=None), policy=POLICY)
    large = proposed_severity(facts(forms=("F03",), crowd=600), policy=POLICY)
    assert (unknown.code, large.code) == (2, 4)


def test_a_revision_keeps_every_fact_as_a_plain_value() -> None:
    values = revision_values(facts())
    assert values["happens_on"] == "2026-11-14"
    assert values["forms"] == ["F02", "F07"]
    assert values["crowd"] is None
