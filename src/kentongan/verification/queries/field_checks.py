"""Requests to offices on the spot: those of the own office, and those of an event."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from kentongan.accounts.scopes import Scope
from kentongan.edge.problems import Problem
from kentongan.events.models import Event
from kentongan.verification.decisions import Answer
from kentongan.verification.models import FieldAnswer, FieldCheck


def field_checks_of(event: Event, scope: Scope) -> QuerySet[FieldCheck]:
    """Every request about an event, the newest first."""
    return _in(scope).filter(event=event).order_by("-asked_at", "-pk")


def answers_in(requests: Iterable[FieldCheck]) -> list[Answer]:
    """The answers among them, as plain values."""
    return [
        Answer(request.item, request.answer, request.answered_at)
        for request in requests
        if request.answered_at is not None
    ]


def open_requests(scope: Scope, *, agencies: Iterable[int]) -> QuerySet[FieldCheck]:
    """What these agencies are asked and have not answered: the most pressing first."""
    return _in(scope).filter(agency__in=agencies, answer="", withdrawn_at=None).order_by("due_at", "pk")


def answered_requests(scope: Scope, *, agencies: Iterable[int]) -> QuerySet[FieldCheck]:
    """What these agencies have answered, the newest first."""
    return _in(scope).filter(agency__in=agencies).exclude(answer="").order_by("-answered_at", "-pk")


def field_check_in(scope: Scope, number: int) -> FieldCheck:
    """One request inside the scope; what lies outside is not even said to exist."""
    found: FieldCheck | None = _in(scope).filter(pk=number).first()
    if found is None:
        raise Problem("verification.field_check_unknown", number=number)
    return found


def is_overdue(request: FieldCheck, *, now: datetime) -> bool:
    """Whether the time has passed without an answer."""
    return not request.answer and request.withdrawn_at is None and request.due_at <= now


def was_late(request: FieldCheck) -> bool:
    """Whether the answer came after its time; it counts all the same."""
    return request.answered_at is not None and request.answered_at > request.due_at


def field_answers() -> list[tuple[str, str]]:
    """The answers on the card, in their order."""
    return list(FieldAnswer.choices)


def _in(scope: Scope) -> QuerySet[FieldCheck]:
    rows: QuerySet[FieldCheck] = FieldCheck.objects.in_scope(scope).select_related("agency", "event")
    return rows
