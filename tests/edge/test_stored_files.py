"""Sealed files on the disk: whole or not there, tied to their row, and no name leads out of the folder."""

from __future__ import annotations

import os
import stat
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.edge import stored_files
from kentongan.edge.problems import Problem

CONTENT = b"\xff\xd8\xff isi foto " * 100
NOW = datetime.now(tz=timezone.utc)


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_DIR = tmp_path / "media"
    return tmp_path / "media"


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_kept_file_opens_again_and_its_content_is_not_readable_on_the_disk(folder: Path) -> None:
    name = stored_files.keep(CONTENT, context="photo:1")
    assert stored_files.open_kept(name, context="photo:1") == CONTENT
    (path,) = files(folder)
    assert b"isi foto" not in path.read_bytes()


def test_an_empty_file_is_a_file_too() -> None:
    assert stored_files.open_kept(stored_files.keep(b"", context="a"), context="a") == b""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such bits")
def test_files_and_folders_are_for_their_owner_alone(folder: Path) -> None:
    stored_files.keep(CONTENT, context="a")
    (path,) = files(folder)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_the_same_content_twice_is_two_names_that_tell_nothing() -> None:
    first, second = (stored_files.keep(CONTENT, context="a") for _ in range(2))
    assert first != second
    assert set(first + second) <= set("0123456789abcdef")


def test_a_file_put_in_the_place_of_another_does_not_open(folder: Path) -> None:
    one, other = stored_files.keep(b"satu", context="photo:1"), stored_files.keep(b"dua", context="photo:2")
    (folder / other[:2] / other).replace(folder / one[:2] / one)
    with pytest.raises(Problem) as caught:
        stored_files.open_kept(one, context="photo:1")
    assert caught.value.code == "edge.seal_broken"


def test_discarding_twice_is_as_good_as_once(folder: Path) -> None:
    name = stored_files.keep(CONTENT, context="a")
    assert stored_files.discard(name)
    assert not stored_files.discard(name)
    assert files(folder) == []


def test_a_discarded_file_is_said_to_be_missing() -> None:
    name = stored_files.keep(CONTENT, context="a")
    stored_files.discard(name)
    with pytest.raises(Problem) as caught:
        stored_files.open_kept(name, context="a")
    assert caught.value.code == "edge.stored_file_missing"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "..",
        "../../etc/passwd",
        "/etc/passwd",
        "a" * 39,
        "A" * 40,
        "a" * 40 + "\n",
        "٣" * 40,
        "aa/" + "a" * 37,
    ],
)
@pytest.mark.parametrize(
    "use", [lambda name: stored_files.open_kept(name, context="a"), stored_files.discard]
)
def test_a_name_from_outside_never_becomes_a_path(name: str, use: Any, folder: Path) -> None:
    with pytest.raises(Problem) as caught:
        use(name)
    assert caught.value.code == "edge.stored_file_missing"


@given(name=st.text(max_size=60))
def test_no_text_at_all_opens_anything(name: str) -> None:
    with pytest.raises(Problem):
        stored_files.open_kept(name, context="a")


def test_a_full_disk_leaves_no_half_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Problem) as caught:
        stored_files.keep(CONTENT, context="a")
    assert caught.value.code == "edge.file_not_stored"
    assert files(folder) == []


def test_only_files_that_are_old_enough_are_named_for_the_sweep(folder: Path) -> None:
    old, fresh = stored_files.keep(b"lama", context="a"), stored_files.keep(b"baru", context="b")
    long_ago = (NOW - timedelta(days=2)).timestamp()
    os.utime(folder / old[:2] / old, (long_ago, long_ago))
    assert list(stored_files.older_than(NOW - timedelta(days=1))) == [old]
    assert stored_files.open_kept(fresh, context="b") == b"baru"


def test_a_draft_that_a_crash_left_behind_is_swept_up_unnamed(folder: Path) -> None:
    draft = folder / "ab" / ("ab" + "0" * 38 + ".draft")
    draft.parent.mkdir(parents=True)
    draft.write_bytes(b"setengah")
    long_ago = (NOW - timedelta(days=2)).timestamp()
    os.utime(draft, (long_ago, long_ago))
    assert list(stored_files.older_than(NOW)) == []
    assert not draft.exists()


def test_an_empty_store_has_nothing_to_sweep() -> None:
    assert list(stored_files.older_than(NOW)) == []
