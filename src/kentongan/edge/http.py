"""The one door to the internet: every outbound request of the project goes through `fetch`.

A web address comes from outside (a feed, a link in a report), so it may point at our own machine or network.
The address a name resolves to is checked at the moment of connecting, and the connection is made to that very
address: a name that answers differently the second time, a redirect, or a number in disguise gains nothing.
Only http and https, only public addresses, few redirects, never from https to http; one deadline and one size
cap for the whole fetch, the size counted after unpacking. No cookies, no proxy or credentials from the
environment.

Feeds and channels call this; a repository rule forbids HTTP clients anywhere else.
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import httpcore
import httpx

from kentongan import __version__
from kentongan.edge.addresses import Address, is_disguised, is_public
from kentongan.edge.problems import Problem

Resolver = Callable[[str, int], Iterable[str]]

USER_AGENT = f"Kentongan/{__version__} (peringatan dini daerah)"
HEADERS: Mapping[str | bytes, str | bytes] = {
    "User-Agent": USER_AGENT,
    "Accept-Encoding": "gzip",
    "Accept": "*/*",
}
DEFAULT_PORTS: Mapping[str, int] = {"http": 80, "https": 443}
REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may cost. `size` is in bytes after unpacking, `seconds` covers everything from name to
    last byte.
    """

    size: int = 5_000_000
    seconds: float = 20.0
    redirects: int = 3
    ports: frozenset[int] = frozenset({80, 443})


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back. Any status is an answer: the caller decides what a 404 means."""

    status: int
    content_type: str
    body: bytes
    final_url: str


def system_resolver(host: str, port: int) -> list[str]:
    """Every address the machine's resolver gives for a name."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def fetch(
    url: str,
    *,
    limits: Limits = Limits(),
    resolver: Resolver = system_resolver,
    permitted: Callable[[Address], bool] = is_public,
    trust: ssl.SSLContext | None = None,
) -> Fetched:
    """GET `url` within the limits. Raises a Problem `edge.…` for everything refused or failed.

    `resolver` and `permitted` exist for tests, which have only this machine to talk to.
    """
    deadline = _Deadline(time.monotonic() + limits.seconds)
    door = _Door(resolver, permitted, deadline)
    context = trust or httpx.create_ssl_context(trust_env=False)
    target = _checked_url(url, limits=limits)
    with _told_plainly(lambda: target.host):
        for _ in range(limits.redirects + 1):
            answer = _get(target, door=door, context=context, limits=limits)
            if isinstance(answer, Fetched):
                return answer
            target = _next_hop(target, answer, limits=limits)
    raise Problem("edge.too_many_redirects", host=target.host, most=limits.redirects)


def _get(target: httpx.URL, *, door: _Door, context: ssl.SSLContext, limits: Limits) -> Fetched | str:
    """One hop: the answer, or the place it points to. Fresh connections: nothing is carried along."""
    asked = httpcore.URL(
        scheme=target.raw_scheme, host=target.raw_host, port=target.port, target=target.raw_path
    )
    with (
        httpcore.ConnectionPool(ssl_context=context, network_backend=door) as pool,
        pool.stream("GET", asked, headers=HEADERS) as response,
    ):
        headers = httpx.Headers(response.headers)
        location = headers.get("location")
        if response.status in REDIRECTS and location:
            return str(location)
        body = _read(response, headers.get("content-encoding", ""), host=target.host, size=limits.size)
        return Fetched(response.status, headers.get("content-type", ""), body, str(target))


def _checked_url(text: str, *, limits: Limits) -> httpx.URL:
    try:
        url = httpx.URL(text.strip())
        port = DEFAULT_PORTS.get(url.scheme, 0) if url.port is None else url.port
    except (httpx.InvalidURL, ValueError):
        raise Problem("edge.address_malformed", address=text[:120]) from None
    if url.scheme not in DEFAULT_PORTS:
        raise Problem("edge.scheme_refused", scheme=url.scheme or "-")
    if not url.host or url.userinfo or "%" in url.host or is_disguised(url.host):
        raise Problem("edge.address_malformed", address=text[:120])
    if port not in limits.ports:
        raise Problem("edge.port_refused", host=url.host, port=port)
    return url


