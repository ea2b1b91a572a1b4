"""The head kept outside the database: the newest one wins, lines are only added, a damaged file is said to be so."""

from __future__ import annotations

from pathlib import Path

import pytest

from kentongan.audit.heads import Head, keep_newest, newest, write_down, written_down

A, B = "a" * 64, "b" * 64


def test_no_head_is_kept_before_the_first(tmp_path: Path) -> None:
    assert newest(tmp_path / "heads") is None
    assert written_down(tmp_path / "heads") == []


def test_the_newest_head_is_kept_and_an_older_one_never_replaces_it(tmp_path: Path) -> None:
    keep_newest(tmp_path / "heads", Head(9, A))
    keep_newest(tmp_path / "heads", Head(8, B))
    assert newest(tmp_path / "heads") == Head(9, A)


def test_a_longer_number_leaves_nothing_of_the_shorter_one(tmp_path: Path) -> None:
    for seq in (9, 2**63 - 1):
        keep_newest(tmp_path, Head(seq, A))
    assert newest(tmp_path) == Head(2**63 - 1, A)


def test_only_the_owner_may_read_the_head(tmp_path: Path) -> None:
    keep_newest(tmp_path / "heads", Head(1, A))
    assert (tmp_path / "heads" / "head.json").stat().st_mode & 0o077 == 0


def test_a_file_left_empty_by_a_power_cut_is_written_again(tmp_path: Path) -> None:
    (tmp_path / "head.json").touch()
    keep_newest(tmp_path, Head(3, A))
    assert newest(tmp_path) == Head(3, A)


def test_a_damaged_file_is_said_to_be_damaged(tmp_path: Path) -> None:
    (tmp_path / "head.json").write_text('{"seq": 3}')
    with pytest.raises(ValueError, match=r"head\.json"):
        newest(tmp_path)


def test_heads_written_down_are_only_added(tmp_path: Path) -> None:
    write_down(tmp_path, Head(1, A), why="daily", on="2026-11-12")
    write_down(tmp_path, Head(7, B), why="daily", on="2026-11-13")
    assert written_down(tmp_path) == [Head(1, A), Head(7, B)]


def test_a_head_is_read_as_it_is_printed() -> None:
    assert Head.parse(f" {Head(1207, A)}\n") == Head(1207, A)


@pytest.mark.parametrize("text", ["", "12", f"x:{A}", "12:abc", f"-1:{A}"])
def test_what_is_no_head_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a head"):
        Head.parse(text)
