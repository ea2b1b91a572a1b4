"""The guarded client against servers on this machine: only tests may say that 127.0.0.1 is fine."""

from __future__ import annotations

import gzip
import ipaddress
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.edge.addresses import Address, is_disguised, is_public
from kentongan.edge.http import Fetched, Limits, fetch
from kentongan.edge.problems import Problem

Answer = Callable[[BaseHTTPRequestHandler], None]


class Site(ThreadingHTTPServer):
    """A server on this machine that answers as a test says, and remembers what it was asked."""

    daemon_threads = True

    def __init__(self, answer: Answer) -> None:
        self.asked: list[dict[str, str]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(
                    {"path": self.path, **{name.lower(): value for name, value in self.headers.items()}}
                )
                with suppress(OSError):
                    answer(self)

            def log_message(self, *_: Any) -> None:
                """Quiet."""

        super().__init__(("127.0.0.1", 0), Handler)

    def handle_error(self, *_: Any) -> None:
        """A client that hangs up is what several tests are about."""

    @property
    def port(self) -> int:
        return int(self.server_address[1])


@contextmanager
def site(answer: Answer) -> Iterator[Site]:
    server = Site(answer)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def send(handler: BaseHTTPRequestHandler, body: bytes, *, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def hello(handler: BaseHTTPRequestHandler) -> None:
    send(handler, b"halo", Content_Type="text/plain", Set_Cookie="who=me")


def to(location: str, *, status: int = 302) -> Answer:
    return lambda handler: send(handler, b"", status=status, Location=location)


def here(_: str, __: int) -> list[str]:
    return ["127.0.0.1"]


def anything(_: Address) -> bool:
    return True


def get(server: Site, path: str = "/", *, host: str = "situs.example", **changes: Any) -> Fetched:
    limits = Limits(ports=frozenset({server.port}), **changes)
    return fetch(f"http://{host}:{server.port}{path}", limits=limits, resolver=here, permitted=anything)


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(Problem) as caught:
        call()
    assert caught.value.sentence("id") != caught.value.sentence("en")
    return caught.value.code


def test_a_page_comes_back_with_its_type_and_address() -> None:
    with site(hello) as server:
        got = get(server, "/a?b=c")
        assert (got.status, got.content_type, got.body) == (200, "text/plain", b"halo")
        assert got.final_url == f"http://situs.example:{server.port}/a?b=c"
        assert server.asked[0]["host"] == f"situs.example:{server.port}"
        assert server.asked[0]["user-agent"].startswith("Kentongan/")


def test_a_missing_page_is_an_answer_not_a_failure() -> None:
    with site(lambda handler: send(handler, b"tidak ada", status=404)) as server:
        assert get(server).status == 404


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "100.100.100.200", "192.0.0.192", "168.63.129.16", "198.18.0.1", "224.0.0.1",
        "239.1.1.1", "255.255.255.255", "192.88.99.1", "::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8",
        "64:ff9b::8.8.8.8", "64:ff9b:1::1", "2002:7f00:1::1", "2001::1", "2001:db8::1", "fe80::1",
        "fc00::1", "fd00:ec2::254", "ff02::1", "3fff::1",
    ],
)  # fmt: skip
def test_addresses_that_are_ours_or_nobodys_are_never_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "103.28.12.1", "2606:4700::1111", "2400:cb00::1"])
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@given(st.integers(0, 2**32 - 1))
def test_no_public_address_is_one_that_the_registry_calls_special(number: int) -> None:
    address = ipaddress.IPv4Address(number)
    if is_public(address):
        special = (address.is_private, address.is_loopback, address.is_link_local, address.is_multicast)
        assert special == (False,) * 4
        assert not is_public(ipaddress.IPv6Address(f"::ffff:{address}"))


