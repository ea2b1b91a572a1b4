"""What no committed file may hold: paths of a machine, addresses of package hosts, unexplained broad
excepts.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.repo.sources import PACKAGE, ROOT, own_files, own_python

# Put together from parts, so that this file does not hold what it looks for.
MACHINE_PATHS = re.compile(
    "|".join(["/" + "work/", "/" + "root/", "/" + "home/[a-z]+/", "/" + "opt/(?:pypi|wheels)"])
)
PACKAGE_HOSTS = re.compile(
    r"https?://[\w.-]*(?:pypi|pythonhosted|npmjs|npm|registry|artifactory|nexus|mirror)[\w.-]*", re.IGNORECASE
)
# The public default of the npm client, for a machine that names no registry of its own.
ALLOWED_HOSTS = {"tools/vendor.py": {"https://" + "registry.npmjs.org"}}
BROAD = {"Exception", "BaseException"}


def text_files() -> list[Path]:
    return [path for path in own_files() if b"\0" not in path.read_bytes()[:4096]]


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def test_no_file_names_a_path_of_a_machine() -> None:
    here = re.compile(
        "|".join(re.escape(str(place)) for place in {ROOT, Path.home()} if len(place.parts) > 1)
    )
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in text_files()
        for pattern in (MACHINE_PATHS, here)
        if (match := pattern.search(read(path)))
    ]
    assert found == []


def test_no_file_names_a_package_host() -> None:
    found = [
        f"{name}: {host}"
        for path in text_files()
        for name in [path.relative_to(ROOT).as_posix()]
        for host in PACKAGE_HOSTS.findall(read(path))
        if host not in ALLOWED_HOSTS.get(name, set())
    ]
    assert found == []


def broad_handlers(path: Path) -> Iterator[tuple[int, str]]:
    lines = read(path).splitlines()
    for node in ast.walk(ast.parse("\n".join(lines))):
        if isinstance(node, ast.ExceptHandler):
            caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            if any(kind is None or (isinstance(kind, ast.Name) and kind.id in BROAD) for kind in caught):
                yield node.lineno, lines[node.lineno - 1]


def test_a_broad_except_states_its_reason() -> None:
    silent = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in own_python("src", "tools", "run.py", "hatch_build.py")
        for number, line in broad_handlers(path)
        if not re.search(r"# noqa: BLE001 [-(] ?\w", line)
    ]
    assert silent == []


@pytest.mark.parametrize(
    "path", [p for p in own_python("src") if p.read_bytes().strip()], ids=lambda p: p.stem
)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    tree = ast.parse(read(path))
    assert ast.get_docstring(tree), f"{path.relative_to(PACKAGE)} has no docstring"
    if path.name != "__init__.py":
        second = tree.body[1]
        assert isinstance(second, ast.ImportFrom), f"{path.relative_to(PACKAGE)}: future import first"
        assert second.module == "__future__"
