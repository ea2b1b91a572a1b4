"""The head of the chain, kept outside the database: without it a cut tail or a full rewrite could go unseen.

`head.json` holds the newest number and mac and is written anew after every commit; `heads.jsonl` grows by one line a day
and at each signed document, for copies off the machine (e-mail, paper). Both lie in the audit-head folder.
"""

from __future__ import annotations

import json
import os
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_writing = threading.Lock()
_RECORD = 128  # bytes of head.json: the longest number and mac fit


@dataclass(frozen=True, slots=True)
class Head:
    """The chain's end as somebody saw it. Written as `1207:ab12…` on paper and on the command line."""

    seq: int
    mac: str

    def __str__(self) -> str:
        return f"{self.seq}:{self.mac}"

    @classmethod
    def parse(cls, text: str) -> Head:
        seq, _, mac = text.strip().partition(":")
        if not seq.isdigit() or len(mac) != 64:
            raise ValueError(f"{text!r} is not a head: write the number, a colon and 64 characters")
        return cls(int(seq), mac.lower())


def keep_newest(folder: Path, head: Head) -> None:
    """Replace the kept head by `head`, unless a newer one is already kept (another process was faster).

    Written over in place: the record has one size and lies within one disk block, so a crash leaves the old or the
    new one. Renaming a draft over it would wait for the disk after every action.
    """
    with _writing, _opened(folder) as file:
        kept = _parsed(file.read())
        if kept is None or kept.seq < head.seq:
            file.seek(0)
            file.write(
                json.dumps({"seq": head.seq, "mac": head.mac}).ljust(_RECORD - 1).encode("ascii") + b"\n"
            )


def newest(folder: Path) -> Head | None:
    """The newest head kept in `folder`; None before the first. Raises ValueError if the file is damaged."""
    path = folder / "head.json"
    for _try in range(2):  # a reader may come in the middle of a write, never twice
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return None
        if (head := _parsed(content)) is not None:
            return head
    raise ValueError(f"{path} does not hold a head")


def write_down(folder: Path, head: Head, *, why: str, on: str) -> None:
    """Add a line to the growing list of heads; lines are never changed."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _writing, (folder / "heads.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps({"seq": head.seq, "mac": head.mac, "on": on, "why": why}) + "\n")


def written_down(folder: Path) -> list[Head]:
    """Every head ever written down in `folder`, oldest first."""
    try:
        lines = (folder / "heads.jsonl").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    return [Head(int(row["seq"]), str(row["mac"])) for row in map(json.loads, lines)]


def _opened(folder: Path) -> BinaryIO:
    """The head's file, made for its owner alone when it is not there yet."""
    path = folder / "head.json"
    try:
        return path.open("r+b", buffering=0)
    except FileNotFoundError:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b", buffering=0)


def _parsed(content: bytes) -> Head | None:
    """The head in a record; None if it holds none (the machine lost power while the first one was made)."""
    try:
        stored = json.loads(content)
        return Head(int(stored["seq"]), str(stored["mac"]))
    except (ValueError, KeyError, TypeError):
        return None
