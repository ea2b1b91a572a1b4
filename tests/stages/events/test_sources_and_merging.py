"""Reports move between inbox and event, events go up in one another and come out again; nothing is lost on the way."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kentongan.accounts.permissions import Permission
from kentongan.events.actions import (
    detach_report,
    link_report,
    merge_events,
    move_event,
    revise_event,
    share_event,
    split_event,
    undo_event,
    undo_link,
    unmerge_event,
)
from kentongan.events.decisions import EventChanges
from kentongan.events.models import Event, EventReport
from kentongan.events.queries import event_in, events_in, events_of_report, merged_into, remaining, reports_of
from kentongan.intake.models import Report
from tests import people
from tests.stages import chain_world as world
from tests.stages.chain_world import HOUR, NOW, facts, refused

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(seconds=10)


def state_of(report: Report) -> tuple[str, str]:
    row = Report.rows.get(pk=report.pk)
    return row.state, row.triage_outcome


def read_by_ratna(event: Event) -> list[int]:
    return [row.pk for row in reports_of(event, world.ratna().scope_for(Permission.REPORT_READ))]


def listed() -> set[int]:
    return {row.pk for row in events_in(world.ratna().scope_for(Permission.EVENT_READ))}


def test_a_linked_report_is_decided_and_read_with_the_event() -> None:
    event, report = world.event(), world.report()
    link_report(event.pk, report.pk, by=world.ratna(), at=NOW)
    assert state_of(report) == ("triaged", "linked")
    assert read_by_ratna(event) == [report.pk]
    assert world.chained(f"event:{event.pk}")[-1] == "event.report_linked"


def test_a_report_is_linked_once_and_never_after_another_decision() -> None:
    event, report, who = world.event(), world.report(), world.ratna()
    link_report(event.pk, report.pk, by=who, at=NOW)
    other = world.event()
    with refused("events.report_linked_already"):
        link_report(event.pk, report.pk, by=who, at=NOW)
    with refused("intake.already_triaged"):
        link_report(other.pk, report.pk, by=who, at=NOW)
    assert EventReport.objects.filter(report=report).count() == 1


def test_a_link_is_undone_within_the_half_minute() -> None:
    event, report, who = world.event(), world.report(), world.ratna()
    link_report(event.pk, report.pk, by=who, at=NOW)
    undo_link(event.pk, report.pk, by=who, at=SOON)
    assert state_of(report) == ("received", "")
    assert read_by_ratna(event) == []


def test_a_link_is_not_undone_later_nor_by_somebody_else() -> None:
    event, report, who, other = world.event(), world.report(), world.ratna(), world.budi()
    link_report(event.pk, report.pk, by=who, at=NOW)
    with refused("intake.undo_late_event"):
        undo_link(event.pk, report.pk, by=who, at=NOW + HOUR)
    with refused("intake.undo_not_yours"):
        undo_link(event.pk, report.pk, by=other, at=SOON)
    assert EventReport.objects.filter(event=event).count() == 1


def test_a_detached_report_waits_again_with_the_reason_in_the_chain() -> None:
    report, who = world.report(), world.ratna()
    event = world.event(reports=(report.pk,))
    with refused("events.reason_missing"):
        detach_report(event.pk, report.pk, by=who, at=NOW, reason=" ")
    detach_report(event.pk, report.pk, by=who, at=NOW + HOUR, reason="Kejadian lain.")
    assert state_of(report) == ("received", "")
    assert world.chained(f"event:{event.pk}")[-1] == "event.report_detached"
    with refused("events.report_not_linked"):
        detach_report(event.pk, report.pk, by=who, at=NOW + HOUR, reason="Lagi.")


def test_a_split_makes_another_event_of_the_named_reports() -> None:
    one, two, who = world.report("Satu di pasar."), world.report("Dua di tugu."), world.ratna()
    event = world.event(reports=(one.pk, two.pk))
    made = split_event(
        event.pk, facts(), reports=[two.pk], owner=world.desk().pk, by=who, at=NOW, reason="Dua kejadian."
    )
    assert (read_by_ratna(event), read_by_ratna(made)) == ([one.pk], [two.pk])
    assert state_of(two) == ("triaged", "new_event")
    scope = who.scope_for(Permission.EVENT_READ)
    assert [row.pk for row in events_of_report(two.pk, scope)] == [made.pk]


def test_a_split_without_reports_or_with_bad_facts_changes_nothing() -> None:
    report, who, owner = world.report(), world.ratna(), world.desk().pk
    event = world.event(reports=(report.pk,))
    with refused("events.split_needs_reports"):
        split_event(event.pk, facts(), reports=[], owner=owner, by=who, at=NOW, reason="x")
    with refused("events.not_an_event"):
        split_event(
            event.pk, facts(forms=("F04",)), reports=[report.pk], owner=owner, by=who, at=NOW, reason="x"
        )
    assert read_by_ratna(event) == [report.pk]
    assert Event.rows.count() == 1


def test_a_merged_event_is_read_in_the_remaining_one_and_keeps_its_number() -> None:
    one, two = world.report("Satu."), world.report("Dua.")
    first, second = world.event(reports=(one.pk,)), world.event(reports=(two.pk,))
    merge_events(second.pk, first.pk, by=world.ratna(), at=NOW, reason="Sama.")
    assert listed() == {first.pk}
    assert read_by_ratna(first) == [one.pk, two.pk]
    found = event_in(world.ratna().scope_for(Permission.EVENT_READ), second.pk)
    assert remaining(found).pk == first.pk
    assert world.chained(f"event:{first.pk}")[-1] == "event.took_in"
    assert world.chained(f"event:{second.pk}")[-1] == "event.merged"


def test_merging_goes_on_over_several_steps_and_back() -> None:
    reports = [world.report(f"Laporan {turn}.") for turn in range(3)]
    a, b, c = (world.event(reports=(row.pk,)) for row in reports)
    who = world.ratna()
    merge_events(a.pk, b.pk, by=who, at=NOW, reason="Sama.")
    merge_events(b.pk, c.pk, by=who, at=NOW, reason="Sama.")
    assert read_by_ratna(c) == [row.pk for row in reports]
    scope = who.scope_for(Permission.EVENT_READ)
    assert [row.pk for row in merged_into(c, scope)] == [a.pk, b.pk]
    unmerge_event(b.pk, by=who, at=NOW, reason="Ternyata lain.")
    assert read_by_ratna(c) == [reports[2].pk]
    assert read_by_ratna(b) == [reports[0].pk, reports[1].pk]
    assert listed() == {b.pk, c.pk}


def test_merging_is_refused_with_itself_in_a_circle_and_without_a_reason() -> None:
    a, b, who = world.event(), world.event(), world.ratna()
    with refused("events.merge_with_itself"):
        merge_events(a.pk, a.pk, by=who, at=NOW, reason="x")
    with refused("events.reason_missing"):
        merge_events(a.pk, b.pk, by=who, at=NOW, reason="")
    merge_events(a.pk, b.pk, by=who, at=NOW, reason="Sama.")
    with refused("events.merged_away"):
        merge_events(b.pk, a.pk, by=who, at=NOW, reason="x")
    with refused("events.merged_away"):
        merge_events(a.pk, b.pk, by=who, at=NOW, reason="x")


def test_an_event_of_another_regency_takes_nothing_in() -> None:
    mine, who = world.event(), world.ratna()
    theirs = world.event(by=world.stranger(), area=world.ELSEWHERE)
    with refused("accounts.outside_area"):
        merge_events(mine.pk, theirs.pk, by=who, at=NOW, reason="x")


def test_a_merged_event_is_neither_changed_nor_moved() -> None:
    a, b, who = world.event(), world.event(), world.ratna()
    merge_events(a.pk, b.pk, by=who, at=NOW, reason="Sama.")
    with refused("events.merged_away"):
        revise_event(a.pk, EventChanges({"cause": "x"}), based_on=2, by=who, at=NOW)
    with refused("events.merged_away"):
        move_event(a.pk, to="handled", by=who, at=NOW, reason="x")


def test_what_is_not_merged_cannot_be_taken_out() -> None:
    event, who = world.event(), world.ratna()
    with refused("events.not_merged"):
        unmerge_event(event.pk, by=who, at=NOW, reason="x")


def test_a_new_event_is_taken_back_within_the_half_minute_and_frees_its_reports() -> None:
    report, who = world.report(), world.ratna()
    event = world.event(reports=(report.pk,))
    undo_event(event.pk, by=who, at=SOON)
    assert state_of(report) == ("received", "")
    assert listed() == set()
    with refused("events.event_unknown"):
        event_in(who.scope_for(Permission.EVENT_READ), event.pk)
    with refused("events.event_unknown"):
        move_event(event.pk, to="handled", by=who, at=SOON, reason="x")


def test_an_event_is_not_taken_back_later_nor_by_others_nor_after_more_work() -> None:
    event, who, other = world.event(), world.ratna(), world.budi()
    with refused("events.undo_too_late"):
        undo_event(event.pk, by=who, at=NOW + timedelta(seconds=31))
    with refused("events.undo_by_maker"):
        undo_event(event.pk, by=other, at=SOON)
    share_event(event.pk, agency=world.polres().pk, until=NOW + HOUR, by=who, at=SOON)
    with refused("events.undo_built_on"):
        undo_event(event.pk, by=who, at=SOON)


@pytest.mark.parametrize("role", ["fkdm", "tiga_pilar", "anggota_timdu", "pimpinan", "provinsi", "pengawas"])
def test_roles_outside_the_desk_neither_merge_nor_link(role: str) -> None:
    a, b, report, who = world.event(), world.event(), world.report(), people.actor(people.person(role))
    with refused("accounts.not_permitted"):
        merge_events(a.pk, b.pk, by=who, at=NOW, reason="x")
    with refused("accounts.not_permitted"):
        link_report(a.pk, report.pk, by=who, at=NOW)
