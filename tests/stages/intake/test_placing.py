"""The place of a report: set by a person, handed to the desk that covers it, and never lost."""

from __future__ import annotations

import pytest

from kentongan.accounts.permissions import Permission
from kentongan.audit.models import AuditEntry
from kentongan.intake.actions import place_report, triage_report
from kentongan.intake.models import Report
from kentongan.intake.queries import inbox
from kentongan.places.keys import key_of
from tests import people
from tests.stages import chain_world as world
from tests.stages.chain_world import NOW, refused

pytestmark = pytest.mark.django_db
PROVINCE = key_of("99")


def waiting(actor: object) -> list[int]:
    return [row.pk for row in inbox(actor.scope_for(Permission.REPORT_READ))]  # type: ignore[attr-defined]


def test_a_report_without_place_gets_one_and_the_chain_says_from_where_to_where() -> None:
    report = world.report(area=None)
    place_report(report.pk, area=world.VILLAGE, place_note="sebelah balai", by=world.ratna(), at=NOW)
    found = Report.rows.get(pk=report.pk)
    assert (found.area, found.place_note) == (world.VILLAGE, "sebelah balai")
    entry = AuditEntry.objects.get(action="report.placed")
    assert (entry.area, entry.detail) == (world.VILLAGE, {"before": None, "after": world.VILLAGE})


def test_an_empty_landmark_leaves_what_the_sender_wrote() -> None:
    report = world.report(place_note="depan pasar")
    place_report(report.pk, area=world.OTHER_VILLAGE, by=world.ratna(), at=NOW)
    assert Report.rows.get(pk=report.pk).place_note == "depan pasar"


def test_a_landmark_is_masked_like_every_text() -> None:
    report = world.report()
    place_report(report.pk, area=world.VILLAGE, place_note="rumah 081234567890", by=world.ratna(), at=NOW)
    assert Report.rows.get(pk=report.pk).place_note == "rumah [telepon]"


def test_the_same_place_again_leaves_no_second_entry() -> None:
    report = world.report(place_note="pasar")
    place_report(report.pk, area=world.VILLAGE, place_note="pasar", by=world.ratna(), at=NOW)
    assert world.chained(f"report:{report.pk}") == ["report.received"]


def test_a_place_nobody_knows_is_refused() -> None:
    report, who = world.report(), world.ratna()
    with refused("places.region_unknown"):
        place_report(report.pk, area=key_of("99.77"), by=who, at=NOW)


def test_a_report_placed_elsewhere_reaches_the_desk_there_and_stays_with_the_one_that_received_it() -> None:
    report, surya = world.report(area=None), world.stranger()
    assert waiting(surya) == []
    place_report(report.pk, area=world.ELSEWHERE, by=world.ratna(), at=NOW)
    assert waiting(surya) == waiting(world.ratna()) == [report.pk]
    assert triage_report(report.pk, outcome="forwarded", by=surya, at=NOW).state == "triaged"


def test_a_report_whose_place_is_taken_away_stays_with_the_desk_that_did_so() -> None:
    report = world.report()
    Report.rows.filter(pk=report.pk).update(desk=None)
    place_report(report.pk, area=None, by=world.ratna(), at=NOW)
    assert waiting(world.ratna()) == [report.pk]
    assert waiting(world.stranger()) == []


def test_a_report_placed_only_at_the_province_is_decided_by_its_desk() -> None:
    report, surya = world.report(area=PROVINCE), world.stranger()
    with refused("intake.other_desk"):
        place_report(report.pk, area=world.ELSEWHERE, by=surya, at=NOW)
    place_report(report.pk, area=world.VILLAGE, by=world.ratna(), at=NOW)
    assert Report.rows.get(pk=report.pk).area == world.VILLAGE


def test_another_regency_does_not_place_it() -> None:
    report, surya = world.report(), world.stranger()
    with refused("accounts.outside_area"):
        place_report(report.pk, area=world.ELSEWHERE, by=surya, at=NOW)


@pytest.mark.parametrize("role", ["fkdm", "tiga_pilar", "pimpinan", "provinsi", "anggota_timdu", "admin"])
def test_roles_outside_the_desk_place_no_report(role: str) -> None:
    report, who = world.report(), people.actor(people.person(role))
    with refused("accounts.not_permitted"):
        place_report(report.pk, area=world.OTHER_VILLAGE, by=who, at=NOW)
