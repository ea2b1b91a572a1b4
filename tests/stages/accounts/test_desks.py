"""Which Kesbangpol office receives a report from the public door."""

from __future__ import annotations

import pytest

from kentongan.accounts.desks import areas_of_desks, desk_for
from kentongan.accounts.models import AgencyKind
from kentongan.places.keys import key_of, range_of
from tests import factories
from tests.stages.chain_world import refused

pytestmark = pytest.mark.django_db

VILLAGE = key_of("99.01.01.2001")


def test_the_finest_office_over_the_place_receives() -> None:
    factories.agency("Kesbangpol Provinsi", own=("99",))
    regency = factories.agency("Kesbangpol Waluku", own=("99.01",))
    assert desk_for(VILLAGE) == regency.pk


def test_a_place_of_a_regency_without_an_office_goes_to_the_province() -> None:
    province = factories.agency("Kesbangpol Provinsi", own=("99",))
    factories.agency("Kesbangpol Waluku", own=("99.01",))
    assert desk_for(key_of("99.02.01")) == province.pk


def test_without_a_place_the_oldest_office_receives() -> None:
    oldest = factories.agency("Kesbangpol Waluku", own=("99.01",))
    factories.agency("Kesbangpol Lintang Wuluh", own=("99.02",))
    assert desk_for(None) == oldest.pk


def test_a_place_that_no_office_covers_still_finds_a_desk() -> None:
    regency = factories.agency("Kesbangpol Waluku", own=("99.01",))
    assert desk_for(key_of("99.02.01")) == regency.pk


def test_closed_offices_other_kinds_and_neighbours_receive_nothing() -> None:
    factories.agency("Kesbangpol Lama", active=False)
    factories.agency("Polres Waluku", kind=AgencyKind.POLRI)
    beside = factories.agency("Kesbangpol Lintang Wuluh", own=("99.02",), neighbours=("99.01",))
    assert desk_for(VILLAGE) == beside.pk
    assert areas_of_desks() == (range_of("99.02"),)


def test_an_instance_without_any_office_says_so() -> None:
    factories.waluku()
    with refused("accounts.desk_unknown"):
        desk_for(VILLAGE)
