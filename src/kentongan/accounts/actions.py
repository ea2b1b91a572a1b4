"""The only writers of agencies, accounts, assignments and delegations.

Each action asks first (`require`, and the account or agency must lie in the actor's area), decides, writes,
and ends with one audit row of plain numbers: no name, address or telephone number ever enters the chain. `at`
is the moment for the chain; `today` is the calendar day on which rights begin and end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.db.models import Q

from kentongan.accounts import decisions, one_time
from kentongan.accounts.access import require
from kentongan.accounts.actors import Actor
from kentongan.accounts.decisions import NewPost
from kentongan.accounts.models import (
    Account,
    Agency,
    AgencyArea,
    AreaRelation,
    Assignment,
    Delegation,
    DelegationKind,
)
from kentongan.accounts.permissions import Permission
from kentongan.accounts.queries import roles_held
from kentongan.accounts.reach import (
    account_within,
    agency_within,
    assignment_known,
    check_agency_words,
    check_may_lend,
    check_not_doubled,
    check_open,
    check_other,
    check_working,
    free_contacts,
    known_language,
)
from kentongan.audit.actions import record
from kentongan.audit.chain import JsonValue
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action
from kentongan.places.queries import region_by_code


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What `create_account` hands back: the code is shown once and kept nowhere."""

    account_id: int
    code: str


# --- agencies -----------------------------------------------------------------------------------------------


@action
def create_agency(
    *,
    name: str,
    short_name: str,
    kind: str,
    own: Sequence[str],
    neighbours: Sequence[str] = (),
    by: Actor,
    at: datetime,
) -> Agency:
    """Open an agency with its jurisdiction: a set of regions, each named by its code."""
    require(by, Permission.AGENCY_WRITE)
    areas = _areas(own, neighbours, by=by)
    check_agency_words(name, short_name, kind)
    agency = Agency.objects.create(name=name.strip(), short_name=short_name.strip(), kind=kind)
    _write_areas(agency, areas)
    record(
        "agency.created",
        actor=by.audit_name, at=at, area=areas[0].region.key, subject=f"agency:{agency.pk}",
        detail=_area_codes(areas),
    )  # fmt: skip
    return agency


@action
def change_agency(
    agency_id: int, *, name: str, short_name: str, kind: str, by: Actor, at: datetime
) -> Agency:
    """Change what an agency is called."""
    agency = agency_within(agency_id, by=by, permission=Permission.AGENCY_WRITE)
    check_agency_words(name, short_name, kind, besides=agency.pk)
    agency.name, agency.short_name, agency.kind = name.strip(), short_name.strip(), kind
    agency.save(update_fields=["name", "short_name", "kind"])
    record(
        "agency.changed", actor=by.audit_name, at=at, area=_first_area(agency), subject=f"agency:{agency.pk}"
    )
    return agency


@action
def change_agency_areas(
    agency_id: int, *, own: Sequence[str], neighbours: Sequence[str] = (), by: Actor, at: datetime
) -> Agency:
    """Replace the jurisdiction; whoever holds a post there sees the new areas at once."""
    agency = agency_within(agency_id, by=by, permission=Permission.AGENCY_WRITE)
    areas = _areas(own, neighbours, by=by)
    before = _area_codes(list(agency.areas.select_related("region")))
    AgencyArea.objects.filter(agency=agency).delete()
    _write_areas(agency, areas)
    record(
        "agency.areas_changed",
        actor=by.audit_name, at=at, area=areas[0].region.key, subject=f"agency:{agency.pk}",
        detail={"before": before, "after": _area_codes(areas)},
    )  # fmt: skip
    return agency


@action
def close_agency(agency_id: int, *, reason: str, by: Actor, at: datetime) -> None:
    """Close an agency: its posts carry no right any more, its accounts and history stay."""
    agency = agency_within(agency_id, by=by, permission=Permission.AGENCY_WRITE)
    check_working(agency)
    why = decisions.check_reason(reason)
    Agency.objects.filter(pk=agency.pk).update(active=False)
    record(
        "agency.closed",
        actor=by.audit_name, at=at, area=_first_area(agency), subject=f"agency:{agency.pk}", reason=why,
    )  # fmt: skip


# --- accounts -----------------------------------------------------------------------------------------------


@action
def create_account(
    *,
    name: str,
    email: str = "",
    phone: str = "",
    language: str = "id",
    post: NewPost,
    by: Actor,
    at: datetime,
    today: date,
) -> NewAccount:
    """Open an account with its first post; the code signs in once and is then replaced by a password."""
    agency = agency_within(post.agency_id, by=by, permission=Permission.ACCOUNT_WRITE)
    check_working(agency)
    decisions.check_role(post.role)
    decisions.check_days(post.starts, post.ends)
    contacts = free_contacts(email, phone)
    if not name.strip():
        raise Problem("accounts.name_missing")
    code = one_time.new_code()
    account = Account.objects.create(
        name=name.strip()[:80], email=contacts[0], phone=contacts[1], language=known_language(language),
        password=one_time.hash_of(code), must_change_password=True, created_on=today,
    )  # fmt: skip
    _write_post(account, post)
    record(
        "account.created",
        actor=by.audit_name, at=at, area=_first_area(agency), subject=f"account:{account.pk}",
        detail={"agency": agency.pk, "role": post.role},
    )  # fmt: skip
    return NewAccount(account.pk, code)


