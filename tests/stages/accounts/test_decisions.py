"""Who may hold what together, and how long a role is lent: the whole tables."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.accounts import decisions
from kentongan.accounts.permissions import PERMISSION_NAMES, Permission
from kentongan.accounts.roles import ROLES
from kentongan.edge.problems import Problem

TODAY = date(2026, 11, 12)


def apart(first: str, second: str) -> bool:
    return decisions.separation_between(first, second) is not None


@pytest.mark.parametrize(
    "other",
    ["analis", "kabid", "piket", "kasi_trantib", "tiga_pilar", "fkdm", "admin", "pengawas", "pimpinan"],
)
def test_a_guardian_of_reporters_holds_no_role_that_reads_reports_or_makes_accounts(other: str) -> None:
    assert apart("wali_pelapor", other)


@pytest.mark.parametrize(
    "other", ["analis", "kabid", "piket", "kasi_trantib", "tiga_pilar", "pengawas", "wali_pelapor"]
)
def test_an_administrator_holds_no_role_that_reads_reports(other: str) -> None:
    assert apart("admin", other)


@pytest.mark.parametrize("other", ["analis", "kabid", "admin", "wali_pelapor", "piket"])
def test_an_overseer_does_none_of_the_work_he_oversees(other: str) -> None:
    assert apart("pengawas", other)


@pytest.mark.parametrize(
    ("first", "second"), [("analis", "kabid"), ("analis", "piket"), ("fkdm", "tiga_pilar")]
)
def test_ordinary_roles_may_be_held_together(first: str, second: str) -> None:
    assert not apart(first, second)


@pytest.mark.parametrize(("first", "second"), list(product(ROLES, ROLES)))
def test_separation_is_symmetric_and_no_role_excludes_itself(first: str, second: str) -> None:
    assert apart(first, second) == apart(second, first)
    assert not apart(first, first)


def test_no_two_roles_that_may_be_held_together_join_a_key_with_reading() -> None:
    reading = {Permission.REPORT_READ, Permission.EVENT_READ, Permission.DISCLOSURE_REQUEST}
    for first, second in product(ROLES, ROLES):
        together = ROLES[first].permissions | ROLES[second].permissions
        assert apart(first, second) or not (Permission.DISCLOSURE_HOLD in together and together & reading)


def test_no_role_is_for_an_intelligence_service() -> None:
    words = " ".join(f"{code} {role.name['id']} {role.name['en']}" for code, role in ROLES.items()).lower()
    assert "intel" not in words
    assert "bin " not in f"{words} "


def test_the_refusal_names_both_roles_in_the_reader_s_language() -> None:
    with pytest.raises(Problem) as told:
        decisions.check_together(["analis"], "wali_pelapor")
    assert "Wali pelapor" in told.value.sentence("id")
    assert "Kesbangpol analyst" in told.value.sentence("en")


def test_an_unknown_role_is_refused_with_its_name() -> None:
    with pytest.raises(Problem, match="bin"):
        decisions.check_role("bin")


def test_every_permission_has_a_plain_name_in_both_languages() -> None:
    assert set(PERMISSION_NAMES) == set(Permission)
    for names in PERMISSION_NAMES.values():
        assert set(names) == {"id", "en"}
        assert all(names.values())
        assert not any("." in name and " " not in name for name in names.values())


@given(st.integers(0, 200))
def test_a_delegation_lasts_at_most_ninety_two_days(days: int) -> None:
    ends = TODAY + timedelta(days=days)
    if days + 1 <= decisions.LONGEST_DELEGATION_DAYS:
        decisions.check_delegation_days(TODAY, ends, today=TODAY)
    else:
        with pytest.raises(Problem, match="92"):
            decisions.check_delegation_days(TODAY, ends, today=TODAY)


def test_a_delegation_cannot_end_before_it_begins_or_in_the_past() -> None:
    with pytest.raises(Problem) as turned:
        decisions.check_delegation_days(TODAY, TODAY - timedelta(days=1), today=TODAY)
    assert turned.value.code == "accounts.days_not_in_order"
    with pytest.raises(Problem) as past:
        decisions.check_delegation_days(TODAY - timedelta(days=9), TODAY - timedelta(days=1), today=TODAY)
    assert past.value.code == "accounts.delegation_over"


def test_nobody_lends_a_role_for_days_on_which_it_is_not_his() -> None:
    first, last = TODAY, TODAY + timedelta(days=10)
    decisions.check_within_post(TODAY, last, first=first, last=last)
    decisions.check_within_post(TODAY, last + timedelta(days=90), first=first, last=None)
    for starts, ends in [(TODAY - timedelta(days=1), last), (TODAY, last + timedelta(days=1))]:
        with pytest.raises(Problem):
            decisions.check_within_post(starts, ends, first=first, last=last)


def test_a_neighbour_inside_the_own_area_is_refused() -> None:
    decisions.check_areas(["99.01"], ["99.02"])
    with pytest.raises(Problem, match=r"99\.01\.02"):
        decisions.check_areas(["99.01"], ["99.01.02"])
    with pytest.raises(Problem) as told:
        decisions.check_areas([], ["99.02"])
    assert told.value.code == "accounts.agency_without_area"
