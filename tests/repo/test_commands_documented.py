"""Every command in the documents exists and accepts its options; every command of the project is
documented.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable

import pytest
import run
from django.core.management import get_commands, load_command_class

from tests.repo.sources import ROOT, documents, fenced_commands, inline_commands

COMMANDS_PAGE = ROOT / "docs" / "commands.md"
README_COMMANDS = (["python3", "run.py", "demo"], ["python3", "run.py", "test"])


def own_commands() -> dict[str, str]:
    """The project's commands and the app that holds each."""
    return {name: app for name, app in get_commands().items() if app.startswith("kentongan.")}


def command_parser(name: str) -> argparse.ArgumentParser:
    apps = get_commands()
    assert name in apps, f"there is no command `kentongan {name}`"
    command = load_command_class(apps[name], name)
    return command.create_parser("kentongan", name)


def cases(reader: Callable[[str], Iterable[list[str]]], *first: str) -> list[object]:
    """Distinct commands of all documents that begin with the given words."""
    found = {
        (path.relative_to(ROOT).as_posix(), tuple(words))
        for path in documents()
        for words in reader(path.read_text(encoding="utf-8"))
        if tuple(words[: len(first)]) == first
    }
    return [pytest.param(list(words), id=f"{name}: {' '.join(words)}") for name, words in sorted(found)]


def all_options(parser: argparse.ArgumentParser) -> set[str]:
    """Option strings of a parser and of its subcommands."""
    options = set(parser._option_string_actions)
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            options |= {option for sub in action.choices.values() for option in all_options(sub)}
    return options


@pytest.mark.parametrize("words", cases(fenced_commands, "python3", "run.py"))
def test_every_written_run_command_exists(words: list[str]) -> None:
    chosen, rest = run.parser().parse_known_args(words[2:])
    if chosen.verb in {"demo", "serve"}:
        command_parser(chosen.verb).parse_args(rest)


@pytest.mark.parametrize("words", cases(fenced_commands, "kentongan"))
def test_every_written_product_command_takes_its_options(words: list[str]) -> None:
    command_parser(words[1]).parse_args(words[2:])


@pytest.mark.parametrize("words", cases(inline_commands, "kentongan"))
def test_every_command_named_in_running_text_exists(words: list[str]) -> None:
    options = {word.split("=")[0] for word in words[2:] if word.startswith("--")}
    assert options <= all_options(command_parser(words[1]))


@pytest.mark.parametrize("words", cases(inline_commands, "python3", "run.py"))
def test_every_run_command_named_in_running_text_exists(words: list[str]) -> None:
    assert words[2] in {*run.VERBS, "--help"}


@pytest.mark.parametrize("name", sorted(own_commands()))
def test_every_command_of_the_project_is_documented(name: str) -> None:
    assert f"kentongan {name}" in COMMANDS_PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("readme", ["README.md", "README.id.md"])
def test_both_readmes_show_the_two_commands(readme: str) -> None:
    shown = list(fenced_commands((ROOT / readme).read_text(encoding="utf-8")))
    for command in README_COMMANDS:
        assert command in shown


def test_every_test_folder_and_tool_named_in_the_documents_exists() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in documents())
    folders = set(re.findall(r"\bpytest (tests/[\w/]+)", text))
    modules = set(re.findall(r"python3? -m (tools\.\w+)", text))
    assert folders
    assert modules
    assert [name for name in sorted(folders) if not (ROOT / name).exists()] == []
    assert [
        name for name in sorted(modules) if not (ROOT / name.replace(".", "/")).with_suffix(".py").exists()
    ] == []


def test_ci_runs_the_test_command_of_the_readme() -> None:
    assert "python3 run.py test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_every_local_link_in_the_documents_leads_somewhere() -> None:
    broken = [
        f"{path.relative_to(ROOT)}: {target}"
        for path in documents()
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
        if not target.startswith(("http://", "https://", "mailto:")) and not (path.parent / target).exists()
    ]
    assert broken == []
