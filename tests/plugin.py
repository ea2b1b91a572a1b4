"""Loaded before Django: gives every test run a data directory of its own, so that no instance is ever touched."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

os.environ["KENTONGAN_DATA"] = tempfile.mkdtemp(prefix="kentongan-test-")
# A file with its log, as in production. Django's own choice is memory shared between connections, where a reader meets
# "database table is locked" that no instance ever sees.
os.environ["KENTONGAN_TEST_SQLITE"] = str(Path(os.environ["KENTONGAN_DATA"]) / "test.sqlite3")
os.environ.setdefault(
    "DJANGO_ALLOW_ASYNC_UNSAFE", "true"
)  # Playwright's loop runs beside the ORM in browser tests
