"""What each state of an event's life asks for, what a review writes, and what stands beside the event."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kentongan.audit.models import AuditEntry
from kentongan.events.actions import (
    move_event,
    reopen_event,
    review_event,
    share_event,
    unwatch_area,
    watch_area,
    withdraw_share,
    write_note,
)
from kentongan.events.models import Event, EventNote, EventShare
from kentongan.events.queries import notes_of, shares_of, watches_of
from tests.stages import chain_world as world
from tests.stages.chain_world import HOUR, NOW, refused

pytestmark = pytest.mark.django_db
TOMORROW = NOW.date() + timedelta(days=1)


def in_state(state: str) -> Event:
    event = world.event()
    Event.rows.filter(pk=event.pk).update(state=state)
    return event


def test_what_is_only_monitored_needs_the_day_of_the_next_look() -> None:
    event, who = world.event(), world.ratna()
    with refused("events.review_date_missing"):
        move_event(event.pk, to="monitored", by=who, at=NOW, reason="x")
    with refused("events.review_date_past"):
        yesterday = NOW.date() - timedelta(days=1)
        move_event(event.pk, to="monitored", by=who, at=NOW, reason="x", review_on=yesterday)
    moved = move_event(event.pk, to="monitored", by=who, at=NOW, reason="x", review_on=TOMORROW)
    assert (moved.state, moved.review_on) == ("monitored", TOMORROW)


def test_a_review_date_that_stands_is_enough() -> None:
    event = world.event(review_on=TOMORROW)
    assert move_event(event.pk, to="monitored", by=world.ratna(), at=NOW, reason="x").review_on == TOMORROW


def test_a_closed_event_is_opened_again_by_its_own_action_with_a_reason() -> None:
    event, who = in_state("closed"), world.ratna()
    with refused("events.reopen_instead"):
        move_event(event.pk, to="open", by=who, at=NOW, reason="x")
    with refused("events.reason_missing"):
        reopen_event(event.pk, by=who, at=NOW, reason=" ")
    assert reopen_event(event.pk, by=who, at=NOW, reason="Kambuh di pasar.").state == "open"
    entry = AuditEntry.objects.get(subject=f"event:{event.pk}", action="event.reopened")
    assert entry.detail == {"side_move": "recurred"}


@pytest.mark.parametrize("state", ["open", "monitored", "handled", "dampened", "resolved"])
def test_only_an_event_that_ended_is_opened_again(state: str) -> None:
    event, who = in_state(state), world.ratna()
    with refused("events.move_refused"):
        reopen_event(event.pk, by=who, at=NOW, reason="x")


def test_an_event_that_is_watched_is_handled_again() -> None:
    event, who = in_state("watch"), world.ratna()
    with refused("events.reopen_instead"):
        move_event(event.pk, to="handled", by=who, at=NOW, reason="x")
    assert reopen_event(event.pk, by=who, at=NOW, reason="Kambuh di pasar.").state == "handled"


def test_a_review_says_when_it_was_and_when_the_next_is() -> None:
    event, who = world.event(), world.ratna()
    review_event(event.pk, next_review=TOMORROW, by=who, at=NOW + HOUR, reason="Tenang.")
    stored = Event.rows.get(pk=event.pk)
    assert (stored.reviewed_at, stored.review_on) == (NOW + HOUR, TOMORROW)
    with refused("events.review_date_missing"):
        review_event(event.pk, next_review=None, by=who, at=NOW)


def test_a_verdict_without_a_review_date_leaves_the_one_that_stands() -> None:
    event = world.event(review_on=TOMORROW)
    world.judged(event)
    assert Event.rows.get(pk=event.pk).review_on == TOMORROW


def test_a_share_can_be_taken_back_before_its_time() -> None:
    event, who, polres = world.event(), world.ratna(), world.polres().pk
    with refused("events.share_until_past"):
        share_event(event.pk, agency=polres, until=NOW, by=who, at=NOW)
    share_event(event.pk, agency=polres, until=NOW + HOUR, by=who, at=NOW)
    assert [share.agency_id for share in shares_of(event)] == [polres]
    withdraw_share(event.pk, agency=polres, by=who, at=NOW)
    assert EventShare.objects.get().withdrawn
    with refused("events.share_unknown"):
        withdraw_share(event.pk, agency=polres, by=who, at=NOW)


def test_a_neighbour_is_watched_once_and_no_longer_on_request() -> None:
    event, who = world.event(), world.ratna()
    for _ in range(2):
        watch_area(event.pk, world.OTHER_VILLAGE, by=who, at=NOW)
    assert watches_of(event) == [world.OTHER_VILLAGE]
    assert world.chained(f"event:{event.pk}").count("event.area_watched") == 1
    unwatch_area(event.pk, world.OTHER_VILLAGE, by=who, at=NOW)
    assert watches_of(event) == []
    with refused("events.area_not_watched"):
        unwatch_area(event.pk, world.OTHER_VILLAGE, by=who, at=NOW)


def test_a_place_that_no_list_knows_is_not_watched() -> None:
    event, who = world.event(), world.ratna()
    with refused("places.region_unknown"):
        watch_area(event.pk, 1234567890, by=who, at=NOW)


@pytest.mark.parametrize("box", EventNote.Box.values)
def test_each_box_takes_a_note_with_author_and_time(box: str) -> None:
    event = world.event()
    write_note(event.pk, box, "Hubungi 0812-3456-7890.", by=world.ratna(), at=NOW)
    note = notes_of(event)[0]
    assert (note.box, note.text, note.written_at) == (box, "Hubungi [telepon].", NOW)
    assert note.written_by == world.ratna().audit_name


@pytest.mark.parametrize(
    ("box", "text", "code"),
    [
        ("opini", "x", "events.box_unknown"),
        ("fact", " \n", "events.note_empty"),
        ("fact", "x" * 4001, "events.note_too_long"),
    ],
)
def test_a_note_that_says_nothing_or_too_much_is_refused(box: str, text: str, code: str) -> None:
    event, who = world.event(), world.ratna()
    with refused(code):
        write_note(event.pk, box, text, by=who, at=NOW)


def test_what_a_note_says_stays_out_of_the_chain() -> None:
    event = world.event()
    write_note(event.pk, "analysis", "Pola sama.", by=world.ratna(), at=NOW)
    assert AuditEntry.objects.get(action="event.noted").detail == {"box": "analysis"}
