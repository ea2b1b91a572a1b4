"""What a person may order of the machinery: run a parked job again, check the audit chain.

Both leave a row in the chain: who asked for it, and how it ended.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kentongan.accounts.access import require
from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.audit import actions as audit
from kentongan.audit.chain import Fault
from kentongan.audit.queries import current_head, find_fault
from kentongan.edge import jobs
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action

LONGEST_CHECK = 50_000  # about three seconds of a page; beyond it the command is the right tool
CHAIN_CHECKED = "audit.checked"


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """How far the chain was checked, and its first fault if there is one."""

    entries: int
    fault: Fault | None


@action
def rerun_job(number: int, *, by: Actor, at: datetime, machine: datetime) -> None:
    """Give a parked job all its tries again. `machine` is the clock that jobs run by."""
    require(by, Permission.JOB_RERUN)
    job = jobs.put_back(number, at=machine)
    audit.record("job.rerun", actor=by.audit_name, at=at, subject=f"job:{number}", detail={"kind": job.kind})


def check_chain(*, by: Actor, at: datetime) -> ChainCheck:
    """Check every entry and write down that it was done; refused for a chain too long for a page."""
    require(by, Permission.AUDIT_ALL)
    head = current_head()
    entries = head.seq if head else 0
    if entries > LONGEST_CHECK:
        raise Problem("audit.chain_too_long", entries=entries, most=LONGEST_CHECK)
    # Outside the transaction of the record: no writer waits while the chain is read.
    check = ChainCheck(entries, find_fault())
    _write_down(check, by=by, at=at)
    return check


@action
def _write_down(check: ChainCheck, *, by: Actor, at: datetime) -> None:
    fault = check.fault
    audit.record(
        CHAIN_CHECKED,
        actor=by.audit_name,
        at=at,
        subject="audit:chain",
        detail={"entries": check.entries, "first_bad": fault.seq if fault else None},
    )
