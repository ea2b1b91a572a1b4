"""Decisions of the verification stage, as plain functions: verdicts, checklists, records of sources, offices, questions."""

from __future__ import annotations

from kentongan.verification.decisions.checklist import (
    SETTLED,
    STATUSES,
    Answer,
    Line,
    flags_of,
    is_stale,
    refusal_of_check,
    unsettled,
)
from kentongan.verification.decisions.conclusions import (
    CONCLUSIONS,
    Conclusion,
    refusal_of,
    refused_by_checks,
)
from kentongan.verification.decisions.offices import (
    ASKED_KINDS,
    UNKNOWN_OFFICE,
    Accusation,
    may_be_asked,
    may_judge,
)
from kentongan.verification.decisions.questions import question_fault
from kentongan.verification.decisions.source_record import Band, band_to_propose, source_band
from kentongan.verification.decisions.words import (
    LONGEST_WORDS,
    claim_words,
    hash_of,
    kept_words,
    without_sources,
)

__all__ = [
    "ASKED_KINDS",
    "CONCLUSIONS",
    "LONGEST_WORDS",
    "SETTLED",
    "STATUSES",
    "UNKNOWN_OFFICE",
    "Accusation",
    "Answer",
    "Band",
    "Conclusion",
    "Line",
    "band_to_propose",
    "claim_words",
    "flags_of",
    "hash_of",
    "is_stale",
    "kept_words",
    "may_be_asked",
    "may_judge",
    "question_fault",
    "refusal_of",
    "refusal_of_check",
    "refused_by_checks",
    "source_band",
    "unsettled",
    "without_sources",
]
