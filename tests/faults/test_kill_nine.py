"""kill -9 at any moment: no acknowledged report is lost, none is doubled, the chain holds, a cut-off job has one effect.

Three rounds in an ordinary run; KENTONGAN_FAULT_ROUNDS=50 for the figure that is written down.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest

pytestmark = [pytest.mark.faults, pytest.mark.slow]
ROUNDS = int(os.environ.get("KENTONGAN_FAULT_ROUNDS", "3"))
URL = os.environ.get("KENTONGAN_DATABASE_URL", "")
LEASE_SECONDS = 3600  # well past the lease of any job


@dataclass(frozen=True, slots=True)
class Instance:
    """An instance of its own: where it lies, and how a child finds it."""

    environment: dict[str, str]
    repository: Path

    def start(self, *words: str, **extra: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.faults.child", *words]
        return subprocess.Popen(
            command, env=self.environment | extra, cwd=self.repository, stdout=subprocess.PIPE, text=True
        )

    def ask(self, *words: str) -> str:
        child = self.start(*words)
        said, _ = child.communicate(timeout=120)
        assert child.returncode == 0
        return said

    def look(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.ask("look"))
        return found


@pytest.fixture(params=["postgresql" if URL else "sqlite"])
def instance(request: pytest.FixtureRequest, repository: Path, tmp_path: Path) -> Iterator[Instance]:
    """A fresh instance with real settings: SQLite in its own folder, or where PostgreSQL is named a database there."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KENTONGAN_")}
    environment |= {
        "KENTONGAN_DATA": str(tmp_path / "data"),
        "PYTHONPATH": f"{repository / 'src'}{os.pathsep}{repository}",
    }
    name = f"kt_faults_{secrets.token_hex(4)}"
    if request.param == "postgresql":
        _on_server(f'CREATE DATABASE "{name}"')
        environment["KENTONGAN_DATABASE_URL"] = urlunsplit(urlsplit(URL)._replace(path=f"/{name}"))
    migrate = [sys.executable, "-m", "django", "migrate", "--settings=kentongan.settings", "--verbosity=0"]
    try:
        subprocess.run(migrate, env=environment, cwd=repository, check=True, timeout=300)
        yield Instance(environment, repository)
    finally:
        if request.param == "postgresql":
            _on_server(f'DROP DATABASE "{name}" WITH (FORCE)')


def _on_server(statement: str) -> None:
    import psycopg

    with psycopg.connect(URL, autocommit=True) as connection:
        connection.execute(statement)


def killed_while_sending(instance: Instance, *, start: int, moments: random.Random) -> tuple[bool, list[int]]:
    """Whether the first number was stored already, and those acknowledged when the child was killed.

    The kill falls a random while after a random number, so that it meets every part of an action.
    """
    child = instance.start("send", str(start))
    assert child.stdout is not None
    was_stored, after = child.stdout.readline() == "stored\n", moments.randint(1, 80)
    said = [child.stdout.readline() for _ in range(after)]
    time.sleep(moments.uniform(0, 0.02))
    child.send_signal(signal.SIGKILL)
    rest = child.stdout.read()  # not communicate(): it would pass over what is buffered here already
    assert child.wait(timeout=60) == -signal.SIGKILL
    # A line cut off in the middle was never an acknowledgement anybody could read.
    lines = "".join([*said, rest]).splitlines(keepends=True)
    return was_stored, [int(line) for line in lines if line.endswith("\n")]


def test_no_acknowledged_report_is_lost_or_doubled(
    instance: Instance, capsys: pytest.CaptureFixture[str]
) -> None:
    moments, acknowledged, unanswered = random.Random(), [], 0
    for _round in range(ROUNDS):
        # Whoever got no answer sends again: the first number of a round may be stored already.
        start = acknowledged[-1] + 1 if acknowledged else 1
        was_stored, said = killed_while_sending(instance, start=start, moments=moments)
        acknowledged, unanswered = acknowledged + said, unanswered + was_stored
    found = instance.look()
    lost = set(acknowledged) - set(found["numbers"])
    doubled = len(found["numbers"]) - len(set(found["numbers"]))
    with capsys.disabled():
        sys.stdout.write(
            f"\n  kill -9 × {ROUNDS}: {len(acknowledged)} acknowledged, {len(found['numbers'])} stored, "
            f"{len(lost)} lost, {doubled} doubled, {unanswered} stored without an answer and sent again, "
            f"chain {found['chain']}, head kept {found['kept']}\n"
        )
    assert (lost, doubled, found["fault"]) == (set(), 0, "")
    assert found["received"] == found["reports"]
    assert found["kept"] <= found["chain"]
    assert len(set(acknowledged)) == len(acknowledged)
    assert found["synchronous"] in {"", "FULL"}


def killed_in_a_burst(instance: Instance, *, start: int, moments: random.Random) -> list[int]:
    """The numbers that eight senders at once got answers for before the kill."""
    child = instance.start("burst", str(start))
    assert child.stdout is not None
    said = [child.stdout.readline() for _ in range(moments.randint(1, 200))]
    time.sleep(moments.uniform(0, 0.02))
    child.send_signal(signal.SIGKILL)
    rest = child.stdout.read()
    assert child.wait(timeout=60) == -signal.SIGKILL
    lines = "".join([*said, rest]).splitlines(keepends=True)
    return [int(line) for line in lines if line.endswith("\n")]


def test_no_report_of_a_burst_is_lost_or_doubled(
    instance: Instance, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever was answered is stored, though many reports share one commit."""
    moments, acknowledged, answers = random.Random(), set[int](), 0
    for _round in range(ROUNDS):
        # From the first number without an answer on: what was stored without one is sent a second time.
        start = next(number for number in itertools.count(1) if number not in acknowledged)
        said = killed_in_a_burst(instance, start=start, moments=moments)
        assert len(said) == len(set(said))
        acknowledged, answers = acknowledged | set(said), answers + len(said)
    found = instance.look()
    lost = acknowledged - set(found["numbers"])
    doubled = len(found["numbers"]) - len(set(found["numbers"]))
    with capsys.disabled():
        sys.stdout.write(
            f"\n  kill -9 in a burst × {ROUNDS}: {answers} answers, {len(found['numbers'])} stored, "
            f"{len(lost)} lost, {doubled} doubled, chain {found['chain']}, head kept {found['kept']}\n"
        )
    assert (lost, doubled, found["fault"]) == (set(), 0, "")
    assert found["received"] == found["reports"]
    assert found["kept"] <= found["chain"]


def test_a_job_whose_worker_was_killed_runs_again_with_one_effect(instance: Instance) -> None:
    child = instance.start("work", KENTONGAN_HANGS="1")
    assert child.stdout is not None
    assert child.stdout.readline() == "effect\n"
    child.send_signal(signal.SIGKILL)
    child.communicate(timeout=60)
    assert instance.look()["jobs"][0] == ["toy.effect", "running", 1]
    assert instance.ask("again", str(LEASE_SECONDS)) == "effect\n"
    found = instance.look()
    assert found["jobs"][0] == ["toy.effect", "done", 2]
    assert (found["numbers"], len(found["received"]), found["fault"]) == ([7], 1, "")
