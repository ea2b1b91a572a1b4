"""Who somebody is on a day: posts and delegations begin and end by themselves (SEED-002, SEED-003)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kentongan.accounts import queries
from kentongan.accounts.models import Account, Agency, Delegation
from kentongan.accounts.permissions import Permission
from kentongan.places.keys import range_of
from tests import factories, people

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 9)
FRIDAY = date(2026, 11, 13)


@pytest.mark.parametrize(
    ("day", "approves"),
    [
        (MONDAY - timedelta(days=1), False),
        (MONDAY, True),
        (FRIDAY, True),
        (FRIDAY + timedelta(days=1), False),
    ],
)
def test_a_deputy_approves_from_monday_to_friday_and_no_day_longer(day: date, approves: bool) -> None:
    budi, ratna = people.kabid(), people.analis()
    people.lend(budi, ratna, starts=MONDAY, ends=FRIDAY)
    actor = people.actor(ratna, on=day)
    assert actor.may(Permission.ALERT_APPROVE_SIAGA, range_of("99.01").low) is approves
    assert actor.needs_second_factor is True  # an analyst approves Waspada anyway


def test_a_deputy_acts_in_the_area_of_the_post_he_was_lent_only() -> None:
    budi = people.kabid("99.01")
    elsewhere = people.analis("99.02", name="Gilang")
    people.lend(budi, elsewhere, starts=MONDAY, ends=FRIDAY)
    actor = people.actor(elsewhere, on=MONDAY)
    assert actor.may(Permission.ALERT_APPROVE_SIAGA, range_of("99.01.01").low)
    assert not actor.may(Permission.ALERT_APPROVE_SIAGA, range_of("99.02.01").low)


def test_the_holder_keeps_his_post_while_it_is_lent() -> None:
    budi = people.kabid()
    people.lend(budi, people.analis(), starts=MONDAY, ends=FRIDAY)
    assert people.actor(budi, on=MONDAY).may(Permission.ALERT_APPROVE_SIAGA)


def test_a_withdrawn_delegation_carries_no_right_from_that_day_on() -> None:
    delegation = people.lend(people.kabid(), people.analis(), starts=MONDAY, ends=FRIDAY)
    Delegation.objects.update(withdrawn_on=MONDAY + timedelta(days=2))
    ratna = delegation.to_account
    assert people.actor(ratna, on=MONDAY + timedelta(days=1)).may(Permission.ALERT_APPROVE_SIAGA)
    assert not people.actor(ratna, on=MONDAY + timedelta(days=2)).may(Permission.ALERT_APPROVE_SIAGA)


def test_a_delegation_ends_with_the_post_it_is_made_of() -> None:
    budi, ratna = people.kabid(), people.analis()
    people.lend(budi, ratna, starts=MONDAY, ends=FRIDAY)
    budi.assignments.update(valid_until=MONDAY)
    assert not people.actor(ratna, on=MONDAY + timedelta(days=1)).may(Permission.ALERT_APPROVE_SIAGA)


def test_a_closed_agency_or_account_carries_no_right() -> None:
    ratna, jaka = people.analis(), people.piket()
    Account.objects.filter(pk=jaka.pk).update(is_active=False)
    assert people.actor(jaka).posts == ()
    Agency.objects.update(active=False)
    assert people.actor(ratna).posts == ()


def test_an_event_concerns_the_police_resort_in_whose_districts_it_lies() -> None:
    polres = factories.two_polres()
    in_tegalwuku = queries.agencies_covering(range_of("99.01.01.2001").low)
    in_banyupanjer = queries.agencies_covering(range_of("99.01.03.2001").low)
    assert [each.name for each in in_tegalwuku.filter(kind="polri")] == [polres.north.name]
    assert [each.name for each in in_banyupanjer.filter(kind="polri")] == [polres.south.name]


def test_a_neighbour_is_not_in_charge() -> None:
    factories.agency("Kesbangpol Lintang", own=("99.02",), neighbours=("99.01",))
    assert not queries.agencies_covering(range_of("99.01.01").low).exists()


def test_roles_held_in_a_period_count_later_posts_and_lent_ones() -> None:
    budi, ratna = people.kabid(), people.analis()
    people.lend(budi, ratna, starts=MONDAY, ends=FRIDAY)
    assert queries.roles_held(ratna.pk, starts=FRIDAY, ends=None) == {"analis", "kabid"}
    assert queries.roles_held(ratna.pk, starts=FRIDAY + timedelta(days=1), ends=None) == {"analis"}
