"""The facts of an event: which codes, counts and points may stand together, and that nothing is lost on the way."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.events.decisions import (
    GROUPS,
    EventFacts,
    cleaned,
    facts_from,
    hostile_facet,
    names_suspected,
    proposed_severity,
    refusal_of,
    revision_values,
)
from kentongan.policy import policy_on
from tests.stages.chain_world import NOW, facts

POLICY = policy_on(NOW.date())
IMPACTS = POLICY.facets["impact"]
HOSTILE_IMPACTS = [code for code, value in IMPACTS.items() if value.hostile]
_codes = {name: list(POLICY.facets[facet]) for name, facet in (("triggers", "trigger"), ("athg", "athg"))}
_counts = st.one_of(
    st.tuples(st.integers(1, 10**6), st.sampled_from(["pasti", "perkiraan"])),
    st.just((None, "tidak_diketahui")),
)
_facts = st.builds(
    facts,
    triggers=st.lists(st.sampled_from(_codes["triggers"]), unique=True, max_size=3).map(tuple),
    athg=st.lists(st.sampled_from(_codes["athg"]), unique=True, max_size=3).map(tuple),
    actors=st.lists(st.tuples(st.just("A07"), st.sampled_from(["", "Lintang Kukus"])), max_size=3).map(tuple),
    impacts=st.dictionaries(st.sampled_from(list(IMPACTS)), _counts, max_size=4),
    crowd=st.none() | st.integers(0, 10**6),
    happens_time=st.none() | st.times(),
    next_trigger_on=st.none() | st.dates(),
    review_on=st.none() | st.dates(),
    severity=st.none() | st.integers(1, 5),
    groups_hostile=st.booleans(),
)


def refusal(**changes: Any) -> str:
    found = refusal_of(facts(**changes), policy=POLICY, area_precision=1)
    return found.code if found else ""


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "isu"}, "events.code_unknown"),
        ({"triggers": ("T99",)}, "events.code_unknown"),
        ({"athg": ("bahaya",)}, "events.code_unknown"),
        ({"interests": ("x",)}, "events.code_unknown"),
        ({"fields": ("x",)}, "events.code_unknown"),
        ({"actors": (("A99", ""),)}, "events.code_unknown"),
        ({"impacts": {"I99": (1, "pasti")}}, "events.code_unknown"),
        ({"impacts": {"I01": (1, "mungkin")}}, "events.code_unknown"),
        ({"impacts": {"I01": (None, "pasti")}}, "events.impact_contradicts"),
        ({"impacts": {"I01": (3, "tidak_diketahui")}}, "events.impact_contradicts"),
        ({"impacts": {"I01": (-1, "pasti")}}, "events.count_negative"),
        ({"crowd": -1}, "events.count_negative"),
        ({"phase": "XX"}, "events.code_unknown"),
        ({"origin": "bulan"}, "events.code_unknown"),
        ({"origin": "luar_negeri"}, "events.origin_how_sure"),
        ({"origin": "luar_negeri", "origin_confidence": "rendah"}, ""),
        ({"uu7_definition": "mungkin"}, "events.code_unknown"),
        ({"likelihood": 6}, "events.code_unknown"),
        ({"confidence": "pasti"}, "events.code_unknown"),
        ({"severity": 4}, "events.severity_reason_missing"),
        ({"severity": 4, "severity_reason": "Rute bertemu."}, ""),
        ({"severity": 6, "severity_reason": "x"}, "events.code_unknown"),
        ({"place_precision": 0}, "events.code_unknown"),
        ({"time_precision": 4}, "events.code_unknown"),
        ({"latitude": Decimal("-7.5")}, "events.point_incomplete"),
        ({"latitude": Decimal("-7.5"), "longitude": Decimal(112)}, ""),
        (
            {"latitude": Decimal("-7.5"), "longitude": Decimal(112), "place_precision": 2},
            "events.point_needs_precision",
        ),
        ({"latitude": Decimal(91), "longitude": Decimal(112)}, "events.point_off_earth"),
    ],
)
def test_each_fact_that_cannot_be_has_its_own_refusal(changes: dict[str, Any], code: str) -> None:
    assert refusal(**changes) == code


@pytest.mark.parametrize("impact", HOSTILE_IMPACTS)
def test_a_known_harm_makes_an_event_and_is_the_deciding_code(impact: str) -> None:
    given_facts = facts(forms=("F04",), impacts={impact: (1, "pasti")})
    assert refusal(forms=("F04",), impacts={impact: (1, "pasti")}) == ""
    assert hostile_facet(given_facts, policy=POLICY) == impact


@pytest.mark.parametrize("count", [(None, "tidak_diketahui"), (0, "pasti")])
def test_an_unknown_or_absent_harm_makes_no_event(count: tuple[int | None, str]) -> None:
    assert refusal(forms=(), impacts={"I01": count}) == "events.not_an_event"


def test_a_persons_statement_that_groups_are_hostile_makes_an_event() -> None:
    assert refusal(forms=("F01",), groups_hostile=True) == ""
    assert hostile_facet(facts(forms=("F01",), groups_hostile=True), policy=POLICY) == GROUPS


def test_a_death_proposes_the_highest_grade() -> None:
    assert proposed_severity(facts(impacts={"I01": (1, "pasti")}), policy=POLICY).code == 5


@given(_facts)
def test_a_revision_gives_the_same_facts_back(given_facts: EventFacts) -> None:
    back = facts_from(revision_values(given_facts))
    # A grade without a reason is the rule's own and no fact of a person.
    expected = given_facts.severity if given_facts.severity_reason else None
    assert back.severity == expected
    same = {name: value for name, value in revision_values(given_facts).items() if name != "severity"}
    assert {name: value for name, value in revision_values(back).items() if name != "severity"} == same


@given(_facts)
def test_cleaning_twice_changes_nothing(given_facts: EventFacts) -> None:
    assert cleaned(cleaned(given_facts)) == cleaned(given_facts)


@pytest.mark.parametrize(
    "name", ["summary", "place_note", "cause", "next_trigger", "capacity", "solution_tried"]
)
def test_a_number_that_points_to_a_person_is_masked_in_every_text(name: str) -> None:
    stored = cleaned(facts(**{name: "Hubungi 0812-3456-7890 segera"}))
    assert getattr(stored, name) == "Hubungi [telepon] segera"


def test_a_number_hidden_in_the_name_of_a_group_is_masked() -> None:
    stored = cleaned(facts(actors=(("A06", "Forum 3514011203800001"),)))
    assert stored.actors == (("A06", "Forum [NIK]"),)


def test_of_sexual_violence_only_the_flag_is_kept() -> None:
    stored = cleaned(facts(impacts={"I04": (7, "pasti")}))
    assert stored.impacts == {"I04": (1, "perkiraan")}
    assert cleaned(facts(impacts={"I04": (0, "pasti")})).impacts == {}


def test_a_known_zero_stays_and_is_not_unknown() -> None:
    assert cleaned(facts(impacts={"I01": (0, "pasti")})).impacts == {"I01": (0, "pasti")}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Pak Darto memimpin rapat", ("Pak Darto",)),
        ("kata Sdr. Joko Santoso kemarin", ("Sdr. Joko Santoso",)),
        ("Amat bin Salim hadir", ("Amat bin Salim",)),
        ("seorang bernama Wiryo", ("bernama Wiryo",)),
        ("Pak Kades dan Bu Camat hadir", ()),
        ("Ketua RT 03 melapor, Kapolsek datang", ()),
        ("Dua perguruan bertemu di simpang", ()),
    ],
)
def test_words_that_may_name_a_private_person_are_flagged(text: str, found: tuple[str, ...]) -> None:
    assert names_suspected(text) == found


def test_plain_values_of_days_and_times_are_text() -> None:
    values = revision_values(facts(happens_time=time(21), review_on=date(2026, 11, 13)))
    assert (values["happens_time"], values["review_on"]) == ("21:00:00", "2026-11-13")
