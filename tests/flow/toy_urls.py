"""The instance's pages and one more: a route by which a signed-in reporter sends a report, as intake will have."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import URLPattern

from kentongan.accounts.permissions import Permission
from kentongan.intake.actions import receive_report, reporter
from kentongan.intake.decisions import Draft
from kentongan.urls import urlpatterns as pages
from kentongan.web.routing import StaffRequest, route


def send(request: StaffRequest) -> HttpResponse:
    said, area = request.POST, int(request.POST["area"])
    draft = Draft(UUID(said["client_id"]), "form", said["text"], area=area)
    sender = reporter(request.actor, draft, area=area, at=request.now)
    _, receipt = receive_report(draft, sender=sender, desk=None, at=request.now)
    return HttpResponse(receipt)


urlpatterns: list[URLPattern] = [
    *pages,
    route("uji/kirim/", send, name="toy_send", need=Permission.REPORT_SEND, methods=("POST",)),
]
