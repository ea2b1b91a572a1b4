"""docs/seeds.md traces every requirement of the five founding articles to a test or to the issue that
brings it.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests.repo.sources import ROOT

TRACE = ROOT / "docs" / "seeds.md"
AREAS = {
    "chain-ground", "chain-in", "chain-out", "chain-show", "text", "detection", "intake", "workbench",
    "alerts-response", "index-map", "coordination-documents", "trust", "scale", "polish",
}  # fmt: skip
STATE = re.compile(r"ada|sebagian|rencana \((?:#\d+(?:, #\d+)*|menyusul)\)")
TEST_ID = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


@dataclass(frozen=True)
class Row:
    """One requirement: what, whose work, how far, and the tests that prove it."""

    number: int
    seed: str
    requirement: str
    areas: tuple[str, ...]
    state: str
    tests: str

    @property
    def test_ids(self) -> list[tuple[str, str]]:
        return TEST_ID.findall(self.tests)


@cache
def rows() -> list[Row]:
    found = []
    for line in TRACE.read_text(encoding="utf-8").splitlines():
        if line.startswith("| SEED-"):
            name, seed, requirement, areas, state, tests = (
                cell.strip() for cell in line.strip("|").split("|")
            )
            found.append(
                Row(
                    int(name.removeprefix("SEED-")), seed, requirement, tuple(areas.split(", ")), state, tests
                )
            )
    return found


@cache
def names_in(file: Path) -> set[str]:
    if not file.is_file():
        return set()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def test_the_trace_has_all_seventy_one_rows_in_order() -> None:
    assert [row.number for row in rows()] == list(range(1, 72))


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"SEED-{row.number:03}")
def test_a_row_is_complete(row: Row) -> None:
    assert re.fullmatch(r"00[0-4]|all", row.seed)
    assert len(row.requirement) > 10
    assert set(row.areas) <= AREAS
    assert STATE.fullmatch(row.state), (
        f"{row.state!r}: write ada, sebagian, rencana (#n) or rencana (menyusul)"
    )


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"SEED-{row.number:03}")
def test_a_row_names_tests_unless_it_is_planned(row: Row) -> None:
    if row.state.startswith("rencana"):
        assert row.tests == "—" or row.test_ids
    else:
        assert row.test_ids, "a requirement that is there, even partly, is proved by a test"


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"SEED-{row.number:03}")
def test_every_named_test_exists(row: Row) -> None:
    missing = [f"{file}::{name}" for file, name in row.test_ids if name not in names_in(ROOT / file)]
    assert missing == []
