"""The project's own Python environment: `.venv`, the hash-locked packages, and the path to `src`.

First thing every verb of run.py does. The project itself is put on the path by a `.pth` file rather than by
an editable install: that needs no build tool, no network and no second copy of the metadata, works on a
read-only mirror, and a change in `src` is live at once. Work already done is skipped by a stamp that holds
the hash of the requirement files, so a second start takes no time. Standard library only.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools.console import SetUpError, Steps, megabytes, size_of, wait_with_ticks

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "kentongan-installed.json"
NEEDED_BYTES = 1_200_000_000
REQUIREMENTS = {"base": ROOT / "requirements" / "base.txt", "dev": ROOT / "requirements" / "dev.txt"}
# What pip writes when it reaches no index; with few retries only the last of them.
SIGNS_OF_NO_NETWORK = (
    "NewConnectionError",
    "name resolution",
    "ConnectTimeout",
    "ProxyError",
    "from versions: none",
)
# dev.txt is locked on top of base.txt (same versions), so installing it satisfies both.
CONTAINS = {"base": ("base",), "dev": ("base", "dev")}


def venv_folder(name: str) -> Path:
    """`bin` or `Scripts`, whichever this system's virtual environments use."""
    return VENV / ("Scripts" if os.name == "nt" else "bin") / name


def venv_python() -> Path:
    return venv_folder("python.exe" if os.name == "nt" else "python")


def prepare(steps: Steps, *, kind: str) -> None:
    """Make `.venv` hold the packages of `kind` ("base" or "dev") and reach `src`."""
    with steps.step("Menyiapkan lingkungan Python (.venv)") as note:
        note("sudah ada" if venv_is_whole() else create_venv())
        write_paths()
    with steps.step("Memasang paket / installing packages") as note:
        note("sudah terpasang" if is_installed(kind) else install(kind))


def venv_is_whole() -> bool:
    """An interrupted first start leaves an interpreter without pip; that one is made again."""
    return venv_python().exists() and (site_packages() / "pip").is_dir()


def create_venv() -> str:
    """Create the environment, or say which system package is missing."""
    check_disk()
    # Debian splits these two off into a package of their own.
    missing = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    if missing:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise SetUpError(
            f"Modul '{missing[0]}' tidak ada. Pasang dulu: apt install python{version}-venv.",
            f"Python's '{missing[0]}' module is missing. Install it: apt install python{version}-venv.",
        )
    try:
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as failure:
        shutil.rmtree(VENV, ignore_errors=True)
        raise SetUpError(
            f"Lingkungan Python di {VENV} tidak dapat dibuat: {failure}. Periksa izin dan isi disk.",
            f"The Python environment in {VENV} could not be created. Check write permission and disk space.",
        ) from failure
    return "dibuat"


def check_disk() -> None:
    free = shutil.disk_usage(ROOT).free
    if free < NEEDED_BYTES:
        raise SetUpError(
            f"Ruang disk tinggal {megabytes(free)}; perlu {megabytes(NEEDED_BYTES)}. Kosongkan dulu.",
            f"Only {megabytes(free)} of disk left; {megabytes(NEEDED_BYTES)} needed. Free some first.",
        )


def site_packages() -> Path:
    if os.name == "nt":
        return VENV / "Lib" / "site-packages"
    return next(iter(sorted((VENV / "lib").glob("python3*/site-packages"))), VENV / "lib")


def write_paths() -> None:
    """Put `src` on the path and a `kentongan` command beside the interpreter, as an installed wheel would."""
    (site_packages() / "kentongan-source.pth").write_text(f"{ROOT / 'src'}\n", encoding="utf-8")
    if os.name == "nt":
        command = venv_folder("kentongan.cmd")
        command.write_text(f'@"{venv_python()}" -m kentongan %*\r\n', encoding="utf-8")
    else:
        command = venv_folder("kentongan")
        command.write_text(f'#!/bin/sh\nexec "{venv_python()}" -m kentongan "$@"\n', encoding="utf-8")
        command.chmod(0o755)


def fingerprint(kind: str) -> str:
    """Hash of a requirement file and of the interpreter it was installed for."""
    content = REQUIREMENTS[kind].read_bytes()
    return hashlib.sha256(content + sys.version.encode()).hexdigest()


def installed_kinds() -> dict[str, str]:
    try:
        stamp: dict[str, str] = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp


def is_installed(kind: str) -> bool:
    return installed_kinds().get(kind) == fingerprint(kind)


def install(kind: str) -> str:
    """Install the locked packages with their hashes checked; the note says how large the result is."""
    check_disk()
    log = VENV / "install.log"
    command = [str(venv_python()), "-m", "pip", "install", "--require-hashes", "--only-binary", ":all:"]
    command += ["--disable-pip-version-check", "--progress-bar", "off", "-r", str(REQUIREMENTS[kind])]
    with log.open("w", encoding="utf-8") as sink:
        pip = subprocess.Popen(command, stdout=sink, stderr=subprocess.STDOUT, cwd=ROOT)
        wait_with_ticks(lambda: pip.poll() is None)
    if pip.returncode != 0:
        raise install_failure(log.read_text(encoding="utf-8", errors="replace"))
    known = installed_kinds() | {part: fingerprint(part) for part in CONTAINS[kind]}
    STAMP.write_text(json.dumps(known, indent=1), encoding="utf-8")
    return megabytes(size_of(VENV))


def install_failure(log: str) -> SetUpError:
    """Turn pip's log into one sentence with the next step; its last lines stay visible below."""
    tail = "\n".join(log.strip().splitlines()[-8:])
    if "No space left on device" in log:
        reason = (
            "Disk penuh. Kosongkan disk lalu ulangi.",
            "The disk is full. Free some space and run again.",
        )
    elif "DO NOT MATCH THE HASHES" in log:
        reason = (
            "Isi paket berbeda dari kunci (requirements/*.txt). Berhenti; periksa sumber paket Anda.",
            "A package differs from its locked hash. Do not go on; check your package source.",
        )
    elif any(sign in log for sign in SIGNS_OF_NO_NETWORK):
        reason = (
            "Jaringan tidak terjangkau. Sambungkan internet atau atur cermin (PIP_INDEX_URL).",
            "The package index cannot be reached. Connect, or set a mirror (PIP_INDEX_URL), and run again.",
        )
    else:
        reason = (
            "Pemasangan paket gagal; lihat baris berikut.",
            "Installing packages failed; see the lines below.",
        )
    return SetUpError(reason[0], f"{reason[1]}\n{tail}")
