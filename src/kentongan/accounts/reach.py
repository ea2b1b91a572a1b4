"""What the actions of this stage ask before they write: does it exist, is it within the actor's area, may it
change.

Each function returns what it found or raises the `Problem` that names the value and the next step.
"""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q

from kentongan.accounts.access import require
from kentongan.accounts.actors import Actor
from kentongan.accounts.contacts import plain_email, plain_phone
from kentongan.accounts.decisions import NewPost
from kentongan.accounts.models import Account, Agency, AgencyKind, AreaRelation, Assignment
from kentongan.accounts.permissions import Permission
from kentongan.accounts.roles import ROLES
from kentongan.edge.problems import Problem


def agency_within(agency_id: int, *, by: Actor, permission: Permission) -> Agency:
    """The agency, if all its own areas lie where the actor holds the permission."""
    require(by, permission)
    agency = Agency.objects.filter(pk=agency_id).first()
    if agency is None:
        raise Problem("accounts.agency_unknown", value=agency_id)
    for area in agency.areas.filter(relation=AreaRelation.OWN).select_related("region"):
        require(by, permission, area=area.region.key)
    return agency


def account_within(
    account_id: int, *, by: Actor, permission: Permission = Permission.ACCOUNT_WRITE
) -> Account:
    """The account, if every agency it works for lies in the actor's area.

    One agency outside is enough to refuse: else a regency's administrator could reset the password of
    somebody who also holds a post in the province, and sign in as him.
    """
    require(by, permission)
    account = Account.objects.filter(pk=account_id).first()
    if account is None:
        raise Problem("accounts.account_unknown", value=account_id)
    for agency_id in account.assignments.values_list("agency_id", flat=True).distinct():
        agency_within(agency_id, by=by, permission=permission)
    return account


def check_may_lend(assignment: Assignment, by: Actor) -> None:
    if assignment.account_id == by.account_id:
        return
    if not by.may(Permission.ACCOUNT_WRITE):
        role = ROLES[assignment.role]
        raise Problem("accounts.delegation_not_yours", role=role.name["id"], role_en=role.name["en"])
    agency_within(assignment.agency_id, by=by, permission=Permission.ACCOUNT_WRITE)


def assignment_known(assignment_id: int) -> Assignment:
    assignment = Assignment.objects.select_related("account", "agency").filter(pk=assignment_id).first()
    if assignment is None:
        raise Problem("accounts.assignment_unknown", value=assignment_id)
    return assignment


def check_working(agency: Agency) -> None:
    if not agency.active:
        raise Problem("accounts.agency_closed", value=agency.short_name)


def check_open(account: Account) -> None:
    if not account.is_active:
        raise Problem("accounts.account_closed", value=account.name)


def check_other(account: Account, by: Actor) -> None:
    if account.pk == by.account_id:
        raise Problem("accounts.own_account")


def check_not_doubled(account: Account, agency: Agency, post: NewPost) -> None:
    running = Q(valid_until=None) | Q(valid_until__gte=post.starts)
    if Assignment.objects.filter(running, account=account, agency=agency, role=post.role).exists():
        role = ROLES[post.role]
        raise Problem(
            "accounts.assignment_doubled",
            role=role.name["id"],
            role_en=role.name["en"],
            agency=agency.short_name,
        )


def check_agency_words(name: str, short_name: str, kind: str, *, besides: int = 0) -> None:
    if not name.strip() or not short_name.strip():
        raise Problem("accounts.agency_unnamed")
    if kind not in AgencyKind.values:
        raise Problem("accounts.agency_kind_unknown", value=kind)
    if Agency.objects.filter(name__iexact=name.strip()).exclude(pk=besides).exists():
        raise Problem("accounts.agency_name_taken", value=name.strip())


def free_contacts(email: str, phone: str) -> tuple[str | None, str | None]:
    """Both in their one spelling, neither used by another account."""
    if not email.strip() and not phone.strip():
        raise Problem("accounts.contact_missing")
    address, number = plain_email(email), plain_phone(phone)
    if email.strip() and address is None:
        raise Problem("accounts.email_bad", value=email.strip())
    if phone.strip() and number is None:
        raise Problem("accounts.phone_bad", value=phone.strip())
    for column, value in (("email", address), ("phone", number)):
        if value is not None and Account.objects.filter(**{column: value}).exists():
            raise Problem("accounts.contact_taken", value=value)
    return address, number


def known_language(code: str) -> str:
    if code not in dict(settings.LANGUAGES):
        raise Problem("accounts.language_unknown", value=code)
    return code
