"""Writing events: made by a person from reports, revised, merged, moved along their life, shown to those addressed."""

from __future__ import annotations

from kentongan.events.actions.exporting import export_events
from kentongan.events.actions.making import create_event, look_at_event, undo_event
from kentongan.events.actions.merging import merge_events, unmerge_event
from kentongan.events.actions.moving import (
    move_event,
    reopen_event,
    review_event,
    revise_state,
    revise_verification,
)
from kentongan.events.actions.notes import unwatch_area, watch_area, write_note
from kentongan.events.actions.revising import revise_event
from kentongan.events.actions.rows import locked_event, require_move
from kentongan.events.actions.sharing import share_event, withdraw_expired_shares, withdraw_share
from kentongan.events.actions.sources import detach_report, link_report, split_event, undo_link

__all__ = [
    "create_event",
    "detach_report",
    "export_events",
    "link_report",
    "locked_event",
    "look_at_event",
    "merge_events",
    "move_event",
    "reopen_event",
    "require_move",
    "review_event",
    "revise_event",
    "revise_state",
    "revise_verification",
    "share_event",
    "split_event",
    "undo_event",
    "undo_link",
    "unmerge_event",
    "unwatch_area",
    "watch_area",
    "withdraw_expired_shares",
    "withdraw_share",
    "write_note",
]
