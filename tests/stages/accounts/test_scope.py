"""The one scope: union, narrowing, neighbours and labels, each against a plain Python twin."""

from __future__ import annotations

from functools import partial

import pytest
from django.db.models import Q
from hypothesis import given
from hypothesis import strategies as st

from kentongan.accounts.labels import Label
from kentongan.accounts.permissions import Permission
from kentongan.accounts.roles import ROLES, Reach
from kentongan.accounts.scopes import Scope, Sight, in_own_area, in_seen_area
from kentongan.places.keys import RegionRange, range_of
from kentongan.places.models import Region
from tests import factories, people

CODES = list(factories.WALUKU)
ranges = st.lists(st.sampled_from(CODES).map(range_of), max_size=3).map(tuple)


@st.composite
def sights(draw: st.DrawFn) -> Sight:
    return Sight(
        agency_id=draw(st.integers(1, 5)),
        own=draw(ranges),
        neighbours=draw(ranges),
        unverified=draw(st.booleans()),
        label=draw(st.sampled_from(Label)),
        addressed_only=draw(st.booleans()),
    )


scopes = st.lists(sights(), max_size=3).map(lambda parts: Scope(tuple(parts)))


def twin_own(sight: Sight, key: int) -> bool:
    return not sight.addressed_only and any(part.low <= key < part.high for part in sight.own)


def twin_seen(sight: Sight, key: int) -> bool:
    return not sight.addressed_only and any(
        part.low <= key < part.high for part in (*sight.own, *sight.neighbours)
    )


@pytest.mark.django_db
@given(scope=scopes)
def test_the_rows_of_a_scope_are_those_a_plain_filter_finds(scope: Scope) -> None:
    world = factories.waluku().values()
    for rule, twin in ((in_own_area, twin_own), (in_seen_area, twin_seen)):
        found = Region.objects.filter(scope.matching(partial(rule, field="key")))
        expected = {each.code for each in world if any(twin(sight, each.key) for sight in scope.sights)}
        assert set(found.values_list("code", flat=True)) == expected


@pytest.mark.django_db
@given(scope=scopes, area=st.sampled_from(CODES).map(range_of))
def test_narrowing_shows_exactly_what_lay_in_the_area_before(scope: Scope, area: RegionRange) -> None:
    narrow = scope.within(area)
    for each in factories.waluku().values():
        whole = any(twin_seen(sight, each.key) for sight in scope.sights)
        assert any(twin_seen(sight, each.key) for sight in narrow.sights) == (
            whole and area.contains(each.key)
        )


@given(scope=scopes, area=st.sampled_from(CODES).map(range_of))
def test_narrowing_never_raises_a_label_and_never_shows_more_stages(scope: Scope, area: RegionRange) -> None:
    for before, after in zip(scope.sights, scope.within(area).sights, strict=True):
        assert (after.label, after.unverified, after.addressed_only) == (
            before.label, before.unverified, before.addressed_only,
        )  # fmt: skip


@given(first=scopes, second=scopes)
def test_a_scope_of_two_posts_covers_what_either_covers(first: Scope, second: Scope) -> None:
    both = Scope((*first.sights, *second.sights))
    for code in CODES:
        key = range_of(code).low
        assert both.covers(key) == (first.covers(key) or second.covers(key))


@pytest.mark.django_db
def test_an_empty_scope_shows_no_row() -> None:
    factories.waluku()
    assert not Region.objects.filter(Scope().matching(in_own_area)).exists()


@pytest.mark.django_db
def test_a_system_scope_shows_every_row_and_can_still_be_narrowed() -> None:
    factories.waluku()
    everything = Scope.system("uji")
    assert everything.matching(in_own_area) == Q()
    assert everything.within(range_of("99.01")).covers(range_of("99.01.02").low)
    assert not everything.within(range_of("99.01")).covers(range_of("99.02").low)


@pytest.mark.django_db
def test_an_agency_role_has_no_area_of_its_own_to_read() -> None:
    alya = people.actor(people.anggota_timdu())
    scope = alya.scope_for(Permission.EVENT_READ)
    assert all(sight.addressed_only for sight in scope.sights)
    assert not Region.objects.filter(scope.matching(lambda sight: in_seen_area(sight, "key"))).exists()


@pytest.mark.django_db
def test_only_the_posts_that_carry_the_permission_make_the_scope() -> None:
    ratna = people.analis()
    people.post(ratna, "provinsi", factories.agency("Kesbangpol Bimasakti", own=("99",)))
    actor = people.actor(ratna)
    assert not actor.scope_for(Permission.REPORT_READ).covers(range_of("99.02").low)
    assert actor.scope_for(Permission.EVENT_READ).covers(range_of("99.02").low)


@pytest.mark.django_db
def test_neighbours_are_watched_only_by_roles_that_may() -> None:
    office = factories.agency("Kesbangpol Waluku", own=("99.01",), neighbours=("99.02",))
    ratna, jaka = people.analis(agency=office), people.piket(agency=office)
    outside = range_of("99.02.01").low
    for account, watches in ((ratna, True), (jaka, False)):
        scope = people.actor(account).scope_for(Permission.EVENT_READ)
        assert not scope.covers(outside)
        assert any(part.contains(outside) for sight in scope.sights for part in sight.neighbours) is watches


# SEED-053: labels are ceilings; nothing above Terbatas exists.
def test_there_are_three_labels_and_none_above_terbatas() -> None:
    assert [label.word for label in Label] == ["Terbuka", "Internal", "Terbatas"]
    assert max(Label) is Label.TERBATAS


@pytest.mark.parametrize(
    ("role", "ceiling"),
    [("fkdm", Label.TERBUKA), ("tiga_pilar", Label.INTERNAL), ("kasi_trantib", Label.INTERNAL),
     ("analis", Label.TERBATAS), ("kabid", Label.TERBATAS), ("provinsi", Label.INTERNAL),
     ("admin", Label.TERBUKA)],
)  # fmt: skip
def test_each_role_sees_labels_up_to_its_ceiling(role: str, ceiling: Label) -> None:
    assert ROLES[role].label is ceiling


@pytest.mark.parametrize("code", [code for code, role in ROLES.items() if role.reach is Reach.ADDRESSED])
def test_no_role_that_sees_only_what_is_addressed_reads_reports_or_unverified_events(code: str) -> None:
    assert Permission.REPORT_READ not in ROLES[code].permissions
    assert not ROLES[code].unverified
