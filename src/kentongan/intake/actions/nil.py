""" "Aman, tidak ada kejadian": one tap that says somebody looked. Worth as much as any report, and never silence."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from kentongan.accounts.access import require
from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.audit import actions as audit
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action
from kentongan.intake.actions.receiving import Sender
from kentongan.intake.actions.storing import kept_until
from kentongan.intake.models import NilReport
from kentongan.places.keys import Level, RegionRange, key_at, level_of_key
from kentongan.places.queries import region_by_key, region_label, time_zone_of
from kentongan.policy import policy_on
from kentongan.vault import actions as vault

BY_TELEPHONE = "petugas"


@action
def send_nil(by: Actor, *, area: int, client_id: UUID, at: datetime) -> NilReport:
    """Store a nil for a desa or kecamatan of the sender's own, from the nil before it until today; once per client id.

    From the field it stands under the source number, like a report. A desk that heard it by telephone writes it as
    `petugas` and stands in the chain with its own name: it is no reporter. An open question about that area is answered
    by it, because whether a question is open is computed from what came in since.
    """
    require(by, Permission.REPORT_SEND)
    region_by_key(area)
    if level_of_key(area) < Level.DISTRICT:
        raise Problem("intake.nil_too_wide", area=region_label(area))
    if not any(part.contains(area) for part in _own(by)):
        raise Problem("intake.nil_outside", area=region_label(area))
    today = at.astimezone(time_zone_of(area)).date()
    sender = _sender(by, area=area, client_id=client_id, at=at)
    nil, is_new = NilReport.objects.for_action().get_or_create(
        client_id=client_id,
        defaults={
            "area": area,
            "covers_from": _first_day(area, today=today),
            "covers_to": today,
            "source": sender.source,
            "own_tag": sender.own_tag,
            "received_at": at,
        },
    )
    if nil.area != area:
        raise Problem("intake.nil_id_used", area=region_label(area))
    if is_new:
        audit.record("nil.received", actor=sender.audit_name, at=at, area=area, subject=f"nil:{nil.pk}")
    stored: NilReport = nil
    return stored


def _own(by: Actor) -> list[RegionRange]:
    """The areas of the posts that may send: what lies elsewhere nobody can say "aman" about."""
    return [part for post in by.posts if Permission.REPORT_SEND in post.role.permissions for part in post.own]


def _sender(by: Actor, *, area: int, client_id: UUID, at: datetime) -> Sender:
    if any(post.may(Permission.REPORT_TRIAGE, area) for post in by.posts):
        return Sender(BY_TELEPHONE, by.audit_name)
    pseudonym = vault.pseudonym_for(
        by.account_id, key_at(area, Level.REGENCY), on=at.date(), keep_until=kept_until(at)
    )
    return Sender(pseudonym, pseudonym, vault.own_report_tag(by.account_id, str(client_id)))


def _first_day(area: int, *, today: date) -> date:
    """The day after which nobody has spoken for the area: the last nil's, at most one rhythm of the policy back.

    Reports do not shorten it: the day of one that this sender may not know of would show.
    """
    level = "village" if level_of_key(area) == Level.VILLAGE else "district"
    furthest = today - timedelta(days=int(policy_on(today).thresholds[f"rhythm_days_{level}"]))
    last = (
        NilReport.objects.for_action().filter(area=area, covers_to__lte=today).order_by("-covers_to").first()
    )
    return max(furthest, last.covers_to) if last is not None else furthest
