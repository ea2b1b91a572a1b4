"""Runs the benchmarks by name, each in a process of its own: `python -m benchmarks.run [NAME…]`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parent


def names() -> list[str]:
    """Every benchmark of this folder."""
    return sorted(path.stem for path in FOLDER.glob("*.py") if path.stem not in {"__init__", "run"})


def main(wanted: list[str]) -> int:
    unknown = sorted(set(wanted) - set(names()))
    if unknown:
        print(f"Tidak ada benchmark {', '.join(unknown)}. Pilih: {', '.join(names())}.")
        return 2
    worst = 0
    for name in wanted or names():
        print(f"== {name}", flush=True)
        command = [sys.executable, "-m", f"benchmarks.{name}"]
        worst |= subprocess.run(command, check=False, cwd=ROOT, env=_environment()).returncode
    return worst


def _environment() -> dict[str, str]:
    """The checkout's own package first, whether it is installed or not."""
    path = os.pathsep.join(filter(None, [str(ROOT / "src"), os.environ.get("PYTHONPATH", "")]))
    return {**os.environ, "PYTHONPATH": path}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
