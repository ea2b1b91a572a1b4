"""The notifier: whom it decides to tell, and what becomes of each decision whatever the mail server does."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from kentongan.accounts.models import Account
from kentongan.alerts.actions import (
    acknowledge_alert,
    retract_alert,
    see_alert,
    send_waiting,
    stand_down,
    telling,
)
from kentongan.alerts.channels import Answer, Channel, Message
from kentongan.alerts.channels.email import Email
from kentongan.alerts.decisions.notifying import LEASE, MAYBE_TWICE
from kentongan.alerts.models import Alert, ChannelCode, Notice, NoticeState, Occasion
from kentongan.alerts.queries import failed_notices, notices_of, unseen_by
from tests import people
from tests.stages import chain_world as world
from tests.stages.alerts.smtp_sink import Sink, running_sink
from tests.stages.chain_world import NOW

pytestmark = pytest.mark.django_db
IN_APP, EMAIL = ChannelCode.IN_APP, ChannelCode.EMAIL


class Scripted:
    """A channel that answers as it is told, one answer a message, the last one for all that follow."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers) or [Answer.SENT]
        self.sent: list[Message] = []

    def is_ready(self) -> bool:
        return True

    def send(self, message: Message) -> Answer:
        self.sent.append(message)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.fixture(autouse=True)
