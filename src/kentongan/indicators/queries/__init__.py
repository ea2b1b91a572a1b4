"""Coverage, completeness and open questions, always inside the reader's scope and derived when asked."""

from __future__ import annotations

from kentongan.indicators.queries.areas import Area, own_ranges
from kentongan.indicators.queries.coverage import (
    AreaCoverage,
    AskedNow,
    coverage,
    finest,
    silent_count,
    worst_first,
)
from kentongan.indicators.queries.questions import StatusQuestion, status_questions_for
from kentongan.indicators.queries.share import Heard, completeness, heard_in

__all__ = [
    "Area",
    "AreaCoverage",
    "AskedNow",
    "Heard",
    "StatusQuestion",
    "completeness",
    "coverage",
    "finest",
    "heard_in",
    "own_ranges",
    "silent_count",
    "status_questions_for",
    "worst_first",
]
