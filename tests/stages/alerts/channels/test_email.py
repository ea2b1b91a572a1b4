"""One mail, one honest answer: sent, refused for good, not now, or nobody knows."""

from __future__ import annotations

import pytest

from kentongan.alerts.channels import Answer, Message
from kentongan.alerts.channels.email import Email, Server
from tests.stages.alerts.smtp_sink import Sink, running_sink

MAIL = Message(
    "kentongan-notice-7", "polres@contoh.test", "[Kentongan] SIAGA: PG-001", "Dua kelompok.\n.titik\n"
)


def send(sink: Sink, message: Message = MAIL) -> Answer:
    return Email(lambda: sink.server).send(message)


def test_a_mail_arrives_as_it_was_written() -> None:
    with running_sink() as sink:
        assert send(sink) is Answer.SENT

    (mail,) = sink.mails
    assert mail["Subject"] == "[Kentongan] SIAGA: PG-001"
    assert mail["Message-ID"] == "<kentongan-notice-7@waluku.test>"
    assert mail.get_payload().splitlines() == ["Dua kelompok.", ".titik"]


@pytest.mark.parametrize(
    ("code", "answer"), [(450, Answer.LATER), (451, Answer.LATER), (550, Answer.REFUSED)]
)
def test_a_turned_down_address_is_for_now_or_for_good(code: int, answer: Answer) -> None:
    with running_sink(refuse={MAIL.to: code}) as sink:
        assert send(sink) is answer
        assert sink.mails == []


def test_a_server_that_is_not_there_is_tried_later() -> None:
    assert Email(lambda: Server("127.0.0.1", 9, "none", "", "", "a@b.test", 0.3)).send(MAIL) is Answer.LATER


def test_a_server_that_is_closed_is_tried_later() -> None:
    with running_sink(greeting=421) as sink:
        assert send(sink) is Answer.LATER


@pytest.mark.parametrize("after", ["drop", "hang"])
def test_a_lost_receipt_leaves_it_open_whether_the_mail_went_out(after: str) -> None:
    with running_sink(after_data=after) as sink:
        assert send(sink) is Answer.UNSURE
        assert len(sink.mails) == 1


def test_no_line_break_in_a_subject_can_add_a_header() -> None:
    forged = Message("kentongan-notice-8", MAIL.to, "SIAGA\r\nBcc: semua@contoh.test", "isi\n")
    with running_sink() as sink:
        assert send(sink, forged) is Answer.SENT

    assert sink.mails[0]["Bcc"] is None
    assert sink.mails[0]["Subject"] == "SIAGA Bcc: semua@contoh.test"


def test_a_channel_without_host_or_sender_is_not_ready() -> None:
    assert not Email(lambda: Server("", 587, "none", "", "", "a@b.test", 1.0)).is_ready()
    assert not Email(lambda: Server("mail.test", 587, "none", "", "", "", 1.0)).is_ready()
    assert Email(lambda: Server("mail.test", 587, "none", "", "", "a@b.test", 1.0)).is_ready()
