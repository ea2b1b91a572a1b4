"""Write the hash-locked requirement files again from pyproject.toml (`python -m tools.lock`, needs `pip
install uv`).

`base.txt` is what an instance runs on, with the PostgreSQL driver, so that moving to PostgreSQL is a
setting and not an installation. `dev.txt` is the same versions plus the tools of the tests. Both hold for
every system and every Python from 3.11 on, and name no package index: pip takes the files from wherever
this machine is set to.
"""

from __future__ import annotations

import shutil
import subprocess
import sys

from tools.environment import REQUIREMENTS, ROOT

SOURCES = ("pyproject.toml", "requirements/setup.in")
OPTIONS = (
    "--universal",
    "--python-version",
    "3.11",
    "--generate-hashes",
    "--no-header",
    "--no-annotate",
    "--quiet",
)


def lock_command(uv: str, kind: str, *, upgrade: bool) -> list[str]:
    target = REQUIREMENTS[kind].relative_to(ROOT).as_posix()
    command = [uv, "pip", "compile", *SOURCES, "--extra", "postgres", *OPTIONS, "--output-file", target]
    if kind == "dev":
        command += ["--group", "dev", "--constraint", REQUIREMENTS["base"].relative_to(ROOT).as_posix()]
    return [*command, "--upgrade"] if upgrade else command


def main() -> int:
    uv = shutil.which("uv")
    if uv is None:
        print("uv is missing; install it into any environment: pip install uv", file=sys.stderr)
        return 1
    for kind in ("base", "dev"):
        subprocess.run(lock_command(uv, kind, upgrade="--upgrade" in sys.argv), cwd=ROOT, check=True)
        print(f"requirements/{kind}.txt written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
