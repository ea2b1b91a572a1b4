"""Start here: `python3 run.py demo`, `python3 run.py test`. Needs Python 3.11 or newer and nothing else.

Prepares everything the project needs inside `.venv` (packages with checked hashes, browser files,
translations), skips what is already done, and then hands over to the product or to the checkers. The work
is in `tools/`.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys

OLDEST_PYTHON = (3, 11)

# Before anything else is imported: the rest of the project does not even parse on an older Python.
if sys.version_info < OLDEST_PYTHON:
    sys.exit(
        "Kentongan memerlukan Python 3.11 atau lebih baru; ini Python {0}.{1}. Pasang dari python.org "
        "atau `apt install python3.11`.\nKentongan needs Python 3.11 or newer; this is {0}.{1}.".format(
            *sys.version_info[:2]
        )
    )

from tools import checks, console, doctor, environment, vendor  # noqa: E402 - after the version check, see above

VERBS = {
    "demo": "membuka provinsi peragaan di peramban / open the demo province in the browser",
    "serve": "menjalankan instans kosong yang siap dipakai / run an empty, production-like instance",
    "test": "menjalankan semua pemeriksaan dan uji / run every checker and test",
    "doctor": "memeriksa mesin ini dan yang belum ada / look at this machine and what it lacks",
}


def parser() -> argparse.ArgumentParser:
    whole = argparse.ArgumentParser(
        prog="run.py",
        description="Kentongan: deteksi dini dan cegah dini konflik sosial / conflict early warning.",
        epilog="Opsi lain diteruskan / other options are passed on: run.py demo --port 8010 --no-browser",
        allow_abbrev=False,
    )
    verbs = whole.add_subparsers(dest="verb", metavar="VERB", required=True)
    made = {
        name: verbs.add_parser(name, help=line, description=line, allow_abbrev=False)
        for name, line in VERBS.items()
    }
    made["test"].add_argument(
        "--fast", action="store_true", help="hanya uji cepat di SQLite / quick tests on SQLite only"
    )
    made["test"].add_argument(
        "--faults", action="store_true", help="uji mati paksa 50 putaran / 50 rounds of kill -9"
    )
    made["doctor"].add_argument(
        "--port", type=int, default=doctor.DEFAULT_PORT, help="port yang diperiksa / port to check"
    )
    return whole


def prepare(*, kind: str) -> None:
    """Everything a verb needs before it can run; each step says what it does and how long it took."""
    steps = console.Steps(total=4)
    environment.prepare(steps, kind=kind)
    with steps.step("Berkas peramban / browser files") as note:
        note(fetch_browser_files(dev=kind == "dev"))
    with steps.step("Terjemahan / translations") as note:
        note(compile_translations())


def fetch_browser_files(*, dev: bool) -> str:
    try:
        fetched = vendor.ensure(dev=dev)
    except vendor.VendorError as failure:
        raise console.SetUpError(
            "Berkas peramban (htmx) tidak dapat diambil. Sambungkan internet, lalu ulangi.", str(failure)
        ) from failure
    return ", ".join(fetched) or "sudah ada"


def compile_translations() -> str:
    command = [str(environment.venv_python()), "-m", "tools.messages", "compile"]
    answer = subprocess.run(command, cwd=environment.ROOT, capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        raise console.SetUpError("Katalog terjemahan rusak; lihat baris berikut.", answer.stderr.strip())
    return answer.stdout.strip()


def hand_over(verb: str, arguments: list[str]) -> int:
    """Become the product's own command; on Windows a process cannot be replaced, so wait for it."""
    command = [str(environment.venv_python()), "-m", "kentongan", verb, *arguments]
    if os.name != "nt":
        os.execv(command[0], command)
    with subprocess.Popen(command) as product:
        while True:
            try:
                return product.wait()
            except KeyboardInterrupt:
                continue  # the console sent Ctrl-C to the product as well; let it close in order


def main(arguments: list[str] | None = None) -> int:
    console.speak_utf8()
    chosen, rest = parser().parse_known_args(arguments)
    try:
        if chosen.verb == "doctor":
            return doctor.run_doctor(port=chosen.port)
        prepare(kind="dev" if chosen.verb == "test" else "base")
        if chosen.verb == "test":
            # A run that is terminated (a CI time limit) must still stop and remove its PostgreSQL.
            signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
            return checks.run_checks(rest, fast=chosen.fast, faults=chosen.faults)
        return hand_over(chosen.verb, rest)
    except console.SetUpError as missing:
        print(f"\n{missing}", file=sys.stderr)
    except KeyboardInterrupt:
        print("\nDihentikan / stopped.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
