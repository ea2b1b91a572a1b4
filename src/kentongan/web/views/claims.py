"""Klaim: what is being said, carried by how many reports. The verdict comes from the body that may give it."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import URLPattern

from kentongan.accounts.permissions import Permission
from kentongan.places.queries import region_labels
from kentongan.policy import policy_on
from kentongan.verification.queries import claims_in, reports_of_claims
from kentongan.web.routing import StaffRequest, route, scope_of
from kentongan.web.wording import language

PER_PAGE = 30


def claims(request: StaffRequest) -> HttpResponse:
    """All claims of the scope, the newest first."""
    page = Paginator(claims_in(request.scope), PER_PAGE).get_page(request.GET.get("page"))
    found = list(page.object_list)
    carried = reports_of_claims(found, scope_of(request, Permission.REPORT_READ))
    places = region_labels(claim.area for claim in found if claim.area is not None)
    machine = policy_on(request.now.date()).lifecycles["claim"]
    rows = [
        {
            "claim": claim,
            "place": places[claim.area] if claim.area is not None else "",
            "state": machine.label_of(claim.state).in_language(language()),
            "reports": carried.get(claim.pk, []),
        }
        for claim in found
    ]
    return render(request, "claims/list.html", {"page": page, "rows": rows})


ROUTES: list[URLPattern] = [
    route("klaim/", claims, name="claims", need=Permission.REPORT_TRIAGE, section="reports"),
]
