"""Accused offices neither judge nor are asked: every kind of agency against every kind of accusation."""

from __future__ import annotations

from itertools import product

import pytest

from kentongan.accounts.models import AgencyKind
from kentongan.policy import policy_on
from kentongan.verification.decisions import UNKNOWN_OFFICE, Accusation, may_be_asked, may_judge
from kentongan.verification.decisions.offices import ACTOR_OF_KIND, ASKED_KINDS
from tests.factories import TODAY

OFFICES = policy_on(TODAY).accused_offices


def accused(code: str) -> Accusation:
    return Accusation(OFFICES[code].actor, OFFICES[code].lowest_level)


def test_every_kind_and_actor_of_the_table_exists() -> None:
    assert set(ACTOR_OF_KIND) <= set(AgencyKind.values)
    assert set(ACTOR_OF_KIND.values()) <= set(policy_on(TODAY).facets["actor_type"])
    assert set(ASKED_KINDS) <= set(AgencyKind.values)


@pytest.mark.parametrize("kind", AgencyKind.values)
def test_nobody_is_kept_out_where_no_office_is_accused(kind: str) -> None:
    assert may_judge([kind], 3, [])
    assert may_be_asked(kind, 4, [])


@pytest.mark.parametrize(("kind", "code"), list(product(ACTOR_OF_KIND, OFFICES)))
def test_an_office_of_the_accused_kind_does_not_judge_at_any_level(kind: str, code: str) -> None:
    same = ACTOR_OF_KIND[kind] == OFFICES[code].actor
    assert may_judge([kind], 1, [accused(code)]) is not same


@pytest.mark.parametrize(
    ("code", "desks"),
    [
        ("desa", {1, 2}),
        ("kecamatan", {1, 2}),
        ("kabupaten", {1}),
        ("polri", {1, 2}),
        ("tni", {1, 2}),
        ("penyelenggara", {1, 2}),
    ],
)
def test_a_kesbangpol_desk_judges_only_from_the_level_that_may_read(code: str, desks: set[int]) -> None:
    assert {level for level in (1, 2, 3) if may_judge(["kesbangpol"], level, [accused(code)])} == desks


def test_a_party_of_the_event_keeps_out_its_own_offices_alone() -> None:
    party = [Accusation("A13")]
    assert not may_judge(["kecamatan"], 3, party)
    assert may_judge(["kesbangpol"], 2, party)


def test_one_post_in_the_accused_office_is_enough() -> None:
    assert not may_judge(["kesbangpol", "polri"], 2, [accused("polri")])


@pytest.mark.parametrize(
    ("code", "asked"),
    [
        ("desa", {"polri", "tni", "kecamatan2", "fkdm2"}),
        ("kecamatan", {"polri", "tni", "desa2", "fkdm2"}),
        ("polri", {"desa", "tni", "fkdm", "kecamatan", "kecamatan2", "desa2", "fkdm2"}),
        ("tni", {"desa", "polri", "fkdm", "kecamatan", "kecamatan2", "desa2", "fkdm2"}),
        ("penyelenggara", {"desa", "polri", "tni", "fkdm", "kecamatan", "kecamatan2", "desa2", "fkdm2"}),
    ],
)
def test_the_line_above_and_below_an_accused_local_office_is_not_asked(code: str, asked: set[str]) -> None:
    usual = {"desa": 4, "polri": 2, "tni": 2, "fkdm": 4, "kecamatan": 3}
    offices = {**usual, "kecamatan2": 2, "desa2": 2, "fkdm2": 2}
    found = {
        name for name, level in offices.items() if may_be_asked(name.rstrip("2"), level, [accused(code)])
    }
    assert found == asked


def test_an_office_of_a_later_policy_might_be_any() -> None:
    unknown = [Accusation(UNKNOWN_OFFICE, 1)]
    assert not any(may_be_asked(kind, 2, unknown) for kind in ASKED_KINDS)
    assert not may_judge(["kesbangpol"], 2, unknown)
    assert may_judge(["kesbangpol"], 1, unknown)
