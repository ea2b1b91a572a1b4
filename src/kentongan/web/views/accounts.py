"""Staff accounts: the list, one account with its posts and rights, and what an administrator does with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from kentongan.accounts import actions, onboarding, queries
from kentongan.accounts.decisions import SEPARATIONS
from kentongan.accounts.permissions import APPROVALS, PERMISSION_NAMES, Permission
from kentongan.accounts.roles import ROLES, Reach
from kentongan.edge.clocks import machine_now, office_day
from kentongan.edge.problems import Problem
from kentongan.places.queries import region_labels
from kentongan.web.asked import asked_number
from kentongan.web.forms.accounts import (
    AccountForm,
    EndForm,
    PostForm,
    ReasonForm,
    language,
    role_choices,
    sent,
    tell,
)
from kentongan.web.routing import Audience, StaffRequest, route
from kentongan.web.views import account_sheets, delegations

PAGE_ROWS = 50
SECTION = "administration"


# --- reading ----------------------------------------------------------------------------------------------


def accounts(request: StaffRequest) -> HttpResponse:
    """All accounts of the area, by name, agency and role."""
    text, role = request.GET.get("q", ""), request.GET.get("peran", "")
    agency, closed = request.GET.get("instansi", ""), request.GET.get("tutup") == "1"
    found = queries.find_accounts(
        request.scope,
        text=text,
        role=role,
        agency_id=asked_number(agency),
        closed=closed,
    )
    page = Paginator(found, PAGE_ROWS).get_page(request.GET.get("page"))
    chosen = {"q": text, "peran": role, "instansi": agency, "tutup": "1" if closed else ""}
    facts = {
        "page": page,
        # A long address may break before its @ on a phone.
        "rows": [
            (account, _shown_posts(account.assignments.all()), _broken(account.email or account.phone or ""))
            for account in page
        ],
        "chosen": chosen,
        "query": urlencode({key: value for key, value in chosen.items() if value}),
        "roles": role_choices(),
        "agencies": agency_choices(request),
        "may_write": request.actor.may(Permission.ACCOUNT_WRITE),
    }
    return render(request, "accounts/list.html", facts)


def account_page(request: StaffRequest, number: int) -> HttpResponse:
    """One account: posts, delegations, what it may do."""
    account = queries.account_in_scope(request.scope, number)
    facts = _about(account.pk) | {
        "account": account,
        "second_factor": queries.has_second_factor(account.pk),
        "may_write": request.actor.may(Permission.ACCOUNT_WRITE) and account.pk != request.actor.account_id,
    }
    return render(request, "accounts/account.html", facts)


def roles_page(request: StaffRequest) -> HttpResponse:
    """Every role: what it is for, what it may, what it never sees; and which may not be held together."""
    facts = {
        "roles": [_role_facts(code) for code in ROLES],
        "separations": [rule.why_en if language() == "en" else rule.why_id for rule in SEPARATIONS],
    }
    return render(request, "accounts/roles.html", facts)


def my_account(request: StaffRequest) -> HttpResponse:
    """One's own posts, rights and settings."""
    facts = _about(request.actor.account_id) | {
        "second_factor": queries.has_second_factor(request.actor.account_id),
        "needs_second_factor": request.actor.needs_second_factor,
        "languages": settings.LANGUAGES,
        "may_delegate": request.actor.may(Permission.ACCOUNT_DELEGATE),
    }
    return render(request, "accounts/my_account.html", facts)


# --- writing ----------------------------------------------------------------------------------------------


def account_new(request: StaffRequest) -> HttpResponse:
    """A new account; its one-time code is shown on the next page only."""
    today = office_day()
    form = AccountForm(sent(request), agencies=agency_choices(request), today=today)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            made = actions.create_account(
                name=typed["name"], email=typed["email"], phone=typed["phone"],
                post=form.post(), by=request.actor, at=request.now, today=today,
            )  # fmt: skip
        except Problem as problem:
            tell(form, problem)
        else:
            keep_card(request, made.account_id, made.code)
            return redirect("accounts_cards")
    return render(request, "accounts/new.html", {"form": form}, status=422 if form.errors else 200)


def account_assign(request: StaffRequest, number: int) -> HttpResponse:
    """One more post for an account."""
    account = queries.account_in_scope(request.scope, number)
    form = PostForm(sent(request), agencies=agency_choices(request), today=office_day())
    if request.method == "POST" and form.is_valid():
        try:
            actions.assign_role(account.pk, post=form.post(), by=request.actor, at=request.now)
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, _("Peran sudah ditambahkan."))
            return redirect("accounts_page", number=account.pk)
    facts = {"form": form, "account": account}
    return render(request, "accounts/assign.html", facts, status=422 if form.errors else 200)


