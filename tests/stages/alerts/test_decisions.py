"""Completeness, expiry and the office in which a person approves: the whole tables."""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations

import pytest

from kentongan.accounts.roles import ROLES
from kentongan.alerts.decisions import POWER_OF_ROLE, Proposal, expiry, power_of, refusal_of
from kentongan.policy import policy_on
from kentongan.policy.schema.alerts import ApprovalPower
from tests.stages.chain_world import NOW

WASPADA = policy_on(NOW.date()).alert_level(1)
WHOLE = Proposal(1, "Pesan", "Alasan", 1, "Tindakan", "Buku saku", "Dialog", "Tidak ada", 24, (1,))
WORDS = ("message", "reason", "first_action", "playbook", "least_intrusive", "rights_affected")


def code(**changes: object) -> str:
    values = {name: getattr(WHOLE, name) for name in Proposal.__dataclass_fields__} | changes
    found = refusal_of(Proposal(**values), level=WASPADA)
    return found[0] if found else ""


@pytest.mark.parametrize("lacking", WORDS)
@pytest.mark.parametrize("empty", ["", "  \n"])
def test_an_alert_lacks_none_of_its_words(lacking: str, empty: str) -> None:
    assert code(**{lacking: empty}) == f"alerts.{lacking}_missing"


def test_an_alert_names_whom_it_is_for() -> None:
    assert code(recipients=()) == "alerts.recipients_missing"


@pytest.mark.parametrize(("hours", "fits"), [(-1, False), (0, False), (1, True), (72, True), (73, False)])
def test_an_alert_lasts_from_one_hour_to_what_its_level_allows(hours: int, fits: bool) -> None:
    assert code(hours=hours) == ("" if fits else "alerts.expiry_out_of_range")


def test_the_expiry_counts_from_the_proposal() -> None:
    assert expiry(WHOLE, at=NOW) == NOW + timedelta(hours=24)


@pytest.mark.parametrize("role", ROLES)
def test_an_approval_power_belongs_to_three_roles_alone(role: str) -> None:
    expected = {
        "analis": ApprovalPower.ANALYST,
        "kabid": ApprovalPower.KABID,
        "piket": ApprovalPower.DUTY_OFFICER,
    }
    assert power_of([role]) == expected.get(role)


@pytest.mark.parametrize("roles", list(combinations(POWER_OF_ROLE, 2)))
def test_somebody_with_two_offices_approves_in_the_higher(roles: tuple[str, str]) -> None:
    rank = ["kabid", "piket", "analis"]
    assert power_of(roles) == POWER_OF_ROLE[min(roles, key=rank.index)]


def test_nobody_approves_without_an_office() -> None:
    assert power_of([]) is None
