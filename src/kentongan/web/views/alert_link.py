"""The address in a mail: one alert, one person, one answer, without signing in.

Looking changes nothing, because mail scanners look too; only a press does. Nothing else of the product can be reached
from here, no session begins, and the address leaves no trace in another site's log.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from kentongan.accounts.permissions import Permission
from kentongan.accounts.queries import people_who_may
from kentongan.alerts.actions import acknowledge_by_link, hand_over_by_link, notice_of_link
from kentongan.alerts.queries import is_in_force
from kentongan.edge.problems import Problem
from kentongan.places.queries import region_label, time_zone_of
from kentongan.policy import policy_on
from kentongan.web.routing import Audience, StaffRequest, route
from kentongan.web.slowing import count_wrong_receipt, minutes_before_try
from kentongan.web.templatetags.kentongan_ui import LEVELS
from kentongan.web.wording import language


@csrf_exempt  # no session stands behind it: the address itself is the secret that another site cannot know
def alert_link(request: StaffRequest, token: str) -> HttpResponse:
    """GET shows the alert; POST says "received", or passes it on to a colleague."""
    notice = _notice(request, token)
    if request.method == "POST":
        return _page(request, token, *_answered(request, token))
    return _page(request, token, notice)


def _answered(request: StaffRequest, token: str) -> tuple[Any, str, str]:
    """What was said is carried out; the notice as it stands after, the thanks, and what was refused."""
    done = error = ""
    try:
        if request.POST.get("jawab") == "teruskan":
            chosen = request.POST.get("kepada", "")
            to = int(chosen) if chosen.isdecimal() and len(chosen) < 19 else 0
            hand_over_by_link(token, to=to, reason=request.POST.get("alasan", "")[:280], at=request.now)
            done = _("Diteruskan kepada rekan Anda. Terima kasih.")
        else:
            acknowledge_by_link(token, at=request.now)
            done = _("Diterima. Terima kasih.")
    except Problem as problem:
        error = problem.sentence(language())
    return notice_of_link(token), done, error


def _page(request: StaffRequest, token: str, notice: Any, done: str = "", error: str = "") -> HttpResponse:
    alert, recipient = notice.alert, notice.recipient
    colleagues = people_who_may(
        Permission.ALERT_ACKNOWLEDGE, agency=recipient.agency_id, on=request.now.date()
    )
    context = {
        "alert": alert,
        "recipient": recipient,
        "token": token,
        "place": region_label(alert.area),
        "zone": time_zone_of(alert.area).key,
        "level_shape": LEVELS[alert.level].shape,
        "level_name": LEVELS[alert.level].word,
        "in_force": is_in_force(alert),
        "colleagues": [person for person in colleagues if person.pk != notice.person_id],
        "disclaimer": policy_on(request.now.date()).alert_disclaimer.in_language(language()),
        "done": done,
        "error": error,
    }
    answer = render(request, "alerts/link.html", context, status=422 if error else 200)
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    add_never_cache_headers(answer)
    return answer


def _notice(request: StaffRequest, token: str) -> Any:
    """The notice behind the address. Whoever tries many addresses is slowed down like with receipts."""
    remote = request.META.get("REMOTE_ADDR", "")
    minutes = minutes_before_try(remote, now=request.now)
    if minutes:
        raise Problem("web.receipt_slow_down", minutes=minutes)
    notice = notice_of_link(token)
    if notice is None:
        count_wrong_receipt(remote, now=request.now)
        raise Problem("alerts.link_unknown")
    return notice


ROUTES: list[URLPattern] = [
    route("p/<str:token>/", alert_link, name="alert_link", need=Audience.PUBLIC, methods=("GET", "POST")),
]