@action
def assign_role(account_id: int, *, post: NewPost, by: Actor, at: datetime) -> Assignment:
    """Give an account one more post; never to oneself, never against the separation of duties."""
    account = account_within(account_id, by=by)
    agency = agency_within(post.agency_id, by=by, permission=Permission.ACCOUNT_WRITE)
    check_working(agency)
    check_open(account)
    check_other(account, by)
    decisions.check_days(post.starts, post.ends)
    decisions.check_together(roles_held(account.pk, starts=post.starts, ends=post.ends), post.role)
    check_not_doubled(account, agency, post)
    assignment = _write_post(account, post)
    record(
        "account.role_assigned",
        actor=by.audit_name, at=at, area=_first_area(agency), subject=f"account:{account.pk}",
        detail={"agency": agency.pk, "role": post.role, "assignment": assignment.pk},
    )  # fmt: skip
    return assignment


@action
def end_assignment(
    assignment_id: int, *, last_day: date, reason: str, by: Actor, at: datetime, today: date
) -> None:
    """Let a post end on a day; delegations of it end with it."""
    assignment = assignment_known(assignment_id)
    agency_within(assignment.agency_id, by=by, permission=Permission.ACCOUNT_WRITE)
    check_other(assignment.account, by)
    if assignment.valid_until is not None and assignment.valid_until < today:
        raise Problem("accounts.assignment_over", ends=assignment.valid_until.strftime("%d-%m-%Y"))
    decisions.check_days(assignment.valid_from, last_day)
    why = decisions.check_reason(reason)
    Assignment.objects.filter(pk=assignment.pk).update(valid_until=last_day)
    record(
        "account.role_ended",
        actor=by.audit_name, at=at, subject=f"account:{assignment.account_id}", reason=why,
        detail={"assignment": assignment.pk, "role": assignment.role, "last_day": last_day.isoformat()},
    )  # fmt: skip


@action
def deactivate_account(account_id: int, *, reason: str, by: Actor, at: datetime, today: date) -> None:
    """Close an account at once: it cannot sign in, open sessions end, its posts and delegations stop."""
    account = account_within(account_id, by=by)
    check_open(account)
    check_other(account, by)
    why = decisions.check_reason(reason)
    Account.objects.filter(pk=account.pk).update(is_active=False)
    still = Q(valid_until=None) | Q(valid_until__gt=today)
    Assignment.objects.filter(still, account=account, valid_from__lte=today).update(valid_until=today)
    Delegation.objects.filter(to_account=account, withdrawn_on=None, ends__gte=today).update(
        withdrawn_on=today
    )
    record("account.closed", actor=by.audit_name, at=at, subject=f"account:{account.pk}", reason=why)


@action
def reset_password(account_id: int, *, reason: str, by: Actor, at: datetime) -> str:
    """Replace a lost password by a new one-time code; every open session of the account ends."""
    account = account_within(account_id, by=by)
    check_open(account)
    check_other(account, by)
    why = decisions.check_reason(reason)
    code = one_time.new_code()
    Account.objects.filter(pk=account.pk).update(password=one_time.hash_of(code), must_change_password=True)
    record("account.password_reset", actor=by.audit_name, at=at, subject=f"account:{account.pk}", reason=why)
    return code


@action
def reset_second_factor(account_id: int, *, reason: str, by: Actor, at: datetime) -> None:
    """Remove a lost second factor, so that a new one is set up; never by the account itself."""
    account = account_within(account_id, by=by)
    check_open(account)
    check_other(account, by)
    why = decisions.check_reason(reason)
    Authenticator.objects.filter(user_id=account.pk).delete()
    record(
        "account.second_factor_reset", actor=by.audit_name, at=at, subject=f"account:{account.pk}", reason=why
    )


@action
def choose_language(account_id: int, *, language: str, at: datetime) -> None:
    """The person's own choice; the pages and refusals follow it after the next log-in."""
    Account.objects.filter(pk=account_id).update(language=known_language(language))
    record(
        "account.language_chosen", actor=f"akun:{account_id}", at=_day_of(at), subject=f"account:{account_id}"
    )


