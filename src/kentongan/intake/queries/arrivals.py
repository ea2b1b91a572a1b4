"""Which arrivals of a channel are there already: asked before a paste is stored, so that nobody stores it twice."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from kentongan.accounts.scopes import Scope
from kentongan.intake.models import Report

_AT_ONCE = 500  # one statement takes no more values than this comfortably on either database


def numbers_of(scope: Scope, client_ids: Sequence[UUID]) -> dict[UUID, int]:
    """The number of the first report with each of these client ids, inside the scope."""
    found: dict[UUID, int] = {}
    for start in range(0, len(client_ids), _AT_ONCE):
        wanted = client_ids[start : start + _AT_ONCE]
        rows = Report.objects.in_scope(scope).filter(client_id__in=wanted).order_by("-pk")
        found |= dict(rows.values_list("client_id", "pk"))
    return found
