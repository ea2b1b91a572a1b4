"""The reporter's own door: by receipt or account, computed from keys, and nobody else's report."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kentongan.accounts.actors import Actor
from kentongan.accounts.models import Account
from kentongan.audit.models import AuditEntry
from kentongan.intake.actions import (
    Sender,
    own_reports,
    receive_report,
    report_by_receipt,
    reporter,
    triage_report,
    withdraw_report,
)
from kentongan.intake.models import Report
from kentongan.vault.models import Pseudonym, SealedIdentity
from tests import people
from tests.stages import chain_world as world
from tests.stages.chain_world import HOUR, NOW, refused
from tests.stages.vault.people import two_holders

pytestmark = pytest.mark.django_db


def send(account: Account, text: str = "Ada coretan.", *, area: int = world.VILLAGE) -> Report:
    actor = people.actor(account)
    sent = world.draft(text, area=area)
    report, _ = receive_report(sent, sender=reporter(actor, sent, area=area, at=NOW), desk=None, at=NOW)
    return report


def mine(account: Account, *, days: int = 0) -> list[int]:
    actor: Actor = people.actor(account)
    return [report.pk for report in own_reports(actor, at=NOW + timedelta(days=days))]


def test_a_receipt_finds_its_report_however_it_was_typed() -> None:
    report, receipt = receive_report(
        world.draft(area=world.VILLAGE), sender=Sender.public(), desk=None, at=NOW
    )
    for typed in (receipt, receipt.lower(), receipt.replace("-", " "), f"  {receipt} "):
        assert report_by_receipt(typed).pk == report.pk


def test_a_receipt_that_nobody_was_given_finds_nothing() -> None:
    with refused("intake.receipt_unknown"):
        report_by_receipt("AAAA-AAAA-AAAA-AAAA")
    with refused("edge.receipt_malformed"):
        report_by_receipt("LP-12")


def test_an_erased_report_is_still_found_by_its_receipt() -> None:
    report, receipt = receive_report(
        world.draft(area=world.VILLAGE), sender=Sender.public(), desk=None, at=NOW
    )
    Report.rows.filter(pk=report.pk).update(
        erased_on=NOW.date(), erased_why="masa simpan", raw_sealed=None, text_masked="", own_tag=""
    )
    assert report_by_receipt(receipt).erased_on == NOW.date()


def test_a_reporter_finds_the_own_reports_newest_first_and_nobody_elses() -> None:
    wiryo, danu = people.fkdm(), people.tiga_pilar()
    first, second, other = send(wiryo, "Satu"), send(wiryo, "Dua"), send(danu, "Tiga")
    assert mine(wiryo) == [second.pk, first.pk]
    assert mine(danu) == [other.pk]
    assert mine(people.fkdm(name="Nanik")) == []


def test_reports_in_two_kabupaten_are_both_found() -> None:
    wiryo = people.fkdm()
    here, there = send(wiryo), send(wiryo, "Di kabupaten sebelah", area=world.ELSEWHERE)
    assert set(mine(wiryo)) == {here.pk, there.pk}


def test_the_same_source_number_in_another_kabupaten_is_somebody_else() -> None:
    wiryo, danu = people.fkdm(), people.tiga_pilar()
    send(wiryo)
    foreign = send(danu, "Di kabupaten sebelah", area=world.ELSEWHERE)
    number = Pseudonym.objects.get(regency_key=world.REGENCY).number
    Report.rows.filter(pk=foreign.pk).update(source=f"S-{number}")
    assert foreign.pk not in mine(wiryo)


def test_the_public_s_report_is_nobodys_own() -> None:
    world.report()
    assert mine(people.fkdm()) == []


def test_what_is_past_its_retention_is_not_listed() -> None:
    wiryo = people.fkdm()
    sent = send(wiryo)
    assert mine(wiryo, days=90) == [sent.pk]
    assert mine(wiryo, days=91) == []


def test_looking_at_the_own_reports_leaves_no_trace() -> None:
    wiryo = people.fkdm()
    send(wiryo)
    before = AuditEntry.objects.count()
    mine(wiryo)
    assert AuditEntry.objects.count() == before


def test_whoever_may_not_report_has_no_own_reports() -> None:
    who = people.actor(people.pimpinan())
    with refused("accounts.not_permitted"):
        own_reports(who, at=NOW)


def test_a_report_taken_back_leaves_the_inbox_and_its_contact_is_destroyed() -> None:
    two_holders()
    report, _ = receive_report(
        world.draft(area=world.VILLAGE),
        sender=Sender.public(),
        desk=None,
        at=NOW,
        contact={"telepon": "081999000111"},
    )
    withdraw_report(report, at=NOW + HOUR)
    found = Report.rows.get(pk=report.pk)
    assert (found.state, found.identity) == ("withdrawn", None)
    assert SealedIdentity.objects.count() == 0
    assert AuditEntry.objects.get(action="report.withdrawn").actor == "publik"


def test_taking_back_twice_is_once() -> None:
    report = world.report()
    withdraw_report(report, at=NOW)
    withdraw_report(report, at=NOW + HOUR)
    assert world.chained(f"report:{report.pk}") == ["report.received", "report.withdrawn"]


def test_what_became_an_event_can_still_be_taken_back() -> None:
    report = world.report()
    triage_report(report.pk, outcome="new_event", by=world.ratna(), at=NOW)
    assert withdraw_report(report, at=NOW + HOUR).state == "withdrawn"


def test_what_was_declined_is_not_taken_back() -> None:
    report = world.report()
    triage_report(report.pk, outcome="spam", by=world.ratna(), at=NOW, reason="uji")
    with refused("intake.withdraw_closed"):
        withdraw_report(report, at=NOW + HOUR)
