"""The report door on the embedded default: anonymous JSON reports over HTTP, each answered once it is on the disk.

A server like `kentongan serve` (waitress with its pool of threads, its worker beside it) runs as a child on a temporary
instance, on loopback. Client processes keep their connections open and send one report after the other for a minute.
Promised: 400 reports/s for 60 s, 95th percentile under 250 ms, no error, nothing lost; a sustained 100/s is the lower
line. Afterwards the instance is asked what it holds, and the parts of one report are timed alone, in processor time.

    python -m benchmarks.report_door [--seconds 60] [--processes 2] [--threads 16] [--without-worker]

Clients, server and worker share the machine: the processor time of one report says more than the rate.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

SEND = "/lapor/kirim/"
PROMISED_PER_SECOND, PROMISED_P95_MS = 400, 250
WARM_UP_SECONDS = 3
START_SECONDS = 120
GROUP = 8  # reports per commit when the parts are timed: about what sixteen threads bring together
TEXT = (
    "Ada sekitar tiga puluh orang berkumpul di simpang dusun sejak pukul 21.30, terdengar ajakan membalas malam ini. "
    "Beberapa membawa kayu. Tetua sudah menenangkan, hubungi 0812-3456-7890 bila perlu. Laporan nomor {number}."
)
REGIONS = """\
code,name,time_zone
99,Bimasakti Raya,Asia/Jakarta
99.01,Kabupaten Waluku,
99.01.01,Tegalwuku,
99.01.01.2001,Sumberluku,
"""

_SET_UP = """
import django; django.setup()
from django.core.management import call_command
from kentongan.accounts.actions import create_agency
from kentongan.accounts.actors import Actor
from kentongan.edge.clocks import machine_now
call_command("migrate", verbosity=0)
call_command("regions", "load", "--file", {file!r})
create_agency(name="Kesbangpol Waluku", short_name="Kesbangpol", kind="kesbangpol", own=["99.01"],
              by=Actor.of_system("bench"), at=machine_now())
