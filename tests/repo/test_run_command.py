"""run.py and what it is made of: verbs, skipping of finished work, sentences that name what is missing."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import run
from tools import checks, console, doctor, environment

from tests.repo.sources import ROOT


def test_help_lists_every_verb_in_both_languages() -> None:
    answer = subprocess.run(
        [sys.executable, "run.py", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    shown = " ".join(answer.stdout.split())
    for verb, line in run.VERBS.items():
        assert f"{verb} {line}" in shown


def test_options_of_the_product_are_passed_on() -> None:
    chosen, rest = run.parser().parse_known_args(["demo", "--port", "8010", "--no-browser"])
    assert chosen.verb == "demo"
    assert rest == ["--port", "8010", "--no-browser"]


def test_an_older_python_is_told_what_to_install() -> None:
    code = "import sys; sys.version_info = (3, 10, 0); import run"
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 1
    assert "Python 3.11" in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place for an environment that does not touch this checkout's own."""
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(environment, "STAMP", tmp_path / ".venv" / "stamp.json")
    (tmp_path / ".venv").mkdir()
    return tmp_path


def test_an_interrupted_environment_is_made_again(fresh: Path) -> None:
    environment.venv_python().parent.mkdir()
    environment.venv_python().touch()
    assert not environment.venv_is_whole()
    site = (
        fresh / ".venv" / ("Lib/site-packages" if sys.platform == "win32" else "lib/python3.11/site-packages")
    )
    (site / "pip").mkdir(parents=True)
    assert environment.venv_is_whole()


def test_installed_test_packages_stand_for_the_product_packages_too(fresh: Path) -> None:
    known = {part: environment.fingerprint(part) for part in environment.CONTAINS["dev"]}
    environment.STAMP.write_text(json.dumps(known), encoding="utf-8")
    assert environment.is_installed("base")
    assert environment.is_installed("dev")


def test_a_changed_lock_is_installed_again(fresh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environment.STAMP.write_text(json.dumps({"base": environment.fingerprint("base")}), encoding="utf-8")
    changed = fresh / "base.txt"
    changed.write_text("another==1\n", encoding="utf-8")
    monkeypatch.setitem(environment.REQUIREMENTS, "base", changed)
    assert not environment.is_installed("base")


def test_a_damaged_stamp_means_not_installed(fresh: Path) -> None:
    environment.STAMP.write_text("{", encoding="utf-8")
    assert not environment.is_installed("base")


@pytest.mark.parametrize(
    ("log", "word"),
    [
        ("OSError: [Errno 28] No space left on device", "disk"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "hash"),
        ("NewConnectionError: Failed to establish a new connection", "PIP_INDEX_URL"),
        ("ERROR: Could not find a version that satisfies x==1 (from versions: none)", "PIP_INDEX_URL"),
        ("something new", "something new"),
    ],
)
def test_a_failed_installation_names_the_next_step(log: str, word: str) -> None:
    assert word in str(environment.install_failure(log))


def test_a_full_disk_is_told_before_installing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "NEEDED_BYTES", 10**18)
    with pytest.raises(console.SetUpError, match="Ruang disk tinggal"):
        environment.check_disk()


def test_a_missing_venv_module_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "tools.environment.importlib.util.find_spec", lambda name: None if name == "ensurepip" else object()
    )
    with pytest.raises(console.SetUpError, match=r"apt install python3\.\d+-venv"):
        environment.create_venv()


def test_the_size_of_a_folder_counts_its_files(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "a").write_bytes(b"12345")
    (tmp_path / "b").write_bytes(b"678")
    assert console.size_of(tmp_path / "inner") == 5


def test_a_step_shows_its_number_time_and_note(capsys: pytest.CaptureFixture[str]) -> None:
    steps = console.Steps(total=2)
    with steps.step("Memasang paket") as note:
        note("312 MB")
    assert capsys.readouterr().out == "[1/2] Memasang paket … 0 dtk, 312 MB\n"


