"""Reading accounts: who somebody is today, who works where, and what an administrator sees of them."""

from __future__ import annotations

from datetime import date

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from kentongan.accounts.actors import Actor, Post
from kentongan.accounts.contacts import plain_phone
from kentongan.accounts.models import (
    Account,
    Agency,
    AgencyArea,
    AgencyKind,
    AreaRelation,
    Assignment,
    Delegation,
    DelegationKind,
)
from kentongan.accounts.permissions import Permission
from kentongan.accounts.roles import ROLES, Reach
from kentongan.accounts.scopes import Scope, Sight
from kentongan.edge.problems import Problem
from kentongan.places.fields import in_any_region
from kentongan.places.keys import RegionRange

_AREAS = Prefetch("agency__areas", queryset=AgencyArea.objects.select_related("region"))


def actor_of(account: Account, *, on: date) -> Actor:
    """The account with every post in force on that day: its own assignments and those delegated to it."""
    own = in_force(on).filter(account=account).select_related("agency").prefetch_related(_AREAS)
    posts = [_post(assignment) for assignment in own]
    for delegation in delegations_in_force(on).filter(to_account=account):
        lent = (
            Assignment.objects.select_related("agency")
            .prefetch_related(_AREAS)
            .get(pk=delegation.assignment_id)
        )
        posts.append(_post(lent, delegated=delegation.kind))
    return Actor(account_id=account.pk, name=account.name, posts=tuple(posts))


def in_force(on: date) -> QuerySet[Assignment]:
    """Assignments of that day at working agencies."""
    still = Q(valid_until=None) | Q(valid_until__gte=on)
    return Assignment.objects.filter(still, valid_from__lte=on, agency__active=True, account__is_active=True)


def delegations_in_force(on: date) -> QuerySet[Delegation]:
    """Delegations that have begun, not ended, and not been withdrawn by that day."""
    standing = Q(withdrawn_on=None) | Q(withdrawn_on__gt=on)
    lent = Q(assignment__valid_until=None) | Q(assignment__valid_until__gte=on)
    return Delegation.objects.filter(
        standing, lent, starts__lte=on, ends__gte=on, assignment__agency__active=True
    )


def people_who_may(permission: Permission, *, agency: int, on: date) -> list[Account]:
    """The people of an agency whose role there holds the permission on that day, and who stands in for them."""
    roles = [code for code, role in ROLES.items() if permission in role.permissions]
    held = Q(agency_id=agency, role__in=roles)
    lent = Q(assignment__agency_id=agency, assignment__role__in=roles, to_account__is_active=True)
    own = in_force(on).filter(held).values_list("account_id", flat=True)
    deputies = delegations_in_force(on).filter(lent).values_list("to_account_id", flat=True)
    return list(Account.objects.filter(pk__in={*own, *deputies}).order_by("pk"))


def agencies_acting(area: int) -> QuerySet[Agency]:
    """Those of `agencies_covering` that can be asked to act: neither overseers nor researchers are."""
    return agencies_covering(area).exclude(kind__in=[AgencyKind.PENGAWAS, AgencyKind.KAMPUS])


def agencies_covering(area: int) -> QuerySet[Agency]:
    """Working agencies with `area` (a region key) in their own jurisdiction: whom a matter there concerns."""
    return Agency.objects.filter(
        active=True,
        areas__relation=AreaRelation.OWN,
        areas__region__key__lte=area,
        areas__region__range_end__gt=area,
    ).distinct()


def desk_reads(area: int | None, *, level: int, on: date, agency: int | None = None) -> bool:
    """Whether anybody works here who may read a report about an office: at a desk of `level` or above it.

    With an `area` the desk must cover it; without one any such desk counts, or that one `agency` alone. 1 is the
    province, 4 the desa.
    """
    readers = [
        role.code
        for role in ROLES.values()
        if Permission.REPORT_READ in role.permissions and role.reach is Reach.AREA
    ]
    wide_enough = AgencyArea.objects.filter(
        relation=AreaRelation.OWN, region__level__lte=level, agency=OuterRef("agency")
    )
    if area is not None:
        wide_enough = wide_enough.filter(region__key__lte=area, region__range_end__gt=area)
    posts = in_force(on).filter(Exists(wide_enough), role__in=readers)
    return (posts.filter(agency_id=agency) if agency is not None else posts).exists()


