"""Reading reports, always through a scope."""

from __future__ import annotations

from kentongan.intake.queries.following import (
    Presence,
    messages_of,
    presence_of,
    referrals_of,
)
from kentongan.intake.queries.inbox import BOARDS, InboxFilter, change_mark, decided, inbox
from kentongan.intake.queries.named import reports_named
from kentongan.intake.queries.reports import (
    copies_count,
    hashes_known,
    report_in,
    reports_between,
    reports_since,
    suggestions_of,
)
from kentongan.intake.queries.similar import Similar, similar_to

__all__ = [
    "BOARDS",
    "InboxFilter",
    "Presence",
    "Similar",
    "change_mark",
    "copies_count",
    "decided",
    "hashes_known",
    "inbox",
    "messages_of",
    "presence_of",
    "referrals_of",
    "report_in",
    "reports_between",
    "reports_named",
    "reports_since",
    "similar_to",
    "suggestions_of",
]