"""
_SERVE = (
    "import django; django.setup(); from kentongan.pipeline.server import Address, serve; "
    "serve(Address('127.0.0.1', {port}), browser=False, worker={worker})"
)
# The same server, threads and middleware in front of a page that stores nothing: what HTTP alone costs here.
_BARE = (
    "import django; django.setup(); from django.http import HttpResponse; from django.urls import path; "
    "from django.views.decorators.csrf import csrf_exempt; import kentongan.urls as urls; "
    "bare = csrf_exempt(lambda request: HttpResponse(request.body[:0], status=201)); "
    "urls.urlpatterns.insert(0, path('lapor/kirim/', bare)); "
    "from kentongan.pipeline.server import Address, serve; "
    "serve(Address('127.0.0.1', {port}), browser=False, worker={worker})"
)
BARE_SECONDS = 8
_LOOK = """
import django; django.setup()
from kentongan.audit.models import AuditEntry
from kentongan.intake.models import Report
print(Report.rows.count(), AuditEntry.objects.filter(action="report.received").count())
"""


@dataclass(frozen=True, slots=True)
class Load:
    """What the clients met: seconds of each answered report, errors, and over how long."""

    seconds: list[float]
    errors: int
    lasted: float
    server_cpu: float  # seconds of processor time of the serving process

    @property
    def rate(self) -> float:
        return len(self.seconds) / self.lasted

    def percentile_ms(self, percent: int) -> float:
        return statistics.quantiles(self.seconds, n=100)[percent - 1] * 1000


@dataclass(frozen=True, slots=True)
class Result:
    load: Load
    warm_up: int  # reports answered before the measured minute
    stored: int
    recorded: int
    parts: dict[str, float]  # microseconds of one report
    bare: Load  # the same clients against the same server and a page that stores nothing

    def lines(self) -> Iterator[str]:
        load = self.load
        answered = len(load.seconds) + self.warm_up
        yield (
            f"{load.rate:,.0f} reports/s over {load.lasted:.0f} s: p50 {load.percentile_ms(50):.0f} ms, "
            f"p95 {load.percentile_ms(95):.0f} ms, p99 {load.percentile_ms(99):.0f} ms, {load.errors} errors"
        )
        yield f"{answered:,} answered, {self.stored:,} stored, {self.recorded:,} in the chain"
        yield (
            f"the same server with a page that stores nothing: {self.bare.rate:,.0f}/s, "
            f"ratio {load.rate / self.bare.rate:.2f}"
        )
        yield from self._shares()
        lost = answered - self.stored
        kept = load.rate >= PROMISED_PER_SECOND and load.percentile_ms(95) < PROMISED_P95_MS
        good = kept and not load.errors and lost <= 0
        yield (
            f"{'OK' if good else 'KURANG / BELOW'}: {PROMISED_PER_SECOND}/s with p95 under {PROMISED_P95_MS} ms promised, "
            f"{max(0, lost)} lost"
        )

    def _shares(self) -> Iterator[str]:
        whole = self.load.server_cpu / len(self.load.seconds) * 1e6
        if whole:
            http = self.bare.server_cpu / len(self.bare.seconds) * 1e6
            waiting = max(0.0, whole - http - sum(self.parts.values()))
            rest = {"HTTP and middleware / HTTP": http, "threads, form and answer / threads": waiting}
            yield f"processor time of one report in the serving process: {whole:,.0f} µs"
        else:
            whole, rest = sum(self.parts.values()), {}
            yield f"processor time of one report without HTTP: {whole:,.0f} µs"
        for name, cost in {**rest, **self.parts}.items():
            yield f"  {cost:6,.0f} µs {cost / whole:4.0%}  {name}"


def main(*, seconds: int = 60, processes: int = 2, threads: int = 16, worker: bool = True) -> Result:
    """Measure on an instance of its own."""
    with tempfile.TemporaryDirectory(prefix="kentongan-bench-", ignore_cleanup_errors=True) as folder:
        environment = _environment(Path(folder))
        _set_up(Path(folder), environment)
        with _server(environment, worker=worker) as (port, child):
            warm_up = _burst(port, child, seconds=WARM_UP_SECONDS, processes=processes, threads=threads)
            load = _burst(port, child, seconds=seconds, processes=processes, threads=threads)
            stored, recorded = map(int, _python(_LOOK, environment).split())
        with _server(environment, worker=False, code=_BARE) as (port, child):
            bare = _burst(port, child, seconds=BARE_SECONDS, processes=processes, threads=threads)
        parts = json.loads(_run([sys.executable, "-m", "benchmarks.report_door", "--parts"], environment))
    return Result(load, len(warm_up.seconds), stored, recorded, parts, bare)


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KENTONGAN_")}
    return kept | {"KENTONGAN_DATA": str(folder / "data"), "DJANGO_SETTINGS_MODULE": "kentongan.settings"}


def _set_up(folder: Path, environment: dict[str, str]) -> None:
    file = folder / "wilayah.csv"
    file.write_text(REGIONS, encoding="utf-8")
    _python(_SET_UP.format(file=str(file)), environment)


def _python(code: str, environment: dict[str, str]) -> str:
    return _run([sys.executable, "-c", code], environment)


def _run(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
    return done.stdout


# --- the clients, each process of its own ---


def _burst(port: int, child: subprocess.Popen[bytes], *, seconds: int, processes: int, threads: int) -> Load:
    before, begun = _cpu_of(child.pid), time.perf_counter()
    command = [sys.executable, "-m", "benchmarks.report_door", "--client", str(port)]
    command += ["--seconds", str(seconds), "--threads", str(threads)]
    clients = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(processes)]  # noqa: S603
    said = [json.loads(client.communicate()[0]) for client in clients]
    return Load(
        seconds=[each for one in said for each in one["seconds"]],
        errors=sum(one["errors"] for one in said),
        lasted=max(one["lasted"] for one in said),
        server_cpu=_cpu_of(child.pid) - before if time.perf_counter() > begun else 0.0,
    )


def client(port: int, *, seconds: float, threads: int) -> dict[str, object]:
    """Threads that send one report after the other until the time is over."""
    taken: list[float] = []
    errors: list[str] = []
    begun = time.perf_counter()
    senders = [
        threading.Thread(target=_send_until, args=(port, begun + seconds, taken, errors))
        for _ in range(threads)
    ]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    if errors:
        print(f"first error: {errors[0]}", file=sys.stderr)
    return {"seconds": taken, "errors": len(errors), "lasted": time.perf_counter() - begun}


def _send_until(port: int, end: float, taken: list[float], errors: list[str]) -> None:
    """A connection that is kept; written by hand, because a comfortable client costs more than the server."""
    number = 0
    with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while time.perf_counter() < end:
            number += 1
            body = _body(number)
            head = (
                f"POST {SEND} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                f"Content-Length: {len(body)}\r\n\r\n"
            )
            begun = time.perf_counter()
            try:
                line.sendall(head.encode() + body)
                answer = _answer(line)
            except OSError as error:
                errors.append(repr(error))
                return
            if answer.startswith(b"HTTP/1.1 201 "):
                taken.append(time.perf_counter() - begun)
            else:
                errors.append(answer[:300].decode(errors="replace"))


def _body(number: int) -> bytes:
    said = {
        "client_id": str(uuid4()), "tile": "keributan_kekerasan", "text": TEXT.format(number=number),
        "area": "99.01.01.2001", "happens": "now", "knowledge": "saw", "ongoing": "yes", "danger": "no",
        "place_note": "dekat balai dusun",
    }  # fmt: skip
    return json.dumps(said).encode()


def _answer(line: socket.socket) -> bytes:
    read = b""
    while b"\r\n\r\n" not in read:
        read += _more(line)
    head, _, rest = read.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0] or 0)
    while len(rest) < length:
        rest += _more(line)
    return head + b"\r\n\r\n" + rest


def _more(line: socket.socket) -> bytes:
    piece = line.recv(65_536)
    if not piece:
        raise OSError("the server closed the connection")
    return piece


# --- the server ---


@contextmanager
def _server(
    environment: dict[str, str], *, worker: bool, code: str = _SERVE
) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """The server as a child on a free loopback port; ended whatever happens."""
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        port = int(asking.getsockname()[1])
    command = [sys.executable, "-c", code.format(port=port, worker=worker)]
    child = subprocess.Popen(command, env=environment)  # noqa: S603 (our own server, on loopback)
    try:
        _wait_for(port, child)
        yield port, child
    finally:
        child.terminate()
        try:
            child.wait(timeout=30)
        except subprocess.TimeoutExpired:
            child.kill()


def _wait_for(port: int, child: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except OSError:
            if child.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            return


def _cpu_of(pid: int) -> float:
    """Processor seconds of one process so far; nothing where the system does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


