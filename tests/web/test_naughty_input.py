"""No input yields a server error: every page with every parameter, every form with every field, full of nonsense."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from kentongan.accounts.permissions import Permission
from kentongan.urls import urlpatterns
from tests import people
from tests.web.chain import Chain
from tests.web.test_routes_by_role import SAMPLE, declared

pytestmark = pytest.mark.django_db

NAUGHTY = [
    "",
    "\x00",
    "a\x00b",
    "\u200b\u202e terbalik",
    "😀" * 300,
    "A" * 20_000,
    "-1",
    "0",
    "99999999999999999999999999",
    "1e309",
    "NaN",
    "<script>alert(1)</script>",
    "' OR 1=1; --",
    "{{ 7*7 }}{% url 'x' %}",
    "../../etc/passwd",
    "2026-13-45",
    "0000-00-00",
    "9999-12-31",
    "2026-11-12T25:61",
    "=HYPERLINK(1)",
    "99.01",
    "99.01.99.9999",
    "event:1",
    "akun:1",
    "%s %(x)s {0} {value}",
]
# Names of parameters and fields anywhere in the product; a page ignores those that are not its own.
PARAMETERS = (
    "q", "page", "pada", "keadaan", "lihat", "kode", "next", "tentang", "siapa", "tindakan", "dari", "sampai",
    "instansi", "peran", "laporan", "cari", "text", "search",
)  # fmt: skip
FIELD = re.compile(r"""<(?:input|select|textarea)\b[^>]*?\bname="([^"]+)\"""", re.DOTALL)
ROLES = ["analis", "kabid", "admin", "pengawas", "wali_pelapor"]


def numbers(chain: Chain) -> dict[str, int]:
    """Real rows where a route names them, so that forms are reached and not only their 404."""
    return {
        "report": chain.report.pk, "event": chain.event.pk, "alert": chain.alert.pk, "task": chain.task.pk,
        "agencies": chain.desk.pk, "accounts": chain.ratna.pk,
    }  # fmt: skip


def address(pattern: URLPattern, chain: Chain) -> str:
    kind = (pattern.name or "").partition("_")[0]
    values = {
        name: numbers(chain).get(kind, SAMPLE.get(name, 1)) if name == "number" else SAMPLE.get(name, "1")
        for name in pattern.pattern.converters
    }
    return reverse(pattern.name or "", kwargs=values)


def allowed(role: str, method: str) -> Iterator[URLPattern]:
    may = people.actor(people.person(role)).permissions
    for pattern in urlpatterns:
        need = declared(pattern).need
        if method in declared(pattern).methods and (not isinstance(need, Permission) or need in may):
            yield pattern


@pytest.mark.parametrize("role", ROLES)
def test_no_parameter_of_any_page_breaks_it(chain: Chain, client: Client, role: str) -> None:
    people.sign_in(client, people.person(role))
    pages = [
        pattern for pattern in allowed(role, "GET") if pattern.name not in {"account_logout", "choose_role"}
    ]
    for number, words in enumerate(NAUGHTY):
        for pattern in pages[number % 3 :: 3]:  # a third of the pages for each, in turn
            answer = client.get(address(pattern, chain), dict.fromkeys(PARAMETERS, words))
            assert answer.status_code < 500, f"{pattern.name} {words[:20]!r}"


@pytest.mark.parametrize("role", ROLES)
def test_no_words_in_any_form_break_it(chain: Chain, client: Client, role: str) -> None:
    people.sign_in(client, people.person(role))
    forms = [
        pattern
        for pattern in allowed(role, "POST")
        if not (pattern.name or "").startswith(("account_", "mfa_")) and pattern.name != "choose_role"
    ]
    fields = set(FIELD.findall("".join(_pages(client, chain, role)))) - {"csrfmiddlewaretoken"}
    assert len(fields) >= 3
    for number, words in enumerate(NAUGHTY):
        for pattern in forms[number % 3 :: 3]:
            answer = client.post(address(pattern, chain), dict.fromkeys(fields, words))
            assert answer.status_code < 500, f"{pattern.name} {words[:20]!r}"


def _pages(client: Client, chain: Chain, role: str) -> Iterator[str]:
    for pattern in allowed(role, "GET"):
        answer = client.get(address(pattern, chain))
        if not answer.streaming and "text/html" in answer.headers.get("Content-Type", ""):
            yield answer.content.decode()


@pytest.mark.parametrize(
    "path", ["/%00", "/wilayah/%00/", "/peristiwa/99999999999999999999999/", "/" + "a" * 5000, "/%ff%fe"]
)
def test_no_address_breaks_the_server(client: Client, path: str) -> None:
    people.sign_in(client, people.person("analis"))
    assert client.get(path).status_code in {302, 400, 404}


def test_a_body_that_is_too_large_is_refused_with_a_sentence(chain: Chain, client: Client) -> None:
    people.sign_in(client, chain.ratna)
    answer = client.post(reverse("event_verify", args=[chain.event.pk]), {"reason": "a" * 3_000_000})
    assert answer.status_code in {400, 413}
