"""The demo's role chooser: no passwords, therefore only on a database marked as demo and only from this machine."""

from __future__ import annotations

from ipaddress import ip_address

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, reverse

from kentongan.accounts.queries import account_by_email
from kentongan.edge.problems import Problem
from kentongan.pipeline.demo.people import ADDRESS, VISITORS
from kentongan.pipeline.world import is_demo
from kentongan.web.routing import Audience, route

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def choose_role(request: HttpRequest) -> HttpResponse:
    """The cards; choosing one signs in as that role."""
    _require_demo_here(request)
    if request.method == "POST":
        return _become(request, request.POST.get("role", ""))
    cards = [
        (visitor.key, visitor.icon, visitor.name, visitor.title, visitor.hint_icon, visitor.hint)
        for visitor in VISITORS
    ]
    return render(request, "demo/choose_role.html", {"roles": cards, "choose_url": reverse("choose_role")})


def _become(request: HttpRequest, key: str) -> HttpResponse:
    if key not in {visitor.key for visitor in VISITORS}:
        raise Problem("web.demo_role_unknown", value=key or "–")
    login(request, account_by_email(ADDRESS.format(key=key)), backend=BACKEND)
    return redirect("home")


def _require_demo_here(request: HttpRequest) -> None:
    """A stranger, or a real instance, is not even told that such a page exists."""
    passed_on = "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META
    if passed_on or not (is_demo() and ip_address(request.META["REMOTE_ADDR"]).is_loopback):
        raise Problem("web.page_not_found", value=request.path)


ROUTES: list[URLPattern] = [
    route("pilih-peran/", choose_role, name="choose_role", need=Audience.PUBLIC, methods=("GET", "POST")),
]
