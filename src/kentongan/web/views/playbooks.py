"""Buku saku: one playbook as people read it while they decide what to do, on screen and on one sheet of paper."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import URLPattern

from kentongan.accounts.permissions import Permission
from kentongan.edge.formats import in_zone
from kentongan.edge.problems import Problem
from kentongan.policy import Playbook, current_policy, policy_on
from kentongan.policy.code_list import CodeList
from kentongan.web.routing import StaffRequest, route
from kentongan.web.views.policy import SECTION


def playbook_page(request: StaffRequest, slug: str) -> HttpResponse:
    """One edition; a retired one stays readable, because alerts of its time name it."""
    theme, playbook = _edition(slug, path=request.path)
    today = policy_on(max(in_zone(request.now, "Asia/Jakarta").date(), current_policy().first_day))
    context = {
        "playbook": playbook,
        "theme": theme,
        "retired": playbook.code not in today.playbooks,
        "types": [(kind, current_policy().event_types[kind]) for kind in playbook.serves],
        "recipients": [today.vocabularies["agency_kind"][kind] for kind in playbook.recipients],
        "ladder": [
            (today.vocabularies["measure_step"][str(step)], step, list(measures))
            for step, measures in groupby(playbook.measures, key=lambda measure: measure.step)
        ],
        "kinds": today.vocabularies["agency_kind"],
    }
    return render(request, "playbooks/playbook.html", context)


def _edition(code: str, *, path: str) -> tuple[CodeList[Playbook], Playbook]:
    for theme in current_policy().playbooks.values():
        if code in theme.entries:
            return theme, theme[code]
    raise Problem("web.page_not_found", value=path)


ROUTES: list[URLPattern] = [
    route(
        "aturan/buku-saku/<slug:slug>/",
        playbook_page,
        name="playbook",
        need=Permission.POLICY_READ,
        section=SECTION,
    ),
]
