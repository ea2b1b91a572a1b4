"""Who may approve which alert level, and whether the approvals given are enough. Nothing is written here.

Waspada may be delegated to an analyst, Siaga needs the Kabid, Awas needs two persons — or one at once after a
titir, with the second within the hour. The stage `alerts` asks before it makes an alert active.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kentongan.policy.policy import AlertLevel
from kentongan.policy.schema.alerts import AfterTitir, ApprovalPower, ApprovalRule


@dataclass(frozen=True)
class Approval:
    """One person's yes: who (a plain audit name), in which office, when."""

    person: str
    power: ApprovalPower
    at: datetime


@dataclass(frozen=True)
class ApprovalState:
    """Whether the alert may be active, whether its approval is complete, and until when the second is due.

    `wanted` lists the powers of which one more person is needed; empty when complete.
    """

    may_be_active: bool
    complete: bool
    wanted: tuple[ApprovalPower, ...] = ()
    second_due_at: datetime | None = None


def may_approve(level: AlertLevel, power: ApprovalPower, *, after_titir: bool = False) -> bool:
    """True if a person in this office may be one of the approvers of this level."""
    return power in _powers_for(level.approval, after_titir=after_titir)


def approval_state(
    level: AlertLevel, approvals: Sequence[Approval], *, after_titir: bool = False
) -> ApprovalState:
    """Judge the approvals given so far; the same person never counts twice."""
    rule = level.approval
    counted = _first_per_person(approvals, powers=_powers_for(rule, after_titir=after_titir))
    if len(counted) >= rule.persons and (rule.persons == 0 or _is_led(counted, rule)):
        return ApprovalState(may_be_active=True, complete=True)
    if after_titir and rule.after_titir is not None:
        return _after_titir_state(counted, rule=rule, exception=rule.after_titir)
    return ApprovalState(may_be_active=False, complete=False, wanted=_wanted(counted, rule))


def _after_titir_state(
    counted: Sequence[Approval], *, rule: ApprovalRule, exception: AfterTitir
) -> ApprovalState:
    starters = [approval for approval in counted if approval.power in exception.powers]
    if not starters:
        return ApprovalState(may_be_active=False, complete=False, wanted=exception.powers)
    due = min(approval.at for approval in starters) + timedelta(minutes=exception.second_within_minutes)
    return ApprovalState(may_be_active=True, complete=False, wanted=_wanted(counted, rule), second_due_at=due)


def _powers_for(rule: ApprovalRule, *, after_titir: bool) -> tuple[ApprovalPower, ...]:
    exceptional = rule.after_titir.powers if after_titir and rule.after_titir else ()
    return tuple(dict.fromkeys((*rule.led_by, *rule.joined_by, *exceptional)))


def _first_per_person(approvals: Sequence[Approval], *, powers: tuple[ApprovalPower, ...]) -> list[Approval]:
    first: dict[str, Approval] = {}
    for approval in sorted(approvals, key=lambda given: given.at):
        if approval.power in powers:
            first.setdefault(approval.person, approval)
    return list(first.values())


def _is_led(counted: Sequence[Approval], rule: ApprovalRule) -> bool:
    return any(approval.power in rule.led_by for approval in counted)


def _wanted(counted: Sequence[Approval], rule: ApprovalRule) -> tuple[ApprovalPower, ...]:
    """A leader first; once a leader has approved, anybody who may join."""
    return rule.joined_by if counted and _is_led(counted, rule) else rule.led_by
