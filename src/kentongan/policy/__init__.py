"""Dated rules as data: taxonomy, lifecycles, levels, severity, retention, referrals, tiles, thresholds, playbooks.

Pure floor: YAML under `data/` is read and checked once, then everything is a frozen value. Stages ask
`policy_on(day)` and pass the view on; they never read the files.
"""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache

from kentongan.policy.alerting import Approval, ApprovalState, approval_state, may_approve
from kentongan.policy.errors import Finding, MoveNotAllowed, NotInForce, PolicyError, UnknownCode
from kentongan.policy.event_rule import hostile_facets, is_context_only, shows_hostility
from kentongan.policy.ladders import due_times
from kentongan.policy.lifecycles import StateMachine
from kentongan.policy.loader import load_policy
from kentongan.policy.policy import AlertLevel, Policy, PolicyOnDate
from kentongan.policy.referring import lowest_desk, targets_for
from kentongan.policy.schema.alerts import ApprovalPower
from kentongan.policy.schema.base import Label
from kentongan.policy.schema.playbooks import Measure, Playbook
from kentongan.policy.schema.severity import SeverityFlag
from kentongan.policy.severity import SeverityProposal, severity_of

__all__ = [
    "AlertLevel",
    "Approval",
    "ApprovalPower",
    "ApprovalState",
    "Finding",
    "Label",
    "Measure",
    "MoveNotAllowed",
    "NotInForce",
    "Playbook",
    "Policy",
    "PolicyError",
    "PolicyOnDate",
    "SeverityFlag",
    "SeverityProposal",
    "StateMachine",
    "UnknownCode",
    "approval_state",
    "current_policy",
    "due_times",
    "hostile_facets",
    "is_context_only",
    "load_policy",
    "lowest_desk",
    "may_approve",
    "policy_on",
    "severity_of",
    "shows_hostility",
    "targets_for",
]


@cache
def current_policy() -> Policy:
    """The shipped rules, read once per process."""
    return load_policy()


@lru_cache(maxsize=64)
def policy_on(day: date) -> PolicyOnDate:
    """The shipped rules in force on a day; views are kept, because stages ask for the same few days."""
    return current_policy().on(day)
