"""Receiving, reading and triaging reports: nothing lost, nothing doubled, nothing opened without a reason."""

from __future__ import annotations

from uuid import uuid4

import pytest

from kentongan.accounts.actors import Actor
from kentongan.audit.models import AuditEntry
from kentongan.edge.problems import Problem
from kentongan.intake.actions import (
    Sender,
    is_own_report,
    keep_suggestions,
    open_raw_text,
    receive_report,
    reporter,
    triage_report,
)
from kentongan.intake.decisions import LONGEST_TEXT, Guess
from kentongan.intake.models import Report, TriageOutcome
from kentongan.vault.models import Pseudonym, SealedIdentity
from tests import people
from tests.stages import chain_world as world
from tests.stages.chain_world import NOW, refused
from tests.stages.vault.people import two_holders

pytestmark = pytest.mark.django_db
PUBLIC = Sender.public()


def receive(sent: object, desk: int | None = None) -> tuple[Report, str]:
    return receive_report(sent, sender=PUBLIC, desk=desk, at=NOW)  # type: ignore[arg-type]


def test_a_resend_gives_the_same_row_and_the_same_receipt() -> None:
    sent = world.draft(area=world.VILLAGE)
    first, receipt = receive(sent)
    again, same = receive(sent)
    assert (again.pk, same) == (first.pk, receipt)
    assert (Report.rows.count(), AuditEntry.objects.count()) == (1, 1)


def test_the_same_id_with_other_words_is_a_new_row_marked_as_conflicting() -> None:
    client_id = uuid4()
    first, receipt = receive(world.draft("Ada coretan.", client_id=client_id, area=world.VILLAGE))
    other, other_receipt = receive(world.draft("Ada kebakaran.", client_id=client_id, area=world.VILLAGE))
    assert other.pk != first.pk
    assert other_receipt != receipt
    assert (
        AuditEntry.objects.get(subject=f"report:{other.pk}").detail["conflicts_with"] == f"report:{first.pk}"
    )


def test_copies_of_one_text_stay_reports_of_their_own_and_name_the_first() -> None:
    first, second, third = (world.report() for _ in range(3))
    assert [first.copy_of_id, second.copy_of_id, third.copy_of_id] == [None, first.pk, first.pk]


@pytest.mark.parametrize("text", ["", "   \n\t "])
def test_an_empty_report_is_sent_back_with_the_next_step(text: str) -> None:
    with refused("intake.text_empty"):
        receive(world.draft(text, area=world.VILLAGE))


def test_a_text_too_long_to_store_is_sent_back_not_cut() -> None:
    with refused("intake.text_too_long"):
        receive(world.draft("a" * (LONGEST_TEXT + 1), area=world.VILLAGE))


@pytest.mark.parametrize("text", ["Tolol semua!", "Turunkan bupati, kami kecewa.", "a\x00b", "\ud800 titir"])
def test_no_report_is_refused_for_what_it_says(text: str) -> None:
    report, receipt = receive(world.draft(text, area=world.VILLAGE))
    assert Report.rows.get(pk=report.pk).state == "received"
    assert receipt


def test_what_identifies_a_person_is_masked_in_text_and_title() -> None:
    sent = world.draft(
        "Hubungi 0812-3456-7890, NIK 3514011203900001.", title="Telepon 081234567890", area=world.VILLAGE
    )
    report, _ = receive(sent)
    assert (report.text_masked, report.title) == ("Hubungi [telepon], NIK [NIK].", "Telepon [telepon]")


def test_the_raw_text_opens_with_a_reason_and_leaves_an_entry() -> None:
    report = world.report("Hubungi 0812-3456-7890.")
    opened = open_raw_text(report.pk, by=world.ratna(), at=NOW, reason="memastikan tempat")
    assert opened == "Hubungi 0812-3456-7890."
    entry = AuditEntry.objects.get(action="report.raw_opened")
    assert (entry.reason, entry.actor) == ("memastikan tempat", world.ratna().audit_name)
    assert "0812" not in str(entry.detail) + entry.reason


@pytest.mark.parametrize("reason", ["", "  "])
def test_the_raw_text_stays_sealed_without_a_reason(reason: str) -> None:
    report, who = world.report(), world.ratna()
    with refused("intake.open_reason_missing"):
        open_raw_text(report.pk, by=who, at=NOW, reason=reason)


def test_the_raw_text_of_another_regency_stays_sealed() -> None:
    report, who = world.report(), world.stranger()
    with refused("accounts.outside_area"):
        open_raw_text(report.pk, by=who, at=NOW, reason="ingin tahu")


def test_the_sealed_text_does_not_open_in_another_row() -> None:
    mine, other = world.report("Isi pertama"), world.report("Isi kedua")
    Report.rows.filter(pk=mine.pk).update(raw_sealed=other.raw_sealed)
    with pytest.raises(Problem) as caught:
        open_raw_text(mine.pk, by=world.ratna(), at=NOW, reason="memastikan")
    assert caught.value.code == "edge.seal_broken"


@pytest.mark.parametrize("outcome", TriageOutcome.values)
def test_a_person_decides_once_what_becomes_of_a_report(outcome: str) -> None:
    report, who = world.report(), world.ratna()
    triage_report(report.pk, outcome=outcome, by=who, at=NOW, reason="dibaca")
    assert Report.rows.get(pk=report.pk).triage_outcome == outcome
    with refused("intake.already_triaged"):
        triage_report(report.pk, outcome="forwarded", by=who, at=NOW, reason="lagi")


