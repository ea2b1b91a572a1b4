"""Codes wait sealed for an hour and are cut into sheets of eight cards."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from kentongan.accounts import onboarding
from kentongan.edge.problems import Problem
from tests.factories import NOW


def card(number: int = 1) -> onboarding.Card:
    return onboarding.Card(
        "FKDM Tegalwuku", f"Anggota {number}", "Anggota FKDM", "+62812", f"CODE-{number:04d}"
    )


def test_waiting_cards_can_be_shown_again_within_the_hour_and_not_after() -> None:
    session: dict[str, Any] = {}
    onboarding.keep(session, [card()], maker=7, now=NOW)
    assert onboarding.kept(session, maker=7, now=NOW + timedelta(minutes=59)) == [card()]
    assert onboarding.kept(session, maker=7, now=NOW + timedelta(minutes=60)) == []
    assert session == {}


def test_a_session_row_never_shows_a_code_or_a_name() -> None:
    session: dict[str, Any] = {}
    onboarding.keep(session, [card()], maker=7, now=NOW)
    assert not any(word in str(session) for word in ("CODE-0001", "Anggota", "+62812"))


def test_cards_of_one_maker_open_for_nobody_else() -> None:
    session: dict[str, Any] = {}
    onboarding.keep(session, [card()], maker=7, now=NOW)
    with pytest.raises(Problem):
        onboarding.kept(session, maker=8, now=NOW)


def test_later_cards_join_the_waiting_ones() -> None:
    session: dict[str, Any] = {}
    onboarding.keep(session, [card(1)], maker=7, now=NOW)
    onboarding.keep(session, [card(2)], maker=7, now=NOW)
    assert onboarding.kept(session, maker=7, now=NOW) == [card(1), card(2)]
    onboarding.forget(session)
    assert onboarding.kept(session, maker=7, now=NOW) == []


@pytest.mark.parametrize(
    ("count", "sizes"), [(0, []), (1, [1]), (8, [8]), (9, [8, 1]), (300, [8] * 37 + [4])]
)
def test_eight_cards_go_on_a_sheet(count: int, sizes: list[int]) -> None:
    assert [len(page) for page in onboarding.pages([card(n) for n in range(count)])] == sizes
