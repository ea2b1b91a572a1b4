"""Referring a matter to the body it belongs to: receiver, time and number are kept, and never the accused body itself."""

from __future__ import annotations

from datetime import datetime

from kentongan.accounts.actors import Actor
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action
from kentongan.intake.actions.rows import report_to_work_on
from kentongan.intake.actions.triage import decide_report, record_about
from kentongan.intake.decisions import other_ways, refers_to_accused
from kentongan.intake.models import Referral, Report, TriageOutcome
from kentongan.policy import policy_on


@action
def refer_report(
    number: int, *, target: str, reference: str = "", by: Actor, at: datetime, reason: str = ""
) -> Report:
    """Hand a report to the body it belongs to (`policy` referrals). `reference` is that body's own number, if known.

    A report about an office never goes to a body of that kind; the refusal names the bodies that take it instead.
    """
    report = report_to_work_on(number, by=by)
    policy = policy_on(at.date())
    if target not in policy.referrals:
        raise Problem("intake.referral_unknown", value=target[:60])
    if refers_to_accused(target, accused=report.accused, policy=policy):
        bodies = other_ways(target, accused=report.accused, policy=policy)
        raise Problem(
            "intake.referral_to_accused",
            number=report.pk,
            target=policy.referrals[target].label.id,
            target_en=policy.referrals[target].label.en,
            others=", ".join(body.label.id for body in bodies),
            others_en=", ".join(body.label.en for body in bodies),
        )
    decide_report(report, outcome=TriageOutcome.FORWARDED, by=by, at=at, reason=reason)
    Referral.objects.create(
        report=report,
        target=target,
        reference=" ".join(reference.split())[:60],
        referred_by=by.audit_name,
        referred_at=at,
    )
    record_about(report, "report.referred", by=by, at=at, reason=reason, target=target)
    return report
