"""What goes on around a report: who works on it, what was asked back and answered, where it was referred."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kentongan.accounts.models import Account
from kentongan.edge.sealed_fields import SealedTextField
from kentongan.intake.models.reports import Report


class ReportPresence(models.Model):
    """Who has a report open to decide it, so that two people do not do the same work.

    A passing state like a session: it runs out by itself, leaves no audit entry and decides nothing.
    """

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="presence")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
    seen_at = models.DateTimeField()


class ReportMessage(models.Model):
    """One message between the desk and the reporter behind a pseudonym or a receipt; the reporter pulls, none is pushed.

    `text_masked` is shown to both sides; what a reporter wrote is also kept sealed as it came. `written_by` is an
    account for the desk and the report's own source for the reporter.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="messages")
    client_id = models.UUIDField(unique=True)
    from_reporter = models.BooleanField()
    text_masked = models.TextField()
    raw_sealed = SealedTextField(null=True)  # type: ignore[misc]  # none for the desk
    written_by = models.CharField(max_length=120)
    written_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(from_reporter=True, raw_sealed__isnull=False)
                | Q(from_reporter=False, raw_sealed__isnull=True),
                name="message_of_reporter_is_sealed",
            ),
            models.CheckConstraint(condition=~Q(text_masked=""), name="message_says_something"),
        ]


class Referral(models.Model):
    """A matter handed to the body it belongs to: receiver, time and number, nothing more of the content."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="referrals")
    target = models.CharField(max_length=30)
    reference = models.CharField(max_length=60, blank=True, default="")
    referred_by = models.CharField(max_length=80)
    referred_at = models.DateTimeField()
