"""Writing reports: received once, never changed; the only writers (with disclosure) that may reach the vault."""

from __future__ import annotations

from kentongan.intake.actions.answering import can_keep_contact, is_conflicting
from kentongan.intake.actions.bringing_back import bring_back_report
from kentongan.intake.actions.giving_back import give_back_report
from kentongan.intake.actions.importing import Kept, receive_all
from kentongan.intake.actions.keeping import (
    discard_orphans,
    erase_due,
    erase_report,
    hold_report,
    purge_identities,
    release_hold,
)
from kentongan.intake.actions.messages import answer_desk, ask_reporter
from kentongan.intake.actions.nil import send_nil
from kentongan.intake.actions.opening import look_at_report, open_raw_text
from kentongan.intake.actions.own import own_reports, report_by_receipt, withdraw_report
from kentongan.intake.actions.photos import open_photo, process_photo, receive_photo
from kentongan.intake.actions.placing import place_report
from kentongan.intake.actions.presence import put_down_report, take_over_report, take_up_report
from kentongan.intake.actions.receiving import (
    Sender,
    is_own_report,
    keep_suggestions,
    raw_context,
    receive_report,
    reporter,
)
from kentongan.intake.actions.referring import refer_report
from kentongan.intake.actions.triage import (
    put_off_report,
    reopen_report,
    triage_report,
    undo_triage,
)

__all__ = [
    "Kept",
    "Sender",
    "answer_desk",
    "ask_reporter",
    "bring_back_report",
    "can_keep_contact",
    "discard_orphans",
    "erase_due",
    "erase_report",
    "give_back_report",
    "hold_report",
    "is_conflicting",
    "is_own_report",
    "keep_suggestions",
    "look_at_report",
    "open_photo",
    "open_raw_text",
    "own_reports",
    "place_report",
    "process_photo",
    "purge_identities",
    "put_down_report",
    "put_off_report",
    "raw_context",
    "receive_all",
    "receive_photo",
    "receive_report",
    "refer_report",
    "release_hold",
    "reopen_report",
    "report_by_receipt",
    "reporter",
    "send_nil",
    "take_over_report",
    "take_up_report",
    "triage_report",
    "undo_triage",
    "withdraw_report",
]
