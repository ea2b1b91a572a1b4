"""A report about an office that no desk here may read is counted, so that it is not silence of our own making."""

from __future__ import annotations

import pytest

from kentongan.intake.queries.unread import without_a_reader
from kentongan.pipeline.health import State, health
from tests import people
from tests.stages import chain_world as world

pytestmark = pytest.mark.django_db

TODAY = world.NOW.date()


def test_a_report_about_the_village_has_its_reader_at_the_kabupaten() -> None:
    world.ratna()
    world.report(accused="desa")
    assert without_a_reader(on=TODAY) == 0


def test_a_report_about_the_kabupaten_waits_unread_until_the_province_has_a_desk() -> None:
    world.ratna()
    world.report(accused="kabupaten")
    world.report("Hal lain yang sama beratnya.", accused="kabupaten")
    assert without_a_reader(on=TODAY) == 2

    people.analis("99", name="Arum")
    assert without_a_reader(on=TODAY) == 0


def test_an_unplaced_report_is_read_by_the_desk_that_keeps_it_or_by_nobody() -> None:
    world.ratna()
    world.report(area=None, accused="desa")
    assert without_a_reader(on=TODAY) == 0

    world.report("Yang lain.", area=None, accused="kabupaten")
    assert without_a_reader(on=TODAY) == 1


def test_the_health_page_says_that_something_waits_without_a_reader() -> None:
    world.ratna()
    world.report(accused="kabupaten")
    item = next(item for item in health(now=world.NOW) if item.code == "readers")
    assert item.state is State.LOOK
    assert "1" in item.seen
    assert item.next_step
