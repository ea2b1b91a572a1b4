"""Plh./Plt.: who acts for whom, until when; lending a role and taking it back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern
from django.utils.translation import gettext as _

from kentongan.accounts import actions, queries
from kentongan.accounts.contacts import plain_email, plain_phone
from kentongan.accounts.permissions import Permission
from kentongan.accounts.roles import ROLES
from kentongan.edge.clocks import office_day
from kentongan.edge.problems import Problem
from kentongan.web.forms.accounts import DelegationForm, ReasonForm, language, sent, tell
from kentongan.web.routing import StaffRequest, route

SECTION = "administration"
PAGE_ROWS = 50


def delegations(request: StaffRequest) -> HttpResponse:
    """All delegations of the area, the newest first."""
    page = Paginator(queries.delegations_in_scope(request.scope), PAGE_ROWS).get_page(request.GET.get("page"))
    facts = {"page": page, "rows": shown(page, office_day())}
    return render(request, "accounts/delegations.html", facts)


def delegation_new(request: StaffRequest) -> HttpResponse:
    """Lend a role: one's own, or as an administrator anybody's in the area."""
    today = office_day()
    form = DelegationForm(sent(request), posts=_posts_to_lend(request, today), today=today)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            actions.delegate(
                typed["post"], to_account_id=_deputy(request, typed["deputy"]), kind=typed["kind"],
                starts=typed["starts"], ends=typed["ends"], reason=typed["reason"],
                by=request.actor, at=request.now, today=today,
            )  # fmt: skip
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, _("Peran dilimpahkan. Berakhir sendiri pada hari terakhirnya."))
            return redirect("delegations")
    return render(request, "accounts/delegation_new.html", {"form": form}, status=422 if form.errors else 200)


def delegation_withdraw(request: StaffRequest, number: int) -> HttpResponse:
    """Take a role back before its last day."""
    delegation = queries.delegation_in_scope(request.scope, number)
    form = ReasonForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_delegation(
                delegation.pk, reason=form.cleaned_data["reason"],
                by=request.actor, at=request.now, today=office_day(),
            )  # fmt: skip
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, _("Pelimpahan dicabut."))
            return redirect("delegations")
    facts = {"form": form, "row": shown([delegation], office_day())[0]}
    return render(request, "accounts/delegation_withdraw.html", facts, status=422 if form.errors else 200)


def shown(rows: Iterable[Any], today: date) -> list[dict[str, Any]]:
    """Delegations with their role in words and their state today."""
    return [
        {"row": row, "role": ROLES[row.assignment.role].name[language()], "state": _state(row, today)}
        for row in rows
    ]


def _state(row: Any, today: date) -> str:
    if row.withdrawn_on is not None:
        return "withdrawn"
    if row.starts > today:
        return "later"
    return "over" if row.ends < today else "now"


def _posts_to_lend(request: StaffRequest, today: date) -> list[tuple[int, str]]:
    everybody = request.actor.may(Permission.ACCOUNT_WRITE)
    account_id = None if everybody else request.actor.account_id
    posts = queries.posts_to_lend(request.scope, on=today, account_id=account_id)
    return [
        (post.pk, f"{ROLES[post.role].name[language()]} · {post.agency.short_name} · {post.account.name}")
        for post in posts
    ]


def _deputy(request: StaffRequest, typed: str) -> int:
    account = queries.account_by_login(email=plain_email(typed), phone=plain_phone(typed))
    # An account outside the area is told no differently from one that does not exist.
    if account is None or not queries.accounts_in_scope(request.scope).filter(pk=account.pk).exists():
        raise Problem("accounts.account_unknown", value=typed)
    return account.pk


_NEED = Permission.ACCOUNT_DELEGATE
_BOTH = ("GET", "POST")

ROUTES: list[URLPattern] = [
    route("plh-plt/", delegations, name="delegations", need=_NEED, section=SECTION),
    route(
        "plh-plt/baru/", delegation_new, name="delegations_new", need=_NEED, methods=_BOTH, section=SECTION
    ),
    route(
        "plh-plt/<int:number>/cabut/",
        delegation_withdraw,
        name="delegations_withdraw",
        need=_NEED,
        methods=_BOTH,
        section=SECTION,
    ),
]
