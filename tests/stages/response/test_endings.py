"""How an event ends and begins again: outcomes by episode, open tasks, reviews, lessons, what a reporter is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from kentongan.accounts.permissions import Permission
from kentongan.events.actions import link_report
from kentongan.events.decisions import Progress
from kentongan.events.models import Event
from kentongan.response.actions import (
    record_outcome,
    reopen_after_report,
    reopen_ended,
    write_review,
)
from kentongan.response.decisions import Review, feedback_of, review_refusal, thanks_refusal
from kentongan.response.models import Outcome, Task
from kentongan.response.queries import (
    feedback_of_report,
    lessons_in,
    outcome_of,
    outcomes_of,
    recurrence_signs,
    reviews_of,
)
from tests.stages import chain_world as world
from tests.stages.chain_world import HOUR, NOW, ending, refused

pytestmark = pytest.mark.django_db

REVIEW = Review("Rute dipisah.", "Rute dipisah.", "Tidak berbeda.", "Dialog lebih awal.", "Foto lebih cepat.")
THANKS = "Terima kasih, kabar Anda membantu mencegah bentrok."


def test_an_event_with_open_tasks_does_not_end_unless_they_are_cancelled_with_a_reason() -> None:
    task, who = world.task(), world.budi()
    with refused("response.tasks_open"):
        record_outcome(task.event_id, ending(), by=who, at=NOW)
    record_outcome(task.event_id, ending(), by=who, at=NOW, cancel_reason="Acara sudah selesai.")
    assert Task.rows.get(pk=task.pk).state == "cancelled"


def test_no_task_is_given_after_the_end() -> None:
    event, who, what = world.event(), world.budi(), world.assignment()
    record_outcome(event.pk, ending(), by=who, at=NOW)
    with refused("response.event_ended"):
        world.assign_task(event.pk, what, by=who, at=NOW)


@pytest.mark.parametrize(
    "counts", [{}, {"deaths": 0}, {"casualties": 5, "deaths": 1, "injured": 4, "displaced": 30}]
)
def test_each_number_that_nobody_knows_stays_unknown(counts: dict[str, int]) -> None:
    event = world.event()
    record_outcome(event.pk, ending(occurred=True, **counts), by=world.ratna(), at=NOW)
    stored = Outcome.objects.get()
    names = ("casualties", "deaths", "injured", "displaced")
    assert {name: getattr(stored, name) for name in names} == {name: counts.get(name) for name in names}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"casualties": 1, "deaths": 1, "injured": 1}, "response.more_hurt_than_casualties"),
        ({"thanks": "x" * 281}, "response.thanks_too_long"),
        ({"thanks": "Hubungi 0812-3456-7890."}, "response.thanks_identifies"),
        ({"thanks": "Terima kasih kepada Pak Darto."}, "response.thanks_names_somebody"),
    ],
)
def test_an_outcome_that_cannot_be_or_names_somebody_is_refused(changes: dict[str, Any], code: str) -> None:
    event, who = world.event(), world.ratna()
    with refused(code):
        record_outcome(event.pk, ending(occurred=True, **changes), by=who, at=NOW)


def test_an_event_that_flares_up_keeps_how_each_episode_ended() -> None:
    event, who = world.event(verdict="verified"), world.ratna()
    record_outcome(event.pk, ending(), by=who, at=NOW)
    reopen_ended(event.pk, by=who, at=NOW + HOUR, reason="Kambuh di pasar.")
    assert (Event.rows.get(pk=event.pk).state, outcome_of(event)) == ("handled", None)
    record_outcome(event.pk, ending(occurred=True), by=who, at=NOW + 2 * HOUR)
    told = [(row.episode, row.occurred, row.reopened_at) for row in outcomes_of(event)]
    assert told == [(1, False, NOW + HOUR), (2, True, None)]


def test_two_outcomes_of_one_event_never_stand_at_once() -> None:
    event = world.event()
    first = record_outcome(event.pk, ending(), by=world.ratna(), at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Outcome.objects.create(
            event=event,
            episode=2,
            occurred=False,
            spread=False,
            why="x",
            recorded_by="akun:1",
            recorded_at=NOW,
            watch_until=first.watch_until,
        )


def test_a_report_joined_to_an_event_that_had_ended_opens_it_again_once() -> None:
    event, who = world.event(verdict="verified"), world.ratna()
    record_outcome(event.pk, ending(), by=who, at=NOW)
    link_report(event.pk, world.report(at=NOW + HOUR).pk, by=who, at=NOW + HOUR)
    assert reopen_after_report(event.pk, at=NOW + HOUR)
    assert not reopen_after_report(event.pk, at=NOW + HOUR)
    assert Event.rows.get(pk=event.pk).state == "handled"
    assert world.chained(f"event:{event.pk}").count("event.reopened") == 1


def test_a_report_joined_to_an_open_event_changes_nothing_of_its_life() -> None:
    event = world.event()
    assert not reopen_after_report(event.pk, at=NOW)


def test_a_new_event_of_the_same_type_nearby_is_a_sign_while_the_watch_lasts() -> None:
    event, who = world.event(verdict="verified"), world.ratna()
    before = world.event(at=NOW)
    record_outcome(event.pk, ending(), by=who, at=NOW + HOUR)
    after = world.event(at=NOW + 2 * HOUR)
    world.event(at=NOW + 2 * HOUR, type_code="SDA.01")
    scope = who.scope_for(Permission.EVENT_READ)
    event.refresh_from_db()
    assert [row.pk for row in recurrence_signs(event, scope, now=NOW + 3 * HOUR)] == [after.pk]
    assert recurrence_signs(before, scope, now=NOW + 3 * HOUR) == []


@pytest.mark.parametrize("question", range(5))
def test_a_review_answers_all_five_questions(question: int) -> None:
    names = ("planned", "happened", "difference", "keep", "improve")
    found = review_refusal(replace(REVIEW, **{names[question]: " "}))
    assert found == ("response.answer_missing", {"question": question + 1})
    assert review_refusal(REVIEW) is None


def test_a_review_comes_after_the_outcome_and_each_version_stays() -> None:
    event, who = world.event(verdict="verified"), world.ratna()
    with refused("response.review_before_outcome"):
        write_review(event.pk, REVIEW, by=who, at=NOW)
    record_outcome(event.pk, ending(), by=who, at=NOW)
    write_review(event.pk, REVIEW, by=who, at=NOW)
    write_review(event.pk, replace(REVIEW, keep="Telepon 0812-3456-7890 dulu."), by=who, at=NOW)
    newest, oldest = reviews_of(event)
    assert (newest.version, newest.keep, oldest.version) == (2, "Telepon [telepon] dulu.", 1)


def test_lessons_are_found_by_type_and_words_inside_the_scope_alone() -> None:
    event, who = world.event(verdict="verified"), world.ratna()
    record_outcome(event.pk, ending(), by=who, at=NOW)
    written = [write_review(event.pk, REVIEW, by=who, at=NOW) for _ in range(2)][-1]
    scope = who.scope_for(Permission.EVENT_READ)

    def found(**wanted: str) -> list[int]:
        return [row.pk for row in lessons_in(scope, **wanted)]

    assert found() == found(type_code="KEL") == found(words="dialog awal") == [written.pk]
    assert found(type_code="SDA") == found(words="helikopter") == []
    assert not lessons_in(world.stranger().scope_for(Permission.EVENT_READ)).exists()


@pytest.mark.parametrize(
    ("progress", "restricted", "line"),
    [
        (Progress("finished", "verified"), False, THANKS),
        (Progress("finished", "verified"), True, ""),
        (Progress("finished", "withdrawn"), False, ""),
        (Progress("finished", "forwarded"), False, ""),
        (Progress("followed_up"), False, ""),
        (Progress("received"), False, ""),
    ],
)
def test_the_line_is_told_at_the_end_and_never_of_what_is_restricted(
    progress: Progress, restricted: bool, line: str
) -> None:
    assert feedback_of(progress, thanks=THANKS, restricted=restricted).line == line


def test_a_reporter_and_the_copies_read_the_same_line_at_the_end() -> None:
    first, copy = world.report(), world.report()
    event, who = world.event(verdict="verified", reports=(first.pk,)), world.ratna()
    link_report(event.pk, copy.pk, by=who, at=NOW)
    assert feedback_of_report(first.pk).line == ""
    record_outcome(event.pk, ending(thanks=THANKS), by=who, at=NOW + timedelta(hours=1))
    told = feedback_of_report(first.pk)
    assert told == feedback_of_report(copy.pk)
    assert (told.state, told.word, told.line) == ("finished", "verified", THANKS)


def test_of_a_restricted_event_the_standard_word_stands() -> None:
    report = world.report()
    event, who = world.event(verdict="verified", reports=(report.pk,), label=2), world.ratna()
    record_outcome(event.pk, ending(thanks=THANKS), by=who, at=NOW)
    told = feedback_of_report(report.pk)
    assert (told.word, told.line) == ("verified", "")


def test_a_plain_line_of_thanks_is_allowed() -> None:
    assert thanks_refusal(THANKS) is None
    assert thanks_refusal("") is None
