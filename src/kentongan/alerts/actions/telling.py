"""Deciding whom to tell, inside the action that gives the reason; and sending, outside of every transaction.

A decision is a row (`alerts.models.notice`), written together with what caused it: whatever happens afterwards, nobody
who must be told can be forgotten. Sending is claimed row by row, so that two workers never send the same one at once; a
try that was cut off comes back when its lease runs out, once, and then says that it may be a second copy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timezone
from types import MappingProxyType

from django.conf import settings
from django.db.models import F
from django.urls import reverse

from kentongan.accounts.models import Account
from kentongan.alerts.channels import Answer, Channel, Message
from kentongan.alerts.channels.email import Email
from kentongan.alerts.channels.in_app import InApp
from kentongan.alerts.decisions.notifying import LEASE, Told, after_answer, body_of, subject_of
from kentongan.alerts.links import link_tag, token_of
from kentongan.alerts.models import (
    ENDINGS,
    IN_FORCE,
    Alert,
    AlertRecipient,
    ChannelCode,
    Notice,
    NoticeState,
    Occasion,
)
from kentongan.alerts.queries.notice import told_by_channel, waiting_notices
from kentongan.edge.formats import local_time
from kentongan.edge.transactions import action, one_transaction
from kentongan.places.queries import region_label, time_zone_of
from kentongan.policy import policy_on

CHANNELS: Mapping[str, Channel] = MappingProxyType(
    {ChannelCode.IN_APP.value: InApp(), ChannelCode.EMAIL.value: Email()}
)
MOST_AT_ONCE = 50
AT_ONCE = datetime(2000, 1, 1, tzinfo=timezone.utc)  # a first try waits for nothing


def tell(
    recipient: AlertRecipient, people: Iterable[Account], *, occasion: Occasion, at: datetime
) -> list[Notice]:
    """Decide to tell these people, by every channel that reaches them; called inside the action that has the reason."""
    return [
        notice
        for person in people
        for channel in _channels_of(person)
        if (notice := _decide(recipient, person.pk, channel, occasion=occasion, at=at)) is not None
    ]


def tell_the_end(alert: Alert, *, occasion: Occasion, at: datetime) -> list[Notice]:
    """Tell exactly those who were told, each by the same channel; what nobody has received yet is not sent any more."""
    unsent = Notice.objects.filter(alert=alert, state=NoticeState.QUEUED).exclude(occasion__in=ENDINGS)
    unsent.update(state=NoticeState.DROPPED)
    recipients = {row.pk: row for row in alert.recipients.all()}
    decided = [
        _decide(recipients[recipient], person, channel, occasion=occasion, at=at)
        for recipient, person, channel in told_by_channel(alert)
    ]
    return [notice for notice in decided if notice is not None]


@action
def see_alert(alert: Alert, *, account: int, at: datetime) -> None:
    """The person opened the alert: what was told inside the product has been seen. The look itself is audited apart."""
    Notice.objects.filter(alert=alert, person_id=account, channel=ChannelCode.IN_APP, seen_at=None).update(
        seen_at=at
    )


def mail_is_ready() -> bool:
    """Whether this instance can tell anybody by e-mail."""
    return CHANNELS[ChannelCode.EMAIL].is_ready()


def send_waiting(
    *, now: datetime, at: datetime, channels: Mapping[str, Channel] = CHANNELS, most: int = MOST_AT_ONCE
) -> int:
    """Send what is due on the machine's clock `now`; `at` is the domain's moment that is written down. Returns how many.

    Where a channel says "not now", its other messages wait for the next round: a server that hangs holds up one try.
    """
    quiet: set[str] = set()
    sent = 0
    for number in waiting_notices(now, most=most):
        notice = _claim(number, now=now, quiet=quiet)
        if notice is None:
            continue
        answer = channels[notice.channel].send(_message(notice))
        if answer is Answer.LATER:
            quiet.add(notice.channel)
        _write_down(notice, answer, now=now, at=at)
        sent += 1
    return sent


def _channels_of(person: Account) -> list[str]:
    """In the product always; by e-mail where the person has an address and the office a mail server."""
    mail = bool(person.email) and mail_is_ready()
    return [ChannelCode.IN_APP.value, *([ChannelCode.EMAIL.value] if mail else [])]


def _decide(
    recipient: AlertRecipient, person: int, channel: str, *, occasion: Occasion, at: datetime
) -> Notice | None:
    """The row of one decision; None where it was taken before. What is read in the product is delivered with it."""
    inside = channel == ChannelCode.IN_APP
    fresh = {
        "recipient": recipient,
        "decided_at": at,
        "due": AT_ONCE,
        "state": NoticeState.SENT if inside else NoticeState.QUEUED,
        "sent_at": at if inside else None,
    }
    key = {"alert_id": recipient.alert_id, "person_id": person, "occasion": occasion, "channel": channel}
    notice, is_new = Notice.objects.get_or_create(**key, defaults=fresh)
    if is_new and not inside:
        notice.link_tag = link_tag(settings.RECEIPT_KEY, token_of(settings.RECEIPT_KEY, notice.pk))
        notice.save(update_fields=["link_tag"])
    return notice if is_new else None


def _claim(number: int, *, now: datetime, quiet: set[str]) -> Notice | None:
    """Take one notice for ourselves; None where another worker has it, or its channel does not answer in this round."""
    with one_transaction():
        mine = Notice.objects.select_for_update().filter(pk=number).exclude(channel__in=quiet)
        notice = mine.select_related("alert__owner", "person").first()
        if notice is None or not _may_be_taken(notice, now=now):
            return None
        # Still marked as being sent, though its lease is over: that try was cut off, and may have gone out.
        notice.maybe_twice = notice.maybe_twice or notice.state == NoticeState.SENDING
        notice.state, notice.leased_until = NoticeState.SENDING, now + LEASE
        notice.tries = F("tries") + 1  # an expression until it is read back
        notice.save(update_fields=["maybe_twice", "state", "leased_until", "tries"])
        notice.refresh_from_db(fields=["tries"])
    return notice


def _may_be_taken(notice: Notice, *, now: datetime) -> bool:
    if notice.state == NoticeState.QUEUED:
        return notice.due <= now
    lease = notice.leased_until
    return notice.state == NoticeState.SENDING and lease is not None and lease < now


def _write_down(notice: Notice, answer: Answer, *, now: datetime, at: datetime) -> None:
    step = after_answer(answer, tries=notice.tries, maybe_twice=notice.maybe_twice)
    told = step.state in {NoticeState.SENT, NoticeState.UNSURE}
    changes = {
        "state": step.state,
        "leased_until": None,
        "sent_at": at if told else None,
        "due": now + step.again if step.again else notice.due,
        "maybe_twice": notice.maybe_twice or answer is Answer.UNSURE,
    }
    with one_transaction():
        # Only while the try is still ours: a worker that slept past its lease has nothing to say any more.
        Notice.objects.filter(pk=notice.pk, state=NoticeState.SENDING, tries=notice.tries).update(**changes)


def _message(notice: Notice) -> Message:
    alert = notice.alert
    told = Told(
        number=alert.number,
        level=policy_on(alert.proposed_at.date()).alert_level(alert.level).label.id,
        occasion=notice.occasion,
        message=_line(alert.message),
        place=region_label(alert.area),
        first_action=_line(alert.first_action),
        owner=_line(alert.owner.short_name),
        until=local_time(alert.expires_at, time_zone_of(alert.area).key),
        unverified=not alert.event.is_confirmed,
        maybe_twice=notice.maybe_twice,
        link=_link(notice),
    )
    return Message(
        key=f"kentongan-notice-{notice.pk}",
        to=notice.person.email or "",
        subject=subject_of(told),
        body=body_of(told),
    )


def _line(words: str) -> str:
    """What a person wrote stays on its line: no second line of it can look like ours."""
    return " ".join(words.split())


def _link(notice: Notice) -> str:
    """The address that answers for this person; none without a public address, and none once the alert has ended."""
    if not settings.PUBLIC_ADDRESS or notice.alert.state not in IN_FORCE:
        return ""
    return settings.PUBLIC_ADDRESS + reverse("alert_link", args=[token_of(settings.RECEIPT_KEY, notice.pk)])