@pytest.mark.parametrize("outcome", ["out_of_scope", "spam"])
def test_declining_needs_a_reason(outcome: str) -> None:
    report, who = world.report(), world.ratna()
    with refused("intake.reason_missing"):
        triage_report(report.pk, outcome=outcome, by=who, at=NOW)


def test_a_machine_cannot_decline() -> None:
    report = world.report()
    with pytest.raises(ValueError, match="only a person may"):
        triage_report(report.pk, outcome="spam", by=Actor.of_system("pembaca"), at=NOW, reason="aturan")
    assert Report.rows.get(pk=report.pk).state == "received"


def test_an_unknown_decision_is_refused() -> None:
    report, who = world.report(), world.ratna()
    with refused("intake.outcome_unknown"):
        triage_report(report.pk, outcome="hapus", by=who, at=NOW)


def test_a_number_that_no_report_has_is_a_plain_refusal() -> None:
    who = world.ratna()
    with refused("intake.report_unknown"):
        triage_report(4711, outcome="forwarded", by=who, at=NOW)
    with refused("intake.report_unknown"):
        open_raw_text(4711, by=who, at=NOW, reason="ada?")


@pytest.mark.parametrize(
    "role", ["anggota_timdu", "fkdm", "tiga_pilar", "pimpinan", "provinsi", "admin", "kampus"]
)
def test_roles_outside_the_desk_do_not_triage(role: str) -> None:
    report, who = world.report(), people.actor(people.person(role))
    with refused("accounts.not_permitted"):
        triage_report(report.pk, outcome="forwarded", by=who, at=NOW)


def test_a_report_without_place_stays_with_the_desk_that_received_it() -> None:
    report, who = world.report(area=None), world.stranger()
    with refused("intake.other_desk"):
        triage_report(report.pk, outcome="forwarded", by=who, at=NOW)
    assert triage_report(report.pk, outcome="forwarded", by=world.ratna(), at=NOW).state == "triaged"


def test_a_post_without_the_right_at_the_desk_lends_no_right_to_its_reports() -> None:
    report = world.report(area=None)
    surya = people.analis("99.02", name="Surya")
    people.post(surya, "kampus", world.desk())
    who = people.actor(surya)
    with refused("intake.other_desk"):
        triage_report(report.pk, outcome="forwarded", by=who, at=NOW)


def test_suggestions_are_kept_once_per_method() -> None:
    report, machine = world.report(), Actor.of_system("pembaca")
    guesses = [Guess("place", {"code": "99.01"}), Guess("dates", [])]
    assert keep_suggestions(report.pk, guesses, at=NOW, by=machine) == 2
    assert keep_suggestions(report.pk, guesses, at=NOW, by=machine) == 0
    assert world.chained(f"report:{report.pk}") == ["report.received", "report.read"]


def test_a_suggestion_does_not_place_the_report() -> None:
    report = world.report(area=None)
    keep_suggestions(report.pk, [Guess("place", {"code": "99.01"})], at=NOW, by=Actor.of_system("pembaca"))
    assert Report.rows.get(pk=report.pk).area is None


def test_the_sender_behind_an_account_is_its_source_number_and_nothing_else() -> None:
    wiryo = people.actor(people.fkdm())
    sender = reporter(wiryo, world.draft(), area=world.VILLAGE, at=NOW)
    again = reporter(wiryo, world.draft(), area=world.OTHER_VILLAGE, at=NOW)
    assert sender.source.startswith("S-")
    assert (
        (sender.source, sender.audit_name)
        == (again.source, again.audit_name)
        == (sender.source, sender.source)
    )
    assert Pseudonym.objects.count() == 1


def test_a_sender_is_told_that_a_report_is_its_own_and_nobody_else_is() -> None:
    wiryo, danu = people.actor(people.fkdm()), people.actor(people.tiga_pilar())
    sent = world.draft(area=world.VILLAGE)
    report, _ = receive_report(
        sent, sender=reporter(wiryo, sent, area=world.VILLAGE, at=NOW), desk=None, at=NOW
    )
    stored = Report.rows.get(pk=report.pk)
    assert [is_own_report(stored, by=who) for who in (wiryo, danu)] == [True, False]
    assert not is_own_report(world.report(), by=wiryo)


def test_a_contact_is_sealed_once_and_lies_nowhere_in_the_open() -> None:
    two_holders()
    sent, contact = world.draft(area=world.VILLAGE), {"telepon": "081999000111"}
    reports = [receive_report(sent, sender=PUBLIC, desk=None, at=NOW, contact=contact)[0] for _ in range(2)]
    identity = SealedIdentity.objects.get()
    assert {report.identity for report in reports} == {identity.pk}
    assert b"081999000111" not in bytes(identity.sealed)


def test_no_contact_is_taken_while_nobody_holds_the_keys() -> None:
    with refused("vault.holders_missing"):
        receive_report(
            world.draft(area=world.VILLAGE), sender=PUBLIC, desk=None, at=NOW, contact={"telepon": "0819"}
        )
    assert Report.rows.count() == 0


def test_a_person_without_the_right_to_report_gets_no_source_number() -> None:
    who = people.actor(people.pimpinan())
    with refused("accounts.not_permitted"):
        reporter(who, world.draft(), area=world.VILLAGE, at=NOW)
    assert Pseudonym.objects.count() == 0
