"""What an administrator sees: agencies and accounts of the own area, nothing that reaches beyond it."""

from __future__ import annotations

import pytest

from kentongan.accounts import queries
from kentongan.accounts.models import Account
from kentongan.accounts.permissions import Permission
from kentongan.accounts.scopes import Scope
from kentongan.edge.problems import Problem
from tests import factories, people

pytestmark = pytest.mark.django_db


def scope_of(account: Account) -> Scope:
    return people.actor(account).scope_for(Permission.ACCOUNT_READ)


def names(scope: Scope) -> set[str]:
    return set(queries.agencies_in_scope(scope).values_list("name", flat=True))


def test_a_regency_s_administrator_sees_only_agencies_that_lie_wholly_in_the_regency() -> None:
    rangga = people.admin("99.01")
    inside = factories.agency("Polsek Tegalwuku", kind="polri", own=("99.01.01",))
    factories.agency("Kesbangpol Lintang", own=("99.02",))
    factories.agency("Kejari dua kabupaten", kind="kejaksaan", own=("99.01", "99.02"))
    factories.agency("Kesbangpol Bimasakti", own=("99",))
    assert names(scope_of(rangga)) == {inside.name, "Diskominfo Waluku"}


def test_a_province_s_administrator_sees_the_agencies_of_all_regencies() -> None:
    gita = people.admin("99", name="Gita")
    factories.agency("Kesbangpol Lintang", own=("99.02",))
    factories.agency("Kejari dua kabupaten", kind="kejaksaan", own=("99.01", "99.02"))
    assert {"Kesbangpol Lintang", "Kejari dua kabupaten"} <= names(scope_of(gita))


def test_two_districts_together_are_not_their_regency() -> None:
    north = people.admin(
        agency=factories.agency("Diskominfo utara", kind="diskominfo", own=("99.01.01", "99.01.02"))
    )
    factories.agency("Kesbangpol Waluku", own=("99.01",))
    factories.agency("Polsek gabungan", kind="polri", own=("99.01.01", "99.01.02"))
    assert names(scope_of(north)) == {"Diskominfo utara", "Polsek gabungan"}


def test_neighbours_of_an_agency_do_not_hide_it_from_its_administrator() -> None:
    rangga = people.admin("99.01")
    factories.agency("Kesbangpol Waluku", own=("99.01",), neighbours=("99.02",))
    assert "Kesbangpol Waluku" in names(scope_of(rangga))


def test_accounts_are_found_by_name_contact_agency_and_role() -> None:
    scope = scope_of(people.admin())
    people.analis()
    people.kabid()
    people.fkdm()
    assert [each.name for each in queries.find_accounts(scope, text="ratn")] == ["Ratna"]
    assert [each.name for each in queries.find_accounts(scope, role="kabid")] == ["Budi"]
    assert [each.name for each in queries.find_accounts(scope, text="fkdm desa")] == ["Wiryo"]
    assert {each.name for each in queries.find_accounts(scope)} == {"Rangga", "Ratna", "Budi", "Wiryo"}


def test_an_account_outside_the_area_is_told_like_one_that_does_not_exist() -> None:
    scope = scope_of(people.admin("99.01"))
    elsewhere = people.analis("99.02", name="Gilang")
    sentences = []
    for number in (elsewhere.pk, 999_999):
        with pytest.raises(Problem) as told:
            queries.account_in_scope(scope, number)
        sentences.append(told.value.sentence("id").replace(str(number), "N"))
    assert sentences[0] == sentences[1]


def test_who_has_no_permission_to_read_accounts_sees_none() -> None:
    people.kabid()
    scope = people.actor(people.analis()).scope_for(Permission.ACCOUNT_READ)
    assert not queries.accounts_in_scope(scope).exists()
    assert not queries.agencies_in_scope(scope).exists()
