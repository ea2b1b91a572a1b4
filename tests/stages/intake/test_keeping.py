"""What is past its day goes, and goes wholly; the count, the receipt and the proof stay; a hold stops all of it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import models

from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.audit.models import AuditEntry
from kentongan.events.models import Event, EventReport, EventState
from kentongan.intake import actions as intake
from kentongan.intake.actions import Sender, receive_report
from kentongan.intake.decisions import Draft, Guess
from kentongan.intake.models import (
    NilReport,
    Photo,
    Report,
    ReportMessage,
    ReportPresence,
    RetentionRun,
    Suggestion,
)
from kentongan.intake.queries import decided, inbox
from kentongan.pipeline import retention
from kentongan.policy import policy_on
from kentongan.vault.models import SealedIdentity
from tests import people
from tests.stages import chain_world as world
from tests.stages.chain_world import NOW, refused
from tests.stages.intake import photo_files
from tests.stages.vault.people import two_holders

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WORDS = "Ada parang disimpan di balai bambu milik keluarga Sastromihardjo."
CONTACT = {"nama": "Pak Kromodimedjo", "telepon": "0812-3456-7890"}
TELLING = ("Sastromihardjo", "Kromodimedjo", "balai bambu", "pohon randu")


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_DIR = tmp_path / "media"
    return tmp_path / "media"


def budi() -> Actor:
    return people.actor(people.kabid())


def sent(text: str = WORDS, *, at: datetime = NOW, **values: Any) -> tuple[Report, Draft, str]:
    made = world.draft(text, **{"area": world.VILLAGE, "place_note": "dekat pohon randu"} | values)
    report, receipt = receive_report(
        made, sender=Sender("S-14", "S-14", "tanda"), desk=world.desk().pk, at=at
    )
    return report, made, receipt


def with_everything() -> tuple[Report, Draft, str]:
    """A report with an identity, a photo, a suggestion, a message either way and somebody working on it."""
    two_holders()
    made = world.draft(
        WORDS, area=world.VILLAGE, title="Parang di balai bambu", place_note="dekat pohon randu"
    )
    report, receipt = receive_report(
        made, sender=Sender("S-14", "S-14", "tanda"), desk=world.desk().pk, at=NOW, contact=CONTACT
    )
    photo = intake.receive_photo(report, client_id=uuid4(), content=photo_files.photo(), at=NOW)
    intake.process_photo(photo.pk, at=NOW)
    intake.keep_suggestions(
        report.pk,
        [Guess("place", {"name": "balai bambu"}, ["balai bambu"])],
        at=NOW,
        by=Actor.of_system("uji"),
    )
    intake.ask_reporter(report.pk, text="Di balai bambu mana?", client_id=uuid4(), by=world.ratna(), at=NOW)
    intake.answer_desk(report, text="Balai bambu Pak Sastromihardjo.", client_id=uuid4(), at=NOW)
    intake.take_up_report(report, by=world.ratna(), at=NOW)
    return report, made, receipt


def erased(report: Report, *, why: str = "Permintaan pelapor.", at: datetime = NOW) -> Report:
    intake.erase_report(report.pk, why=why, by=budi(), at=at)
    return Report.rows.get(pk=report.pk)


def carried_out(at: datetime) -> Mapping[str, Any]:
    return retention.carry_out(at=at)


def gone(report: Report) -> bool:
    return Report.rows.get(pk=report.pk).erased_on is not None


def every_value() -> str:
    """Everything that the tables of intake, vault, events and audit hold, as one text."""
    said = []
    for model in (
        Report,
        Photo,
        Suggestion,
        ReportMessage,
        ReportPresence,
        SealedIdentity,
        AuditEntry,
        RetentionRun,
    ):
        manager: models.Manager[Any] = getattr(model, "rows", None) or model._default_manager
        said += [repr(row) for row in manager.values()]
    return "\n".join(said)


# --- erasure by hand ---


def test_erasure_leaves_an_empty_row_that_still_counts() -> None:
    report, _, _ = with_everything()
    row = erased(report)
    assert (row.text_masked, row.title, row.place_note, row.raw_sealed, row.own_tag, row.source) == (
        "", "", "", None, "", "",
    )  # fmt: skip
    assert (row.identity, row.latitude, row.tile, row.happens, row.accused) == (None, None, "", "", "")
    assert (row.area, row.channel, row.state, row.received_at, row.receipt_tag) == (
        report.area, report.channel, "received", report.received_at, report.receipt_tag,
    )  # fmt: skip
    assert (row.erased_on, row.erased_why) == (NOW.date(), "Permintaan pelapor.")
    for model in (Photo, Suggestion, ReportMessage, ReportPresence, SealedIdentity):
        assert not model._default_manager.exists()


def test_no_word_of_an_erased_report_is_left_in_any_table() -> None:
    report, _, _ = with_everything()
    assert any(word in every_value() for word in TELLING)
    erased(report)
    assert [word for word in TELLING if word in every_value()] == []


def test_neither_hash_of_the_words_can_be_shown_again() -> None:
    report, _, _ = sent()
    row = erased(report)
    hashes = {report.content_hash, report.words_hash, str(report.client_id), report.client_id.hex}
    assert not hashes & {row.content_hash, row.words_hash, str(row.client_id)}
    assert not Report.rows.filter(words_hash=report.words_hash).exists()


def test_the_files_of_an_erased_report_are_gone_once_it_is_stored(
    media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    report, _, _ = with_everything()
    with django_capture_on_commit_callbacks(execute=False) as after:
        erased(report)
    assert len([path for path in media.rglob("*") if path.is_file()]) == 3
    for each in after:
        each()
    assert [path for path in media.rglob("*") if path.is_file()] == []


def test_a_late_resend_gets_its_receipt_and_revives_nothing() -> None:
    report, made, receipt = sent()
    erased(report)
    again, same = receive_report(
        made, sender=Sender.public(), desk=world.desk().pk, at=NOW + 200 * DAY, contact=None
    )
    assert (again.pk, same, again.text_masked) == (report.pk, receipt, "")
    assert Report.rows.count() == 1


def test_a_copy_of_an_erased_report_is_a_report_of_its_own() -> None:
    first, _, _ = sent()
    copy, _, _ = sent()
    erased(first)
    assert Report.rows.get(pk=copy.pk).text_masked
    assert sent()[0].copy_of_id == first.pk  # the group keeps its number, the words are gone from it


def test_the_events_of_an_erased_report_keep_their_own_summary() -> None:
    report, _, _ = sent()
    event = world.event(reports=(report.pk,))
    row = erased(report)
    assert Event.rows.get(pk=event.pk).summary == world.SHARED_WORDS
    assert EventReport.objects.filter(report=row).exists()


def test_an_erased_report_waits_in_no_inbox() -> None:
    report, _, _ = sent()
    erased(report)
    scope = world.ratna().scope_for(Permission.REPORT_READ)
    assert (list(inbox(scope)), [row.pk for row in decided(scope)]) == ([], [report.pk])


def test_erasing_asks_for_a_reason_a_permission_and_a_report_that_is_there() -> None:
    report, _, _ = sent()
    kabid, analyst, elsewhere = budi(), world.ratna(), people.actor(people.kabid("99.02", name="Surya"))
    with refused("intake.erase_reason_missing"):
        intake.erase_report(report.pk, why="  ", by=kabid, at=NOW)
    with refused("accounts.not_permitted"):
        intake.erase_report(report.pk, why="Ya", by=analyst, at=NOW)
    with refused("accounts.outside_area"):
        intake.erase_report(report.pk, why="Ya", by=elsewhere, at=NOW)
    with refused("intake.report_unknown"):
        intake.erase_report(4711, why="Ya", by=kabid, at=NOW)


def test_a_report_is_erased_once() -> None:
    report, _, _ = sent()
    erased(report)
    kabid = budi()
    with refused("intake.report_erased"):
        intake.erase_report(report.pk, why="Lagi.", by=kabid, at=NOW)


def test_the_chain_tells_the_whole_life_of_a_report_and_none_of_its_words() -> None:
    report, _, _ = with_everything()
    erased(report)
    entries = AuditEntry.objects.all()
    assert {"report.received", "photo.received", "report.answered", "report.erased"} <= {
        e.action for e in entries
    }
    said = " ".join(f"{entry.reason} {entry.detail} {entry.subject} {entry.actor}" for entry in entries)
    assert [word for word in (*TELLING, "0812", "tanda") if word in said] == []


# --- legal hold ---


def test_a_hold_blocks_erasure_until_it_is_lifted() -> None:
    report, _, _ = sent()
    kabid = budi()
    intake.hold_report(report.pk, reason="Diminta penyidik, surat 12/X.", by=kabid, at=NOW)
    with refused("intake.report_held"):
        intake.erase_report(report.pk, why="Ya", by=kabid, at=NOW)
    assert carried_out(NOW + 400 * DAY)["raw_unverified_report"] == intake.keeping.Counted(erased=0, held=1)
    assert not gone(report)
    intake.release_hold(report.pk, reason="Perkara selesai.", by=kabid, at=NOW + 400 * DAY)
    carried_out(NOW + 401 * DAY)
    assert gone(report)


def test_a_hold_keeps_the_sealed_identity_too() -> None:
    two_holders()
    report, _ = receive_report(
        world.draft(area=world.VILLAGE), sender=Sender.public(), desk=None, at=NOW, contact=CONTACT
    )
    kabid = budi()
    intake.hold_report(report.pk, reason="Diminta penyidik.", by=kabid, at=NOW)
    intake.purge_identities(at=NOW + 200 * DAY)
    assert SealedIdentity.objects.count() == 1
    intake.release_hold(report.pk, reason="Selesai.", by=kabid, at=NOW + 200 * DAY)
    intake.purge_identities(at=NOW + 201 * DAY)
    assert SealedIdentity.objects.count() == 0


def test_a_hold_needs_a_reason_is_placed_once_and_lifted_once() -> None:
    report, _, _ = sent()
    kabid, analyst = budi(), world.ratna()
    with refused("intake.hold_reason_missing"):
        intake.hold_report(report.pk, reason="", by=kabid, at=NOW)
    with refused("intake.report_not_held"):
        intake.release_hold(report.pk, reason="Ya", by=kabid, at=NOW)
    with refused("accounts.not_permitted"):
        intake.hold_report(report.pk, reason="Ya", by=analyst, at=NOW)
    intake.hold_report(report.pk, reason="Ya", by=kabid, at=NOW)
    with refused("intake.report_held"):
        intake.hold_report(report.pk, reason="Lagi", by=kabid, at=NOW)
    with refused("intake.hold_reason_missing"):
        intake.release_hold(report.pk, reason=" ", by=kabid, at=NOW)
    hold = intake.release_hold(report.pk, reason="Selesai", by=kabid, at=NOW + DAY)
    assert (hold.placed_by, hold.lifted_by, hold.lifted_at) == (kabid.audit_name, kabid.audit_name, NOW + DAY)


def test_an_erased_report_cannot_be_held() -> None:
    report, _, _ = sent()
    erased(report)
    kabid = budi()
    with refused("intake.report_erased"):
        intake.hold_report(report.pk, reason="Ya", by=kabid, at=NOW)


# --- the periods of the policy ---


def period(rule: str) -> timedelta:
    return timedelta(days=policy_on(NOW.date()).retention[rule].days)


def ended_by(report: Report, rule: str, *, from_: datetime) -> bool:
    """Whether the rule leaves the report alone until the last moment of its period, and ends it then."""
    carried_out(from_ + period(rule) - timedelta(seconds=1))
    before = gone(report)
    counts = carried_out(from_ + period(rule))
    return not before and gone(report) and counts[rule].erased == 1


def test_a_report_that_nothing_confirms_goes_after_its_period() -> None:
    report, _, _ = sent()
    assert ended_by(report, "raw_unverified_report", from_=NOW)
    assert (
        Report.rows.get(pk=report.pk).erased_why
        == "masa simpan berakhir: Laporan mentah yang belum diverifikasi"
    )


def test_a_report_of_an_unverified_event_goes_like_any_other() -> None:
    report, _, _ = sent()
    world.event(reports=(report.pk,))
    assert ended_by(report, "raw_unverified_report", from_=NOW)


@pytest.mark.parametrize("outcome", ["spam", "out_of_scope"])
def test_a_declined_report_goes_thirty_days_after_the_decision(outcome: str) -> None:
    report, _, _ = sent()
    decided_at = NOW + 5 * DAY
    intake.triage_report(report.pk, outcome=outcome, by=world.ratna(), at=decided_at, reason="Bukan laporan.")
    assert ended_by(report, "declined_report", from_=decided_at)
    assert Report.rows.get(pk=report.pk).triage_reason == ""


def test_a_declined_report_taken_out_of_the_archive_follows_the_longer_rule() -> None:
    report, _, _ = sent()
    intake.triage_report(report.pk, outcome="spam", by=world.ratna(), at=NOW, reason="Bukan laporan.")
    intake.reopen_report(report.pk, by=world.ratna(), at=NOW + DAY, reason="Keliru.")
    assert ended_by(report, "raw_unverified_report", from_=NOW)


def test_a_report_of_a_confirmed_event_stays_with_it() -> None:
    report, _, _ = sent()
    world.event(reports=(report.pk,), verdict="verified")
    carried_out(NOW + 1000 * DAY)
    assert not gone(report)


def test_a_report_goes_with_the_period_of_its_confirmed_event_after_the_closing() -> None:
    report, _, _ = sent()
    event = world.event(reports=(report.pk,), verdict="verified")
    Event.rows.filter(pk=event.pk).update(state=EventState.CLOSED)
    closed_at = event.revisions.order_by("-recorded_at")[0].recorded_at
    assert ended_by(report, "confirmed_event", from_=closed_at)


def test_a_refuted_report_goes_thirty_days_after_the_verdict() -> None:
    report, _, _ = sent()
    world.event(reports=(report.pk,), verdict="refuted", at=NOW + 70 * DAY)
    # The ninety days of the plain report pass in between: the verdict's own period counts.
    assert ended_by(report, "disproved_report", from_=NOW + 70 * DAY)


def test_one_refuted_event_ends_nothing_while_another_is_open() -> None:
    report, _, _ = sent()
    world.event(reports=(report.pk,), verdict="refuted")
    EventReport.objects.create(event=world.event(), report=report)
    carried_out(NOW + 60 * DAY)
    assert not gone(report)


def test_a_merged_event_stands_for_what_it_became() -> None:
    report, _, _ = sent()
    merged, into = world.event(reports=(report.pk,)), world.event(verdict="verified")
    Event.rows.filter(pk=merged.pk).update(merged_into=into.pk)
    carried_out(NOW + 400 * DAY)
    assert not gone(report)


def test_an_event_that_was_undone_keeps_nothing() -> None:
    report, _, _ = sent()
    event = world.event(reports=(report.pk,), verdict="verified")
    Event.rows.filter(pk=event.pk).update(undone_at=NOW)
    assert ended_by(report, "raw_unverified_report", from_=NOW)


def test_a_withdrawn_report_goes_at_the_next_run() -> None:
    report, _, _ = sent()
    intake.withdraw_report(report, at=NOW)
    assert carried_out(NOW + DAY)["withdrawn_report"].erased == 1
    assert Report.rows.get(pk=report.pk).erased_why == "ditarik oleh pelapornya"


def test_a_nil_report_stays_and_forgets_who_sent_it() -> None:
    wiryo = people.actor(people.fkdm())
    nil = intake.send_nil(wiryo, area=world.VILLAGE, client_id=uuid4(), at=NOW)
    assert nil.source
    carried_out(NOW + 89 * DAY)
    assert NilReport.rows.get().source
    carried_out(NOW + 90 * DAY)
    row = NilReport.rows.get()
    assert (row.source, row.own_tag, row.area) == ("", "", world.VILLAGE)


# --- the proof ---


def test_each_run_leaves_its_counts_and_one_entry_in_the_chain() -> None:
    held, _, _ = sent("Satu.")
    sent("Dua.")
    sent("Tiga.", at=NOW + 80 * DAY)
    intake.hold_report(held.pk, reason="Perkara.", by=budi(), at=NOW)
    carried_out(NOW + 100 * DAY)
    run = RetentionRun.objects.get()
    assert run.counts["raw_unverified_report"] == {"erased": 1, "held": 1}
    assert (run.ran_at, run.policy_version) == (NOW + 100 * DAY, policy_on(NOW.date()).version)
    entry = AuditEntry.objects.get(action="retention.carried_out")
    assert (entry.actor, entry.detail) == ("sistem:retensi", run.counts)


def test_a_run_with_nothing_to_do_is_proof_too() -> None:
    carried_out(NOW)
    assert set(RetentionRun.objects.get().counts) == {*retention.RULES, "nil_source"}


def test_a_run_that_was_cut_off_is_finished_by_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    reports = [sent(f"Nomor {number}.")[0] for number in range(5)]
    monkeypatch.setattr(intake.keeping, "AT_ONCE", 2)
    real, calls = intake.keeping._erase_some, iter(range(10))

    def dies_in_the_second_piece(*args: Any, **values: Any) -> Any:
        if next(calls) == 1:
            raise RuntimeError("power cut")
        return real(*args, **values)

    monkeypatch.setattr(intake.keeping, "_erase_some", dies_in_the_second_piece)
    with pytest.raises(RuntimeError):
        carried_out(NOW + 100 * DAY)
    assert sum(map(gone, reports)) == 2
    carried_out(NOW + 101 * DAY)
    assert all(map(gone, reports))


def test_orphans_go_after_a_day_and_files_with_a_row_stay(media: Path) -> None:
    report, _, _ = sent()
    photo = intake.receive_photo(report, client_id=uuid4(), content=photo_files.photo(), at=NOW)
    orphan = intake.keeping.stored_files.keep(b"tanpa baris", context="x")
    for name in (photo.original, orphan):
        os.utime(media / name[:2] / name, (0, 0))
    assert retention.remove_orphans(now=NOW) == 1
    assert (media / photo.original[:2] / photo.original).exists()


# --- the decision alone ---

PERIODS = retention.Periods(30 * DAY, 30 * DAY, 90 * DAY, 1826 * DAY)
OPEN, TRUE = retention.Behind(confirmed=False), retention.Behind(confirmed=True)
FALSE = retention.Behind(confirmed=False, refuted_at=NOW + 100 * DAY)
OVER = replace(TRUE, closed_at=NOW + 200 * DAY)


@pytest.mark.parametrize(
    ("behind", "withdrawn", "rule", "after"),
    [
        ([], False, "raw_unverified_report", 90 * DAY),
        ([], True, "withdrawn_report", 0 * DAY),
        ([OPEN], False, "raw_unverified_report", 90 * DAY),
        ([OPEN], True, "withdrawn_report", 0 * DAY),
        ([TRUE], False, "confirmed_event", None),
        ([TRUE], True, "confirmed_event", None),
        ([TRUE, OPEN], False, "confirmed_event", None),
        ([TRUE, FALSE], False, "confirmed_event", None),
        ([OVER], False, "confirmed_event", 2026 * DAY),
        ([OVER, TRUE], False, "confirmed_event", None),
        ([OVER, replace(OVER, closed_at=NOW)], False, "confirmed_event", 2026 * DAY),
        ([FALSE], False, "disproved_report", 130 * DAY),
        ([FALSE, replace(FALSE, refuted_at=NOW)], False, "disproved_report", 130 * DAY),
        ([FALSE, OPEN], False, "raw_unverified_report", 90 * DAY),
    ],
)
def test_how_a_report_ends(
    behind: list[retention.Behind], withdrawn: bool, rule: str, after: timedelta | None
) -> None:
    found = retention.ending_of(behind, received_at=NOW, withdrawn=withdrawn, periods=PERIODS)
    assert found == retention.Ending(rule, NOW + after if after is not None else None)


def test_the_original_of_an_erased_report_cannot_be_opened() -> None:
    report = world.report()
    erased(report)
    with refused("intake.report_erased"):
        intake.open_raw_text(report.pk, by=world.ratna(), at=NOW, reason="Permintaan penyidik.")
