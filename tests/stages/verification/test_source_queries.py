"""The record of a source: its checked reports of that kabupaten, inside the reader's scope, without this very event."""

from __future__ import annotations

import pytest

from kentongan.accounts.permissions import Permission
from kentongan.events.models import Event
from kentongan.intake.actions import Sender, receive_report
from kentongan.verification.queries import source_records
from tests.stages import chain_world as world
from tests.stages.chain_world import NOW
from tests.stages.verification.checking import sekar

pytestmark = pytest.mark.django_db
READ = Permission.REPORT_READ


def report_of(source: str, *, area: int = world.VILLAGE, text: str = "Ada kabar.") -> int:
    draft = world.draft(text, area=area)
    return receive_report(draft, sender=Sender(source, source), desk=world.desk().pk, at=NOW)[0].pk


def event_of(source: str, verification: str, *, area: int = world.VILLAGE) -> Event:
    event = world.event(reports=(report_of(source, area=area),), area=area)
    Event.rows.filter(pk=event.pk).update(verification=verification)
    return event


def test_a_record_holds_the_verdicts_on_the_reports_of_that_source() -> None:
    for verdict in ("verified", "partly", "refuted", "inconclusive", "unverified", "in_progress"):
        event_of("S-14", verdict)
    event_of("S-15", "refuted")
    event = event_of("S-14", "verified")
    records = source_records(["S-14", "S-15", "S-99"], world.ratna().scope_for(READ), event=event)
    assert sorted(records["S-14"]) == ["partly", "refuted", "verified"]
    assert records["S-15"] == ("refuted",)
    assert "S-99" not in records


def test_the_same_number_of_another_kabupaten_is_somebody_else() -> None:
    stranger = world.stranger()
    elsewhere = receive_report(
        world.draft(area=world.ELSEWHERE), sender=Sender("S-14", "S-14"), desk=world.desk().pk, at=NOW
    )[0]
    far = world.event(by=stranger, area=world.ELSEWHERE, reports=(elsewhere.pk,))
    Event.rows.filter(pk=far.pk).update(verification="refuted")
    event = event_of("S-14", "in_progress")
    assert source_records(["S-14"], world.ratna().scope_for(READ), event=event) == {}


def test_a_reader_of_one_kecamatan_is_told_of_no_report_elsewhere() -> None:
    event_of("S-14", "verified", area=world.OTHER_VILLAGE)
    event_of("S-14", "refuted")
    event = event_of("S-14", "in_progress")
    assert source_records(["S-14"], sekar().scope_for(READ), event=event) == {"S-14": ("refuted",)}


def test_an_event_taken_back_or_merged_away_counts_for_nothing() -> None:
    undone, merged = event_of("S-14", "verified"), event_of("S-14", "verified")
    event = event_of("S-14", "in_progress")
    Event.rows.filter(pk=undone.pk).update(undone_at=NOW)
    Event.rows.filter(pk=merged.pk).update(merged_into=event.pk)
    assert source_records(["S-14"], world.ratna().scope_for(READ), event=event) == {}


def test_nobody_is_asked_about_no_source() -> None:
    assert source_records([], world.ratna().scope_for(READ), event=world.event()) == {}
