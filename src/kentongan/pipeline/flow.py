"""What follows what: the project's table of contents. Read this first.

A recorded action (left) is followed by jobs (right), in order. Nothing else makes one stage act upon another: the
audit row is the outbox, the cursor reads it in chain order, and the worker runs the jobs. A later stage is reached
from here and never by an import upward.

    report.received ─► read its text (place, dates, quality), as grey suggestions
    photo.received  ─► make the clean picture and its thumbnail, or write down why there is none
    proof.received  ─► make the clean picture of what was done, or write down why there is none
    event.report_linked ► open an event again that had ended: it flares up
    event.shared    ─► (the agency sees it in its own list; nothing to compute)
    outcome.recorded ► stand down the alerts of that event: nobody is left standing after the all-clear
    product.signed  ─► make its PDF, DOCX and text, kept with their hashes
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

FLOW: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "report.received": ("intake.suggest",),
        "photo.received": ("intake.process_photo",),
        "proof.received": ("response.process_proof",),
        "event.report_linked": ("response.reopen_after_report",),
        "outcome.recorded": ("alerts.stand_down_after_outcome",),
        "product.signed": ("documents.render",),
    }
)
