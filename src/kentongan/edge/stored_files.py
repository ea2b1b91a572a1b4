"""Files that people send, kept sealed under the data directory: photos as they came, and what was made of them.

A name is random and tells nothing; only names that this module made are ever turned into a path. A file is whole or
not there: it is written beside, forced to the disk, and renamed. `context` ties the content to its row, so that a file
put in place of another does not open. A crash between file and row leaves an orphan, which `older_than` finds.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

from django.conf import settings

from kentongan.edge.problems import Problem
from kentongan.edge.sealed_fields import field_sealer

_NAME = re.compile(r"[0-9a-f]{40}", re.ASCII)
_DRAFT = ".draft"


def keep(content: bytes, *, context: str) -> str:
    """Seal and store `content`; it is on the disk when the name comes back."""
    name = secrets.token_hex(20)
    path = _path(name)
    sealed = field_sealer().seal(content, context=_label(context))
    draft = path.with_suffix(_DRAFT)
    try:
        _make_folder(path.parent)
        _write(draft, sealed)
        draft.replace(path)
        _force(path.parent)
    except OSError:
        for half in (draft, path):
            half.unlink(missing_ok=True)
        raise Problem("edge.file_not_stored", size=len(content)) from None
    return name


def open_kept(name: str, *, context: str) -> bytes:
    """The content. Raises Problem when the file is gone, or was not kept under this context."""
    try:
        sealed = _path(name).read_bytes()
    except FileNotFoundError:
        raise Problem("edge.stored_file_missing", name=name[:8]) from None
    return field_sealer().open(sealed, context=_label(context))


def discard(name: str) -> bool:
    """Remove a file; False when it was gone already, which is as good."""
    try:
        _path(name).unlink()
    except FileNotFoundError:
        return False
    return True


def older_than(moment: datetime) -> Iterator[str]:
    """The names of all files written before `moment`, for whoever knows which of them still belong to a row.

    Drafts that a crash left behind are nobody's: they go at once.
    """
    for path in sorted(settings.MEDIA_DIR.glob("??/*")):
        try:
            written = datetime.fromtimestamp(path.stat().st_mtime, tz=timezone.utc)
        except FileNotFoundError:
            continue
        if written >= moment:
            continue
        if path.suffix == _DRAFT:
            path.unlink(missing_ok=True)
        elif _NAME.fullmatch(path.name):
            yield path.name


def _path(name: str) -> Path:
    """Where a file of ours lies. A name that we did not make is refused: it could lead out of the folder."""
    if not _NAME.fullmatch(name):
        raise Problem("edge.stored_file_missing", name=name[:8])
    folder: Path = settings.MEDIA_DIR
    return folder / name[:2] / name


def _label(context: str) -> str:
    return f"file:{context}"


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _force(folder.parent)


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _force(folder: Path) -> None:
    """The folder's own entries to the disk, where the system can do that: Windows cannot open a folder."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
