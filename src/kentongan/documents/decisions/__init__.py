"""Decisions of the documents stage: plain functions of plain figures."""

from __future__ import annotations

from kentongan.documents.decisions.daily import (
    DISCLAIMER,
    UNVERIFIED_MARK,
    AlertLine,
    DailyFigures,
    EventLine,
    TaskLine,
    daily_text,
)

__all__ = [
    "DISCLAIMER",
    "UNVERIFIED_MARK",
    "AlertLine",
    "DailyFigures",
    "EventLine",
    "TaskLine",
    "daily_text",
]
