"""Words for the sentence that a second decider reads: a name instead of `akun:12`, the hours of the place itself."""

from __future__ import annotations

from kentongan.accounts.models import Account
from kentongan.intake.models import Report
from kentongan.places.queries import time_zone_of

USUAL_ZONE = "Asia/Jakarta"


def name_of(audit_name: str) -> str:
    """The name of the account that decided; a part of the system by its own name."""
    kind, _colon, number = audit_name.partition(":")
    if kind != "akun" or not number.isdigit():
        return number or audit_name or "–"
    return Account.objects.filter(pk=int(number)).values_list("name", flat=True).first() or audit_name


def zone_of(report: Report) -> str:
    """The time zone at the report's place; Jakarta's where there is no place."""
    return time_zone_of(report.area).key if report.area is not None else USUAL_ZONE
