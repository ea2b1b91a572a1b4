"""The parent's side of a decoder: start it, feed it, stop it in time, and read no more than was agreed.

The child gets the content on its standard input, an environment without secrets, and an empty working place;
it sets its own limits (`child.py`). On Windows there are no such limits: only the time and the size of the
answer hold there.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import kentongan
from kentongan.edge.problems import Problem

_SOURCES = str(Path(kentongan.__file__).parent.parent)
_CHILD = ("-m", "kentongan.edge.decoding.child")
_NEEDED_VARIABLES = ("SYSTEMROOT", "LD_LIBRARY_PATH")  # Windows and self-built Pythons do not start without


@dataclass(frozen=True, slots=True)
class ChildLimits:
    """What one decoding may cost; promises.md asks for at most 512 MB and 10 s."""

    memory: int = 512 * 1024 * 1024
    seconds: int = 10
    answer: int = 24_000_000  # bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What a decoder made: plain facts, and the files in order."""

    facts: dict[str, Any]
    files: tuple[bytes, ...]


def decode(
    decoder: str,
    content: bytes,
    *,
    options: dict[str, Any],
    limits: ChildLimits = ChildLimits(),
) -> Answer:
    """Let a child process decode `content`. Raises the child's Problem, or `edge.decoding_stopped`."""
    command = [sys.executable, "-s", "-P", *_CHILD, decoder, json.dumps(options)]
    command += [str(limits.memory), str(limits.seconds)]
    with subprocess.Popen(  # noqa: S603 (our own module)
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_bare_environment(),
        cwd=_SOURCES,
    ) as process:
        assert process.stdin is not None  # noqa: S101 (said by PIPE)
        assert process.stdout is not None  # noqa: S101
        late = threading.Event()
        watch = threading.Timer(limits.seconds, _stop, args=(process, late))
        feeder = threading.Thread(target=_feed, args=(process.stdin, content), daemon=True)
        watch.start()
        feeder.start()
        try:
            answer = process.stdout.read(limits.answer + 1)
        finally:
            process.kill()
            watch.cancel()
            feeder.join()
    if late.is_set():
        raise Problem("edge.decoding_stopped", why=f"{limits.seconds} s")
    return _read(answer, most=limits.answer)


def _stop(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


def _bare_environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _NEEDED_VARIABLES if name in os.environ}
    return {**kept, "PYTHONPATH": _SOURCES, "PYTHONDONTWRITEBYTECODE": "1"}


def _feed(pipe: IO[bytes], content: bytes) -> None:
    """A child that refuses early closes its end before it has read everything."""
    with suppress(OSError):
        pipe.write(content)
    with suppress(OSError):
        pipe.close()


def _read(answer: bytes, *, most: int) -> Answer:
    """One line of JSON, then the files it counts. Whatever else a child says is worth nothing."""
    line, _, rest = answer.partition(b"\n")
    try:
        said = json.loads(line)
        if "problem" in said:
            raise Problem(str(said["problem"]), **dict(said["values"]))
        sizes = [int(size) for size in said["sizes"]]
        facts = dict(said["facts"])
    except (ValueError, KeyError, TypeError):
        raise Problem("edge.decoding_stopped", why="-") from None
    if len(answer) > most or sum(sizes) != len(rest) or min(sizes, default=0) < 0:
        raise Problem("edge.decoding_stopped", why=f"{len(answer)} byte")
    starts = [sum(sizes[:place]) for place in range(len(sizes))]
    return Answer(facts, tuple(rest[start : start + size] for start, size in zip(starts, sizes, strict=True)))
