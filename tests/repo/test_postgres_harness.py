"""The temporary PostgreSQL starts, answers, and leaves nothing behind, also when the work inside it fails."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest
from tools import postgres

from tests.repo.sources import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(postgres.find_binaries() is None, reason=f"needs {postgres.HOW_TO_GET_IT}"),
]


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary folder of our own, open to the unprivileged user the server runs as."""
    place = Path(tempfile.mkdtemp(prefix="kt-", dir="/tmp"))
    place.chmod(0o755)
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


class WorkFailedError(Exception):
    """What goes wrong inside the cluster in this test."""


def server_version(address: str) -> int:
    with psycopg.connect(address) as connection:
        row = connection.execute("select current_setting('server_version_num')::int").fetchone()
    assert row
    return int(row[0])


def work_that_fails(seen: dict[str, str]) -> None:
    with postgres.temporary_cluster() as address:
        seen["address"] = address
        assert server_version(address) >= postgres.OLDEST_MAJOR * 10_000
        raise WorkFailedError


def test_a_cluster_answers_and_is_gone_even_after_a_failure(workplace: Path) -> None:
    seen: dict[str, str] = {}
    with pytest.raises(WorkFailedError):
        work_that_fails(seen)
    assert list(workplace.iterdir()) == []
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(seen["address"], connect_timeout=2)


def test_a_command_sees_the_address_and_its_exit_code_is_kept(workplace: Path) -> None:
    code = (
        "import os, sys; sys.exit(7 if os.environ['KENTONGAN_DATABASE_URL'].startswith('postgres://') else 1)"
    )
    answer = subprocess.run(
        [sys.executable, "-m", "tools.postgres", "--", sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | {"TMPDIR": str(workplace)},
        check=False,
    )
    assert answer.returncode == 7
    assert list(workplace.iterdir()) == []
