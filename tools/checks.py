"""The `test` verb: every checker, then the suite on SQLite, then on PostgreSQL; all failures told at the
end.

A checker that fails does not stop the next one, so one run shows everything there is to mend. The suite's
own closing line is printed last. What a machine lacks (PostgreSQL, Chromium) is named with how to get it
and the rest is run; where CI=true nothing may be missing. Standard library only: it runs before and outside
`.venv`.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tools import postgres
from tools.environment import ROOT, venv_folder, venv_python

FAULT_ROUNDS = 50
SHOWN_LINES = 60
# Browser tests share one server, so they go to one worker together.
WORKERS = ("-n", "2", "--dist", "loadgroup")
CLOSING_LINE = re.compile(
    r"^=*\s*(?:no tests ran|.*\d+ (?:passed|failed|errors?|skipped|deselected|warnings?)\b).* in [\d.]+s"
)
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
HOW_TO_GET_CHROMIUM = (
    "Chromium: apt install chromium fonts-noto-core (Debian/Ubuntu), or set KENTONGAN_CHROMIUM"
)


@dataclass
class Outcome:
    """What became of one checker."""

    name: str
    passed: bool
    seconds: float = 0.0
    output: str = ""


@dataclass
class Record:
    """All outcomes of a run, and the suite's closing line, kept back until the summary is printed."""

    outcomes: list[Outcome] = field(default_factory=list)
    closing: str = ""

    @property
    def failed(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if not outcome.passed]


def run_checks(arguments: Sequence[str], *, fast: bool, faults: bool) -> int:
    """Run what was asked for; the exit code is 0 only when all passed and nothing needed was missing."""
    record = Record()
    missing = [] if fast else missing_tools()
    for sentence in missing:
        print(f"! {sentence}", flush=True)
    if not (fast or faults):
        run_static_checkers(record)
    run_suites(record, selection(arguments, fast=fast, faults=faults), fast=fast, faults=faults)
    if missing and in_ci():
        record.outcomes.append(Outcome("machine: nothing missing", passed=False, output="\n".join(missing)))
    print_summary(record, missing)
    return 1 if record.failed else 0


def selection(arguments: Sequence[str], *, fast: bool, faults: bool) -> list[str]:
    if faults:
        return ["-m", "faults", *arguments]
    return [*(["-m", "not (slow or browser or faults)"] if fast else []), *arguments]


def missing_tools() -> list[str]:
    """What the whole suite needs and this machine lacks, each with how to get it."""
    missing = []
    if postgres.find_binaries() is None:
        missing.append(f"PostgreSQL tidak ditemukan / not found. {postgres.HOW_TO_GET_IT}")
    if find_chromium() is None:
        missing.append(f"Chromium tidak ditemukan / not found. {HOW_TO_GET_CHROMIUM}")
    return missing


def find_chromium() -> Path | None:
    named = os.environ.get("KENTONGAN_CHROMIUM")
    candidates = [named] if named else [shutil.which(name) for name in CHROMIUM_NAMES]
    return next((Path(path) for path in candidates if path and Path(path).exists()), None)


def in_ci() -> bool:
    return os.environ.get("CI", "").lower() == "true"


def static_checkers() -> list[tuple[str, list[str]]]:
    python = str(venv_python())
    return [
        ("ruff format", [tool("ruff"), "format", "--check", "."]),
        ("ruff check", [tool("ruff"), "check", "--output-format", "concise", "."]),
        ("djlint", [tool("djlint"), "--check", "--lint", "--quiet", "src"]),
        ("mypy", [tool("mypy")]),
        ("import contracts", [tool("lint-imports")]),
        ("migrations complete", [python, "-m", "kentongan", "makemigrations", "--check", "--dry-run"]),
        ("translations", [python, "-m", "tools.messages", "check"]),
    ]


def tool(name: str) -> str:
    return str(venv_folder(f"{name}.exe" if os.name == "nt" else name))


