"""Two people change one event: what only one of them touched is merged, what both touched is a question."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.accounts.actors import Actor
from kentongan.audit.models import AuditEntry
from kentongan.edge.problems import Problem
from kentongan.events.actions import create_event, revise_event, rows
from kentongan.events.decisions import FACTS, EventChanges, conflicts_in, values_after
from kentongan.events.models import Event, EventFacet, EventImpact, EventRevision
from kentongan.events.queries import changes_of, facts_at, facts_of, newest_revision, values_as_of
from kentongan.policy import current_policy
from tests import people
from tests.stages import chain_world as world
from tests.stages.chain_world import HOUR, NOW, facts, refused

pytestmark = pytest.mark.django_db

# One changed value for each fact, each of which may stand beside the facts of the world.
OTHER: dict[str, Any] = {
    "kind": "incident",
    "type_code": "KEL.01",
    "forms": ("F10",),
    "area": world.OTHER_VILLAGE,
    "place_precision": 2,
    "place_note": "simpang dusun",
    "happens_on": date(2026, 11, 20),
    "time_precision": 2,
    "summary": "Lain sama sekali.",
    "crowd": 40,
    "label": 2,
    "triggers": ("T02",),
    "athg": ("gangguan", "ancaman"),
    "interests": ("keamanan",),
    "fields": ("sosial",),
    "actors": (("A07", "Lintang Kukus"), ("A07", "Wungu Samirana")),
    "impacts": {"I03": (2, "perkiraan"), "I12": (None, "tidak_diketahui")},
    "phase": "AG",
    "origin": "dalam_negeri",
    "uu7_definition": "tidak",
    "likelihood": 3,
    "confidence": "sedang",
    "cause": "Batas lama.",
    "next_trigger": "Malam pengesahan",
    "next_trigger_on": date(2026, 11, 21),
    "solution_tried": "Rute dipisah.",
    "capacity": "Kades mau menengahi.",
    "review_on": date(2026, 11, 15),
    "groups_hostile": True,
}


def revised(event: Event, by: Actor | None = None, *, based_on: int | None = None, **values: Any) -> Event:
    base = newest_revision(event) if based_on is None else based_on
    return revise_event(event.pk, EventChanges(values), based_on=base, by=by or world.ratna(), at=NOW + HOUR)


@pytest.mark.parametrize("name", OTHER)
def test_each_fact_can_be_changed_alone(name: str) -> None:
    event = world.event()
    before = facts_of(event)
    revised(event, **{name: OTHER[name]})
    after = facts_of(Event.rows.get(pk=event.pk))
    assert {each for each in FACTS if getattr(before, each) != getattr(after, each)} == {name}
    assert getattr(after, name) == OTHER[name]
    assert name in EventRevision.objects.get(event=event, number=2).values


def test_all_facts_at_once_come_back_as_written() -> None:
    event = world.event()
    revised(event, **OTHER)
    after = facts_of(Event.rows.get(pk=event.pk))
    assert {name: getattr(after, name) for name in OTHER} == OTHER


def test_a_revision_stores_only_what_changed() -> None:
    event = world.event()
    revised(event, place_note="simpang", summary=event.summary)
    assert EventRevision.objects.get(event=event, number=2).values == {"place_note": "simpang"}


def test_what_nobody_else_touched_is_merged() -> None:
    event = world.event()
    revised(event, cause="Batas lama.", based_on=1)
    revised(event, world.budi(), capacity="Kades mau menengahi.", based_on=1)
    stored = Event.rows.get(pk=event.pk)
    assert (stored.cause, stored.capacity) == ("Batas lama.", "Kades mau menengahi.")


def test_what_both_changed_is_written_by_neither_and_named_with_both_values() -> None:
    event = world.event()
    revised(event, cause="Batas lama.", based_on=1)
    who, changes = world.budi(), EventChanges({"cause": "Soal air.", "capacity": "Kades."})
    with pytest.raises(Problem) as caught:
        revise_event(event.pk, changes, based_on=1, by=who, at=NOW + HOUR)
    conflict = caught.value.values["conflicts"][0]  # type: ignore[index]
    assert caught.value.code == "events.conflict"
    assert (conflict.name, conflict.theirs, conflict.mine) == ("cause", "Batas lama.", "Soal air.")
    stored = Event.rows.get(pk=event.pk)
    assert (stored.cause, stored.capacity) == ("Batas lama.", "")


def test_who_has_seen_both_values_may_overwrite() -> None:
    event = world.event()
    revised(event, cause="Batas lama.", based_on=1)
    revised(event, world.budi(), cause="Soal air.", based_on=2)
    assert Event.rows.get(pk=event.pk).cause == "Soal air."


def test_the_same_value_written_by_two_is_no_conflict() -> None:
    event = world.event()
    revised(event, cause="Batas lama.", based_on=1)
    who = world.budi()
    with refused("events.nothing_changed"):
        revise_event(event.pk, EventChanges({"cause": "Batas lama."}), based_on=1, by=who, at=NOW)


@given(st.sets(st.sampled_from(FACTS)), st.sets(st.sampled_from(FACTS)))
def test_a_conflict_is_exactly_what_both_changed(mine: set[str], theirs: set[str]) -> None:
    changes = EventChanges({name: object() for name in mine})
    current = facts()
    found = {each.name for each in conflicts_in(_Different(changes), current, changed_since=theirs)}
    assert found == mine & theirs


class _Different(EventChanges):
    """Changes that differ from whatever stands, so that only the sets decide."""

    def __init__(self, changes: EventChanges) -> None:
        super().__init__(changes.values)

    def that_change(self, facts: Any) -> EventChanges:  # noqa: ARG002  (whatever stands)
        return self


@given(st.lists(st.dictionaries(st.sampled_from("abc"), st.integers(0, 3), max_size=3), max_size=5))
def test_the_last_word_on_each_field_holds(revisions: list[dict[str, int]]) -> None:
    said = values_after(revisions)
    for name in "abc":
        words = [values[name] for values in revisions if name in values]
        assert said.get(name) == (words[-1] if words else None)


def test_the_grade_of_a_person_stands_beside_that_of_the_rule() -> None:
    event = world.event()
    revised(event, severity=5, severity_reason="Rute bertemu.")
    stored = Event.rows.get(pk=event.pk)
    assert (stored.severity, stored.severity_proposed, stored.severity_reason) == (5, 3, "Rute bertemu.")
    revised(stored, crowd=600)
    stored.refresh_from_db()
    assert (stored.severity, stored.severity_proposed) == (5, 4)
    revised(stored, severity=None, severity_reason="")
    stored.refresh_from_db()
    assert (stored.severity, stored.severity_reason) == (4, "")


def test_a_grade_against_the_rule_needs_a_reason() -> None:
    event, who = world.event(), world.ratna()
    with refused("events.severity_reason_missing"):
        revise_event(event.pk, EventChanges({"severity": 5}), based_on=1, by=who, at=NOW)


def test_a_potential_that_happens_keeps_its_number_and_says_so() -> None:
    event = world.event(kind="potential")
    revised(event, kind="incident", forms=("F10",))
    assert Event.rows.get(pk=event.pk).kind == "incident"
    assert world.chained(f"event:{event.pk}")[-1] == "event.happened"


def test_the_definition_of_the_law_is_set_by_a_person_alone() -> None:
    event, machine = world.event(), Actor.of_system("uji")
    with refused("events.human_only"):
        revise_event(event.pk, EventChanges({"uu7_definition": "ya"}), based_on=1, by=machine, at=NOW)


def test_taking_the_last_hostile_facet_away_is_refused() -> None:
    event, who = world.event(), world.ratna()
    with refused("events.not_an_event"):
        revise_event(event.pk, EventChanges({"forms": ("F04",)}), based_on=1, by=who, at=NOW)


def test_moving_an_event_out_of_ones_area_is_refused() -> None:
    event, who = world.event(), world.ratna()
    with refused("accounts.outside_area"):
        revise_event(event.pk, EventChanges({"area": world.ELSEWHERE}), based_on=1, by=who, at=NOW)


def test_a_stranger_and_a_role_without_the_right_change_nothing() -> None:
    event, stranger, alya = world.event(), world.stranger(), world.alya()
    for who, code in ((stranger, "accounts.outside_area"), (alya, "accounts.not_permitted")):
        with refused(code):
            revise_event(event.pk, EventChanges({"cause": "x"}), based_on=1, by=who, at=NOW)


def test_somebody_who_does_not_work_here_cannot_be_put_in_charge() -> None:
    event, who = world.event(), world.ratna()
    with refused("events.person_unknown"):
        revise_event(event.pk, EventChanges({"assigned_to": 4711}), based_on=1, by=who, at=NOW)
    somebody = people.kabid()
    revised(event, assigned_to=somebody.pk)
    assert Event.rows.get(pk=event.pk).assigned_to == somebody


def test_fewer_facets_and_impacts_leave_no_old_row() -> None:
    event = world.event()
    revised(event, athg=("ancaman", "gangguan"), impacts={"I01": (1, "pasti"), "I02": (2, "pasti")})
    revised(event, athg=("ancaman",), impacts={"I02": (3, "pasti")})
    assert [row.code for row in EventFacet.objects.filter(event=event)] == ["ancaman"]
    assert [(row.code, row.count) for row in EventImpact.objects.filter(event=event)] == [("I02", 3)]


def test_the_past_is_shown_as_it_was_known() -> None:
    event = world.event()
    revised(event, cause="Batas lama.", crowd=40)
    assert values_as_of(event, NOW - HOUR) == {}
    assert values_as_of(event, NOW)["cause"] == ""
    assert values_as_of(event, NOW + 2 * HOUR)["cause"] == "Batas lama."
    assert facts_at(event, 1).crowd is None
    assert facts_at(event, 2).crowd == 40


def test_every_change_is_told_with_what_it_said_before() -> None:
    event = world.event()
    revised(event, place_note="simpang")
    revised(event, place_note="pasar")
    told = [(change.name, change.old, change.new) for change in changes_of(event)[2].changes]
    assert told == [("place_note", "simpang", "pasar")]


def test_a_retired_type_is_named_with_its_successor(monkeypatch: pytest.MonkeyPatch) -> None:
    types = current_policy().event_types
    ended = NOW.date() - timedelta(days=1)
    retired = types["KEL.02"].model_copy(update={"valid_to": ended, "successor": "KEL.01"})
    rules = replace(
        current_policy(), event_types=replace(types, entries={**types.entries, "KEL.02": retired})
    )
    monkeypatch.setattr(rows, "current_policy", lambda: rules)
    monkeypatch.setattr(rows, "policy_on", rules.on)
    who, owner = world.ratna(), world.desk().pk
    with pytest.raises(Problem) as caught:
        create_event(facts(type_code="KEL.02"), owner=owner, reports=[], by=who, at=NOW)
    assert caught.value.code == "events.code_retired"
    assert "KEL.01" in caught.value.sentence("id")


def test_the_chain_names_the_changed_fields_and_no_content() -> None:
    event = world.event()
    revised(event, cause="Batas lama.", capacity="Kades.")
    entry = AuditEntry.objects.get(subject=f"event:{event.pk}", action="event.revised")
    assert entry.detail == {"fields": "capacity, cause"}
