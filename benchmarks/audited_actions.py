"""How fast audited actions are stored on the embedded default: SQLite, WAL, synchronous=FULL, in a temporary folder.

The toy action writes one small row; its audited twin also adds its entry to the chain. Each is run twice: with one
commit per action (the disk decides: FULL waits for it before every answer) and with fifty per commit, as an import or
a burst of reports does (the processor decides). The promise is about the second: at least 1,000 audited actions/s.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

PER_COMMIT = 50
PROMISED_PER_SECOND = 1000


@dataclass(frozen=True, slots=True)
class Pace:
    """Actions per second of wall time, and the processor time of one in microseconds."""

    per_second: float
    cpu_us: float


@dataclass(frozen=True, slots=True)
class Result:
    """The toy loop with and without the chain, one by one and fifty to a commit."""

    bare_single: Pace
    audited_single: Pace
    bare_grouped: Pace
    audited_grouped: Pace

    def lines(self) -> Iterator[str]:
        yield from _pair("satu per komit / one per commit", self.audited_single, self.bare_single)
        yield from _pair(f"{PER_COMMIT} per komit / per commit", self.audited_grouped, self.bare_grouped)
        reached = self.audited_grouped.per_second >= PROMISED_PER_SECOND
        yield f"{'OK' if reached else 'KURANG / BELOW'}: {PROMISED_PER_SECOND:,} audited actions/s promised"


def main(*, single: int = 600, grouped: int = 6000) -> Result:
    """Run the loops in a data directory of their own."""
    with tempfile.TemporaryDirectory(prefix="kentongan-bench-", ignore_cleanup_errors=True) as folder:
        _start(Path(folder))
        bare, audited = _toy_actions()
        _repeat(audited, 50)  # warm up: statements, connection, files
        return Result(
            bare_single=_pace(lambda: _repeat(bare, single), single),
            audited_single=_pace(lambda: _repeat(audited, single), single),
            bare_grouped=_pace(lambda: _in_groups(bare, grouped), grouped),
            audited_grouped=_pace(lambda: _in_groups(audited, grouped), grouped),
        )


def _start(folder: Path) -> None:
    os.environ.pop("KENTONGAN_DATABASE_URL", None)
    os.environ |= {"KENTONGAN_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "kentongan.settings"}
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def _toy_actions() -> tuple[Callable[[int], None], Callable[[int], None]]:
    from kentongan.audit import actions as audit
    from kentongan.edge.clocks import machine_now
    from kentongan.edge.transactions import action
    from kentongan.pipeline.models import Heartbeat

    @action
    def bare(_number: int) -> None:
        Heartbeat.objects.create(name=f"toy {time.perf_counter_ns()}", at=machine_now())

    @action
    def audited(number: int) -> None:
        bare(number)
        audit.record(
            "toy.done",
            actor="akun:1",
            at=machine_now(),
            area=3514000000,
            subject=f"toy:{number}",
            detail={"n": number},
        )

    return bare, audited


def _repeat(toy: Callable[[int], None], times: int) -> None:
    for number in range(times):
        toy(number)


def _in_groups(toy: Callable[[int], None], times: int) -> None:
    from kentongan.edge.transactions import one_transaction

    for _group in range(times // PER_COMMIT):
        with one_transaction():
            _repeat(toy, PER_COMMIT)


def _pace(loop: Callable[[], None], times: int) -> Pace:
    wall, processor = time.perf_counter(), time.process_time()
    loop()
    processor, wall = time.process_time() - processor, time.perf_counter() - wall
    return Pace(per_second=times / wall, cpu_us=processor / times * 1e6)


def _pair(how: str, audited: Pace, bare: Pace) -> Iterator[str]:
    yield (
        f"{how}: {audited.per_second:,.0f} audited/s ({audited.cpu_us:,.0f} µs CPU), "
        f"{bare.per_second:,.0f} bare/s ({bare.cpu_us:,.0f} µs CPU), "
        f"ratio {audited.per_second / bare.per_second:.2f}"
    )


if __name__ == "__main__":
    print("\n".join(main().lines()))
