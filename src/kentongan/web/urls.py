"""All pages, screen by screen. Every entry declares what it needs; `routing.route` is the only way to add one."""

from __future__ import annotations

from django.urls import URLPattern

from kentongan.web.views import (
    accounts,
    administration,
    agencies,
    alerts,
    audit,
    components,
    demo,
    disclosure,
    documents,
    events,
    health,
    home,
    jobs,
    policy,
    regions,
    reports,
    shell,
    signin,
    tasks,
)

urlpatterns: list[URLPattern] = [
    *home.ROUTES,
    *demo.ROUTES,
    *signin.ROUTES,
    *shell.ROUTES,
    *reports.ROUTES,
    *events.ROUTES,
    *alerts.ROUTES,
    *tasks.ROUTES,
    *documents.ROUTES,
    *regions.ROUTES,
    *agencies.ROUTES,
    *accounts.ROUTES,
    *policy.ROUTES,
    *audit.ROUTES,
    *jobs.ROUTES,
    *disclosure.ROUTES,
    *health.ROUTES,
    *administration.ROUTES,
    *components.ROUTES,
]
