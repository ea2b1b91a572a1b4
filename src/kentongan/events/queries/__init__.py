"""Reading events, always through a scope."""

from __future__ import annotations

from kentongan.events.decisions import EventFilter
from kentongan.events.queries.history import (
    Change,
    RevisionLine,
    changes_of,
    facts_at,
    facts_of,
    values_as_of,
)
from kentongan.events.queries.matching import (
    InventoryCounts,
    events_matching,
    inventory,
    inventory_counts,
    on_page,
    overdue_review,
)
from kentongan.events.queries.naming import event_title, title_of, titles
from kentongan.events.queries.nearby import near_events
from kentongan.events.queries.progress import progress_of_report
from kentongan.events.queries.reading import (
    event_in,
    events_between,
    events_in,
    events_of_report,
    facets_of,
    impacts_of,
    merged_into,
    newest_revision,
    notes_of,
    open_events,
    own_reports_of,
    remaining,
    reports_of,
    revisions_of,
    shares_of,
    watches_of,
)

__all__ = [
    "Change",
    "EventFilter",
    "InventoryCounts",
    "RevisionLine",
    "changes_of",
    "event_in",
    "event_title",
    "events_between",
    "events_in",
    "events_matching",
    "events_of_report",
    "facets_of",
    "facts_at",
    "facts_of",
    "impacts_of",
    "inventory",
    "inventory_counts",
    "merged_into",
    "near_events",
    "newest_revision",
    "notes_of",
    "on_page",
    "open_events",
    "overdue_review",
    "own_reports_of",
    "progress_of_report",
    "remaining",
    "reports_of",
    "revisions_of",
    "shares_of",
    "title_of",
    "titles",
    "values_as_of",
    "watches_of",
]
