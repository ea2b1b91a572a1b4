"""Reading ten-point checks, always through a scope: those that stand, and every version of one."""

from __future__ import annotations

from django.db.models import QuerySet

from kentongan.accounts.scopes import Scope
from kentongan.edge.problems import Problem
from kentongan.events.models import Event
from kentongan.response.models import ProportionalityCheck


def checks_in(scope: Scope) -> QuerySet[ProportionalityCheck]:
    """Checks of the scope, newest first, superseded ones among them."""
    rows: QuerySet[ProportionalityCheck] = ProportionalityCheck.objects.in_scope(scope)
    return rows.select_related("event", "superseded_by").order_by("-made_at", "-pk")


def check_in(scope: Scope, number: int) -> ProportionalityCheck:
    """One check inside the scope; what lies outside is not even said to exist."""
    check = checks_in(scope).filter(pk=number).first()
    if check is None:
        raise Problem("response.check_unknown", number=number)
    return check


def checks_of(event: Event, scope: Scope) -> QuerySet[ProportionalityCheck]:
    """The checks of an event that stand."""
    return checks_in(scope).filter(event=event, superseded_by=None)