# --- the parts of one report, each alone ---


def parts(*, times: int = 1200) -> dict[str, float]:
    """Microseconds of processor time of each part of one report, in one thread of an instance that is set up."""
    import django

    django.setup()
    from kentongan.accounts.desks import desk_for
    from kentongan.edge.clocks import machine_now
    from kentongan.edge.sealed_fields import SealedText
    from kentongan.intake.actions.storing import arrival_of, store_arrivals
    from kentongan.intake.decisions import shown_note, shown_text, shown_title
    from kentongan.policy import policy_on
    from kentongan.web.forms.lapor import json_object, read_answers
    from kentongan.web.lapor_receiving import _draft, _place

    now = machine_now()
    policy = policy_on(now.date())
    bodies = [_body(number) for number in range(times)]
    answers = [read_answers(json_object(body), policy=policy) for body in bodies]
    area, note, _ = _place(answers[0])
    drafts = [_draft(each, area, note, channel="form") for each in answers]
    desk = desk_for(area)

    def made(number: int) -> object:
        return arrival_of(
            drafts[number], source="publik", audit_name="publik", own_tag="", desk=desk, at=now, contact=None
        )

    def masked(number: int) -> None:
        for mask in (shown_text, shown_title, shown_note):
            mask(drafts[number])

    arrivals = [made(number) for number in range(times)]
    groups = [arrivals[start : start + GROUP] for start in range(0, times, GROUP)]
    costs = {
        "parse / parse": _cost(times, lambda n: read_answers(json_object(bodies[n]), policy=policy)),
        "place and desk / place and desk": _cost(times, lambda n: (_place(answers[n]), desk_for(area))),
        "mask / mask": _cost(times, masked),
        "seal / seal": _cost(times, lambda n: SealedText.seal(drafts[n].text, context="bench")),
    }
    costs["hash and receipt / hash and receipt"] = (
        _cost(times, made) - costs["mask / mask"] - costs["seal / seal"]
    )
    return costs | _stored(groups, store_arrivals)


def _stored(groups: list[list[object]], store: Callable[..., object]) -> dict[str, float]:
    """Rows, chain and commit: the last two by leaving them out in turn."""
    from kentongan.audit import actions as audit
    from kentongan.edge.transactions import one_transaction

    reports = sum(map(len, groups))
    third = len(groups) // 3
    recorded, spent = audit.record_all, [0.0]

    def timed(links: list[object]) -> object:
        begun = time.process_time()
        entries = recorded(links)  # type: ignore[arg-type]
        spent[0] += time.process_time() - begun
        return entries

    audit.record_all = timed  # type: ignore[assignment]
    begun = time.process_time()
    with one_transaction():
        for group in groups[:third]:
            store(group)
    without_commit = (time.process_time() - begun) / (third * GROUP) * 1e6
    chain = spent[0] / (third * GROUP) * 1e6
    audit.record_all = recorded
    begun = time.process_time()
    for group in groups[third:]:
        store(group)
    whole = (time.process_time() - begun) / (reports - third * GROUP) * 1e6
    return {
        "rows / rows": without_commit - chain,
        "audit / audit": chain,
        f"commit, {GROUP} together / commit": max(0.0, whole - without_commit),
    }


def _cost(times: int, work: Callable[[int], object]) -> float:
    begun = time.process_time()
    for number in range(times):
        work(number)
    return (time.process_time() - begun) / times * 1e6


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--processes", type=int, default=2, help="client processes")
    parser.add_argument("--threads", type=int, default=16, help="connections of each client process")
    parser.add_argument(
        "--without-worker", action="store_true", help="leave the worker out, to see what it costs"
    )
    parser.add_argument("--client", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--parts", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    chosen = _arguments()
    if chosen.client:
        print(json.dumps(client(chosen.client, seconds=chosen.seconds, threads=chosen.threads)))
    elif chosen.parts:
        print(json.dumps(parts()))
    else:
        measured = main(
            seconds=chosen.seconds,
            processes=chosen.processes,
            threads=chosen.threads,
            worker=not chosen.without_worker,
        )
        print("\n".join(measured.lines()))
