"""Writing reports: received once, never changed; the only writers (with disclosure) that may reach the vault."""

from __future__ import annotations

from kentongan.intake.actions.keeping import purge_identities
from kentongan.intake.actions.opening import look_at_report, open_raw_text
from kentongan.intake.actions.receiving import (
    Sender,
    is_own_report,
    keep_suggestions,
    raw_context,
    receive_report,
    reporter,
)
from kentongan.intake.actions.triage import triage_report

__all__ = [
    "Sender",
    "is_own_report",
    "keep_suggestions",
    "look_at_report",
    "open_raw_text",
    "purge_identities",
    "raw_context",
    "receive_report",
    "reporter",
    "triage_report",
]
