"""Whether anybody here may read a report about an office: asked before the form promises a reader."""

from __future__ import annotations

import pytest

from kentongan.accounts.queries import desk_reads
from kentongan.places.keys import key_of
from tests import factories, people

pytestmark = pytest.mark.django_db

VILLAGE = key_of("99.01.01.2001")
TODAY = factories.TODAY


def test_a_kabupaten_desk_reads_what_accuses_a_village_but_not_what_accuses_the_kabupaten() -> None:
    people.analis()
    assert desk_reads(VILLAGE, level=2, on=TODAY)
    assert not desk_reads(VILLAGE, level=1, on=TODAY)


def test_a_subdistrict_officer_is_not_high_enough_for_a_report_about_the_village_office() -> None:
    people.kasi_trantib()
    assert desk_reads(VILLAGE, level=3, on=TODAY)
    assert not desk_reads(VILLAGE, level=2, on=TODAY)


def test_a_provincial_officer_who_reads_no_reports_does_not_count() -> None:
    people.provinsi()
    assert not desk_reads(VILLAGE, level=1, on=TODAY)


def test_an_analyst_at_the_province_reads_what_accuses_the_kabupaten() -> None:
    people.analis("99", name="Arum")
    assert desk_reads(VILLAGE, level=1, on=TODAY)


def test_the_desk_must_cover_the_place_where_there_is_one() -> None:
    people.analis("99.02", name="Surya")
    assert not desk_reads(VILLAGE, level=2, on=TODAY)
    assert desk_reads(None, level=2, on=TODAY)


def test_somebody_who_left_reads_nothing() -> None:
    account = people.analis()
    account.is_active = False
    account.save()
    assert not desk_reads(VILLAGE, level=2, on=TODAY)


def test_one_desk_alone_can_be_asked_for() -> None:
    ratna = people.analis()
    other = factories.agency("Kesbangpol Lintang Wuluh", own=("99.02",))
    assert desk_reads(None, level=2, on=TODAY, agency=people.actor(ratna).posts[0].agency_id)
    assert not desk_reads(None, level=2, on=TODAY, agency=other.pk)
