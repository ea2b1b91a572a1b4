"""The built wheel is complete: in an environment of its own it brings every file and answers on its front
page.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest
from tools import vendor
from tools.postgres import free_port

from tests.repo.sources import PACKAGE, ROOT

pytestmark = pytest.mark.slow
DATA_SUFFIXES = {
    ".html",
    ".txt",
    ".yaml",
    ".css",
    ".js",
    ".svg",
    ".xz",
    ".csv",
    ".woff2",
    ".json",
    ".mo",
    ".po",
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    for folder, packages in vendor.by_folder(ROOT, dev=False).items():
        assert vendor.is_current(folder, packages), "the browser files are missing: python3 -m tools.vendor"
    target = tmp_path_factory.mktemp("wheel")
    # The build tools are installed already; isolation would need a network.
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(target)]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    (built,) = target.glob("kentongan-*.whl")
    return built


@pytest.fixture(scope="module")
def command(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`kentongan` installed from the wheel alone; libraries are lent by the environment of the tests."""
    venv = tmp_path_factory.mktemp("venv")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    python = venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    install = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(python),
        "install",
        "--no-deps",
        "--no-index",
        "--quiet",
    ]
    subprocess.run([*install, str(wheel)], check=True)
    # A path file inside a path file is not followed, so this checkout's own source stays out of reach.
    site = Path(sysconfig.get_path("purelib", vars={"base": str(venv), "platbase": str(venv)}))
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return python.parent / ("kentongan.exe" if os.name == "nt" else "kentongan")


def names_in(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_every_data_file_of_the_source_is_in_the_wheel(wheel: Path) -> None:
    expected = {
        path.relative_to(PACKAGE.parent).as_posix()
        for path in PACKAGE.rglob("*")
        if path.suffix in DATA_SUFFIXES
    }
    assert expected - names_in(wheel) == set()


@pytest.mark.parametrize(
    "name",
    [
        "kentongan/web/static/vendor/htmx.min.js",
        "kentongan/web/static/vendor/htmx.LICENSE.txt",
        "kentongan/web/static/vendor/manifest.json",
        "kentongan/web/templates/shell.html",
        "kentongan/policy/data/taxonomy.yaml",
        "kentongan/places/data/regions.csv.xz",
        "kentongan/places/data/LICENSE-ODbL.txt",
        "kentongan/locale/en/LC_MESSAGES/django.mo",
    ],
)
def test_the_wheel_holds_what_is_made_and_what_is_licensed(wheel: Path, name: str) -> None:
    assert name in names_in(wheel)


def test_the_wheel_carries_all_licences(wheel: Path) -> None:
    licences = {Path(name).name for name in names_in(wheel) if ".dist-info/licenses/" in name}
    assert {"LICENSE", "NOTICE", "LICENSE-ODbL.txt"} <= licences


def test_the_installed_wheel_opens_the_demo(command: Path, tmp_path: Path) -> None:
    settings = {
        name: value for name, value in os.environ.items() if not name.startswith(("KENTONGAN_", "PYTHON"))
    }
    answer = subprocess.run(
        [command, "demo", "--no-browser", "--port", str(free_port()), "--exit-when-ready"],
        cwd=tmp_path,
        env=settings | {"KENTONGAN_DATA": str(tmp_path / "data"), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