def post_end(request: StaffRequest, number: int) -> HttpResponse:
    """Let a post end on a day."""
    post = queries.post_in_scope(request.scope, number)
    form = EndForm(sent(request), initial={"last_day": office_day()})
    words = Confirmation(
        title=_("Akhiri peran"),
        text=_("Peran %(role)s di %(agency)s tidak berlaku lagi sesudah hari terakhir.")
        % {"role": ROLES[post.role].name[language()], "agency": post.agency.short_name},
        button=_("Akhiri peran"),
        done=_("Peran diakhiri."),
        back=reverse("accounts_page", args=[post.account_id]),
    )

    def end(typed: dict[str, Any]) -> None:
        actions.end_assignment(
            post.pk, last_day=typed["last_day"], reason=typed["reason"],
            by=request.actor, at=request.now, today=office_day(),
        )  # fmt: skip

    return confirmed(request, words, form, end)


def account_close(request: StaffRequest, number: int) -> HttpResponse:
    """Close an account at once."""
    account = queries.account_in_scope(request.scope, number)
    words = Confirmation(
        title=_("Tutup akun"),
        text=_("%(name)s tidak dapat masuk lagi; sesi yang terbuka berakhir sekarang.")
        % {"name": account.name},
        button=_("Tutup akun"),
        done=_("Akun ditutup."),
        back=reverse("accounts_page", args=[account.pk]),
    )

    def close(typed: dict[str, Any]) -> None:
        actions.deactivate_account(
            account.pk, reason=typed["reason"], by=request.actor, at=request.now, today=office_day()
        )

    return confirmed(request, words, ReasonForm(sent(request)), close)


def account_password(request: StaffRequest, number: int) -> HttpResponse:
    """A new one-time code in place of a lost password."""
    account = queries.account_in_scope(request.scope, number)
    words = Confirmation(
        title=_("Atur ulang kata sandi"),
        text=_("Kata sandi %(name)s diganti kode sekali pakai. Semua sesinya berakhir.")
        % {"name": account.name},
        button=_("Buat kode baru"),
        done=_("Kode baru ada di kartu. Serahkan langsung kepada orangnya."),
        back=reverse("accounts_page", args=[account.pk]),
        onward=reverse("accounts_cards"),
    )

    def reset(typed: dict[str, Any]) -> None:
        code = actions.reset_password(account.pk, reason=typed["reason"], by=request.actor, at=request.now)
        keep_card(request, account.pk, code)

    return confirmed(request, words, ReasonForm(sent(request)), reset)


def account_factor(request: StaffRequest, number: int) -> HttpResponse:
    """Remove a lost second factor."""
    account = queries.account_in_scope(request.scope, number)
    words = Confirmation(
        title=_("Lepas masuk dua langkah"),
        text=_("Pastikan dahulu lewat tatap muka bahwa HP %(name)s memang hilang.") % {"name": account.name},
        button=_("Lepas"),
        done=_("Masuk dua langkah dilepas. Orangnya memasang yang baru sewaktu masuk."),
        back=reverse("accounts_page", args=[account.pk]),
    )

    def reset(typed: dict[str, Any]) -> None:
        actions.reset_second_factor(account.pk, reason=typed["reason"], by=request.actor, at=request.now)

    return confirmed(request, words, ReasonForm(sent(request)), reset)


def my_language(request: StaffRequest) -> HttpResponse:
    """The language of one's pages, from this page on and after every log-in."""
    chosen = request.POST.get("language", "")
    actions.choose_language(request.actor.account_id, language=chosen, at=request.now)
    answer = redirect("my_account")
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, chosen, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
    return answer


# --- shared by the pages of this part --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The words of a page that asks before something is ended, and where it leads."""

    title: str
    text: str
    button: str
    done: str
    back: str
    onward: str = ""


