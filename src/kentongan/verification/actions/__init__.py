"""Writing what was checked: lines, evidence, requests to the tiga pilar, verdicts, dissents, claims."""

from __future__ import annotations

from kentongan.verification.actions.asking import (
    FieldQuestion,
    answer_field_check,
    ask_field_check,
    look_at_field_check,
    withdraw_field_check,
)
from kentongan.verification.actions.checking import set_check
from kentongan.verification.actions.claiming import link_claim, make_claim, undo_claim
from kentongan.verification.actions.judging import confirm_verdict, dissent_from, verify_event
from kentongan.verification.actions.opening import open_verification
from kentongan.verification.actions.proving import NewEvidence, add_evidence, open_evidence
from kentongan.verification.actions.rows import require_clear_office

__all__ = [
    "FieldQuestion",
    "NewEvidence",
    "add_evidence",
    "answer_field_check",
    "ask_field_check",
    "confirm_verdict",
    "dissent_from",
    "link_claim",
    "look_at_field_check",
    "make_claim",
    "open_evidence",
    "open_verification",
    "require_clear_office",
    "set_check",
    "undo_claim",
    "verify_event",
    "withdraw_field_check",
]
