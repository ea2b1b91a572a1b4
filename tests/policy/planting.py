"""A copy of the shipped policy folder in which a test plants one change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

import kentongan.policy
from kentongan.policy.yaml_text import RuleLoader

SHIPPED = Path(kentongan.policy.__file__).parent / "data"
Tree = dict[str, Any]
DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def copy_policy(destination: Path) -> Path:
    """The shipped files, copied so that a test may change them."""
    for source in SHIPPED.rglob("*.yaml"):
        copy = destination / source.relative_to(SHIPPED)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    return destination


def plant(folder: Path, name: str, change: Callable[[Tree], object]) -> Path:
    """Change one file of a copy."""
    file = folder / name
    tree = yaml.load(file.read_text(encoding="utf-8"), Loader=RuleLoader)
    change(tree)
    file.write_text(yaml.dump(tree, Dumper=DUMPER, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return folder


def entry(tree: Tree, key: str, code: str) -> Tree:
    """The entry of a code in a list of a file."""
    found: Tree = next(item for item in tree[key] if item["code"] == code)
    return found
