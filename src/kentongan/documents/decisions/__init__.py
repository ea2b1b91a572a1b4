"""Decisions of the documents stage: plain functions of plain figures."""

from __future__ import annotations

from kentongan.documents.decisions.content import (
    DISCLAIMER,
    UNVERIFIED_MARK,
    check_code,
    content_hash,
    in_messages,
    marked,
    one_line,
    plain_text,
)
from kentongan.documents.decisions.daily import (
    SECTIONS,
    TEXTS,
    AlertLine,
    DailyFigures,
    EventLine,
    Heard,
    TaskLine,
    daily_sections,
    unverified_items,
)
from kentongan.documents.decisions.layout import Layout
from kentongan.documents.decisions.moving import Moved, late_lines, moved
from kentongan.documents.decisions.numbering import number_for, pattern_fault

__all__ = [
    "DISCLAIMER",
    "SECTIONS",
    "TEXTS",
    "UNVERIFIED_MARK",
    "AlertLine",
    "DailyFigures",
    "EventLine",
    "Heard",
    "Layout",
    "Moved",
    "TaskLine",
    "check_code",
    "content_hash",
    "daily_sections",
    "in_messages",
    "late_lines",
    "marked",
    "moved",
    "number_for",
    "one_line",
    "pattern_fault",
    "plain_text",
    "unverified_items",
]
