"""What set-up prints: numbered steps with time and size, and sentences that name the missing thing.

Every verb of run.py speaks through this module, Indonesian first and English second, so that a person at a
kabupaten office and a developer read the same screen.
"""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

RUNNING_TICK_SECONDS = 0.5


class SetUpError(Exception):
    """Something is missing on this machine; the message says what it is and how to get it."""

    def __init__(self, indonesian: str, english: str) -> None:
        super().__init__(f"{indonesian}\n{english}")


def speak_utf8() -> None:
    """Make printing safe on consoles whose code page lacks our characters (older Windows, LANG=C)."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace", line_buffering=True)


def size_of(folder: Path) -> int:
    """Bytes of all files under a folder; files that vanish while we look count as nothing."""
    total = 0
    for path in folder.rglob("*"):
        with contextlib.suppress(OSError):
            total += path.lstat().st_size
    return total


def megabytes(size: int) -> str:
    return f"{size / 1_000_000:.0f} MB"


class Steps:
    """Numbered steps on one screen: `[2/5] Memasang paket … 41 dtk, 312 MB`."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.current = 0

    @contextlib.contextmanager
    def step(self, label: str) -> Iterator[Callable[[str], None]]:
        """Announce a step; the value given is a function that sets the closing note."""
        self.current += 1
        notes: list[str] = []
        ending = "GAGAL / FAILED"
        started = time.monotonic()
        print(f"[{self.current}/{self.total}] {label} … ", end="", flush=True)
        try:
            yield notes.append
            ending = ", ".join([f"{time.monotonic() - started:.0f} dtk", *notes])
        finally:
            print(ending, flush=True)


def wait_with_ticks(is_running: Callable[[], bool]) -> None:
    """Block until the work is done; on a terminal show a sign of life, in a log stay quiet."""
    lively = sys.stdout.isatty()
    while is_running():
        if lively:
            print(".", end="", flush=True)
        time.sleep(RUNNING_TICK_SECONDS)
