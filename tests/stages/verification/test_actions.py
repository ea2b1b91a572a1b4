"""Verdicts: given by the desk on a settled checklist, each a row of its own, reopened by new evidence, never overwritten."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from kentongan.events.models import Event, EventFacet
from kentongan.verification.actions import (
    add_evidence,
    confirm_verdict,
    dissent_from,
    open_verification,
    set_check,
    verify_event,
)
from kentongan.verification.decisions import CONCLUSIONS
from kentongan.verification.models import Dissent, Verdict
from kentongan.verification.queries import all_verdicts_of, verdict_waiting, verdicts_of
from tests import people
from tests.stages import chain_world as world
from tests.stages.chain_world import HOUR, NOW, conclusion, refused
from tests.stages.verification.checking import TWO_PERSONS, sekar, sent_by, statement, stored

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("verdict", CONCLUSIONS)
def test_a_verdict_stands_on_the_event_with_both_grades_apart(verdict: str) -> None:
    event = world.checked(world.event())
    verify_event(event.pk, conclusion(verdict, content_grade=3, source_grade="C"), by=world.ratna(), at=NOW)
    assert (stored(event).verification, stored(event).content_grade, stored(event).source_grade) == (
        verdict,
        3,
        "C",
    )
    assert stored(event).is_confirmed == (verdict in {"verified", "partly"})
    assert world.chained(f"event:{event.pk}")[-1] == "event.verified"


def test_new_evidence_adds_a_verdict_and_keeps_the_old_one() -> None:
    event = world.event(verdict="verified")
    add_evidence(event.pk, statement(), by=world.ratna(), at=NOW + HOUR)
    assert stored(event).verification == "in_progress"
    verify_event(event.pk, conclusion("refuted", content_grade=5), by=world.ratna(), at=NOW + 2 * HOUR)
    assert [row.verdict for row in verdicts_of(event)] == ["refuted", "verified"]
    assert not stored(event).is_confirmed


@pytest.mark.parametrize(
    "role", ["fkdm", "tiga_pilar", "anggota_timdu", "pimpinan", "provinsi", "pengawas", "admin"]
)
def test_roles_outside_the_desk_give_no_verdict(role: str) -> None:
    event, who = world.checked(world.event()), people.actor(people.person(role))
    with refused("accounts.not_permitted"):
        verify_event(event.pk, conclusion(), by=who, at=NOW)


def test_the_desk_of_another_regency_gives_no_verdict() -> None:
    event, who = world.checked(world.event()), world.stranger()
    with refused("accounts.outside_area"):
        verify_event(event.pk, conclusion(), by=who, at=NOW)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"content_grade": 5}, "verification.grade_contradicts"),
        ({"content_grade": None}, "verification.content_first"),
        ({"content_grade": None, "source_grade": "B"}, "verification.content_first"),
        ({"reason": " "}, "verification.reason_missing"),
        ({"verdict": "inconclusive", "review_on": None}, "verification.review_date_missing"),
    ],
)
def test_a_conclusion_that_does_not_hold_is_refused(changes: dict[str, Any], code: str) -> None:
    event, who = world.checked(world.event()), world.ratna()
    with refused(code):
        verify_event(event.pk, conclusion(**changes), by=who, at=NOW)


@pytest.mark.parametrize("verdict", CONCLUSIONS)
def test_no_verdict_is_given_while_a_required_line_is_open(verdict: str) -> None:
    event, who = world.event(), world.ratna()
    set_check(event.pk, item="tempat", status="proven", finding="Dilihat.", by=who, at=NOW)
    with refused("verification.checks_open"):
        verify_event(event.pk, conclusion(verdict, content_grade=3), by=who, at=NOW)


def test_what_cannot_be_checked_lets_the_verdict_pass_with_its_reason() -> None:
    event, who = world.event(), world.ratna()
    world.checked(event, status="cannot")
    verify_event(event.pk, conclusion("inconclusive", content_grade=6), by=who, at=NOW)
    assert stored(event).verification == "inconclusive"
    assert stored(event).review_on is not None


def test_verified_needs_a_proven_line() -> None:
    event, who = world.event(), world.ratna()
    world.checked(event, status="cannot")
    with refused("verification.nothing_proven"):
        verify_event(event.pk, conclusion("verified"), by=who, at=NOW)


def test_whoever_sent_a_linked_report_gives_no_verdict_on_it() -> None:
    who = world.ratna()
    own, other = sent_by(who), world.report("Warung tutup sejak petang.")
    event = world.checked(world.event(reports=(other.pk, own.pk)))
    with refused("verification.own_report"):
        verify_event(event.pk, conclusion(), by=who, at=NOW)
    verify_event(event.pk, conclusion(), by=world.budi(), at=NOW)


def test_a_desk_below_the_level_that_may_read_neither_checks_nor_judges() -> None:
    report = world.report(accused="desa")
    event = world.event(reports=(report.pk,))
    who = sekar()
    with refused("verification.office_concerned"):
        set_check(event.pk, item="tempat", status="proven", finding="Dilihat.", by=who, at=NOW)
    world.checked(event)
    with refused("verification.office_concerned"):
        verify_event(event.pk, conclusion(), by=who, at=NOW)
    verify_event(event.pk, conclusion(), by=world.ratna(), at=NOW)


def test_an_office_that_is_a_party_of_the_event_does_not_judge_it() -> None:
    event = world.event()
    EventFacet.objects.create(event=event, facet="actor_type", code="A13")
    who = sekar()
    world.checked(event)
    with refused("verification.office_concerned"):
        verify_event(event.pk, conclusion(), by=who, at=NOW)


def test_a_second_post_in_the_accused_office_keeps_somebody_out() -> None:
    account = people.analis(name="Surti")
    people.post(account, "anggota_timdu", world.polres())
    report = world.report(accused="polri")
    event = world.checked(world.event(reports=(report.pk,)))
    who = people.actor(account)
    with refused("verification.office_concerned"):
        verify_event(event.pk, conclusion(), by=who, at=NOW)


def test_a_merged_event_is_judged_in_the_one_that_remains() -> None:
    remaining, event, who = world.event(), world.event(), world.ratna()
    Event.rows.filter(pk=event.pk).update(merged_into=remaining.pk)
    with refused("verification.event_merged"):
        set_check(event.pk, item="tempat", status="proven", finding="Dilihat.", by=who, at=NOW)


# --- two persons


def graded(**changes: Any) -> Verdict:
    """A first word on an event of a type that two persons judge."""
    event = world.checked(world.event(type_code=TWO_PERSONS))
    return verify_event(event.pk, conclusion(**changes), by=world.ratna(), at=NOW + HOUR)


def test_the_first_word_of_two_moves_nothing() -> None:
    first = graded()
    assert (stored(first.event).verification, stored(first.event).source_grade) == ("in_progress", "F")
    assert list(verdicts_of(first.event)) == []
    assert verdict_waiting(first.event) == first
    assert world.chained(f"event:{first.event_id}")[-1] == "event.graded"


def test_a_second_person_makes_it_stand_with_the_date_of_the_first() -> None:
    first = graded(verdict="inconclusive", review_on=NOW.date())
    second = confirm_verdict(first.pk, reason="Saya lihat berkasnya.", by=world.budi(), at=NOW + 2 * HOUR)
    event = stored(first.event)
    assert (event.verification, event.review_on) == ("inconclusive", NOW.date())
    assert list(verdicts_of(event)) == [second, first]
    assert verdict_waiting(event) is None
    assert world.chained(f"event:{event.pk}")[-1] == "event.verified"


def test_one_person_is_not_two() -> None:
    first, who = graded(), world.ratna()
    with refused("verification.same_person"):
        confirm_verdict(first.pk, reason="Saya yakin.", by=who, at=NOW + 2 * HOUR)


def test_a_first_word_lapses_when_something_was_checked_after_it() -> None:
    first, who = graded(), world.budi()
    add_evidence(first.event_id, statement(), by=world.ratna(), at=NOW + 2 * HOUR)
    with refused("verification.first_word_lapsed"):
        confirm_verdict(first.pk, reason="Setuju.", by=who, at=NOW + 3 * HOUR)


def test_only_the_newest_first_word_is_confirmed_and_only_once() -> None:
    first, who = graded(), world.second_kabid()
    newer = verify_event(first.event_id, conclusion("partly"), by=world.budi(), at=NOW + 2 * HOUR)
    with refused("verification.verdict_not_waiting"):
        confirm_verdict(first.pk, reason="Setuju.", by=who, at=NOW + 3 * HOUR)
    confirm_verdict(newer.pk, reason="Setuju.", by=who, at=NOW + 3 * HOUR)
    with refused("verification.verdict_not_waiting"):
        confirm_verdict(newer.pk, reason="Setuju.", by=who, at=NOW + 4 * HOUR)
    assert [row.pk for row in all_verdicts_of(first.event)][-1] == first.pk


def test_the_second_person_too_says_why() -> None:
    first, who = graded(), world.budi()
    with refused("verification.reason_missing"):
        confirm_verdict(first.pk, reason="", by=who, at=NOW + 2 * HOUR)


def test_whoever_sent_a_linked_report_is_no_second_person() -> None:
    who = world.budi()
    event = world.checked(world.event(type_code=TWO_PERSONS, reports=(sent_by(who).pk,)))
    first = verify_event(event.pk, conclusion(), by=world.ratna(), at=NOW + HOUR)
    with refused("verification.own_report"):
        confirm_verdict(first.pk, reason="Setuju.", by=who, at=NOW + 2 * HOUR)


# --- dissent, reopening


def test_a_dissent_stands_beside_the_verdict_and_changes_nothing() -> None:
    event = world.event(verdict="verified")
    verdict = verdicts_of(event)[0]
    dissent_from(verdict.pk, text="Foto itu dari tahun lalu.", by=world.budi(), at=NOW + HOUR)
    assert [row.text for row in verdict.dissents.all()] == ["Foto itu dari tahun lalu."]
    assert stored(event).verification == "verified"
    assert world.chained(f"event:{event.pk}")[-1] == "verdict.dissented"


def test_nobody_dissents_from_the_own_word() -> None:
    event, who = world.event(verdict="verified"), world.ratna()
    verdict = verdicts_of(event)[0]
    with refused("verification.dissent_from_oneself"):
        dissent_from(verdict.pk, text="Saya ragu.", by=who, at=NOW)


def test_a_dissent_says_why_and_comes_from_the_desk() -> None:
    event, who, outsider = world.event(verdict="verified"), world.budi(), world.alya()
    verdict = verdicts_of(event)[0]
    with refused("verification.dissent_empty"):
        dissent_from(verdict.pk, text=" ", by=who, at=NOW)
    with refused("accounts.not_permitted"):
        dissent_from(verdict.pk, text="Tidak benar.", by=outsider, at=NOW)
    with refused("verification.no_such_verdict"):
        dissent_from(990_001, text="Tidak benar.", by=who, at=NOW)
    assert Dissent.objects.count() == 0


def test_an_event_is_taken_up_once_and_opened_again_for_a_reason() -> None:
    event, who = world.event(), world.ratna()
    open_verification(event.pk, by=who, at=NOW)
    open_verification(event.pk, by=who, at=NOW)
    assert world.chained(f"event:{event.pk}") == ["event.created", "event.verification_opened"]
    world.judged(event)
    with refused("verification.reopen_reason_missing"):
        open_verification(event.pk, by=who, at=NOW)
    open_verification(event.pk, by=who, at=NOW + HOUR, reason="Saksi baru.")
    assert stored(event).verification == "in_progress"


# --- what the database refuses


@pytest.mark.parametrize(
    "changes",
    [
        {"verdict": "unverified"},
        {"verdict": "in_progress"},
        {"content_grade": 0},
        {"content_grade": 7},
        {"source_grade": "G"},
        {"reason": ""},
    ],
)
def test_the_database_refuses_a_verdict_that_cannot_be(changes: dict[str, Any]) -> None:
    event = world.event()
    values: dict[str, Any] = {
        "verdict": "verified",
        "content_grade": 2,
        "source_grade": "B",
        "reason": "Dilihat.",
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Verdict.objects.create(event=event, given_by="akun:1", given_at=NOW, **values | changes)


def test_the_database_refuses_two_confirmations_and_a_confirmation_that_waits() -> None:
    first = graded()
    confirm_verdict(first.pk, reason="Setuju.", by=world.budi(), at=NOW + 2 * HOUR)
    values: dict[str, Any] = {
        "event": first.event, "verdict": "verified", "content_grade": 2, "source_grade": "B", "reason": "Ya.",
        "given_by": "akun:9", "given_at": NOW,
    }  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Verdict.objects.create(**values, confirms=first)
    other = Verdict.objects.create(**values, needs_second=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Verdict.objects.create(**values, confirms=other, needs_second=True)
