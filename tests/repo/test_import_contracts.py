"""The import contracts hold, and each of them bites: a planted violation breaks exactly the contract it
should.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.repo.sources import PACKAGE, ROOT, contracts

LINT_IMPORTS = Path(sys.executable).parent / "lint-imports"


@dataclass(frozen=True)
class Planted:
    """Files written into a copy of the package, and the contract that must notice."""

    contract: str
    files: dict[str, str] = field(hash=False)

    def __str__(self) -> str:
        return f"{self.contract}-{next(iter(self.files)).removesuffix('.py').replace('/', '.')}"


VIOLATIONS = [
    Planted("flow", {"audit/planted.py": "import kentongan.intake\n"}),
    Planted("flow", {"edge/planted.py": "import kentongan.places\n"}),
    Planted("flow", {"newcomer/__init__.py": ""}),
    Planted("pure-floor", {"policy/planted.py": "import django\n"}),
    Planted("pure-floor", {"analysis/planted.py": "import time\n"}),
    Planted("pure-decisions", {"response/decisions.py": "from django.db import models\n"}),
    Planted("pure-decisions", {"alerts/decisions/planted.py": "import kentongan.alerts.models\n"}),
    Planted("sealed-reporters", {"events/planted.py": "import kentongan.vault\n"}),
    Planted("sealed-reporters", {"web/planted.py": "import kentongan.vault\n"}),
    Planted(
        "kernels",
        {
            "analysis/first.py": "import kentongan.analysis.second\n",
            "analysis/second.py": "import kentongan.analysis.first\n",
        },
    ),
    Planted(
        "inside-a-stage", {"events/actions.py": "", "events/queries.py": "import kentongan.events.actions\n"}
    ),
    Planted(
        "inside-a-stage", {"intake/queries.py": "", "intake/models.py": "import kentongan.intake.queries\n"}
    ),
    Planted(
        "pages-read-queries", {"events/models.py": "", "web/planted.py": "import kentongan.events.models\n"}
    ),
    Planted("one-client", {"intake/planted.py": "import httpx\n"}),
]


def lint(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LINT_IMPORTS, "--no-cache", "--config", str(folder / "pyproject.toml"), *options],
        cwd=folder,
        env={"PYTHONPATH": str(folder / "src"), "PATH": "", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def copy_of_package(target: Path) -> Path:
    shutil.copytree(
        PACKAGE, target / "src" / "kentongan", ignore=lambda _, names: [n for n in names if is_data(n)]
    )
    shutil.copy(ROOT / "pyproject.toml", target)
    return target


def is_data(name: str) -> bool:
    return "." in name and not name.endswith(".py")


def test_every_import_contract_holds() -> None:
    answer = lint(ROOT)
    assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.mark.slow
@pytest.mark.parametrize("planted", VIOLATIONS, ids=str)
def test_a_planted_violation_breaks_its_contract(planted: Planted, tmp_path: Path) -> None:
    folder = copy_of_package(tmp_path)
    for name, content in planted.files.items():
        file = folder / "src" / "kentongan" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(content, encoding="utf-8")
    answer = lint(folder, "--contract", planted.contract)
    assert answer.returncode == 1, answer.stdout + answer.stderr
    assert "1 broken" in answer.stdout, answer.stdout


def test_every_contract_has_a_planted_violation() -> None:
    assert {contract["id"] for contract in contracts()} == {planted.contract for planted in VIOLATIONS}