@given(st.integers(0, 2**32 - 1), st.sampled_from(["d", "#x", "#o"]))
def test_a_number_for_an_address_is_seen_through(number: int, style: str) -> None:
    written = f"{number:{style}}".replace("0o", "0")
    assert is_disguised(written)


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f.1", "0x7f000001", "0177.0.0.1", "127.1", "1.2.3.4.", "0x"]
)
def test_hosts_written_as_odd_numbers_are_refused_before_any_lookup(host: str) -> None:
    def never(_: str, __: int) -> list[str]:
        raise AssertionError("looked up")

    assert code_of(lambda: fetch(f"http://{host}/", resolver=never)) == "edge.address_malformed"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("ftp://situs.example/", "edge.scheme_refused"),
        ("file:///etc/passwd", "edge.scheme_refused"),
        ("gopher://situs.example/", "edge.scheme_refused"),
        ("situs.example", "edge.scheme_refused"),
        ("http://", "edge.address_malformed"),
        ("http://user:pass@situs.example/", "edge.address_malformed"),
        ("http://situs example/", "edge.address_malformed"),
        ("http://[fe80::1%25eth0]/", "edge.address_malformed"),
        ("http://situs.example:22/", "edge.port_refused"),
        ("https://situs.example:8443/", "edge.port_refused"),
        ("http://situs.example:99999/", "edge.port_refused"),
    ],
)
def test_other_schemes_ports_and_malformed_addresses_are_refused(url: str, code: str) -> None:
    assert code_of(lambda: fetch(url, resolver=here, permitted=anything)) == code


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "127\u30020\u30020\u30021"]
)
def test_this_machine_is_refused_under_each_of_its_names(host: str) -> None:
    with site(hello) as server:
        limits = Limits(ports=frozenset({server.port}))
        assert (
            code_of(lambda: fetch(f"http://{host}:{server.port}/", limits=limits)) == "edge.address_refused"
        )
        assert server.asked == []


def test_a_name_with_one_inner_address_among_public_ones_is_refused() -> None:
    assert (
        code_of(lambda: fetch("http://situs.example/", resolver=lambda _, __: ["8.8.8.8", "10.0.0.1"]))
        == "edge.address_refused"
    )


def test_the_connection_goes_to_the_address_that_was_checked() -> None:
    """A name that changes its answer is asked once per connection, and only what was checked is used."""
    answers = iter([["127.0.0.1"], ["127.0.0.2"]])
    checked: list[str] = []

    def permitted(address: Address) -> bool:
        checked.append(str(address))
        return str(address) == "127.0.0.1"

    with site(hello) as server:
        limits = Limits(ports=frozenset({server.port}))
        url = f"http://situs.example:{server.port}/"
        got = fetch(url, limits=limits, resolver=lambda _, __: next(answers), permitted=permitted)
        assert got.status == 200
        assert checked == ["127.0.0.1"]
        assert code_of(
            lambda: fetch(url, limits=limits, resolver=lambda _, __: next(answers), permitted=permitted)
        ) == "edge.address_refused"  # fmt: skip


def test_each_hop_of_a_redirect_is_checked_anew() -> None:
    with site(hello) as inner, site(to(f"http://dalam.example:{inner.port}/")) as outer:
        limits = Limits(ports=frozenset({inner.port, outer.port}))
        names = {"situs.example": "127.0.0.1", "dalam.example": "127.0.0.2"}
        assert (
            code_of(
                lambda: fetch(
                    f"http://situs.example:{outer.port}/",
                    limits=limits,
                    resolver=lambda host, _: [names[host]],
                    permitted=lambda address: str(address) == "127.0.0.1",
                )
            )
            == "edge.address_refused"
        )
        assert inner.asked == []


def test_redirects_are_followed_up_to_the_limit_and_carry_no_cookie() -> None:
    def three_hops(handler: BaseHTTPRequestHandler) -> None:
        step = int(handler.path[1:] or 0)
        if step < 3:
            send(handler, b"", status=302, Location=f"/{step + 1}", Set_Cookie="who=me")
        else:
            hello(handler)

    with site(three_hops) as server:
        assert get(server).final_url.endswith("/3")
        assert [asked.get("cookie") for asked in server.asked] == [None] * 4
        assert code_of(lambda: get(server, redirects=2)) == "edge.too_many_redirects"


