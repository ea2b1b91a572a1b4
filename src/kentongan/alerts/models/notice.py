"""The notifier's decisions: one row for each person, alert, occasion and channel, and what became of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kentongan.accounts.models import Account
from kentongan.alerts.models.alert import Alert, AlertRecipient


class ChannelCode(models.TextChoices):
    IN_APP = "in_app", "di Kentongan"
    EMAIL = "email", "surel"


class Occasion(models.TextChoices):
    """Why a person is told. The rungs are those of the ladder (`policy/data/ladders.yaml`)."""

    ISSUED = "issued", "peringatan dikirim"
    RUNG_1 = "rung_1", "diulang"
    RUNG_2 = "rung_2", "naik tangga kedua"
    RUNG_3 = "rung_3", "naik tangga ketiga"
    HANDED_OVER = "handed_over", "diteruskan rekan"
    STOOD_DOWN = "stood_down", "dinyatakan aman"
    RETRACTED = "retracted", "ditarik"


RUNGS = (Occasion.RUNG_1, Occasion.RUNG_2, Occasion.RUNG_3)
ENDINGS = (Occasion.STOOD_DOWN, Occasion.RETRACTED)


class NoticeState(models.TextChoices):
    QUEUED = "queued", "menunggu kirim"
    SENDING = "sending", "sedang dikirim"
    SENT = "sent", "terkirim"
    UNSURE = "unsure", "mungkin terkirim"
    FAILED = "failed", "gagal"
    DROPPED = "dropped", "batal, peringatan sudah berakhir"


TOLD = (NoticeState.SENDING, NoticeState.SENT, NoticeState.UNSURE)


class Notice(models.Model):
    """One decision to tell one person by one channel. It holds no word of the alert and no word of a report."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="notices")
    recipient = models.ForeignKey(AlertRecipient, on_delete=models.CASCADE, related_name="notices")
    person = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    occasion = models.CharField(max_length=11, choices=Occasion.choices)
    channel = models.CharField(max_length=6, choices=ChannelCode.choices)
    state = models.CharField(max_length=7, choices=NoticeState.choices, default=NoticeState.QUEUED)
    decided_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    # On the machine's clock: when the next try is due, and until when the running one belongs to its worker.
    due = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    # A try was cut off before its end could be written down: the mail says that it may be a second copy.
    maybe_twice = models.BooleanField(default=False)
    # A keyed hash of the address that answers for this person alone; the address itself is stored nowhere.
    link_tag = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["alert", "person", "occasion", "channel"], name="notice_decided_once"
            ),
            models.UniqueConstraint(fields=["link_tag"], condition=~Q(link_tag=""), name="notice_link_once"),
            models.CheckConstraint(condition=Q(occasion__in=Occasion.values), name="notice_occasion_known"),
            models.CheckConstraint(condition=Q(channel__in=ChannelCode.values), name="notice_channel_known"),
            models.CheckConstraint(condition=Q(state__in=NoticeState.values), name="notice_state_known"),
            models.CheckConstraint(
                condition=Q(state="sending", leased_until__isnull=False)
                | (~Q(state="sending") & Q(leased_until=None)),
                name="notice_leased_while_sending",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["sent", "unsure"], sent_at__isnull=False)
                | (~Q(state__in=["sent", "unsure"]) & Q(sent_at=None)),
                name="notice_sent_has_a_moment",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "seen_at"], name="notice_unseen"),
            models.Index(fields=["due"], condition=Q(state__in=["queued", "sending"]), name="notice_due"),
        ]
