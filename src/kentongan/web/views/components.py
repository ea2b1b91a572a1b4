"""Komponen: every pattern of the pages in every state, for whoever builds or checks them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import URLPattern

from kentongan.web.routing import Audience, StaffRequest, route


def components(request: StaffRequest) -> HttpResponse:
    return render(request, "components.html")


ROUTES: list[URLPattern] = [
    route("komponen/", components, name="components", need=Audience.SIGNED_IN, section="administration"),
]
