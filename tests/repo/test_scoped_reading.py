"""Rows of an area are read through a scope or not at all; clocks are read by the outermost callers alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.repo.sources import ROOT

SOURCE = ROOT / "src" / "kentongan"
CLOCKS = {"machine_now", "domain_now", "office_day"}
# Callers that nobody calls with a time: pages, commands, jobs, the schedule, and the library's own log-in hooks.
OUTERMOST = (
    "web/",
    "pipeline/",
    "edge/clocks.py",
    "edge/jobs.py",
    "accounts/login.py",
    "accounts/second_factor.py",
)


def parsed() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(SOURCE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path.relative_to(SOURCE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def attributes(tree: ast.Module, name: str) -> list[int]:
    return [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == name]


def test_the_unscoped_manager_of_a_scoped_model_is_used_by_nobody() -> None:
    found = [
        f"{path}:{line}"
        for path, tree in parsed()
        for line in attributes(tree, "rows")
        if ".rows." in _line(path, line)
    ]

    assert found == []


def test_only_actions_ask_for_rows_without_a_scope() -> None:
    found = {path for path, tree in parsed() if attributes(tree, "for_action")}

    assert all(Path(path).name == "actions.py" or Path(path).parent.name == "actions" for path in found)


def test_clocks_are_read_by_the_outermost_callers_alone() -> None:
    readers = {
        path
        for path, tree in parsed()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CLOCKS
    }

    assert [path for path in sorted(readers) if not path.startswith(OUTERMOST)] == []


def test_every_place_that_reads_everything_is_known() -> None:
    """`Scope.system` passes all scopes by: each use is work that no person asked for."""
    found = sorted(
        path
        for path, tree in parsed()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "system"
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "Scope"
    )

    assert set(found) == {
        "accounts/actors.py",  # a named part of the system acts
        "documents/queries/products.py",  # a printed code is genuine or not
        "events/queries/progress.py",  # a receipt asks how far its report is
        "intake/queries/reports.py",  # ingest asks which texts are stored already
        "intake/queries/unread.py",  # the health page counts what nobody here may read
        "pipeline/guessing.py",  # the worker reads a report's text
        "response/queries/moments.py",  # the events were read through a scope; only moments are told
        "pipeline/retention.py",  # what is past its day goes, whoever may see it
        "pipeline/management/commands/accounts.py",  # the console of whoever runs the machine
        "web/audit_sentences.py",  # names beside audit entries, for whoever may see the entries
    }


def _line(path: str, number: int) -> str:
    return (SOURCE / path).read_text(encoding="utf-8").splitlines()[number - 1]
