"""Tables of the intake stage: reports as they arrived, what is attached to them, and what became of them."""

from __future__ import annotations

from kentongan.intake.models.attachments import Photo, PhotoState
from kentongan.intake.models.following import Referral, ReportMessage, ReportPresence
from kentongan.intake.models.keeping import LegalHold, RetentionRun
from kentongan.intake.models.nil import NilReport
from kentongan.intake.models.reports import (
    Answer,
    Channel,
    Happens,
    Knowledge,
    Report,
    ReportState,
    Suggestion,
    TriageOutcome,
)

__all__ = [
    "Answer",
    "Channel",
    "Happens",
    "Knowledge",
    "LegalHold",
    "NilReport",
    "Photo",
    "PhotoState",
    "Referral",
    "Report",
    "ReportMessage",
    "ReportPresence",
    "ReportState",
    "RetentionRun",
    "Suggestion",
    "TriageOutcome",
]