@pytest.mark.parametrize("place", ["file:///etc/passwd", "ftp://situs.example/", "javascript:alert(1)"])
def test_a_redirect_to_another_scheme_is_refused(place: str) -> None:
    with site(to(place)) as server:
        assert code_of(lambda: get(server)) == "edge.scheme_refused"


def test_proxies_of_the_environment_are_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    with site(hello) as server:
        assert get(server).body == b"halo"


def test_a_body_over_the_limit_is_refused_at_the_limit() -> None:
    with site(lambda handler: send(handler, bytes(2000))) as server:
        assert len(get(server, size=2000).body) == 2000
        assert code_of(lambda: get(server, size=1999)) == "edge.fetch_too_large"


def test_an_endless_body_is_cut_off() -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(bytes(65536))

    with site(endless) as server:
        assert code_of(lambda: get(server, size=1_000_000)) == "edge.fetch_too_large"


def test_a_packed_body_is_unpacked_and_counted_unpacked() -> None:
    bomb = gzip.compress(bytes(50_000_000))
    assert len(bomb) < 60_000
    with site(lambda handler: send(handler, gzip.compress(b"halo"), Content_Encoding="gzip")) as server:
        assert get(server).body == b"halo"
    with site(lambda handler: send(handler, bomb, Content_Encoding="gzip")) as server:
        assert code_of(lambda: get(server, size=1_000_000)) == "edge.fetch_too_large"


@pytest.mark.parametrize(
    "body", [gzip.compress(b"halo" * 99)[:-12], b"not gzip at all"], ids=["cut short", "not packed"]
)
def test_a_packed_body_that_is_broken_is_a_failure_not_half_a_page(body: bytes) -> None:
    with site(lambda handler: send(handler, body, Content_Encoding="gzip")) as server:
        assert code_of(lambda: get(server)) == "edge.fetch_failed"


def test_a_packing_we_do_not_count_is_refused() -> None:
    with site(lambda handler: send(handler, b"x", Content_Encoding="br")) as server:
        assert code_of(lambda: get(server)) == "edge.fetch_failed"


@pytest.mark.parametrize("part", ["head", "body"])
def test_a_slow_drip_ends_with_the_deadline(part: str) -> None:
    stop = threading.Event()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        if part == "body":
            handler.end_headers()
        else:
            handler.flush_headers()
        for number in range(10_000):
            handler.wfile.write(b"x" if part == "body" else f"X-{number}: y\r\n".encode())
            if stop.wait(0.02):
                return

    with site(drip) as server:
        assert code_of(lambda: get(server, seconds=0.3)) == "edge.fetch_timeout"
        stop.set()


def test_a_resolver_that_hangs_ends_with_the_deadline() -> None:
    release = threading.Event()

    def hang(_: str, __: int) -> list[str]:
        release.wait(30)
        return []

    limits = Limits(seconds=0.1)
    assert (
        code_of(lambda: fetch("http://situs.example/", limits=limits, resolver=hang)) == "edge.fetch_timeout"
    )
    release.set()


def test_a_name_that_does_not_exist_is_told_as_such() -> None:
    def unknown(_: str, __: int) -> list[str]:
        raise OSError("no such name")

    assert code_of(lambda: fetch("http://situs.example/", resolver=unknown)) == "edge.host_unknown"


def test_a_refused_connection_is_a_plain_failure() -> None:
    with site(hello) as server:
        port = server.port
    limits = Limits(ports=frozenset({port}))
    url = f"http://situs.example:{port}/"
    assert (
        code_of(lambda: fetch(url, limits=limits, resolver=here, permitted=anything)) == "edge.fetch_failed"
    )
