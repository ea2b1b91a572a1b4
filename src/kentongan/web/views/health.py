"""Kesehatan: every thing that can fail with its state and next step; and two plain answers for machines."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern

from kentongan.accounts.permissions import Permission
from kentongan.edge.clocks import machine_now
from kentongan.pipeline.health import State, database_answers, health, unapplied_migrations
from kentongan.web.routing import Audience, StaffRequest, route

SECTION = "administration"
_ready: set[str] = (
    set()
)  # a process never falls back behind its migrations: once found complete, it is not asked again


def health_page(request: StaffRequest) -> HttpResponse:
    """All items, the worst first."""
    items = sorted(health(now=machine_now()), key=lambda item: -list(State).index(item.state))
    counts = Counter(item.state for item in items)
    states = [(state.value, state.word, counts[state]) for state in reversed(State)]
    return render(request, "health/health.html", {"items": items, "states": states, "machine": machine_now()})


def healthz(request: HttpRequest) -> HttpResponse:
    """Whether the database answers: "ok", or 503."""
    return _plain("ok", status=200) if database_answers() else _silent()


def readyz(request: HttpRequest) -> HttpResponse:
    """Whether this process may be sent visitors: database reachable, migrations applied."""
    database = database_answers()
    migrations = database and _migrated()
    ready = database and migrations
    return JsonResponse(
        {"ready": ready, "database": database, "migrations": migrations}, status=200 if ready else 503
    )


def _migrated() -> bool:
    if "migrations" not in _ready and not unapplied_migrations():
        _ready.add("migrations")
    return "migrations" in _ready


def _silent() -> HttpResponse:
    return _plain("database", status=503)


def _plain(text: str, *, status: int) -> HttpResponse:
    return HttpResponse(text, content_type="text/plain", status=status)


def _even_without_database(pattern: URLPattern) -> URLPattern:
    """Routing reads the domain's clock first; a machine that asks for our health must be answered even then."""
    guarded: Callable[..., HttpResponse] = pattern.callback

    @functools.wraps(guarded)
    def answered(request: HttpRequest, **values: Any) -> HttpResponse:
        try:
            return guarded(request, **values)
        except DatabaseError:
            return _silent()

    pattern.callback = answered
    return pattern


ROUTES: list[URLPattern] = [
    route("kesehatan/", health_page, name="health", need=Permission.HEALTH_READ, section=SECTION),
    _even_without_database(route("healthz", healthz, name="healthz", need=Audience.PUBLIC)),
    _even_without_database(route("readyz", readyz, name="readyz", need=Audience.PUBLIC)),
]
