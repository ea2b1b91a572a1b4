"""Decisions of the events stage, as plain functions of plain values."""

from __future__ import annotations

from kentongan.events.decisions.facts import (
    FACTS,
    FLAG_ONLY,
    GROUPS,
    EventFacts,
    Refusal,
    cleaned,
    facts_from,
    finest_precision,
    hostile_facet,
    masked,
    plain,
    proposed_severity,
    refusal_of,
    revision_values,
)
from kentongan.events.decisions.filters import EventFilter
from kentongan.events.decisions.progress import Progress, progress_of
from kentongan.events.decisions.revising import Conflict, EventChanges, conflicts_in, values_after
from kentongan.events.decisions.warning_words import names_suspected

__all__ = [
    "FACTS",
    "FLAG_ONLY",
    "GROUPS",
    "Conflict",
    "EventChanges",
    "EventFacts",
    "EventFilter",
    "Progress",
    "Refusal",
    "cleaned",
    "conflicts_in",
    "facts_from",
    "finest_precision",
    "hostile_facet",
    "masked",
    "names_suspected",
    "plain",
    "progress_of",
    "proposed_severity",
    "refusal_of",
    "revision_values",
    "values_after",
]
