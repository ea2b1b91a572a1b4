"""Referring: receiver, time and number are kept; a report about an office never reaches that office."""

from __future__ import annotations

import pytest

from kentongan.audit.models import AuditEntry
from kentongan.edge.problems import Problem
from kentongan.intake.actions import refer_report, triage_report
from kentongan.intake.models import Referral, Report
from kentongan.intake.queries import referrals_of
from kentongan.policy import policy_on
from tests.stages import chain_world as world
from tests.stages.chain_world import NOW, refused

pytestmark = pytest.mark.django_db


def test_a_referral_keeps_receiver_time_and_number_and_decides_the_report() -> None:
    report, who = world.report("Jembatan retak"), world.ratna()
    refer_report(report.pk, target="bpbd", reference=" B-12 \n 2026 ", by=who, at=NOW, reason="bencana")
    row = referrals_of(report).get()
    assert (row.target, row.reference, row.referred_by, row.referred_at) == (
        "bpbd", "B-12 2026", who.audit_name, NOW,
    )  # fmt: skip
    found = Report.rows.get(pk=report.pk)
    assert (found.state, found.triage_outcome) == ("triaged", "forwarded")
    assert world.chained(f"report:{report.pk}") == ["report.received", "report.referred"]
    assert AuditEntry.objects.get(action="report.referred").detail == {"target": "bpbd"}


def test_a_body_that_the_policy_does_not_know_is_refused() -> None:
    report, who = world.report(), world.ratna()
    with refused("intake.referral_unknown"):
        refer_report(report.pk, target="bin", by=who, at=NOW)


def test_a_report_about_the_police_is_not_referred_to_the_police_and_the_other_ways_are_named() -> None:
    report, who = world.report(accused="polri"), world.ratna()
    with pytest.raises(Problem) as caught:
        refer_report(report.pk, target="polres", by=who, at=NOW)
    assert caught.value.code == "intake.referral_to_accused"
    for language, other in (("id", "Komisi Kepolisian"), ("en", "Police commission")):
        assert other in caught.value.sentence(language)
    assert Referral.objects.count() == 0
    assert Report.rows.get(pk=report.pk).state == "received"


def test_a_report_about_the_police_reaches_a_body_of_another_kind() -> None:
    report = world.report(accused="polri")
    refer_report(report.pk, target="kompolnas", by=world.ratna(), at=NOW)
    assert referrals_of(report).get().target == "kompolnas"


def test_a_report_about_a_subdistrict_office_may_go_to_the_inspectorate_that_the_policy_names() -> None:
    report = world.report(accused="kecamatan")
    refer_report(report.pk, target="inspektorat", by=world.ratna(), at=NOW)
    assert referrals_of(report).get().target == "inspektorat"


@pytest.mark.parametrize("target", list(policy_on(NOW.date()).referrals))
def test_an_ordinary_report_may_go_to_every_body_of_the_policy(target: str) -> None:
    report = world.report()
    refer_report(report.pk, target=target, by=world.ratna(), at=NOW)
    assert referrals_of(report).get().target == target


def test_what_is_decided_already_is_not_referred() -> None:
    report, who = world.report(), world.ratna()
    triage_report(report.pk, outcome="new_event", by=who, at=NOW)
    with refused("intake.already_triaged"):
        refer_report(report.pk, target="bpbd", by=who, at=NOW)
    assert Referral.objects.count() == 0
