"""Signs that something that ended flares up again: a new event of the same type close to a watched one."""

from __future__ import annotations

from datetime import datetime

from kentongan.accounts.scopes import Scope
from kentongan.events.models import Event, EventState
from kentongan.events.queries import near_events
from kentongan.response.queries.outcomes import outcome_of


def recurrence_signs(event: Event, scope: Scope, *, now: datetime) -> list[Event]:
    """New events near a watched event and of its type, since its outcome: a person decides whether it is the same."""
    outcome = outcome_of(event)
    if outcome is None or event.state != EventState.WATCH:
        return []
    around = near_events(event.area, scope, now=now)
    return [
        other
        for other in around
        if other.pk != event.pk
        and other.type_code == event.type_code
        and other.created_at > outcome.recorded_at
    ]
