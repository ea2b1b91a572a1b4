"""Asking silent areas: once while it is open, by the desk of the area, to the people of that area and nobody else."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from kentongan.accounts.models import Account, AgencyKind
from kentongan.audit.models import AuditEntry
from kentongan.indicators.actions import ask_status, ask_status_of, set_rhythm
from kentongan.indicators.models import ReportingRhythm, StatusRequest
from kentongan.indicators.queries import StatusQuestion, status_questions_for
from kentongan.intake.actions import send_nil
from kentongan.places.keys import key_of
from tests import factories, people
from tests.stages import chain_world as world
from tests.stages.chain_world import HOUR, NOW, refused

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 12)


def questions(account: Account, *, hours: int = 1) -> list[StatusQuestion]:
    return status_questions_for(people.actor(account), now=NOW + hours * HOUR)


def test_a_question_names_the_area_the_desk_and_until_when_and_stands_in_the_chain() -> None:
    asked = ask_status(world.VILLAGE, by=world.ratna(), at=NOW)
    assert (asked.desk_id, asked.due_at) == (world.desk().pk, NOW + 48 * HOUR)
    entry = AuditEntry.objects.get(action="coverage.asked")
    assert (entry.area, entry.actor) == (world.VILLAGE, world.ratna().audit_name)


def test_an_open_question_is_not_asked_twice_but_again_when_its_time_is_over() -> None:
    first = ask_status(world.VILLAGE, by=world.ratna(), at=NOW)
    assert ask_status(world.VILLAGE, by=world.budi(), at=NOW + HOUR).pk == first.pk
    assert ask_status(world.VILLAGE, by=world.budi(), at=NOW + 48 * HOUR).pk != first.pk
    assert AuditEntry.objects.filter(action="coverage.asked").count() == 2


def test_several_areas_are_asked_with_one_click_each_with_its_entry() -> None:
    asked = ask_status_of([world.VILLAGE, world.OTHER_VILLAGE, world.VILLAGE], by=world.ratna(), at=NOW)
    assert {request.area for request in asked} == {world.VILLAGE, world.OTHER_VILLAGE}
    assert AuditEntry.objects.filter(action="coverage.asked").count() == 2


def test_one_refused_area_leaves_all_unasked() -> None:
    who = world.ratna()
    with refused("accounts.outside_area"):
        ask_status_of([world.VILLAGE, world.ELSEWHERE], by=who, at=NOW)
    assert StatusRequest.rows.count() == 0


@pytest.mark.parametrize(
    ("areas", "code"),
    [
        ([], "indicators.no_area_chosen"),
        ([world.REGENCY], "indicators.area_too_wide"),
        (list(range(501)), "indicators.too_many_areas"),
        ([key_of("99.01.01.2999")], "places.region_unknown"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_next_step(areas: list[int], code: str) -> None:
    who = world.ratna()
    with refused(code):
        ask_status_of(areas, by=who, at=NOW)


@pytest.mark.parametrize("role", ["fkdm", "tiga_pilar", "provinsi", "pimpinan", "admin", "anggota_timdu"])
def test_only_a_desk_asks(role: str) -> None:
    who = people.actor(people.person(role))
    with refused("accounts.not_permitted"):
        ask_status(world.VILLAGE, by=who, at=NOW)


def test_the_people_of_the_desa_see_the_question_on_their_phone() -> None:
    wiryo, danu = people.fkdm(), people.tiga_pilar()
    ask_status(world.VILLAGE, by=world.ratna(), at=NOW)
    for account in (wiryo, danu):
        (question,) = questions(account)
        assert question.area == world.VILLAGE
        assert question.label == "Desa Sumberluku, Kec. Tegalwuku"
        assert question.desk == world.desk().short_name


def test_others_see_no_question() -> None:
    ask_status(world.VILLAGE, by=world.ratna(), at=NOW)
    neighbour = people.fkdm("99.01.01.2002", name="Nanik")
    whole = people.fkdm("99.01", agency=factories.agency("FKDM Kabupaten", kind=AgencyKind.FKDM), name="Suro")
    for account in (neighbour, whole, people.analis(), people.penyelenggara(), people.kampus()):
        assert questions(account) == []


def test_somebody_of_the_kecamatan_sees_the_questions_of_its_desa() -> None:
    camat = people.tiga_pilar(
        "99.01.01", agency=factories.agency("Kecamatan", own=("99.01.01",)), name="Wulan"
    )
    ask_status_of([world.VILLAGE, key_of("99.01.01.2002")], by=world.ratna(), at=NOW)
    assert len(questions(camat)) == 2


def test_a_nil_or_a_report_answers_and_time_ends_the_question() -> None:
    wiryo = people.fkdm()
    ask_status(world.VILLAGE, by=world.ratna(), at=NOW)
    assert len(questions(wiryo, hours=47)) == 1
    assert questions(wiryo, hours=48) == []
    send_nil(people.actor(wiryo), area=world.VILLAGE, client_id=uuid4(), at=NOW + 2 * HOUR)
    assert questions(wiryo, hours=3) == []


def test_a_report_answers_too() -> None:
    wiryo = people.fkdm()
    ask_status(world.VILLAGE, by=world.ratna(), at=NOW)
    world.report(at=NOW + HOUR)
    assert questions(wiryo, hours=2) == []


def test_a_hidden_report_about_the_desa_office_does_not_show_by_a_question_that_vanishes() -> None:
    danu = people.tiga_pilar()
    ask_status(world.VILLAGE, by=world.ratna(), at=NOW)
    world.report(at=NOW + HOUR, accused="desa")
    assert len(questions(danu, hours=2)) == 1


def test_what_came_in_before_the_question_is_no_answer() -> None:
    wiryo = people.fkdm()
    world.report(at=NOW - HOUR)
    ask_status(world.VILLAGE, by=world.ratna(), at=NOW)
    assert len(questions(wiryo)) == 1


def test_a_rhythm_is_set_by_the_desk_with_a_reason_and_again_for_the_same_day() -> None:
    set_rhythm(world.VILLAGE, every_days=14, valid_from=TODAY, by=world.ratna(), at=NOW, reason="jauh")
    set_rhythm(world.VILLAGE, every_days=21, valid_from=TODAY, by=world.ratna(), at=NOW)
    assert ReportingRhythm.rows.get().every_days == 21
    assert AuditEntry.objects.filter(action="coverage.rhythm_set").count() == 2


@pytest.mark.parametrize("days", [0, -1, 93])
def test_a_rhythm_lies_between_a_day_and_a_quarter(days: int) -> None:
    who = world.ratna()
    with refused("indicators.rhythm_days"):
        set_rhythm(world.VILLAGE, every_days=days, valid_from=TODAY, by=who, at=NOW)


def test_a_rhythm_is_set_for_a_desa_or_kecamatan_of_the_own_area() -> None:
    who = world.ratna()
    with refused("indicators.area_too_wide"):
        set_rhythm(world.REGENCY, every_days=7, valid_from=TODAY, by=who, at=NOW)
    with refused("accounts.outside_area"):
        set_rhythm(world.ELSEWHERE, every_days=7, valid_from=TODAY, by=who, at=NOW)


def test_the_database_refuses_a_question_without_time_and_a_rhythm_without_days() -> None:
    desk = world.desk()
    with pytest.raises(IntegrityError), transaction.atomic():
        StatusRequest.rows.create(
            area=world.VILLAGE, desk=desk, asked_by="akun:1", asked_at=NOW, due_at=NOW - timedelta(seconds=1)
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportingRhythm.rows.create(area=world.VILLAGE, every_days=0, valid_from=TODAY, set_by="akun:1")
