"""Twenty slow phones uploading must not stop the office: what ordinary requests take meanwhile, against what they take idle.

A server like `kentongan serve` (waitress, a pool of threads, no worker) runs as a child on a temporary instance, on
loopback alone. A steady stream asks for the log-in page, first alone, then beside twenty clients that each send a body
at about 12 kB/s. Promised: the 95th percentile stays within 1.5 times that of the idle server.

    python -m benchmarks.slow_clients [--seconds 300] [--clients 20]
"""

from __future__ import annotations

import argparse
import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PAGE = "/masuk/"
PER_SECOND = 20  # ordinary requests
CLIENTS = 20
IDLE_SECONDS = 60
BYTES_PER_SECOND = 12_000
PIECE = 1_200  # bytes sent at once, ten times a second
PROMISED_RATIO = 1.5
START_SECONDS = 90

_SERVE = (
    "import django; django.setup(); from kentongan.pipeline.server import Address, serve; "
    "serve(Address('127.0.0.1', {port}), browser=False, worker=False)"
)


@dataclass(frozen=True, slots=True)
class Stream:
    """What one stream of ordinary requests met: seconds each, how many failed, and bytes that slow clients sent."""

    seconds: list[float]
    failed: int
    uploaded: int = 0

    @property
    def p95_ms(self) -> float:
        return statistics.quantiles(self.seconds, n=20)[-1] * 1000

    @property
    def median_ms(self) -> float:
        return statistics.median(self.seconds) * 1000


@dataclass(frozen=True, slots=True)
class Result:
    idle: Stream
    beside: Stream
    clients: int

    @property
    def ratio(self) -> float:
        return self.beside.p95_ms / self.idle.p95_ms

    def lines(self) -> Iterator[str]:
        yield _line("sendiri / idle", self.idle)
        yield _line(f"di samping {self.clients} klien lambat / beside slow clients", self.beside)
        kept = self.ratio <= PROMISED_RATIO and not self.beside.failed
        yield f"{'OK' if kept else 'KURANG / BELOW'}: p95 ratio {self.ratio:.2f}, at most {PROMISED_RATIO} promised"


def main(*, seconds: int = 30, clients: int = CLIENTS) -> Result:
    """Measure idle for a minute at most, then beside the slow clients for `seconds`, on an instance of its own."""
    instance = tempfile.TemporaryDirectory(prefix="kentongan-bench-", ignore_cleanup_errors=True)
    with instance as folder, _server(Path(folder)) as port:
        _ordinary(port, seconds=3)  # warm up: templates, connection, files
        idle = _ordinary(port, seconds=min(seconds, IDLE_SECONDS))
        return Result(idle, _beside(port, seconds=seconds, clients=clients), clients)


def _ordinary(port: int, *, seconds: int) -> Stream:
    """A steady stream: a request is due twenty times a second, whether the one before was slow or not."""
    taken: list[float] = []
    failed, begun = 0, time.perf_counter()
    for number in range(seconds * PER_SECOND):
        due = begun + number / PER_SECOND
        time.sleep(max(0.0, due - time.perf_counter()))
        try:
            taken.append(_one_request(port))
        except OSError:
            failed += 1
    return Stream(taken, failed)


def _one_request(port: int) -> float:
    begun = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", PAGE)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise OSError(f"{PAGE} answered {answer.status}")
    finally:
        connection.close()
    return time.perf_counter() - begun


def _beside(port: int, *, seconds: int, clients: int) -> Stream:
    over, sent = threading.Event(), [0] * clients
    phones = [
        threading.Thread(target=_slow_phone, args=(port, over, sent, place), daemon=True)
        for place in range(clients)
    ]
    for phone in phones:
        phone.start()
    try:
        met = _ordinary(port, seconds=seconds)
    finally:
        over.set()
        for phone in phones:
            phone.join(timeout=10)
    return Stream(met.seconds, met.failed, sum(sent))


def _slow_phone(port: int, over: threading.Event, sent: list[int], place: int) -> None:
    """One body after another, a little at a time, until it is over; a body takes about half a minute."""
    length = 30 * BYTES_PER_SECOND
    head = f"POST {PAGE} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {length}\r\n\r\n"
    while not over.is_set():
        with socket.create_connection(("127.0.0.1", port), timeout=60) as phone:
            phone.sendall(head.encode())
            for _piece in range(length // PIECE):
                phone.sendall(b"a" * PIECE)
                sent[place] += PIECE
                if over.wait(PIECE / BYTES_PER_SECOND):
                    return
            phone.recv(4096)


@contextmanager
def _server(folder: Path) -> Iterator[int]:
    """The server as a child on a free loopback port; ended whatever happens."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KENTONGAN_")}
    environment |= {"KENTONGAN_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "kentongan.settings"}
    subprocess.run([sys.executable, "-m", "django", "migrate", "--verbosity=0"], env=environment, check=True)
    port = _free_port()
    command = [sys.executable, "-c", _SERVE.format(port=port)]
    child = subprocess.Popen(command, env=environment)  # noqa: S603 (our own server, on loopback)
    try:
        _wait_until_it_answers(port, child)
        yield port
    finally:
        child.terminate()
        try:
            child.wait(timeout=20)
        except subprocess.TimeoutExpired:
            child.kill()


def _free_port() -> int:
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        return int(asking.getsockname()[1])


def _wait_until_it_answers(port: int, child: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            _one_request(port)
        except OSError:
            if child.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            return


def _line(how: str, stream: Stream) -> str:
    slow = f", {stream.uploaded / 1e6:.1f} MB uploaded" if stream.uploaded else ""
    return (
        f"{how}: p95 {stream.p95_ms:.1f} ms, median {stream.median_ms:.1f} ms, "
        f"{len(stream.seconds)} requests, {stream.failed} failed{slow}"
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--seconds", type=int, default=30, help="beside the slow clients; a minute idle at most"
    )
    parser.add_argument("--clients", type=int, default=CLIENTS)
    return parser.parse_args()


if __name__ == "__main__":
    chosen = _arguments()
    result = main(seconds=max(5, chosen.seconds), clients=chosen.clients)
    print("\n".join(result.lines()))