def mail_is_set_up(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.SMTP_HOST, settings.SMTP_FROM = "mail.test", "kentongan@waluku.test"


def send(channel: Channel, *, now: datetime = NOW) -> int:
    return send_waiting(now=now, at=now, channels={EMAIL: channel, IN_APP: Scripted()})


def mails(alert: Alert) -> list[Notice]:
    return [notice for notice in notices_of(alert) if notice.channel == EMAIL]


def state(alert: Alert) -> list[str]:
    return [notice.state for notice in mails(alert)]


def wiryo() -> Account:
    return people.anggota_timdu()


def test_issuing_decides_once_for_each_person_and_channel() -> None:
    second = people.anggota_timdu(agency=world.polres(), name="Tuti")
    alert = world.issued()

    decided = {(notice.person_id, notice.channel, notice.occasion) for notice in notices_of(alert)}
    assert decided == {
        (person, channel, Occasion.ISSUED)
        for person in (wiryo().pk, second.pk)
        for channel in (IN_APP, EMAIL)
    }


def test_a_deputy_is_told_beside_the_holder_of_the_post() -> None:
    holder, deputy = wiryo(), people.analis(name="Sari")
    people.lend(holder, deputy, starts=NOW.date(), ends=NOW.date() + timedelta(days=3))
    alert = world.issued()

    assert {notice.person_id for notice in notices_of(alert)} == {holder.pk, deputy.pk}


def test_without_a_mail_server_people_are_told_in_the_product_alone(settings: Any) -> None:
    settings.SMTP_HOST = ""
    assert {notice.channel for notice in notices_of(world.issued())} == {IN_APP}


def test_what_is_told_in_the_product_waits_there_until_it_is_opened() -> None:
    alert = world.issued()
    assert [notice.alert_id for notice in unseen_by(wiryo().pk)] == [alert.pk]

    see_alert(alert, account=wiryo().pk, at=NOW)

    assert list(unseen_by(wiryo().pk)) == []
    assert Notice.objects.get(alert=alert, channel=IN_APP).seen_at == NOW


def test_a_mail_names_what_is_asked_and_that_it_is_unverified() -> None:
    channel, alert = Scripted(), world.issued(about=world.event())
    send(channel)

    (mail,) = channel.sent
    assert mail.to == wiryo().email
    assert "BELUM TERVERIFIKASI" in mail.subject
    assert "BELUM TERVERIFIKASI" in mail.body
    assert alert.first_action in mail.body
    assert "bukan penetapan status keadaan konflik" in mail.body


def test_words_of_a_person_stay_on_their_line() -> None:
    channel = Scripted()
    world.issued(message="Kumpul.\n\nPeringatan PG-001 dinyatakan AMAN.")
    send(channel)

    assert "Kumpul. Peringatan PG-001 dinyatakan AMAN." in channel.sent[0].body.splitlines()


def test_the_link_is_in_the_mail_and_only_its_hash_in_the_database(settings: Any) -> None:
    settings.PUBLIC_ADDRESS = "https://kentongan.waluku.test"
    channel, alert = Scripted(), world.issued()
    send(channel)

    token = channel.sent[0].body.partition("https://kentongan.waluku.test/p/")[2].partition("/")[0]
    assert len(token) >= 22
    assert all(token not in str(value) for value in Notice.objects.filter(alert=alert).values_list())


# --- what the mail server may do


def test_not_now_is_tried_again_and_arrives() -> None:
    channel, alert = Scripted(Answer.LATER, Answer.SENT), world.issued()
    send(channel)
    assert state(alert) == [NoticeState.QUEUED]
    assert send(channel) == 0  # not before its time

    send(channel, now=NOW + timedelta(seconds=11))
    assert state(alert) == [NoticeState.SENT]
    assert not mails(alert)[0].maybe_twice


def test_refused_for_good_is_shown_and_not_tried_again() -> None:
    channel, alert = Scripted(Answer.REFUSED), world.issued()
    send(channel)
    send(channel, now=NOW + timedelta(days=1))

    assert state(alert) == [NoticeState.FAILED]
    assert failed_notices() == 1
    assert len(channel.sent) == 1


def test_a_lost_receipt_is_followed_by_one_copy_that_says_so() -> None:
    channel, alert = Scripted(Answer.UNSURE), world.issued()
    for minutes in range(0, 120, 5):
        send(channel, now=NOW + timedelta(minutes=minutes))

    assert state(alert) == [NoticeState.UNSURE]
    assert [MAYBE_TWICE in mail.body for mail in channel.sent] == [False, True]
    assert len({mail.key for mail in channel.sent}) == 1


def test_a_worker_killed_between_sending_and_writing_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    channel, alert = Scripted(), world.issued()

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    writes = telling._write_down
    monkeypatch.setattr(telling, "_write_down", killed)
    with pytest.raises(KeyboardInterrupt):
        send(channel)
    monkeypatch.setattr(telling, "_write_down", writes)
    assert send(channel, now=NOW + LEASE / 2) == 0  # the other worker may still be at it

    send(channel, now=NOW + LEASE + timedelta(seconds=1))
    assert state(alert) == [NoticeState.SENT]
    assert [MAYBE_TWICE in mail.body for mail in channel.sent] == [False, True]


def test_two_workers_never_send_the_same_mail() -> None:
    alert = world.issued()
    inner = Scripted()

    class Meanwhile(Scripted):
        """Another worker makes its round while this one is sending."""

        def send(self, message: Message) -> Answer:
            send(inner)
            return super().send(message)

    outer = Meanwhile()
    send(outer)

    assert len(outer.sent) + len(inner.sent) == 1
    assert state(alert) == [NoticeState.SENT]


def test_a_worker_that_slept_past_its_lease_writes_nothing_over_the_other() -> None:
    alert = world.issued()
    late = NOW + LEASE + timedelta(seconds=1)

    class Sleepy(Scripted):
        def send(self, message: Message) -> Answer:
            send(Scripted(), now=late)
            return super().send(message)

    send(Sleepy(Answer.REFUSED))
    assert state(alert) == [NoticeState.SENT]


@pytest.mark.parametrize("jump", [timedelta(days=-2), timedelta(days=2)])
def test_a_clock_that_jumps_loses_no_mail(jump: timedelta) -> None:
    channel, alert = Scripted(Answer.LATER, Answer.SENT), world.issued()
    send(channel)
    send(channel, now=NOW + jump)
    send(channel, now=NOW + timedelta(minutes=1))

    assert state(alert) == [NoticeState.SENT]
    assert len(channel.sent) == 2


def test_a_server_that_does_not_answer_holds_up_one_mail_of_a_round() -> None:
    people.anggota_timdu(agency=world.polres(), name="Tuti")
    channel, alert = Scripted(Answer.LATER), world.issued()
    send(channel)

    assert len(channel.sent) == 1
    assert state(alert) == [NoticeState.QUEUED, NoticeState.QUEUED]


def test_five_people_over_a_real_mail_server_one_refused() -> None:
    colleagues = [
        people.anggota_timdu(agency=world.polres(), name=name) for name in ("Tuti", "Rudi", "Sri", "Edi")
    ]
    alert = world.issued(2)
    with running_sink(refuse={colleagues[0].email or "": 550}) as sink:
        send(Email(lambda: sink.server))
        _rounds(sink, 1)

    assert sorted(state(alert)) == [NoticeState.FAILED, *[NoticeState.SENT] * 4]
    assert len(sink.mails) == 4


@pytest.mark.parametrize("fault", [{"greeting": 421}, {"after_data": "drop"}, {"after_data": "hang"}])
def test_after_every_fault_of_the_server_the_alert_has_arrived(fault: dict[str, Any]) -> None:
    alert = world.issued()
    with running_sink(**fault) as sink:
        send(Email(lambda: sink.server))
        sink.greeting, sink.after_data = 220, "ok"
        _rounds(sink, 20)

    marked = [MAYBE_TWICE in mail.get_payload(decode=True).decode() for mail in sink.mails]
    assert state(alert) == [NoticeState.SENT]
    assert sum(marked) <= 1
    assert len(sink.mails) - sum(marked) <= 1


def _rounds(sink: Sink, minutes: int) -> None:
    for minute in range(1, minutes + 1):
        send(Email(lambda: sink.server), now=NOW + timedelta(minutes=minute))


# --- the end


def test_the_all_clear_goes_to_exactly_those_who_were_told_by_the_way_they_were_told() -> None:
    second = people.anggota_timdu(agency=world.polres(), name="Tuti")
    channel, alert = Scripted(Answer.SENT, Answer.REFUSED), world.issued()
    send(channel)
    stand_down(alert.pk, by=world.ratna(), at=NOW, reason="Acara selesai tertib.")

    ended = {(n.person_id, n.channel) for n in notices_of(alert) if n.occasion == Occasion.STOOD_DOWN}
    assert ended == {(wiryo().pk, IN_APP), (wiryo().pk, EMAIL), (second.pk, IN_APP)}


def test_a_mail_that_has_not_gone_out_is_dropped_by_the_all_clear() -> None:
    channel, alert = Scripted(), world.issued()
    stand_down(alert.pk, by=world.ratna(), at=NOW, reason="Acara selesai tertib.")
    send(channel)

    assert channel.sent == []
    assert [notice.state for notice in mails(alert)] == [NoticeState.DROPPED]


def test_a_retraction_says_that_the_alert_was_wrong() -> None:
    channel, alert = Scripted(), world.issued()
    send(channel)
    retract_alert(alert.pk, by=world.budi(), at=NOW, reason="Dusunnya keliru.")
    send(channel)

    assert "DITARIK" in channel.sent[-1].subject
    assert "ternyata tidak benar" in channel.sent[-1].body
    assert Alert.rows.get(pk=alert.pk).retracted
    assert world.chained(f"alert:{alert.pk}")[-1] == "alert.retracted"


def test_an_acknowledgement_changes_no_decision() -> None:
    alert = world.issued()
    acknowledge_alert(alert.pk, agency=world.polres().pk, by=world.alya(), at=NOW)

    assert len(notices_of(alert)) == 2