@pytest.mark.parametrize(
    "line",
    [
        "=========== 12 passed, 1 skipped in 3.21s ===========",
        "==== 1 failed, 3 passed, 2 warnings in 65.00s (0:01:05) ====",
        "5 passed in 0.10s",
        "=== no tests ran in 0.02s ===",
        "\x1b[32m===== \x1b[1m3 passed\x1b[0m in 0.10s =====\x1b[0m",
    ],
)
def test_the_closing_line_of_the_suite_is_kept_back(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    program = f"print('before'); print({line!r}); print('after')"
    with checks.running([sys.executable, "-c", program], {}) as suite:
        assert checks.show_lines(suite) == line
    assert capsys.readouterr().out == "before\nafter\n"


def test_the_summary_ends_with_the_closing_line(capsys: pytest.CaptureFixture[str]) -> None:
    record = checks.Record(closing="== 3 passed in 1.00s ==")
    record.outcomes = [
        checks.Outcome("ruff", passed=False, output="x.py:1 wrong"),
        checks.Outcome("mypy", passed=True),
    ]
    checks.print_summary(record, [])
    shown = capsys.readouterr().out
    assert "x.py:1 wrong" in shown
    assert "✗ ruff" in shown
    assert "✓ mypy" in shown
    assert shown.splitlines()[-1] == "== 3 passed in 1.00s =="


def test_a_flood_of_findings_is_cut_and_counted() -> None:
    shown = checks.shortened("\n".join(f"finding {number}" for number in range(500))).splitlines()
    assert shown[0] == "finding 0"
    assert shown[-1] == f"… {500 - checks.SHOWN_LINES} baris lagi / more lines"
    assert checks.shortened("only one\n") == "only one"


def run_with_one_failure(monkeypatch: pytest.MonkeyPatch, *, ci: str) -> tuple[int, list[str]]:
    """The test verb with one broken and one sound checker, no suite, and a machine without Chromium."""
    ran: list[str] = []
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(checks, "missing_tools", lambda: ["Chromium tidak ditemukan"])
    monkeypatch.setattr(
        checks,
        "static_checkers",
        lambda: [("broken", [sys.executable, "-c", "exit(3)"]), ("sound", [sys.executable, "-c", "pass"])],
    )
    monkeypatch.setattr(checks, "run_suites", lambda *_, **__: ran.append("suites"))
    return checks.run_checks([], fast=False, faults=False), ran


def test_a_failing_checker_does_not_stop_the_others(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, ran = run_with_one_failure(monkeypatch, ci="")
    shown = capsys.readouterr().out
    assert code == 1
    assert ran == ["suites"]
    assert "✗ broken" in shown
    assert "✓ sound" in shown
    assert "machine" not in shown


def test_in_ci_a_missing_tool_is_a_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run_with_one_failure(monkeypatch, ci="true")
    assert "✗ machine: nothing missing" in capsys.readouterr().out


def test_checks_never_see_the_settings_of_an_instance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KENTONGAN_DATABASE_URL", "postgres://office/real")
    monkeypatch.setenv("KENTONGAN_DATA", "/srv/office")
    seen = checks.check_environment()
    assert "KENTONGAN_DATABASE_URL" not in seen
    assert seen["KENTONGAN_DATA"] != "/srv/office"


def test_the_doctor_names_an_unwritable_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tools.doctor.tempfile.TemporaryFile", refuse)
    finding = doctor.data_finding(tmp_path / "not" / "there")
    assert finding.verdict is doctor.Verdict.STOP
    assert "KENTONGAN_DATA" in finding.line()


def test_the_doctor_says_what_is_off_without_https(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KENTONGAN_TLS", raising=False)
    line = doctor.tls_finding().line()
    assert "GPS" in line
    assert "docs/production.md" in line


def test_the_doctor_sees_a_port_in_use() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert doctor.port_finding(port).verdict is doctor.Verdict.NOTE
    assert doctor.port_finding(port).verdict is doctor.Verdict.FINE
