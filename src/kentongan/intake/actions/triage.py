"""Deciding what becomes of a report: once, by a person, with a reason where it is declined; undone within seconds."""

from __future__ import annotations

from datetime import datetime, timedelta

from kentongan.accounts.actors import Actor
from kentongan.audit import actions as audit
from kentongan.edge.formats import local_time
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action
from kentongan.intake.actions.rows import report_to_work_on
from kentongan.intake.decisions import (
    DECLINED,
    LONGEST_PUT_OFF,
    is_waiting,
    state_after,
    triage_state,
    why_not_undone,
)
from kentongan.intake.models import Report, ReportState, TriageOutcome
from kentongan.intake.queries.deciders import name_of, zone_of
from kentongan.policy import policy_on

DECISION_FIELDS = ("state", "triage_outcome", "triaged_at", "triaged_by", "triage_reason")
OUTCOMES_EN = {
    "linked": "joined to an event",
    "new_event": "made an event",
    "claim": "made a claim",
    "forwarded": "referred",
    "out_of_scope": "out of scope",
    "spam": "not a report",
}


@action
def triage_report(number: int, *, outcome: str, by: Actor, at: datetime, reason: str = "") -> Report:
    """Record what became of a report. Declining needs a person and a reason, and files the report away at once."""
    report = report_to_work_on(number, by=by)
    decide_report(report, outcome=outcome, by=by, at=at, reason=reason)
    record_about(report, "report.triaged", by=by, at=at, reason=reason, outcome=outcome)
    return report


def decide_report(report: Report, *, outcome: str, by: Actor, at: datetime, reason: str) -> None:
    """The decision itself, for the actions that record it under a name of their own. The second decider is refused."""
    if outcome not in TriageOutcome.values:
        raise Problem("intake.outcome_unknown", value=outcome)
    if not is_waiting(report.state, report.triage_outcome):
        raise already_decided(report)
    if outcome in DECLINED and not reason.strip():
        raise Problem("intake.reason_missing", number=report.pk)
    wanted = triage_state(outcome, machine=bool(by.system))
    report.state = state_after(report.state, wanted, lifecycle=policy_on(at.date()).lifecycles["report"])
    report.triage_outcome = outcome
    report.triaged_at, report.triaged_by, report.triage_reason = at, by.audit_name, reason.strip()
    report.put_off_until = None
    report.save(update_fields=[*DECISION_FIELDS, "put_off_until"])


def already_decided(report: Report) -> Problem:
    """What the second decider is told: who decided what, and when."""
    zone = zone_of(report)
    when = (
        {tongue: local_time(report.triaged_at, zone, language=tongue) for tongue in ("id", "en")}
        if report.triaged_at
        else {}
    )
    return Problem(
        "intake.already_triaged",
        number=report.pk,
        outcome=report.get_triage_outcome_display(),
        outcome_en=OUTCOMES_EN.get(report.triage_outcome, ""),
        who=name_of(report.triaged_by),
        when=when.get("id", ""),
        when_en=when.get("en", ""),
    )


@action
def undo_triage(number: int, *, by: Actor, at: datetime) -> Report:
    """Take back one's own decision within the policy's seconds: the report waits again, as if nothing had been said.

    The chain keeps both entries. A referral of that decision goes with it; the event of that decision is undone by the
    events stage, before or after.
    """
    report = report_to_work_on(number, by=by)
    seconds = int(policy_on(at.date()).thresholds["triage_undo_seconds"])
    within = timedelta(seconds=seconds)
    refusal = why_not_undone(
        decided_at=report.triaged_at,
        decided_by=report.triaged_by,
        outcome=report.triage_outcome,
        by=by.audit_name,
        at=at,
        within=within,
    )
    if refusal is not None:
        raise Problem(refusal, number=report.pk, seconds=seconds, who=name_of(report.triaged_by))
    undone = report.triage_outcome
    report.referrals.filter(referred_by=by.audit_name, referred_at__gte=at - within).delete()
    report.state, report.triage_outcome, report.triage_reason = ReportState.RECEIVED, "", ""
    report.triaged_at, report.triaged_by = None, ""
    report.save(update_fields=DECISION_FIELDS)
    record_about(report, "report.undone", by=by, at=at, outcome=undone)
    return report


@action
def reopen_report(number: int, *, by: Actor, at: datetime, reason: str) -> Report:
    """Take a declined report out of the archive. It becomes `triaged`, the one move the lifecycle gives it, and waits
    in the inbox for another decision; what it was declined as stays readable until then.
    """
    report = report_to_work_on(number, by=by)
    if report.state != ReportState.ARCHIVED:
        raise Problem("intake.not_archived", number=report.pk)
    if not reason.strip():
        raise Problem("intake.reopen_reason_missing", number=report.pk)
    policy_on(at.date()).lifecycles["report"].require(report.state, ReportState.TRIAGED)
    report.state = ReportState.TRIAGED
    report.save(update_fields=["state"])
    record_about(report, "report.reopened", by=by, at=at, reason=reason)
    return report


@action
def put_off_report(number: int, *, until: datetime, by: Actor, at: datetime, reason: str = "") -> Report:
    """Leave a waiting report out of the inbox until a moment; it comes back by itself. Never longer than a month."""
    report = report_to_work_on(number, by=by)
    if not is_waiting(report.state, report.triage_outcome):
        raise already_decided(report)
    if not at < until <= at + LONGEST_PUT_OFF:
        raise Problem("intake.put_off_when", number=report.pk, days=LONGEST_PUT_OFF.days)
    report.put_off_until = until
    report.save(update_fields=["put_off_until"])
    record_about(report, "report.put_off", by=by, at=at, reason=reason, until=until.isoformat())
    return report


def record_about(
    report: Report, what: str, *, by: Actor, at: datetime, reason: str = "", **detail: str | int | None
) -> None:
    """The audit entry of an action of the desk on one report; always the last step of it."""
    audit.record(
        what,
        actor=by.audit_name,
        at=at,
        area=report.area,
        subject=f"report:{report.pk}",
        reason=reason.strip(),
        detail=detail,
    )
