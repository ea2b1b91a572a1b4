"""Writing postures: proposed, approved as the level demands, declined, renewed by a new row, ended early or by the clock."""

from __future__ import annotations

from datetime import datetime

from kentongan.accounts.access import require
from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.accounts.queries import actor_of
from kentongan.alerts.decisions import PostureProposal, posture_refusal, power_of
from kentongan.alerts.models import Posture, PostureApproval, PostureRecipient, PostureState
from kentongan.audit import actions as audit
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action
from kentongan.events.actions import require_move
from kentongan.policy import policy_on
from kentongan.policy.alerting import Approval, approval_state, may_approve
from kentongan.policy.policy import AlertLevel

APPROVES = {
    1: Permission.ALERT_APPROVE_WASPADA,
    2: Permission.ALERT_APPROVE_SIAGA,
    3: Permission.ALERT_APPROVE_AWAS,
}


@action
def propose_posture(proposal: PostureProposal, *, by: Actor, at: datetime) -> Posture:
    """Propose a level for an area. It holds nowhere until `approve_posture` has what the level demands."""
    return _propose(proposal, renews=None, by=by, at=at)


@action
def renew_posture(posture_id: int, proposal: PostureProposal, *, by: Actor, at: datetime) -> Posture:
    """Propose to go on after the end, with a reason of its own. The old row stays as it was."""
    old = _locked(posture_id)
    if old.state not in {PostureState.APPROVED, PostureState.EXPIRED} or old.approved_at is None:
        raise Problem("alerts.posture_not_renewable", number=old.pk)
    if proposal.reason.strip() == old.reason.strip():
        raise Problem("alerts.posture_same_reason", number=old.pk)
    return _propose(proposal, renews=old, by=by, at=at)


@action
def approve_posture(posture_id: int, *, by: Actor, at: datetime) -> Posture:
    """Add one person's confirmation; the posture holds once its level has all it needs."""
    posture = _locked(posture_id)
    permission = APPROVES[posture.level]
    require(by, permission, area=posture.area)
    require_move("posture", posture.state, PostureState.APPROVED, at=at)
    if at >= posture.ends_at:
        raise Problem("alerts.posture_window_over", value=posture.ends_at.strftime("%d-%m-%Y %H.%M"))
    level = _level(posture.level, at)
    power = power_of(post.role.code for post in by.posts if post.may(permission, posture.area))
    if power is None or not may_approve(level, power):
        raise Problem("alerts.may_not_approve", level=level.label.id)
    _, is_new = PostureApproval.objects.get_or_create(
        posture=posture, account_id=by.account_id, defaults={"approved_at": at}
    )
    if not is_new:
        raise Problem("alerts.posture_approved_already", number=posture.pk)
    complete = approval_state(level, _approvals(posture)).may_be_active
    if complete:
        posture.state, posture.approved_at = PostureState.APPROVED, at
        posture.save(update_fields=["state", "approved_at"])
    _record("posture.set" if complete else "posture.approved", posture, by=by, at=at)
    return posture


@action
def decline_posture(posture_id: int, *, by: Actor, at: datetime, reason: str) -> Posture:
    """Turn a proposal down, with a reason that its author reads."""
    posture = _locked(posture_id)
    require(by, APPROVES[posture.level], area=posture.area)
    return _close(posture, PostureState.DECLINED, by=by, at=at, reason=reason)


@action
def end_posture(posture_id: int, *, by: Actor, at: datetime, reason: str) -> Posture:
    """End a posture before its time, with a reason."""
    posture = _locked(posture_id)
    require(by, Permission.ALERT_PROPOSE, area=posture.area)
    return _close(posture, PostureState.ENDED, by=by, at=at, reason=reason)


def expire_postures(*, at: datetime) -> int:
    """Close every posture, and every proposal nobody decided, past its end; the chain says it was the clock."""
    over = (
        Posture.objects.for_action()
        .filter(state__in=[PostureState.PROPOSED, PostureState.APPROVED], ends_at__lte=at)
        .values_list("pk", flat=True)
    )
    return len([_expire(number, at=at) for number in list(over)])


@action
def _expire(posture_id: int, *, at: datetime) -> Posture:
    clock = Actor.of_system("jadwal")
    return _close(_locked(posture_id), PostureState.EXPIRED, by=clock, at=at, reason="masa kesiagaan habis")


def _propose(proposal: PostureProposal, *, renews: Posture | None, by: Actor, at: datetime) -> Posture:
    require(by, Permission.ALERT_PROPOSE, area=proposal.area)
    policy = policy_on(at.date())
    most = int(policy.thresholds["posture_most_days"])
    refusal = posture_refusal(proposal, at=at, most_days=most)
    if refusal is not None:
        raise Problem(refusal[0], **refusal[1])
    if proposal.playbook not in policy.playbooks:
        raise Problem("alerts.posture_playbook_unknown", value=proposal.playbook)
    posture: Posture = Posture.objects.create(
        area=proposal.area,
        level=proposal.level,
        reason=proposal.reason,
        least_intrusive=proposal.least_intrusive,
        rights_affected=proposal.rights_affected,
        owner_id=proposal.owner,
        playbook=proposal.playbook,
        first_action=proposal.first_action,
        measures=proposal.measures,
        anchor_on=proposal.anchor_on,
        starts_at=proposal.window.starts_at,
        ends_at=proposal.window.ends_at,
        renews=renews,
        proposed_by=by.audit_name,
        proposed_at=at,
    )
    PostureRecipient.objects.bulk_create(
        PostureRecipient(posture=posture, agency_id=agency) for agency in proposal.recipients
    )
    _record("posture.proposed", posture, by=by, at=at, reason=proposal.reason)
    return posture


def _close(posture: Posture, state: PostureState, *, by: Actor, at: datetime, reason: str) -> Posture:
    require_move("posture", posture.state, state, at=at)
    if not reason.strip():
        raise Problem("alerts.posture_closing_reason_missing", number=posture.pk)
    posture.state, posture.closed_at = state, at
    posture.closed_by, posture.closing_reason = by.audit_name, reason.strip()
    posture.save(update_fields=["state", "closed_at", "closed_by", "closing_reason"])
    _record(f"posture.{state.value}", posture, by=by, at=at, reason=reason)
    return posture


def _approvals(posture: Posture) -> list[Approval]:
    """Each confirmation with the office the person held on its day."""
    given = []
    for row in posture.approvals.select_related("account"):
        person = actor_of(row.account, on=row.approved_at.date())
        power = power_of(
            post.role.code for post in person.posts if post.may(APPROVES[posture.level], posture.area)
        )
        if power is not None:
            given.append(Approval(person=person.audit_name, power=power, at=row.approved_at))
    return given


def _record(what: str, posture: Posture, *, by: Actor, at: datetime, reason: str = "") -> None:
    audit.record(
        what,
        actor=by.audit_name,
        at=at,
        area=posture.area,
        subject=f"posture:{posture.pk}",
        reason=reason,
        detail={"level": posture.level, "renews": posture.renews_id},
    )


def _level(number: int, at: datetime) -> AlertLevel:
    return policy_on(at.date()).alert_level(number)


def _locked(posture_id: int) -> Posture:
    posture: Posture | None = Posture.objects.for_action().select_for_update().filter(pk=posture_id).first()
    if posture is None:
        raise Problem("alerts.posture_unknown", number=posture_id)
    return posture
