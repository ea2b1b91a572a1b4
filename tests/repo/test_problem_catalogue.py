"""The catalogue of problems and the code agree: nothing raised without its sentence, no sentence without
its place.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kentongan.edge.problems import ProblemKind, problem_kinds
from tests.repo.sources import PACKAGE, own_python

LONGEST_SENTENCE_WORDS = 26
# A full stop, a question mark, or ": command to type", where a full stop would be copied along.
SENTENCE_END = re.compile(r"[.?]$|: \S+( \S+)*$")


def problem_calls(path: Path) -> Iterator[tuple[ast.Call, str]]:
    """Calls Problem("code", …) with a literal code."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "Problem"
            and node.args
        ):
            code = node.args[0]
            if isinstance(code, ast.Constant) and isinstance(code.value, str):
                yield node, code.value


def literals(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def composed_codes(path: Path) -> Iterator[re.Pattern[str]]:
    """Codes put together in an f-string, such as f"alerts.{field}_missing", as patterns."""
    stages = {code.split(".")[0] for code in problem_kinds()}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            parts = [re.escape(str(v.value)) if isinstance(v, ast.Constant) else r"\w+" for v in node.values]
            if str(node.values[0].value).split(".")[0] in stages:
                yield re.compile("".join(parts))


def named_values(kind: ProblemKind) -> frozenset[str]:
    return kind.placeholders("id") | kind.placeholders("en")


def where(path: Path, call: ast.Call) -> str:
    return f"{path.relative_to(PACKAGE)}:{call.lineno}"


def test_every_raised_code_is_in_the_catalogue() -> None:
    unknown = [
        f"{where(path, call)} {code}"
        for path in own_python("src")
        for call, code in problem_calls(path)
        if code not in problem_kinds()
    ]
    assert unknown == []


def test_every_raise_gives_the_values_its_sentence_names() -> None:
    wrong = [
        f"{where(path, call)} {code}"
        for path in own_python("src")
        for call, code in problem_calls(path)
        if code in problem_kinds() and all(keyword.arg for keyword in call.keywords)
        if not named_values(problem_kinds()[code]) <= {keyword.arg for keyword in call.keywords}
    ]
    assert wrong == []


def test_every_entry_of_the_catalogue_is_used_somewhere() -> None:
    used = {text for path in own_python("src") for text in literals(path)}
    composed = [pattern for path in own_python("src") for pattern in composed_codes(path)]
    unused = [code for code in problem_kinds() if code not in used]
    assert [code for code in unused if not any(pattern.fullmatch(code) for pattern in composed)] == []


@pytest.mark.parametrize("kind", problem_kinds().values(), ids=lambda kind: kind.code)
def test_both_languages_name_the_same_values(kind: ProblemKind) -> None:
    # A value that is itself a sentence part comes in two languages: {role} in one, {role_en} in the other.
    assert kind.placeholders("id") == {name.removesuffix("_en") for name in kind.placeholders("en")}


@pytest.mark.parametrize("kind", problem_kinds().values(), ids=lambda kind: kind.code)
def test_a_sentence_is_short_and_ends_properly(kind: ProblemKind) -> None:
    for sentence in kind.sentences.values():
        assert len(sentence.split()) <= LONGEST_SENTENCE_WORDS
        assert SENTENCE_END.search(sentence)


@pytest.mark.parametrize("kind", problem_kinds().values(), ids=lambda kind: kind.code)
def test_a_status_is_one_a_page_answers_with(kind: ProblemKind) -> None:
    assert 400 <= kind.status <= 599
