"""Routes that declare what they need. A page without a declaration cannot be written: `path` is used here alone.

The wrapper answers, in this order: is it public · is somebody signed in · has the second factor been given where the
role demands it · does the actor hold the permission. It then hands the view an actor, a scope made from exactly that
permission, and one moment of the domain's clock for the whole request.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, cast

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.views import redirect_to_login
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.cache import add_never_cache_headers

from kentongan.accounts.access import not_permitted
from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.accounts.queries import actor_of
from kentongan.accounts.scopes import Scope
from kentongan.edge.clocks import domain_now, office_day
from kentongan.edge.problems import Problem
from kentongan.pipeline.world import is_demo
from kentongan.places.keys import RegionRange, range_of

AREA_IN_SESSION = "area"
NUL = "\x00"


class InMemoryUpload(MemoryFileUploadHandler):
    """Takes every file into memory: the body's size was checked before."""

    def handle_raw_input(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 (the library's signature)
        self.activated = True


class Audience(StrEnum):
    """Routes that need no permission of their own."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a route declared; the generated test reads it for every route × role."""

    need: Permission | Audience
    methods: tuple[str, ...]


class StaffRequest(HttpRequest):
    """A request as views see it: who asks, how far they see, and when."""

    actor: Actor
    scope: Scope
    area: RegionRange | None
    section: str
    now: datetime


def route(
    pattern: str,
    view: Callable[..., HttpResponse],
    *,
    name: str,
    need: Permission | Audience,
    methods: Sequence[str] = ("GET",),
    section: str = "",
    most_bytes: int | None = None,
) -> URLPattern:
    """One URL with its declaration. `methods` not listed are answered 405; HEAD follows GET.

    `section` is the entry of the rail the page belongs to; its own name when not said. A body over `most_bytes` is
    refused unread; files up to there are held in memory and never lie on the disk as they came (only for a view that
    checks the form's token itself: the middleware would have read the body before).
    """
    declared = Declaration(need, tuple(methods))

    @functools.wraps(view)
    def guarded(request: HttpRequest, **values: Any) -> HttpResponse:
        allowed = {*declared.methods, *({"HEAD"} if "GET" in declared.methods else ())}
        if request.method not in allowed:
            return HttpResponseNotAllowed(sorted(allowed))
        if most_bytes is not None:
            _hold_in_memory(request, most_bytes)
        if any(NUL in str(value) for value in values.values()):
            raise Problem("web.page_not_found", value=request.path.replace(NUL, "?"))
        staff = cast(StaffRequest, _without_nul(request))
        staff.section = section or name
        answer = _refusal(staff, declared.need) or view(request, **values)
        if need is not Audience.PUBLIC:
            add_never_cache_headers(answer)
        return answer

    guarded.declared = declared  # type: ignore[attr-defined]
    return path(pattern, guarded, name=name)


def _hold_in_memory(request: HttpRequest, most_bytes: int) -> None:
    if int(request.META.get("CONTENT_LENGTH") or 0) > most_bytes:
        raise Problem("web.body_too_large", most=most_bytes // 1024)
    request.upload_handlers = [InMemoryUpload(request)]


def _without_nul(request: HttpRequest) -> HttpRequest:
    """The request without NUL signs in what was typed: no reader sees one, and PostgreSQL can store none."""
    for name in ("GET", "POST"):
        sent: QueryDict = getattr(request, name)
        if any(NUL in value for _, values in sent.lists() for value in values):
            readable = sent.copy()
            for key, values in sent.lists():
                readable.setlist(key, [value.replace(NUL, "") for value in values])
            setattr(request, name, readable)
    return request


def _refusal(request: StaffRequest, need: Permission | Audience) -> HttpResponse | None:
    request.now = domain_now()
    request.actor = Actor(account_id=0, name="", posts=())
    request.scope, request.area = Scope(), None
    user = request.user
    if user.is_authenticated:
        request.area = _chosen_area(request)
        # Posts begin and end on the office's days: rights are a matter of the real calendar.
        request.actor = actor_of(user, on=office_day())
    if need is Audience.PUBLIC:
        return None
    if not user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if request.actor.needs_second_factor and not _sets_up_factor(request) and not _has_factor(user):
        return redirect("mfa_activate_totp")
    if need is Audience.SIGNED_IN:
        return None
    if not request.actor.may(need):
        raise not_permitted(need)
    request.scope = request.actor.scope_for(need)
    if request.area is not None:
        request.scope = request.scope.within(request.area)
    return None


def scope_of(request: StaffRequest, permission: Permission) -> Scope:
    """The scope of another permission than the route's own, for parts of a page that show other rows."""
    scope = request.actor.scope_for(permission)
    return scope.within(request.area) if request.area is not None else scope


def _chosen_area(request: HttpRequest) -> RegionRange | None:
    """The area the person has narrowed all pages to in the top bar, if any."""
    code = request.session.get(AREA_IN_SESSION, "")
    return range_of(code) if code else None


def _has_factor(user: Any) -> bool:
    """In a demo nobody has passwords, so nobody has a second factor either."""
    return is_mfa_enabled(user) or is_demo()


def _sets_up_factor(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and (match.url_name or "").startswith(("mfa_", "account_"))