def roles_held(account_id: int, *, starts: date, ends: date | None) -> set[str]:
    """The roles an account holds on any day of a period: its own posts and those lent to it."""
    still = Q(valid_until=None) | Q(valid_until__gte=starts)
    begun = Q() if ends is None else Q(valid_from__lte=ends)
    own = Assignment.objects.filter(still, begun, account_id=account_id, agency__active=True)
    begun = Q() if ends is None else Q(starts__lte=ends)
    lent = Delegation.objects.filter(begun, to_account_id=account_id, ends__gte=starts, withdrawn_on=None)
    return {*own.values_list("role", flat=True), *lent.values_list("assignment__role", flat=True)}


def agencies_in_scope(scope: Scope) -> QuerySet[Agency]:
    """Agencies whose own areas all lie within the scope: a regency's admin sees no province."""
    return Agency.objects.filter(scope.matching(_agencies_of)).prefetch_related(
        Prefetch("areas", queryset=AgencyArea.objects.select_related("region").order_by("region__key"))
    )


def agency_in_scope(scope: Scope, number: int) -> Agency:
    agency = agencies_in_scope(scope).filter(pk=number).first()
    if agency is None:
        raise Problem("accounts.agency_unknown", value=number)
    return agency


def find_agencies(scope: Scope, *, text: str = "", kind: str = "", closed: bool = False) -> QuerySet[Agency]:
    """Agencies by a part of their name, and by kind."""
    found = agencies_in_scope(scope).filter(active=not closed)
    if text.strip():
        found = found.filter(Q(name__icontains=text.strip()) | Q(short_name__icontains=text.strip()))
    return (found.filter(kind=kind) if kind else found).order_by("name")


def accounts_in_scope(scope: Scope) -> QuerySet[Account]:
    """Accounts with a post, now or earlier, at an agency that the scope sees."""
    seen = Assignment.objects.filter(account=OuterRef("pk"), agency__in=agencies_in_scope(scope))
    return Account.objects.filter(Exists(seen))


def account_in_scope(scope: Scope, number: int) -> Account:
    account = accounts_in_scope(scope).filter(pk=number).first()
    if account is None:
        raise Problem("accounts.account_unknown", value=number)
    return account


def find_accounts(
    scope: Scope, *, text: str = "", role: str = "", agency_id: int | None = None, closed: bool = False
) -> QuerySet[Account]:
    """Staff accounts by name, contact or agency, by role, by agency; with their posts at hand."""
    found = accounts_in_scope(scope).filter(is_active=not closed)
    posts = Assignment.objects.filter(agency__in=agencies_in_scope(scope), account=OuterRef("pk"))
    words = text.strip()
    if words:
        at_agency = Exists(
            posts.filter(Q(agency__name__icontains=words) | Q(agency__short_name__icontains=words))
        )
        found = found.filter(Q(name__icontains=words) | _contact(words) | at_agency)
    if role:
        found = found.filter(Exists(posts.filter(role=role)))
    if agency_id is not None:
        found = found.filter(Exists(posts.filter(agency_id=agency_id)))
    shown = Assignment.objects.select_related("agency").order_by("valid_from", "pk")
    return found.prefetch_related(Prefetch("assignments", queryset=shown)).order_by("name", "pk")


def posts_of(account_id: int) -> QuerySet[Assignment]:
    """Every post of an account, the newest first."""
    posts = Assignment.objects.filter(account_id=account_id).select_related("agency")
    return posts.prefetch_related(
        Prefetch("agency__areas", queryset=AgencyArea.objects.select_related("region"))
    ).order_by("-valid_from", "-pk")


def post_in_scope(scope: Scope, number: int) -> Assignment:
    """One post, if its agency is seen."""
    posts = Assignment.objects.select_related("account", "agency").filter(agency__in=agencies_in_scope(scope))
    post = posts.filter(pk=number).first()
    if post is None:
        raise Problem("accounts.assignment_unknown", value=number)
    return post


