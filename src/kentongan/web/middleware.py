"""Turning problems into pages: what happened, with the value, and the next step; never a bare error."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from kentongan.edge.problems import Problem

OVERLOADED = 503


class ProblemMiddleware:
    """Answers a `Problem` raised by a page with its sentence, status and next step."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Problem):
            return problem_page(request, exception)
        return None


def problem_page(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The page for one problem, with the catalogue's status."""
    facts = {
        "problem": {"code": problem.code, "status": problem.status, "mender": problem.mender.value},
        "sentence": problem.sentence(get_language() or "id"),
    }
    answer = render(request, "errors/problem.html", facts, status=problem.status)
    if problem.status == OVERLOADED:
        answer["Retry-After"] = "60"
    return answer


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that waited too long or came from elsewhere: nothing was stored, and the person is told so."""
    return problem_page(request, Problem("web.form_expired"))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return problem_page(request, Problem("web.page_not_found", value=request.path))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return problem_page(request, Problem("web.bad_request"))


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return problem_page(request, Problem("web.refused"))


def server_error(request: HttpRequest) -> HttpResponse:
    """Something failed on our side; this page needs neither database nor session."""
    return render(None, "errors/500.html", status=500)