@action
def set_own_password(account: Account, password: str, *, at: datetime) -> None:
    """The person's own password, after the one-time code or in its place."""
    account.set_password(password)
    account.must_change_password = False
    account.save(update_fields=["password", "must_change_password"])
    record(
        "account.password_set", actor=f"akun:{account.pk}", at=_day_of(at), subject=f"account:{account.pk}"
    )


# --- delegation ---------------------------------------------------------------------------------------------


@action
def delegate(
    assignment_id: int,
    *,
    to_account_id: int,
    kind: str,
    starts: date,
    ends: date,
    reason: str,
    by: Actor,
    at: datetime,
    today: date,
) -> Delegation:
    """Lend a post to another person (Plh./Plt.) from a day to a day; it ends by itself."""
    require(by, Permission.ACCOUNT_DELEGATE)
    assignment = assignment_known(assignment_id)
    check_may_lend(assignment, by)
    deputy = account_within(to_account_id, by=by, permission=Permission.ACCOUNT_DELEGATE)
    check_open(deputy)
    if deputy.pk in {assignment.account_id, by.account_id}:
        raise Problem("accounts.delegation_to_self", name=deputy.name)
    if kind not in DelegationKind.values:
        raise Problem("accounts.delegation_kind_unknown", value=kind)
    decisions.check_delegation_days(starts, ends, today=today)
    decisions.check_within_post(starts, ends, first=assignment.valid_from, last=assignment.valid_until)
    decisions.check_together(roles_held(deputy.pk, starts=starts, ends=ends), assignment.role)
    why = decisions.check_reason(reason)
    delegation = Delegation.objects.create(
        assignment=assignment, to_account=deputy, kind=kind, starts=starts, ends=ends, reason=why
    )
    record(
        "account.role_delegated",
        actor=by.audit_name, at=at, area=_first_area(assignment.agency), subject=f"delegation:{delegation.pk}",
        reason=why,
        detail={
            "from": assignment.account_id, "to": deputy.pk, "role": assignment.role, "kind": kind,
            "starts": starts.isoformat(), "ends": ends.isoformat(),
        },
    )  # fmt: skip
    return delegation


@action
def withdraw_delegation(delegation_id: int, *, reason: str, by: Actor, at: datetime, today: date) -> None:
    """Take a lent post back before its last day; it carries no right from today on."""
    require(by, Permission.ACCOUNT_DELEGATE)
    delegation = Delegation.objects.select_related("assignment__agency").filter(pk=delegation_id).first()
    if delegation is None:
        raise Problem("accounts.delegation_unknown", value=delegation_id)
    check_may_lend(delegation.assignment, by)
    over = delegation.withdrawn_on or (delegation.ends if delegation.ends < today else None)
    if over is not None:
        raise Problem("accounts.delegation_ended", ends=over.strftime("%d-%m-%Y"))
    why = decisions.check_reason(reason)
    Delegation.objects.filter(pk=delegation.pk).update(withdrawn_on=today)
    record(
        "account.delegation_withdrawn",
        actor=by.audit_name,
        at=at,
        subject=f"delegation:{delegation.pk}",
        reason=why,
    )


# --- writing ------------------------------------------------------------


def _write_areas(agency: Agency, areas: Sequence[AgencyArea]) -> None:
    for area in areas:
        area.agency = agency
    AgencyArea.objects.bulk_create(areas)


def _write_post(account: Account, post: NewPost) -> Assignment:
    return Assignment.objects.create(
        account=account, agency_id=post.agency_id, role=post.role, title=post.title.strip()[:80],
        valid_from=post.starts, valid_until=post.ends,
    )  # fmt: skip


def _area_codes(areas: Sequence[AgencyArea]) -> dict[str, JsonValue]:
    codes: dict[str, JsonValue] = {}
    for relation in AreaRelation:
        found: list[JsonValue] = [*sorted(area.region.code for area in areas if area.relation == relation)]
        codes[relation.value] = found
    return codes


def _areas(own: Sequence[str], neighbours: Sequence[str], *, by: Actor) -> list[AgencyArea]:
    """The areas as unsaved rows, own ones first; the own ones must lie where the actor is in charge."""
    own, neighbours = list(dict.fromkeys(own)), list(dict.fromkeys(neighbours))
    decisions.check_areas(own, neighbours)
    rows = [AgencyArea(region=region_by_code(code), relation=AreaRelation.OWN) for code in own]
    for row in rows:
        require(by, Permission.AGENCY_WRITE, area=row.region.key)
    return rows + [
        AgencyArea(region=region_by_code(code), relation=AreaRelation.NEIGHBOUR) for code in neighbours
    ]


def _day_of(at: datetime) -> datetime:
    """The day alone: a log-in's minute would tell who sent the report of the next one."""
    return at.replace(hour=0, minute=0, second=0, microsecond=0)


def _first_area(agency: Agency) -> int | None:
    own = agency.areas.filter(relation=AreaRelation.OWN).order_by("region__key")
    return own.values_list("region__key", flat=True).first()
