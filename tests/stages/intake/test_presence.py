"""Who works on a report: shown to the others, not stolen, over by itself, and no part of the audit chain."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kentongan.audit.models import AuditEntry
from kentongan.intake.actions import put_down_report, take_over_report, take_up_report, triage_report
from kentongan.intake.models import ReportPresence
from kentongan.intake.queries import presence_of
from tests.stages import chain_world as world
from tests.stages.chain_world import NOW, refused

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def test_the_others_see_who_has_a_report_open_since_when() -> None:
    report, ratna = world.report(), world.ratna()
    taken = take_up_report(report, by=ratna, at=NOW)
    assert (taken.name, taken.since, taken.account_id) == ("Ratna", NOW, ratna.account_id)
    assert presence_of(report, NOW + MINUTE) == taken


def test_the_page_that_stays_open_keeps_its_beginning() -> None:
    report, ratna = world.report(), world.ratna()
    take_up_report(report, by=ratna, at=NOW)
    assert take_up_report(report, by=ratna, at=NOW + MINUTE).since == NOW
    assert presence_of(report, NOW + 2.5 * MINUTE) is not None


def test_a_live_presence_is_not_stolen_by_opening_the_page() -> None:
    report, ratna, budi = world.report(), world.ratna(), world.budi()
    take_up_report(report, by=ratna, at=NOW)
    assert take_up_report(report, by=budi, at=NOW + MINUTE).account_id == ratna.account_id


def test_a_presence_runs_out_and_the_next_begins_anew() -> None:
    report, ratna, budi = world.report(), world.ratna(), world.budi()
    take_up_report(report, by=ratna, at=NOW)
    assert presence_of(report, NOW + 2 * MINUTE) is None
    taken = take_up_report(report, by=budi, at=NOW + 2 * MINUTE)
    assert (taken.account_id, taken.since) == (budi.account_id, NOW + 2 * MINUTE)
    assert take_up_report(report, by=budi, at=NOW + 9 * MINUTE).since == NOW + 9 * MINUTE


def test_taking_over_is_an_act_of_its_own() -> None:
    report, ratna, budi = world.report(), world.ratna(), world.budi()
    take_up_report(report, by=ratna, at=NOW)
    take_over_report(report, by=budi, at=NOW + MINUTE)
    shown = presence_of(report, NOW + MINUTE)
    assert shown is not None
    assert (shown.name, shown.since) == ("Budi", NOW + MINUTE)
    assert take_up_report(report, by=ratna, at=NOW + MINUTE).account_id == budi.account_id


def test_one_puts_down_the_own_presence_alone() -> None:
    report, ratna, budi = world.report(), world.ratna(), world.budi()
    take_up_report(report, by=ratna, at=NOW)
    put_down_report(report, by=budi, at=NOW)
    assert presence_of(report, NOW) is not None
    put_down_report(report, by=ratna, at=NOW)
    assert presence_of(report, NOW) is None


def test_many_reports_are_asked_at_once() -> None:
    mine, free = world.report("satu"), world.report("dua")
    taken = take_up_report(mine, by=world.ratna(), at=NOW)
    assert presence_of([mine, free], NOW) == {mine.pk: taken}


def test_presence_decides_nothing_and_leaves_no_entry() -> None:
    report = world.report()
    before = AuditEntry.objects.count()
    take_up_report(report, by=world.ratna(), at=NOW)
    take_over_report(report, by=world.budi(), at=NOW)
    put_down_report(report, by=world.budi(), at=NOW)
    assert AuditEntry.objects.count() == before
    assert triage_report(report.pk, outcome="forwarded", by=world.ratna(), at=NOW).state == "triaged"


def test_nobody_is_present_at_a_report_outside_the_own_area() -> None:
    report, surya = world.report(), world.stranger()
    for touch in (take_up_report, take_over_report, put_down_report):
        with refused("accounts.outside_area"):
            touch(report, by=surya, at=NOW)  # type: ignore[operator]
    assert ReportPresence.objects.count() == 0
