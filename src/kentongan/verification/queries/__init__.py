"""Reading what was checked, by what evidence, with which verdict; requests to the tiga pilar; the claims desk."""

from __future__ import annotations

from kentongan.verification.queries.checklist import checks_of, evidence_of, kept_files, lines_of
from kentongan.verification.queries.claims import claim_in, claims_in, reports_of_claims
from kentongan.verification.queries.field_checks import (
    answered_requests,
    answers_in,
    field_answers,
    field_check_in,
    field_checks_of,
    is_overdue,
    open_requests,
    was_late,
)
from kentongan.verification.queries.offices import (
    accusations_of,
    offices_on_the_spot,
    offices_to_ask,
    widest_level_of,
)
from kentongan.verification.queries.photos import photos_of
from kentongan.verification.queries.sources import newest_report_of, source_records
from kentongan.verification.queries.verdicts import all_verdicts_of, verdict_waiting, verdicts_of

__all__ = [
    "accusations_of",
    "all_verdicts_of",
    "answered_requests",
    "answers_in",
    "checks_of",
    "claim_in",
    "claims_in",
    "evidence_of",
    "field_answers",
    "field_check_in",
    "field_checks_of",
    "is_overdue",
    "kept_files",
    "lines_of",
    "newest_report_of",
    "offices_on_the_spot",
    "offices_to_ask",
    "open_requests",
    "photos_of",
    "reports_of_claims",
    "source_records",
    "verdict_waiting",
    "verdicts_of",
    "was_late",
    "widest_level_of",
]