def run_static_checkers(record: Record) -> None:
    for name, command in static_checkers():
        started = time.monotonic()
        answer = subprocess.run(
            command,
            cwd=ROOT,
            env=check_environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        output = answer.stdout.decode("utf-8", errors="replace")
        outcome = Outcome(name, answer.returncode == 0, time.monotonic() - started, output)
        record.outcomes.append(outcome)
        print(f"{'✓' if outcome.passed else '✗'} {name} ({outcome.seconds:.0f} dtk)", flush=True)


def check_environment(database: str = "") -> dict[str, str]:
    """The environment of every check: no instance's data directory or database is ever touched by a test."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KENTONGAN_")}
    kept = {name: os.environ[name] for name in ("KENTONGAN_FAULT_ROUNDS",) if name in os.environ}
    chromium = find_chromium()
    if chromium:
        kept["KENTONGAN_CHROMIUM"] = str(chromium)
    if database:
        kept["KENTONGAN_DATABASE_URL"] = database
    kept["KENTONGAN_DATA"] = str(ROOT / ".venv" / "test-data")
    return environment | kept | {"PYTHONUTF8": "1"}


# What asks no database of the run is the same on every one: files (contracts, documents, the wheel), pure functions, and
# Chromium, whose demo server keeps its own database file.
WITHOUT_DATABASE = tuple(f"--ignore=tests/{folder}" for folder in ("repo", "analysis", "policy", "browser"))


def run_suites(record: Record, chosen: list[str], *, fast: bool, faults: bool) -> None:
    extra = {"KENTONGAN_FAULT_ROUNDS": str(FAULT_ROUNDS)} if faults else {}
    run_pytest(record, "pytest on SQLite", chosen, check_environment() | extra)
    if fast or postgres.find_binaries() is None:
        return
    without = [] if faults or any(not part.startswith("-") for part in chosen) else list(WITHOUT_DATABASE)
    try:
        with postgres.temporary_cluster() as address:
            environment = check_environment(address) | extra
            run_pytest(record, "pytest on PostgreSQL", [*without, *chosen], environment)
    except postgres.PostgresError as failure:
        record.outcomes.append(Outcome("pytest on PostgreSQL", passed=False, output=str(failure)))


def run_pytest(record: Record, name: str, chosen: Sequence[str], environment: dict[str, str]) -> None:
    if record.closing:
        print(record.closing, flush=True)
    print(f"\n— {name} —", flush=True)
    started = time.monotonic()
    workers = [] if any(part.startswith(("-n", "--numprocesses")) for part in chosen) else list(WORKERS)
    colour = ["--color=yes"] if sys.stdout.isatty() else []
    command = [str(venv_python()), "-m", "pytest", *workers, *colour, *chosen]
    with running(command, environment) as suite:
        record.closing = show_lines(suite)
    record.outcomes.append(Outcome(name, suite.returncode == 0, time.monotonic() - started))


@contextlib.contextmanager
def running(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    suite = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    try:
        yield suite
    finally:
        suite.wait()


def show_lines(suite: subprocess.Popen[str]) -> str:
    """Print the suite's lines as they come, but keep its closing line back and return it."""
    closing = ""
    for line in suite.stdout or ():
        text = line.rstrip("\n")
        if CLOSING_LINE.match(COLOUR.sub("", text)):
            closing = text
        else:
            print(text, flush=True)
    return closing


def shortened(output: str) -> str:
    """The beginning of a checker's findings; the rest is counted, lest one rule bury the others."""
    lines = output.rstrip().splitlines()
    rest = len(lines) - SHOWN_LINES
    return "\n".join([*lines[:SHOWN_LINES], *([f"… {rest} baris lagi / more lines"] if rest > 0 else [])])


def print_summary(record: Record, missing: Sequence[str]) -> None:
    """Every failure with its output, then one line per check, then the suite's own closing line."""
    for outcome in record.failed:
        if outcome.output.strip():
            print(f"\n— {outcome.name} —\n{shortened(outcome.output)}")
    print("\nRingkasan / summary")
    for outcome in record.outcomes:
        print(f"  {'✓' if outcome.passed else '✗'} {outcome.name} ({outcome.seconds:.0f} dtk)")
    for sentence in missing:
        print(f"  ! {sentence}")
    if record.closing:
        print(record.closing, flush=True)