def _next_hop(current: httpx.URL, location: str, *, limits: Limits) -> httpx.URL:
    try:
        joined = current.join(location)
    except (httpx.InvalidURL, ValueError):
        raise Problem("edge.address_malformed", address=location[:120]) from None
    target = _checked_url(str(joined), limits=limits)
    if current.scheme == "https" and target.scheme != "https":
        raise Problem("edge.downgrade_refused", host=target.host)
    return target


def _read(response: httpcore.Response, packed_as: str, *, host: str, size: int) -> bytes:
    """The body, unpacked by hand: a library would unpack a whole chunk before anybody could count it."""
    coding = packed_as.strip().lower()
    if coding not in {"", "identity", "gzip", "x-gzip"}:
        raise Problem("edge.fetch_failed", host=host, why=f"content-encoding {coding[:20]}")
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 16) if "gzip" in coding else None
    body = bytearray()
    for packed in response.iter_stream():
        body += unpack.decompress(packed, size + 1 - len(body)) if unpack else packed
        if len(body) > size:
            raise Problem("edge.fetch_too_large", host=host, most=size)
    if unpack and body and not unpack.eof:
        raise Problem("edge.fetch_failed", host=host, why="gzip")
    return bytes(body)


@contextmanager
def _told_plainly(host: Callable[[], str]) -> Iterator[None]:
    """Turn what the network layers raise into the catalogue's sentences."""
    try:
        yield
    except httpcore.TimeoutException:
        raise Problem("edge.fetch_timeout", host=host()) from None
    except (httpcore.NetworkError, httpcore.ProtocolError, zlib.error) as error:
        raise Problem("edge.fetch_failed", host=host(), why=type(error).__name__) from error


@dataclass(frozen=True, slots=True)
class _Deadline:
    """The moment the whole fetch must be over; each wait gets only what is left of it."""

    moment: float

    def left(self) -> float:
        seconds = self.moment - time.monotonic()
        if seconds <= 0:
            raise httpcore.ReadTimeout("deadline")
        return seconds


class _Door(httpcore.NetworkBackend):
    """Opens connections: resolves, checks every address, and connects to the address that was checked."""

    def __init__(self, resolver: Resolver, permitted: Callable[[Address], bool], deadline: _Deadline) -> None:
        self._resolver, self._permitted, self._deadline = resolver, permitted, deadline
        self._network = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002
        local_address: str | None = None,  # noqa: ARG002
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        failure: httpcore.ConnectError | None = None
        for address in self._checked_addresses(host, port):
            try:
                return _TimedStream(
                    self._network.connect_tcp(address, port, self._deadline.left()), self._deadline
                )
            except httpcore.ConnectError as error:
                failure = error
        raise failure or httpcore.ConnectError("no address")

    def _checked_addresses(self, host: str, port: int) -> list[str]:
        """One refused address refuses the name: a name that is half ours is not a public one."""
        try:
            found = [ipaddress.ip_address(text) for text in self._resolve(host, port)]
        except (OSError, ValueError, UnicodeError):
            raise Problem("edge.host_unknown", host=host) from None
        if not all(self._permitted(address) for address in found):
            raise Problem("edge.address_refused", host=host)
        return [str(address) for address in found]

    def _resolve(self, host: str, port: int) -> list[str]:
        """The resolver runs beside us, because the system's cannot be told to hurry."""
        answers: queue.Queue[list[str] | OSError | UnicodeError] = queue.Queue(maxsize=1)

        def ask() -> None:
            try:
                answers.put(list(self._resolver(host, port)))
            except (OSError, UnicodeError) as error:
                answers.put(error)

        threading.Thread(target=ask, name="resolve", daemon=True).start()
        try:
            answer = answers.get(timeout=self._deadline.left())
        except queue.Empty:
            raise httpcore.ConnectTimeout("resolver") from None
        if isinstance(answer, Exception):
            raise answer
        return answer


class _TimedStream(httpcore.NetworkStream):
    """A connection on which no single wait outlasts the deadline: a slow drip ends in time too."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: _Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left())
        return _TimedStream(secured, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)
