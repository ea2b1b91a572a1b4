"""Small pages of the shell: language, appearance, chosen area, help, what the system does not do."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, URLPattern, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import activate

from kentongan.accounts.permissions import Permission
from kentongan.edge.clocks import move_domain_clock
from kentongan.edge.problems import Problem
from kentongan.pipeline.world import is_demo
from kentongan.places.keys import range_of
from kentongan.web.routing import AREA_IN_SESSION, Audience, Declaration, StaffRequest, route
from kentongan.web.wording import language

YEAR_SECONDS = 31_536_000
THEMES = ("light", "dark")


def set_language(request: HttpRequest) -> HttpResponse:
    """Remember the language in a cookie; an unknown one changes nothing."""
    answer = redirect(back_to(request))
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        activate(language)
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR_SECONDS, samesite="Lax")
    return answer


def set_theme(request: HttpRequest) -> HttpResponse:
    """Remember light or dark in a cookie; `auto` follows the device again."""
    answer = redirect(back_to(request))
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        answer.set_cookie("kentongan_theme", theme, max_age=YEAR_SECONDS, samesite="Lax")
    else:
        answer.delete_cookie("kentongan_theme")
    return answer


def choose_area(request: StaffRequest) -> HttpResponse:
    """Narrow every page to one of the own areas, or widen it again with an empty code."""
    code = request.GET.get("kode", "")
    if not code:
        request.session.pop(AREA_IN_SESSION, None)
    elif _may_see(request, code):
        request.session[AREA_IN_SESSION] = code
    else:
        raise Problem("web.area_not_yours", value=code)
    return redirect(back_to(request))


def move_clock(request: StaffRequest) -> HttpResponse:
    """In a demo only: the story moves on by a day."""
    if not is_demo():
        raise Problem("web.page_not_found", value=request.path)
    move_domain_clock(timedelta(days=1))
    return redirect(back_to(request))


def help_page(request: StaffRequest) -> HttpResponse:
    """Duties per role and the legal base, in a page."""
    words = language()
    posts = [
        (post, post.role.name[words], post.role.description[words], post.role.duties[words])
        for post in request.actor.posts
    ]
    return render(request, "help.html", {"posts": posts})


def limits_page(request: HttpRequest) -> HttpResponse:
    """What this system does not do: public, and the same for everybody."""
    return render(request, "limits.html")


def back_to(request: HttpRequest) -> str:
    """The page the form came from, if it is ours; the home page otherwise."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if ours and _can_be_opened(target) else reverse("home")


def _can_be_opened(target: str) -> bool:
    """Whether the address answers a link: a page shown again after a refused form has the address of its form."""
    try:
        page = resolve(urlsplit(target).path).func
    except Resolver404:
        return False
    declared: Declaration | None = getattr(page, "declared", None)
    return declared is None or "GET" in declared.methods


def _may_see(request: StaffRequest, code: str) -> bool:
    try:
        area = range_of(code)
    except ValueError:
        return False
    return any(part.covers(area) for post in request.actor.posts for part in post.own)


ROUTES: list[URLPattern] = [
    route("bahasa/", set_language, name="set_language", need=Audience.PUBLIC, methods=("POST",)),
    route("tampilan/", set_theme, name="set_theme", need=Audience.PUBLIC, methods=("POST",)),
    route("wilayah-kerja/", choose_area, name="choose_area", need=Audience.SIGNED_IN),
    route("majukan-waktu/", move_clock, name="move_clock", need=Permission.HOME_READ, methods=("POST",)),
    route("bantuan/", help_page, name="help", need=Audience.SIGNED_IN),
    route("batas/", limits_page, name="limits", need=Audience.PUBLIC),
]
