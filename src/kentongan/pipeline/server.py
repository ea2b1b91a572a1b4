"""Serving an instance: one web process with a pool of threads and, beside it, one supervised worker.

The server buffers request bodies before a thread is taken, so that a slow phone stops nobody. The worker is a child
process; if it dies it is started again, and if we die it notices that its standard input has closed.
"""

from __future__ import annotations

import errno
import subprocess
import sys
import threading
import time
import webbrowser
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any

import structlog
from django.conf import settings
from waitress.server import create_server

from kentongan.edge.problems import Problem
from kentongan.wsgi import application

log = structlog.get_logger()

LARGEST_BODY = 30 * 1024 * 1024  # bytes; photos come in a request of their own
RESTART_SECONDS = (1, 5, 30)


@dataclass(frozen=True, slots=True)
class Address:
    """Where to listen. `host` 127.0.0.1 keeps the instance on this machine."""

    host: str
    port: int
    threads: int = 16  # those that wait for one commit share it: more of them, cheaper reports (benchmarks/report_door.py)

    @property
    def url(self) -> str:
        shown = "127.0.0.1" if self.host in {"0.0.0.0", "::"} else self.host  # noqa: S104 (compared, not bound)
        return f"http://{shown}:{self.port}/"


class SupervisedWorker:
    """The worker as a child process, started again when it dies."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._watch, name="worker-watch", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._child is not None:
            self._child.terminate()
            self._child.wait(timeout=20)

    def _watch(self) -> None:
        deaths = 0
        while not self._stopping.is_set():
            command = [sys.executable, "-m", "kentongan", "worker", "--with-parent"]
            self._child = subprocess.Popen(command, stdin=subprocess.PIPE)  # noqa: S603 (our own command)
            code = self._child.wait()
            if self._stopping.is_set():
                return
            log.error("worker died, starting it again", code=code)
            time.sleep(RESTART_SECONDS[min(deaths, len(RESTART_SECONDS) - 1)])
            deaths += 1


def serve(address: Address, *, browser: bool, worker: bool) -> None:
    """Serve until interrupted."""
    server = _bind(address)
    child = SupervisedWorker() if worker else None
    if child:
        child.start()
    if browser:
        threading.Timer(0.8, webbrowser.open, [address.url]).start()
    try:
        server.run()
    finally:
        server.close()
        if child:
            child.stop()


def answer_once(address: Address) -> float:
    """Serve, ask for the own front page, stop; returns the seconds until it answered. For set-up tests."""
    started = time.monotonic()
    server = _bind(address)
    threading.Thread(target=server.run, name="serve", daemon=True).start()
    asking = HTTPConnection(address.host, address.port, timeout=30)
    asking.request("GET", "/")
    status = asking.getresponse().status
    asking.close()
    server.close()
    if status >= 400:
        raise RuntimeError(f"the front page answered {status}")
    return time.monotonic() - started


def _proxy_headers() -> dict[str, Any]:
    """Behind a proxy on this machine its word on address and scheme is believed; nobody else's ever is."""
    if not settings.BEHIND_PROXY:
        return {}
    return {
        "trusted_proxy": "127.0.0.1",
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
        "clear_untrusted_proxy_headers": True,
    }


def _bind(address: Address):  # type: ignore[no-untyped-def]  # waitress has no public type for its servers
    try:
        return create_server(
            application,
            host=address.host,
            port=address.port,
            threads=address.threads,
            ident=None,
            max_request_body_size=LARGEST_BODY,
            channel_timeout=120,
            connection_limit=500,
            **_proxy_headers(),
        )
    except OSError as error:
        if error.errno in {errno.EADDRINUSE, errno.EACCES}:
            raise Problem("pipeline.port_taken", value=address.port, other=address.port + 10) from error
        raise
