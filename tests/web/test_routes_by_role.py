"""Every route × every role, generated from the declarations: nobody reaches what the role does not carry."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from kentongan.accounts.permissions import Permission
from kentongan.accounts.roles import ROLES
from kentongan.urls import urlpatterns
from kentongan.web.routing import Audience, Declaration
from tests import factories, people

# Values for the parameters of addresses: such rows do not exist, so an allowed role meets a 404 at most.
SAMPLE = {
    "number": 990_001,
    "account": 990_001,
    "code": "99.01",
    "seq": 990_001,
    "job": 990_001,
    "slug": "ada",
}


def declared(pattern: URLPattern) -> Declaration:
    found = getattr(pattern.callback, "declared", None)
    assert isinstance(found, Declaration), f"{pattern.pattern} declares no permission"
    return found


def address(pattern: URLPattern) -> str:
    names = pattern.pattern.converters
    return reverse(pattern.name or "", kwargs={name: SAMPLE.get(name, "1") for name in names})


def guarded_routes() -> Iterator[URLPattern]:
    for pattern in urlpatterns:
        if isinstance(declared(pattern).need, Permission):
            yield pattern


def test_every_route_declares_what_it_needs() -> None:
    for pattern in urlpatterns:
        assert isinstance(pattern, URLPattern), "nested includes would hide routes from this test"
        assert pattern.name
        assert isinstance(declared(pattern).need, Permission | Audience)


def test_only_a_few_known_routes_are_public() -> None:
    public = {pattern.name for pattern in urlpatterns if declared(pattern).need is Audience.PUBLIC}

    assert public == {
        "front", "choose_role", "set_language", "set_theme", "limits", "healthz", "readyz",
        "account_login", "account_logout", "account_inactive", "account_first_password", "mfa_authenticate",
        "report_form", "report_step", "report_send", "report_status", "report_reply", "report_withdraw", "report_photo",
        "alert_link",
    }  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("code", sorted(ROLES))
def test_a_role_reaches_exactly_the_routes_its_permissions_name(code: str, client: Client) -> None:
    factories.waluku()
    role = ROLES[code]
    people.sign_in(client, people.person(code))

    for pattern in guarded_routes():
        need = declared(pattern).need
        for method in declared(pattern).methods:
            answer = client.generic(method, address(pattern))
            refused = (
                answer.status_code == 403 and answer.context["problem"]["code"] == "accounts.not_permitted"
            )
            assert refused is (need not in role.permissions), (
                f"{code} {method} {pattern.name}: {answer.status_code}"
            )
            assert answer.status_code < 500


@pytest.mark.django_db
def test_a_stranger_is_sent_to_the_log_in_page_by_every_guarded_route(client: Client) -> None:
    for pattern in guarded_routes():
        for method in declared(pattern).methods:
            answer = client.generic(method, address(pattern))
            assert answer.status_code == 302, pattern.name
            assert answer["Location"].startswith(reverse("account_login"))


@pytest.mark.django_db
def test_a_method_that_is_not_declared_is_refused(client: Client) -> None:
    for pattern in urlpatterns:
        assert client.generic("DELETE", address(pattern)).status_code == 405, pattern.name
