"""The edited summary that an office on the spot reads: no source number, no identifier, no sentence of a report."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kentongan.analysis.text.masking import mask_identifiers

LONGEST_QUESTION = 600
# So many words in a row are a sentence of somebody, not the name of a place or of a kind of happening.
QUOTED_WORDS = 8

_NUMBER_OF_A_SOURCE = re.compile(r"\b(?:S|LP|RSS)\s*[-–‑]\s*\d+", re.IGNORECASE)
_MASK = re.compile(r"\[(?:surel|akun|NIK|telepon|pelat)\]")


def question_fault(question: str, *, report_texts: Iterable[str]) -> str:
    """The catalogue code of what the question may not hold, empty when it is fit to be sent."""
    if not question.strip():
        return "verification.question_missing"
    if len(question) > LONGEST_QUESTION:
        return "verification.question_too_long"
    if _NUMBER_OF_A_SOURCE.search(question):
        return "verification.question_names_source"
    if _MASK.search(question) or mask_identifiers(question).counts:
        return "verification.question_holds_identifier"
    asked = _runs_of(question)
    if any(asked & _runs_of(text) for text in report_texts):
        return "verification.question_quotes_report"
    return ""


def _runs_of(text: str) -> frozenset[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return frozenset(
        tuple(words[start : start + QUOTED_WORDS]) for start in range(len(words) - QUOTED_WORDS + 1)
    )
