"""The `doctor` verb: what this machine and this instance have, what is off, and the next step for each.

Looks at the machine itself with the standard library only; what needs the installed product (database,
migrations, audit head) is asked of `kentongan doctor`, which this verb runs at the end when `.venv` is
ready.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from tools import environment, postgres
from tools.checks import HOW_TO_GET_CHROMIUM, find_chromium
from tools.console import megabytes

DEFAULT_PORT = 8000
OFF_WITHOUT_HTTPS = "formulir luring (offline form), GPS, notifikasi (push)"


class Verdict(StrEnum):
    """How a finding reads: fine, only limits something, or stops the start."""

    FINE = "✓"
    NOTE = "!"
    STOP = "✗"


@dataclass(frozen=True)
class Finding:
    """One line of the doctor's report; the remedy is empty when all is well."""

    verdict: Verdict
    about: str
    state: str
    remedy: str = ""

    def line(self) -> str:
        return f"{self.verdict} {self.about}: {self.state}" + (
            f"\n    → {self.remedy}" if self.remedy else ""
        )


def run_doctor(*, port: int = DEFAULT_PORT) -> int:
    """Print every finding; the exit code is 1 when something stops the start."""
    findings = list(machine_findings(port=port))
    for finding in findings:
        print(finding.line(), flush=True)
    stops = any(finding.verdict is Verdict.STOP for finding in findings)
    if not environment.is_installed("base"):
        print("! Basis data dan berkas instans baru dapat diperiksa setelah: python3 run.py demo")
        return int(stops)
    command = [str(environment.venv_python()), "-m", "kentongan", "doctor"]
    return subprocess.run(command, check=False).returncode or int(stops)


def machine_findings(*, port: int) -> Iterator[Finding]:
    yield Finding(Verdict.FINE, "Python", sys.version.split()[0])
    yield disk_finding()
    yield packages_finding()
    yield data_finding(Path(os.environ.get("KENTONGAN_DATA") or "kentongan-data").expanduser().resolve())
    yield port_finding(port)
    yield tls_finding()
    yield from test_findings()


def disk_finding() -> Finding:
    free = shutil.disk_usage(environment.ROOT).free
    enough = free >= environment.NEEDED_BYTES or environment.is_installed("base")
    remedy = (
        ""
        if enough
        else f"Kosongkan disk sampai {megabytes(environment.NEEDED_BYTES)} / free some disk space."
    )
    return Finding(
        Verdict.FINE if enough else Verdict.STOP, "Disk", f"{megabytes(free)} tersisa / free", remedy
    )


def packages_finding() -> Finding:
    if environment.is_installed("base"):
        return Finding(Verdict.FINE, "Paket / packages", "terpasang sesuai kunci / installed as locked")
    return Finding(
        Verdict.NOTE,
        "Paket / packages",
        "belum terpasang / not installed yet",
        "Jalankan / run: python3 run.py demo",
    )


def data_finding(folder: Path) -> Finding:
    """Try to write where the instance will; a folder that does not exist yet is made by the first start."""
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    try:
        with tempfile.TemporaryFile(dir=existing):
            pass
    except OSError as failure:
        remedy = "Beri izin tulis atau pilih folder lain / allow writing or choose another: KENTONGAN_DATA=…"
        return Finding(Verdict.STOP, "Folder data", f"{folder} ({failure.strerror})", remedy)
    return Finding(Verdict.FINE, "Folder data", f"{folder} dapat ditulis / writable")


def port_finding(port: int) -> Finding:
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) != 0:
            return Finding(Verdict.FINE, "Port", f"{port} bebas / free")
    remedy = (
        f"Hentikan program itu atau pilih port lain / choose another: python3 run.py demo --port {port + 10}"
    )
    return Finding(Verdict.NOTE, "Port", f"{port} sedang dipakai / in use", remedy)


def tls_finding() -> Finding:
    if os.environ.get("KENTONGAN_TLS", "").lower() in {"1", "ya", "yes", "true"}:
        return Finding(Verdict.FINE, "HTTPS", "menyala / on")
    where = "docs/production.md, bagian 4"
    remedy = f"Selain di localhost, mati / off elsewhere: {OFF_WITHOUT_HTTPS}. Nyalakan / turn on: {where}"
    return Finding(Verdict.NOTE, "HTTPS", "mati / off", remedy)


def test_findings() -> Iterator[Finding]:
    binaries = postgres.find_binaries()
    if binaries:
        yield Finding(Verdict.FINE, "PostgreSQL (uji / tests)", str(binaries))
    else:
        yield Finding(Verdict.NOTE, "PostgreSQL (uji / tests)", "tidak ada / none", postgres.HOW_TO_GET_IT)
    chromium = find_chromium()
    if chromium:
        yield Finding(Verdict.FINE, "Chromium (uji / tests)", str(chromium))
    else:
        yield Finding(Verdict.NOTE, "Chromium (uji / tests)", "tidak ada / none", HOW_TO_GET_CHROMIUM)
