"""Deciding a report: filed away with a reason, told to the second decider, undone within seconds, reopened, put off."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps

from kentongan.audit.models import AuditEntry
from kentongan.edge.problems import Problem
from kentongan.intake.actions import (
    ask_reporter,
    place_report,
    put_off_report,
    refer_report,
    reopen_report,
    triage_report,
    undo_triage,
)
from kentongan.intake.models import Referral, Report, ReportState, TriageOutcome
from tests.stages import chain_world as world
from tests.stages.chain_world import HOUR, NOW, refused

pytestmark = pytest.mark.django_db
SECONDS = timedelta(seconds=1)


def stored(report: Report) -> Report:
    return Report.rows.get(pk=report.pk)


def declined(outcome: str = "spam") -> Report:
    report = world.report()
    return triage_report(report.pk, outcome=outcome, by=world.ratna(), at=NOW, reason="uji coba")


@pytest.mark.parametrize("outcome", TriageOutcome.values)
def test_what_is_declined_is_archived_and_the_rest_is_triaged(outcome: str) -> None:
    report = world.report()
    triage_report(report.pk, outcome=outcome, by=world.ratna(), at=NOW, reason=" dibaca ")
    found = stored(report)
    assert found.state == ("archived" if outcome in {"out_of_scope", "spam"} else "triaged")
    assert (found.triaged_by, found.triaged_at, found.triage_reason) == (
        world.ratna().audit_name,
        NOW,
        "dibaca",
    )


def test_the_second_decider_is_told_who_decided_what_and_when() -> None:
    report = world.report()
    triage_report(report.pk, outcome="forwarded", by=world.ratna(), at=NOW)
    with pytest.raises(Problem) as caught:
        triage_report(report.pk, outcome="spam", by=world.budi(), at=NOW, reason="lagi")
    assert "Ratna, 12 Nov 2026, 08.15 WIB: dirujuk" in caught.value.sentence("id")
    assert "Ratna, 12 Nov 2026, 08:15 WIB: referred" in caught.value.sentence("en")


@pytest.mark.parametrize("outcome", TriageOutcome.values)
def test_a_decision_taken_back_in_time_leaves_the_report_as_it_came(outcome: str) -> None:
    report, who = world.report(), world.ratna()
    triage_report(report.pk, outcome=outcome, by=who, at=NOW, reason="dibaca")
    undo_triage(report.pk, by=who, at=NOW + 30 * SECONDS)
    found = stored(report)
    assert (found.state, found.triage_outcome, found.triage_reason) == ("received", "", "")
    assert (found.triaged_by, found.triaged_at) == ("", None)
    assert world.chained(f"report:{report.pk}") == ["report.received", "report.triaged", "report.undone"]


def test_a_decision_is_not_taken_back_too_late_and_the_refusal_says_what_still_can_be_done() -> None:
    report, who = declined(), world.ratna()
    with refused("intake.undo_late_archived"):
        undo_triage(report.pk, by=who, at=NOW + 31 * SECONDS)
    assert stored(report).state == "archived"


def test_nobody_takes_back_the_decision_of_another() -> None:
    report, other = declined(), world.budi()
    with refused("intake.undo_not_yours"):
        undo_triage(report.pk, by=other, at=NOW + SECONDS)


def test_a_report_that_was_not_decided_has_nothing_to_take_back() -> None:
    report, who = world.report(), world.ratna()
    with refused("intake.nothing_to_undo"):
        undo_triage(report.pk, by=who, at=NOW)


def test_a_referral_goes_with_the_decision_that_is_taken_back() -> None:
    report, who = world.report(), world.ratna()
    refer_report(report.pk, target="bpbd", by=who, at=NOW)
    undo_triage(report.pk, by=who, at=NOW + SECONDS)
    assert Referral.objects.count() == 0
    assert stored(report).state == "received"


def test_after_undoing_another_decision_can_be_taken() -> None:
    report, who = declined(), world.ratna()
    undo_triage(report.pk, by=who, at=NOW + SECONDS)
    assert triage_report(report.pk, outcome="forwarded", by=who, at=NOW + HOUR).state == "triaged"


def test_a_declined_report_comes_out_of_the_archive_and_is_decided_again() -> None:
    report, who = declined(), world.budi()
    reopen_report(report.pk, by=who, at=NOW + HOUR, reason="ada keterangan baru")
    assert (stored(report).state, stored(report).triage_outcome) == ("triaged", "spam")
    triage_report(report.pk, outcome="forwarded", by=who, at=NOW + HOUR)
    assert (stored(report).state, stored(report).triage_outcome) == ("triaged", "forwarded")
    assert AuditEntry.objects.get(action="report.reopened").reason == "ada keterangan baru"


def test_a_report_taken_out_of_the_archive_can_be_declined_again() -> None:
    report, who = declined(), world.budi()
    reopen_report(report.pk, by=who, at=NOW + HOUR, reason="dilihat lagi")
    triage_report(report.pk, outcome="out_of_scope", by=who, at=NOW + HOUR, reason="tetap di luar lingkup")
    assert stored(report).state == "archived"


def test_taking_a_report_out_of_the_archive_needs_a_reason() -> None:
    report, who = declined(), world.ratna()
    with refused("intake.reopen_reason_missing"):
        reopen_report(report.pk, by=who, at=NOW, reason=" ")


def test_only_what_is_in_the_archive_comes_out_of_it() -> None:
    report, who = world.report(), world.ratna()
    with refused("intake.not_archived"):
        reopen_report(report.pk, by=who, at=NOW, reason="salah tekan")


def test_a_report_is_put_off_with_a_time_and_the_decision_ends_that() -> None:
    report, who = world.report(), world.ratna()
    put_off_report(report.pk, until=NOW + 3 * HOUR, by=who, at=NOW, reason="tunggu kabar desa")
    assert stored(report).put_off_until == NOW + 3 * HOUR
    triage_report(report.pk, outcome="forwarded", by=who, at=NOW + HOUR)
    assert stored(report).put_off_until is None


@pytest.mark.parametrize("hours", [0, -1, 24 * 31 + 1])
def test_a_report_is_put_off_into_the_near_future_alone(hours: int) -> None:
    report, who = world.report(), world.ratna()
    with refused("intake.put_off_when"):
        put_off_report(report.pk, until=NOW + hours * HOUR, by=who, at=NOW)


def test_what_is_decided_is_not_put_off() -> None:
    report, who = declined(), world.ratna()
    with refused("intake.already_triaged"):
        put_off_report(report.pk, until=NOW + HOUR, by=who, at=NOW)


@pytest.mark.parametrize("attempt", ["triage", "undo", "reopen", "put_off", "place", "refer", "ask"])
@pytest.mark.parametrize("end", ["erased", "withdrawn"])
def test_nothing_is_done_any_more_with_a_report_that_is_gone(attempt: str, end: str) -> None:
    report, who = world.report(), world.ratna()
    gone = (
        {
            "erased_on": NOW.date(),
            "erased_why": "masa simpan",
            "raw_sealed": None,
            "text_masked": "",
            "title": "",
        }
        if end == "erased"
        else {"state": ReportState.WITHDRAWN}
    )
    Report.rows.filter(pk=report.pk).update(**gone)
    tries = {
        "triage": lambda: triage_report(report.pk, outcome="forwarded", by=who, at=NOW),
        "undo": lambda: undo_triage(report.pk, by=who, at=NOW),
        "reopen": lambda: reopen_report(report.pk, by=who, at=NOW, reason="lagi"),
        "put_off": lambda: put_off_report(report.pk, until=NOW + HOUR, by=who, at=NOW),
        "place": lambda: place_report(report.pk, area=None, by=who, at=NOW),
        "refer": lambda: refer_report(report.pk, target="bpbd", by=who, at=NOW),
        "ask": lambda: ask_reporter(report.pk, text="Di mana?", client_id=report.client_id, by=who, at=NOW),
    }
    with refused(f"intake.report_{end}"):
        tries[attempt]()


def test_what_was_declined_before_the_archive_existed_goes_there() -> None:
    old, other = world.report("lama"), world.report("lain")
    Report.rows.filter(pk=old.pk).update(state="triaged", triage_outcome="spam")
    triage_report(other.pk, outcome="forwarded", by=world.ratna(), at=NOW)
    import_module("kentongan.intake.migrations.0005_archive_declined").archive(apps, None)
    assert (stored(old).state, stored(other).state) == ("archived", "triaged")
