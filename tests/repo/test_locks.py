"""The hash locks agree with pyproject.toml, so a fresh clone installs what the project asks for, and
nothing else.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from tools.environment import REQUIREMENTS

from tests.repo.sources import pyproject

ENTRY = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==([^\s;\\]+)(?:\s*;\s*([^\\]+))?", re.MULTILINE)


def locked(kind: str) -> dict[str, str]:
    """Name and version of what the lock installs on this machine."""
    entries = ENTRY.findall(REQUIREMENTS[kind].read_text(encoding="utf-8"))
    return {
        normal(name): version
        for name, version, marker in entries
        if not marker or Marker(marker.strip()).evaluate()
    }


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def asked_for(kind: str) -> list[Requirement]:
    project = pyproject()["project"]
    lines = [*project["dependencies"], *project["optional-dependencies"]["postgres"]]
    if kind == "dev":
        lines += pyproject()["dependency-groups"]["dev"]
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize("kind", ["base", "dev"])
def test_every_dependency_is_locked_at_a_version_it_allows(kind: str) -> None:
    versions = locked(kind)
    wrong = [
        f"{wanted}: locked {versions.get(normal(wanted.name))}"
        for wanted in asked_for(kind)
        if not wanted.specifier.contains(versions.get(normal(wanted.name), "0"))
    ]
    assert wrong == [], "run: python -m tools.lock"


@pytest.mark.parametrize("file", REQUIREMENTS.values(), ids=REQUIREMENTS)
def test_every_locked_package_has_hashes(file: Path) -> None:
    blocks = re.split(r"\n(?=\S)", file.read_text(encoding="utf-8").strip())
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_the_test_lock_holds_the_product_lock_unchanged() -> None:
    # An installed dev.txt stands for base.txt too (tools.environment.CONTAINS): true only while this holds.
    assert locked("base").items() <= locked("dev").items()
