"""Reading reports through a scope: the inbox, and nothing of other desks, not even that it exists."""

from __future__ import annotations

import pytest
from hypothesis import given

from kentongan.accounts.permissions import Permission
from kentongan.accounts.scopes import Scope
from kentongan.edge.problems import Problem
from kentongan.intake.actions import triage_report
from kentongan.intake.models import Report
from kentongan.intake.queries import decided, inbox, report_in, reports_between
from tests import factories
from tests.stages import chain_world as world
from tests.stages.chain_world import HOUR, NOW
from tests.stages.sights import PLACES, at_agencies, scopes, twin_own

pytestmark = pytest.mark.django_db


def scope_of(actor: object) -> Scope:
    return actor.scope_for(Permission.REPORT_READ)  # type: ignore[attr-defined,no-any-return]


def test_the_inbox_holds_what_waits_oldest_first() -> None:
    late, early, done = (world.report(text, at=NOW + n * HOUR) for text, n in (("a", 2), ("b", 0), ("c", 1)))
    triage_report(done.pk, outcome="forwarded", by=world.ratna(), at=NOW)
    assert [row.pk for row in inbox(scope_of(world.ratna()))] == [early.pk, late.pk]
    assert [row.pk for row in decided(scope_of(world.ratna()))] == [done.pk]


def test_a_report_outside_the_scope_is_not_said_to_exist() -> None:
    hidden = world.report()
    sentences = set()
    for number in (hidden.pk, 4711):
        with pytest.raises(Problem) as caught:
            report_in(scope_of(world.stranger()), number)
        sentences.add(caught.value.sentence().replace(str(number), "N"))
    assert len(sentences) == 1
    assert inbox(scope_of(world.stranger())).count() == 0


def test_an_agency_outside_the_desk_reads_no_report_not_even_a_count() -> None:
    world.report()
    world.report(area=None)
    assert inbox(scope_of(world.alya())).count() == 0


def test_the_bounds_of_a_period_hold_its_first_moment_and_not_its_end() -> None:
    rows = [world.report(str(n), at=NOW + n * HOUR) for n in range(3)]
    found = reports_between(scope_of(world.ratna()), NOW, NOW + 2 * HOUR)
    assert {row.pk for row in found} == {rows[0].pk, rows[1].pk}


@pytest.fixture
def desks() -> list[int]:
    """Three desks with a report in every place of the world, and some without any."""
    factories.waluku()
    numbers = [factories.agency(f"Meja {n}").pk for n in range(3)]
    rows = [world.report(code, area=key) for code, key in PLACES.items()]
    rows += [world.report(f"meja {n}", area=None) for n in range(3)]
    for place, row in enumerate(rows):
        Report.rows.filter(pk=row.pk).update(desk_id=numbers[place % 3])
    return numbers


@given(drawn=scopes)
def test_the_reports_of_a_scope_are_those_a_plain_rule_finds(desks: list[int], drawn: Scope) -> None:
    scope = at_agencies(drawn, desks)
    expected = {
        row.pk
        for row in Report.rows.all()
        for sight in scope.sights
        if not sight.addressed_only
        and ((row.area is not None and twin_own(sight, row.area)) or row.desk_id == sight.agency_id)
    }
    assert {row.pk for row in Report.objects.in_scope(scope)} == expected
    assert Report.objects.in_scope(scope).count() == len(expected)
