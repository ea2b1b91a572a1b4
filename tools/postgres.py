"""A temporary PostgreSQL cluster for tests: started on a free loopback port, removed at the end whatever
happens.

run.py's `test` runs the suite a second time against it; a developer can use it alone: `python -m
tools.postgres -- .venv/bin/pytest tests/audit` (the command sees KENTONGAN_DATABASE_URL), or without a
command, to print the address and keep the cluster until Ctrl-C. Durability is switched off: nothing here is
kept. Standard library only.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

OLDEST_MAJOR = 15
START_SECONDS = 60
STOP_SECONDS = 20
OWNER = "kentongan"
UNPRIVILEGED_USERS = ("postgres", "nobody")
USUAL_PLACES = (
    ("/usr/lib/postgresql", "*/bin"),
    ("/usr", "pgsql-*/bin"),
    ("/opt/homebrew/opt", "postgresql@*/bin"),
    ("C:/Program Files/PostgreSQL", "*/bin"),
)
HOW_TO_GET_IT = "PostgreSQL 15+: apt install postgresql (Debian/Ubuntu), brew install postgresql (macOS)"


class PostgresError(Exception):
    """The cluster cannot be made or did not start; the message holds the server's own last words."""


def find_binaries() -> Path | None:
    """The folder of the newest PostgreSQL (15 or later) on this machine."""
    folders = [folder for place, pattern in USUAL_PLACES for folder in Path(place).glob(pattern)]
    on_path = shutil.which("initdb")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    usable = [(major_version(folder), folder) for folder in folders if program(folder, "initdb").exists()]
    newest = max(usable, default=None)
    return newest[1] if newest and newest[0] >= OLDEST_MAJOR else None


def major_version(folder: Path) -> int:
    answer = subprocess.run(
        [program(folder, "initdb"), "--version"], capture_output=True, text=True, check=False
    )
    found = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
    return int(found.group(1)) if found else 0


def program(folder: Path, name: str) -> Path:
    return folder / (f"{name}.exe" if os.name == "nt" else name)


@contextlib.contextmanager
def temporary_cluster() -> Iterator[str]:
    """Start a cluster, give its address (`postgres://…`), stop and remove it afterwards."""
    binaries = find_binaries()
    if binaries is None:
        raise PostgresError(f"No PostgreSQL {OLDEST_MAJOR}+ was found. {HOW_TO_GET_IT}.")
    home = Path(tempfile.mkdtemp(prefix="kentongan-pg-"))
    server: subprocess.Popen[bytes] | None = None
    try:
        password = initialise(binaries, home)
        port = free_port()
        server = start(binaries, home, port)
        wait_until_ready(binaries, home, port, server)
        run(binaries, home, "createdb", *login(port), OWNER, password=password)
        yield f"postgres://{OWNER}:{password}@127.0.0.1:{port}/{OWNER}"
    finally:
        if server is not None:
            stop(server)
        shutil.rmtree(home, ignore_errors=True)


def initialise(binaries: Path, home: Path) -> str:
    """Make the data folder; even a passing cluster on loopback gets a password, others share the machine."""
    password = secrets.token_urlsafe(18)
    password_file = home / "password"
    password_file.write_text(password, encoding="utf-8")
    if unprivileged():
        for path in (home, password_file):
            shutil.chown(path, user=unprivileged())
    options = ["--username", OWNER, "--pwfile", str(password_file), "--auth", "scram-sha-256"]
    options += ["--encoding", "UTF8", "--no-locale", "--no-sync", "--pgdata", str(home / "data")]
    run(binaries, home, "initdb", *options)
    return password


def start(binaries: Path, home: Path, port: int) -> subprocess.Popen[bytes]:
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": str(port),
        "unix_socket_directories": str(home) if os.name != "nt" else "",
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "max_connections": "200",
        "shared_buffers": "128MB",
        "log_min_messages": "fatal",
    }
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    # Its own session: Ctrl-C must reach the tests first and leave us to stop the server in order.
    with (home / "server.log").open("wb") as log:
        return subprocess.Popen(
            [program(binaries, "postgres"), "-D", str(home / "data"), *options],
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=home,
            start_new_session=True,
            **as_unprivileged(),
        )


def wait_until_ready(binaries: Path, home: Path, port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    asking = [str(program(binaries, "pg_isready")), "--quiet", *login(port)]
    while subprocess.run(asking, check=False, cwd=home).returncode != 0:
        if server.poll() is not None or time.monotonic() > deadline:
            log = (home / "server.log").read_text(encoding="utf-8", errors="replace")
            raise PostgresError(f"PostgreSQL did not start within {START_SECONDS} s:\n{log[-2000:]}")
        time.sleep(0.1)


def stop(server: subprocess.Popen[bytes]) -> None:
    """Fast shutdown: open connections are cut, child processes end; the hard kill is the last resort."""
    if server.poll() is None:
        server.send_signal(signal.SIGTERM if os.name == "nt" else signal.SIGINT)
        try:
            server.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def run(binaries: Path, home: Path, name: str, *options: str, password: str = "") -> None:
    answer = subprocess.run(
        [program(binaries, name), *options],
        capture_output=True,
        text=True,
        cwd=home,
        check=False,
        env=os.environ | {"PGPASSWORD": password},
        **as_unprivileged(),
    )
    if answer.returncode != 0:
        raise PostgresError(f"{name} failed: {answer.stderr.strip() or answer.stdout.strip()}")


def login(port: int) -> list[str]:
    return ["--host", "127.0.0.1", "--port", str(port), "--username", OWNER]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def unprivileged() -> str:
    """PostgreSQL refuses to run as root; in a container the tests often do."""
    if os.name == "nt" or os.geteuid() != 0:
        return ""
    import pwd

    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in UNPRIVILEGED_USERS if name in known)


def as_unprivileged() -> dict[str, Any]:
    user = unprivileged()
    if not user:
        return {}
    import pwd

    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}


def main(arguments: Sequence[str] | None = None) -> int:
    chosen = list(sys.argv[1:] if arguments is None else arguments)
    command = chosen[1:] if chosen[:1] == ["--"] else chosen
    # A terminated run must still remove its cluster: turn the signal into an ordinary exit.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with temporary_cluster() as address:
            if command:
                return subprocess.run(
                    command, check=False, env=os.environ | {"KENTONGAN_DATABASE_URL": address}
                ).returncode
            print(address, flush=True)
            with contextlib.suppress(KeyboardInterrupt):
                while True:
                    time.sleep(3600)
    except PostgresError as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
