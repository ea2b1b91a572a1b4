"""Asking back and answering: masked on both sides, sealed for the reporter's, once per client id, no name anywhere."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from kentongan.audit.models import AuditEntry
from kentongan.edge.problems import Problem
from kentongan.intake.actions import Sender, answer_desk, ask_reporter, receive_report, reporter
from kentongan.intake.actions.messages import message_context
from kentongan.intake.models import Report, ReportMessage
from kentongan.intake.queries import messages_of
from tests import people
from tests.stages import chain_world as world
from tests.stages.chain_world import HOUR, NOW, refused

pytestmark = pytest.mark.django_db


def ask(
    report: Report, text: str = "Kapan terakhir terlihat?", client_id: UUID | None = None
) -> ReportMessage:
    return ask_reporter(report.pk, text=text, client_id=client_id or uuid4(), by=world.ratna(), at=NOW)


def test_a_question_and_its_answer_stand_in_order_under_the_report() -> None:
    report = world.report()
    ask(report)
    answer_desk(report, text="Tadi pukul tujuh.", client_id=uuid4(), at=NOW + HOUR)
    assert [(row.from_reporter, row.text_masked) for row in messages_of(report)] == [
        (False, "Kapan terakhir terlihat?"),
        (True, "Tadi pukul tujuh."),
    ]
    assert world.chained(f"report:{report.pk}") == ["report.received", "report.asked", "report.answered"]


def test_both_sides_are_masked_and_only_the_answer_keeps_a_sealed_original() -> None:
    report = world.report()
    asked = ask(report, "Hubungi 081234567890")
    answered = answer_desk(report, text="Nomor saya 081999000111", client_id=uuid4(), at=NOW)
    assert (asked.text_masked, answered.text_masked) == ("Hubungi [telepon]", "Nomor saya [telepon]")
    kept = ReportMessage.objects.get(pk=answered.pk)
    assert kept.raw_sealed.open(context=message_context(kept.client_id)) == "Nomor saya 081999000111"
    assert ReportMessage.objects.get(pk=asked.pk).raw_sealed is None


def test_the_same_client_id_is_one_message_and_one_entry() -> None:
    report, client_id = world.report(), uuid4()
    assert ask(report, client_id=client_id).pk == ask(report, client_id=client_id).pk
    answer_id = uuid4()
    first, again = (answer_desk(report, text="Ya.", client_id=answer_id, at=NOW) for _ in range(2))
    assert first.pk == again.pk
    assert AuditEntry.objects.filter(subject=f"report:{report.pk}").count() == 3


def test_a_client_id_used_for_other_words_or_another_report_is_refused() -> None:
    report, other, client_id = world.report(), world.report("Lain"), uuid4()
    ask(report, client_id=client_id)
    for target, text in ((report, "Di mana?"), (other, "Kapan terakhir terlihat?")):
        with refused("intake.message_id_used"):
            ask(target, text, client_id)
    with refused("intake.message_id_used"):
        answer_desk(report, text="Kapan terakhir terlihat?", client_id=client_id, at=NOW)


@pytest.mark.parametrize("text", ["", "  \n", "\u200b\u200b"])
def test_an_empty_message_is_sent_back(text: str) -> None:
    report = world.report()
    with refused("intake.message_empty"):
        ask(report, text)


def test_a_message_has_at_most_two_thousand_characters() -> None:
    report = world.report()
    assert ask(report, "a" * 2_000).pk
    with refused("intake.message_too_long"):
        answer_desk(report, text="a" * 2_001, client_id=uuid4(), at=NOW)


@pytest.mark.parametrize("text", ["a\x00b", "\ud800 ya", "\u202eterbalik"])
def test_strange_characters_are_stored_as_far_as_a_database_can(text: str) -> None:
    report = world.report()
    answer_desk(report, text=text, client_id=uuid4(), at=NOW)
    assert ReportMessage.objects.get().text_masked


@pytest.mark.parametrize("channel", ["article", "mail", "sheet"])
def test_an_article_a_mail_and_a_row_of_a_file_have_nobody_to_ask(channel: str) -> None:
    report = world.report()
    Report.rows.filter(pk=report.pk).update(channel=channel)
    with refused("intake.nobody_to_ask"):
        ask(report)
    with refused("intake.nobody_to_ask"):
        answer_desk(report, text="Ya.", client_id=uuid4(), at=NOW)


def test_the_answer_from_an_account_carries_its_source_number_and_nothing_else() -> None:
    wiryo = people.actor(people.fkdm())
    sent = world.draft(area=world.VILLAGE)
    report, _ = receive_report(
        sent, sender=reporter(wiryo, sent, area=world.VILLAGE, at=NOW), desk=None, at=NOW
    )
    message = answer_desk(report, text="Masih berkumpul.", client_id=uuid4(), at=NOW)
    assert message.written_by == report.source
    entry = AuditEntry.objects.get(action="report.answered")
    assert (entry.actor, entry.detail, entry.reason) == (report.source, {}, "")


def test_the_words_of_a_message_never_stand_in_the_chain() -> None:
    report = world.report()
    ask(report, "Apakah pagar balai rusak?")
    answer_desk(report, text="Ya, pagar balai rusak.", client_id=uuid4(), at=NOW)
    for entry in AuditEntry.objects.all():
        assert "pagar" not in f"{entry.detail} {entry.reason} {entry.subject}"


def test_only_the_desk_of_the_report_asks() -> None:
    report, surya = world.report(), world.stranger()
    with refused("accounts.outside_area"):
        ask_reporter(report.pk, text="Kapan?", client_id=uuid4(), by=surya, at=NOW)


def test_a_report_that_was_taken_back_is_not_answered() -> None:
    report, _ = receive_report(world.draft(area=world.VILLAGE), sender=Sender.public(), desk=None, at=NOW)
    Report.rows.filter(pk=report.pk).update(state="withdrawn")
    with pytest.raises(Problem) as caught:
        answer_desk(report, text="Ya.", client_id=uuid4(), at=NOW)
    assert caught.value.code == "intake.report_withdrawn"
