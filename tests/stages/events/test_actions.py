"""Making, sharing and moving events: by the right person, in the right area, each step a revision and an entry."""

from __future__ import annotations

from typing import Any

import pytest

from kentongan.accounts.permissions import Permission
from kentongan.audit.models import AuditEntry
from kentongan.events.actions import create_event, move_event, share_event, withdraw_expired_shares
from kentongan.events.models import Event, EventRevision, EventShare
from kentongan.events.queries import event_in, events_in, reports_of
from kentongan.intake.models import Report
from kentongan.policy import policy_on
from tests import factories, people
from tests.stages import chain_world as world
from tests.stages.chain_world import HOUR, NOW, facts, refused

pytestmark = pytest.mark.django_db
LIFE = policy_on(NOW.date()).lifecycles["event"]


def seen_by_polres() -> set[int]:
    return {row.pk for row in events_in(world.alya().scope_for(Permission.EVENT_READ))}


def test_an_event_carries_its_reports_and_decides_them() -> None:
    report = world.report()
    event = world.event(reports=(report.pk,))
    assert Report.rows.get(pk=report.pk).triage_outcome == "new_event"
    assert [row.pk for row in reports_of(event, world.ratna().scope_for(Permission.REPORT_READ))] == [
        report.pk
    ]
    assert world.chained(f"event:{event.pk}") == ["event.created"]


def test_a_decided_report_takes_the_whole_event_back() -> None:
    report = world.report()
    world.event(reports=(report.pk,))
    who, owner = world.ratna(), world.desk().pk
    with refused("intake.already_triaged"):
        create_event(facts(), owner=owner, reports=[report.pk], by=who, at=NOW)
    assert Event.rows.count() == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"forms": ("F04",)}, "events.not_an_event"),
        ({"type_code": "ABC.01"}, "events.type_unknown"),
        ({"area": world.REGENCY, "place_precision": 2}, "events.precision_too_fine"),
        ({"summary": ""}, "events.summary_empty"),
        ({"area": world.ELSEWHERE}, "accounts.outside_area"),
    ],
)
def test_facts_that_cannot_be_an_event_are_refused(changes: dict[str, Any], code: str) -> None:
    who, owner = world.ratna(), world.desk().pk
    with refused(code):
        create_event(facts(**changes), owner=owner, reports=[], by=who, at=NOW)


@pytest.mark.parametrize(
    "role", ["fkdm", "tiga_pilar", "anggota_timdu", "pimpinan", "provinsi", "pengawas", "admin"]
)
def test_roles_outside_the_desk_make_no_event(role: str) -> None:
    who, owner = people.actor(people.person(role)), world.desk().pk
    with refused("accounts.not_permitted"):
        create_event(facts(), owner=owner, reports=[], by=who, at=NOW)


def test_a_shared_event_is_seen_until_its_hour_and_not_after() -> None:
    event = world.event()
    assert seen_by_polres() == set()
    share_event(event.pk, agency=world.polres().pk, until=NOW + HOUR, by=world.ratna(), at=NOW)
    assert seen_by_polres() == {event.pk}
    assert withdraw_expired_shares(at=NOW + HOUR - HOUR / 60) == 0
    assert withdraw_expired_shares(at=NOW + HOUR) == 1
    assert seen_by_polres() == set()
    assert withdraw_expired_shares(at=NOW + 2 * HOUR) == 0
    assert world.chained(f"event:{event.pk}")[-1] == "event.share_expired"


def test_a_shorter_share_does_not_end_a_longer_one() -> None:
    event, polres, who = world.event(), world.polres().pk, world.ratna()
    share_event(event.pk, agency=polres, until=NOW + 72 * HOUR, by=who, at=NOW)
    share_event(event.pk, agency=polres, until=NOW + HOUR, by=who, at=NOW)
    assert EventShare.objects.get().until == NOW + 72 * HOUR


def test_a_share_that_has_ended_begins_anew() -> None:
    event, polres, who = world.event(), world.polres().pk, world.ratna()
    share_event(event.pk, agency=polres, until=NOW + 2 * HOUR, by=who, at=NOW)
    withdraw_expired_shares(at=NOW + 3 * HOUR)
    share_event(event.pk, agency=polres, until=NOW + 4 * HOUR, by=who, at=NOW + 3 * HOUR)
    assert (EventShare.objects.get().until, EventShare.objects.get().withdrawn) == (NOW + 4 * HOUR, False)


def test_an_event_above_its_label_is_not_seen_even_when_addressed() -> None:
    event = world.event(label=2)
    share_event(event.pk, agency=world.polres().pk, until=NOW + HOUR, by=world.ratna(), at=NOW)
    assert seen_by_polres() == set()


def test_sharing_an_event_of_another_regency_is_refused() -> None:
    event, who = world.event(), world.stranger()
    with refused("accounts.outside_area"):
        share_event(event.pk, agency=world.polres().pk, until=NOW + HOUR, by=who, at=NOW)


def test_neighbours_see_confirmed_events_only() -> None:
    kasi = people.kasi_trantib("99.01.03")
    beside = factories.waluku()["99.01.01"]
    world.agency_of(kasi).areas.create(region=beside, relation="neighbour")
    unverified, verified = world.event(), world.event(verdict="verified")
    seen = {row.pk for row in events_in(people.actor(kasi).scope_for(Permission.EVENT_READ))}
    assert verified.pk in seen
    assert unverified.pk not in seen


@pytest.mark.parametrize("start", list(LIFE.moves))
@pytest.mark.parametrize("to", list(LIFE.moves))
def test_an_event_moves_only_where_its_life_leads(start: str, to: str) -> None:
    event, who = world.event(), world.ratna()
    Event.rows.filter(pk=event.pk).update(state=start)
    if not LIFE.allowed(start, to):
        code = "events.move_refused"
    elif to in {"watch", "closed"}:
        code = "events.outcome_needed"
    elif start in {"watch", "closed"}:
        code = "events.reopen_instead"
    else:
        moved = move_event(event.pk, to=to, by=who, at=NOW, reason="uji", review_on=NOW.date())
        assert moved.state == to
        return
    with refused(code):
        move_event(event.pk, to=to, by=who, at=NOW, reason="uji")


def test_each_change_is_a_numbered_revision() -> None:
    event = world.event(verdict="verified")
    move_event(event.pk, to="handled", by=world.ratna(), at=NOW + HOUR, reason="ditangani Polres")
    rows = list(EventRevision.objects.filter(event=event).order_by("number"))
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert rows[-1].values == {"state": "handled"}
    assert rows[-1].recorded_at == NOW + HOUR


def test_an_unknown_event_is_a_plain_refusal() -> None:
    who = world.ratna()
    with refused("events.event_unknown"):
        move_event(4711, to="handled", by=who, at=NOW, reason="uji")
    with refused("events.event_unknown"):
        event_in(who.scope_for(Permission.EVENT_READ), 4711)


def test_an_event_outside_the_scope_is_not_said_to_exist() -> None:
    event, scope = world.event(), world.stranger().scope_for(Permission.EVENT_READ)
    with refused("events.event_unknown"):
        event_in(scope, event.pk)
    assert events_in(scope).count() == 0


def test_the_chain_says_which_policy_an_event_was_made_under() -> None:
    event = world.event()
    detail = AuditEntry.objects.get(subject=f"event:{event.pk}").detail
    assert detail == {"type": "KEL.02", "policy": policy_on(NOW.date()).version}
