"""The only writers of the documents stage."""

from __future__ import annotations

from kentongan.documents.actions.daily import issue_daily_report, look_at_product

__all__ = ["issue_daily_report", "look_at_product"]