def confirmed(
    request: StaffRequest, words: Confirmation, form: ReasonForm, act: Callable[[dict[str, Any]], None]
) -> HttpResponse:
    """Ask on GET, act on POST; what was refused is said beside its field."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, words.done)
            return redirect(words.onward or words.back)
    return render(
        request, "accounts/confirm.html", {"words": words, "form": form}, status=422 if form.errors else 200
    )


def agency_choices(request: StaffRequest) -> list[tuple[int, str]]:
    return [(agency.pk, agency.short_name) for agency in queries.find_agencies(request.scope)]


def keep_card(request: StaffRequest, account_id: int, code: str) -> None:
    """Put a one-time code on a card for the next page."""
    post = queries.posts_of(account_id).first()
    account = queries.account_in_scope(request.scope, account_id)
    card = onboarding.Card(
        office=post.agency.short_name if post else "",
        name=account.name,
        role=ROLES[post.role].name["id"] if post else "",
        login=account.email or account.phone or "",
        code=code,
    )
    onboarding.keep(request.session, [card], maker=request.actor.account_id, now=machine_now())


def _about(account_id: int) -> dict[str, Any]:
    """Posts, delegations and rights of an account, ready to be shown."""
    today = office_day()
    posts = list(queries.posts_of(account_id))
    lent = list(queries.delegations_of(account_id))
    in_force = {post.role for post in posts if _state(post, today) == "now"}
    in_force |= {
        row.assignment.role
        for row in lent
        if row.to_account_id == account_id and row.starts <= today <= row.ends
    }
    held: set[Permission] = set()
    for code in in_force:
        held |= ROLES[code].permissions
    return {
        "posts": _shown_posts(posts),
        "delegations": delegations.shown(lent, today),
        "may": [PERMISSION_NAMES[each][language()] for each in Permission if each in held],
        "may_not": [PERMISSION_NAMES[each][language()] for each in Permission if each not in held],
        "approver": bool(held & APPROVALS),
    }


def _shown_posts(posts: Any) -> list[dict[str, Any]]:
    today = office_day()
    keys = {area.region.key for post in posts for area in post.agency.areas.all()}
    labels = region_labels(keys) if keys else {}
    return [
        {
            "post": post,
            "role": ROLES[post.role].name[language()],
            "state": _state(post, today),
            "areas": [
                (labels[area.region.key], area.relation == "neighbour") for area in post.agency.areas.all()
            ],
        }
        for post in posts
    ]


def _broken(contact: str) -> tuple[str, str]:
    before, sign, after = contact.partition("@")
    return before, sign + after


def _state(post: Any, today: date) -> str:
    if post.valid_from > today:
        return "later"
    return "over" if post.valid_until is not None and post.valid_until < today else "now"


def _role_facts(code: str) -> dict[str, Any]:
    role, tongue = ROLES[code], language()
    never = [each for each in Permission if each not in role.permissions]
    return {
        "code": code,
        "name": role.name[tongue],
        "description": role.description[tongue],
        "duties": role.duties[tongue],
        "may": [PERMISSION_NAMES[each][tongue] for each in Permission if each in role.permissions],
        "never": [PERMISSION_NAMES[each][tongue] for each in never],
        "addressed": role.reach is Reach.ADDRESSED,
        "unverified": role.unverified,
        "neighbours": role.neighbours,
        "label": role.label.word,
        "approver": bool(role.permissions & APPROVALS),
    }


_WRITE = Permission.ACCOUNT_WRITE
_BOTH = ("GET", "POST")

ROUTES: list[URLPattern] = [
    route("akun/", accounts, name="accounts", need=Permission.ACCOUNT_READ, section=SECTION),
    route("akun/baru/", account_new, name="accounts_new", need=_WRITE, methods=_BOTH, section=SECTION),
    *account_sheets.ROUTES,
    route(
        "akun/<int:number>/",
        account_page,
        name="accounts_page",
        need=Permission.ACCOUNT_READ,
        section=SECTION,
    ),
    route(
        "akun/<int:number>/peran/",
        account_assign,
        name="accounts_assign",
        need=_WRITE,
        methods=_BOTH,
        section=SECTION,
    ),
    route(
        "akun/peran/<int:number>/akhiri/",
        post_end,
        name="accounts_end",
        need=_WRITE,
        methods=_BOTH,
        section=SECTION,
    ),
    route(
        "akun/<int:number>/tutup/",
        account_close,
        name="accounts_close",
        need=_WRITE,
        methods=_BOTH,
        section=SECTION,
    ),
    route(
        "akun/<int:number>/kata-sandi/",
        account_password,
        name="accounts_password",
        need=_WRITE,
        methods=_BOTH,
        section=SECTION,
    ),
    route(
        "akun/<int:number>/dua-langkah/",
        account_factor,
        name="accounts_factor",
        need=_WRITE,
        methods=_BOTH,
        section=SECTION,
    ),
    *delegations.ROUTES,
    route("peran/", roles_page, name="roles", need=Permission.POLICY_READ, section=SECTION),
    route("akun-saya/", my_account, name="my_account", need=Audience.SIGNED_IN),
    route("akun-saya/bahasa/", my_language, name="my_language", need=Audience.SIGNED_IN, methods=("POST",)),
]
