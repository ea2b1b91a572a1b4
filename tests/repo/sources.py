"""What the repository tests read: tracked files, the layer order, the project's commands, commands in
documents.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "kentongan"
FENCE = re.compile(r"^```(?:sh|console|bash|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`((?:python3 run\.py|kentongan) [^`\n]+)`")


@cache
def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def contracts() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pyproject()["tool"]["importlinter"]["contracts"]
    return found


def layer_order() -> dict[str, int]:
    """Rank of each stage, 0 at the bottom; read from the import contract so that it is stated once."""
    flow = next(
        contract for contract in contracts() if contract["type"] == "layers" and contract.get("exhaustive")
    )
    return {
        name.strip(" ()"): rank
        for rank, layer in enumerate(reversed(flow["layers"]))
        for name in layer.split("|")
    }


def own_files() -> list[Path]:
    """Every file that is or would be committed: tracked or new, never what .gitignore leaves out."""
    # In a container the checkout often belongs to another user; git would refuse to look at it.
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [
        ROOT / name for name in sorted(set(listed.stdout.split("\0"))) if name and (ROOT / name).is_file()
    ]


def own_python(*folders: str) -> Iterator[Path]:
    for path in own_files():
        if (
            path.suffix == ".py"
            and path.relative_to(ROOT).parts[0] in folders
            and "migrations" not in path.parts
        ):
            yield path


def documents() -> list[Path]:
    return [path for path in own_files() if path.suffix == ".md"]


def fenced_commands(text: str) -> Iterator[list[str]]:
    """Command lines in fenced blocks: continued lines joined, prompts and comments dropped."""
    for block in FENCE.findall(text):
        for line in block.replace("\\\n", " ").splitlines():
            words = shlex.split(line.removeprefix("$ "), comments=True) if line.strip() else []
            while words and re.fullmatch(r"[A-Z_]+=\S*", words[0]):
                words = words[1:]
            if words:
                yield words


def inline_commands(text: str) -> Iterator[list[str]]:
    """Commands named in running text; they may leave out what the sentence does not need."""
    for command in INLINE.findall(text):
        yield shlex.split(command)