def posts_to_lend(scope: Scope, *, on: date, account_id: int | None = None) -> QuerySet[Assignment]:
    """Posts in force that may be delegated: one's own, or all that the scope sees."""
    posts = in_force(on).filter(agency__in=agencies_in_scope(scope)).select_related("account", "agency")
    return (posts if account_id is None else posts.filter(account_id=account_id)).order_by(
        "agency__name", "account__name"
    )


def delegations_in_scope(scope: Scope) -> QuerySet[Delegation]:
    """Delegations of posts at agencies that the scope sees, the newest first."""
    rows = Delegation.objects.filter(assignment__agency__in=agencies_in_scope(scope))
    return rows.select_related("assignment__account", "assignment__agency", "to_account").order_by(
        "-starts", "-pk"
    )


def delegation_in_scope(scope: Scope, number: int) -> Delegation:
    delegation = delegations_in_scope(scope).filter(pk=number).first()
    if delegation is None:
        raise Problem("accounts.delegation_unknown", value=number)
    return delegation


def delegations_of(account_id: int) -> QuerySet[Delegation]:
    """What an account has lent and what was lent to it, the newest first."""
    rows = Delegation.objects.filter(Q(to_account_id=account_id) | Q(assignment__account_id=account_id))
    return rows.select_related("assignment__account", "assignment__agency", "to_account").order_by(
        "-starts", "-pk"
    )


def has_second_factor(account_id: int) -> bool:
    return Authenticator.objects.filter(user_id=account_id, type=Authenticator.Type.TOTP).exists()


def account_by_login(*, email: str | None, phone: str | None) -> Account | None:
    """The account that signs in with an address or number, each in its one spelling."""
    if email is not None:
        return Account.objects.filter(email=email).first()
    return Account.objects.filter(phone=phone).first() if phone is not None else None


def account_by_email(email: str) -> Account:
    """The account with this address; raises the problem that names it when there is none."""
    account = Account.objects.filter(email=email).first()
    if account is None:
        raise Problem("accounts.account_unknown", value=email)
    return account


def agency_kinds() -> list[tuple[str, str]]:
    return list(AgencyKind.choices)


def delegation_kinds() -> list[tuple[str, str]]:
    return list(DelegationKind.choices)


def _contact(words: str) -> Q:
    number = plain_phone(words)
    return Q(email__icontains=words) | (Q(phone=number) if number else Q())


def _agencies_of(sight: Sight) -> Q:
    """Inside means: has an own area, and none of them outside the ranges."""
    if sight.addressed_only:
        return Q(pk__in=[])
    own = AgencyArea.objects.filter(agency=OuterRef("pk"), relation=AreaRelation.OWN)
    return Q(Exists(own)) & ~Q(Exists(own.exclude(in_any_region("region__key", sight.own))))


def desk_named(short_name: str = "") -> int:
    """The agency that receives what comes without a place: the one named, or the first Kesbangpol office."""
    working = Agency.objects.filter(active=True)
    found = (
        working.filter(short_name=short_name) if short_name else working.filter(kind=AgencyKind.KESBANGPOL)
    )
    desk = found.order_by("pk").first()
    if desk is None:
        raise Problem("accounts.desk_unknown", value=short_name or "Kesbangpol")
    return desk.pk


def _post(assignment: Assignment, *, delegated: str = "") -> Post:
    areas = list(assignment.agency.areas.all())
    return Post(
        assignment_id=assignment.pk,
        agency_id=assignment.agency_id,
        agency=assignment.agency.short_name,
        agency_kind=assignment.agency.kind,
        role=ROLES[assignment.role],
        title=assignment.title,
        own=_ranges(areas, AreaRelation.OWN),
        neighbours=_ranges(areas, AreaRelation.NEIGHBOUR),
        delegated=delegated,
    )


def _ranges(areas: list[AgencyArea], relation: AreaRelation) -> tuple[RegionRange, ...]:
    return tuple(
        RegionRange(area.region.key, area.region.range_end) for area in areas if area.relation == relation
    )
