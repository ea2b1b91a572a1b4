"""Loaded before Django: gives every test run a data directory of its own, so that no instance is ever touched."""

from __future__ import annotations

import os
import tempfile

os.environ["KENTONGAN_DATA"] = tempfile.mkdtemp(prefix="kentongan-test-")
os.environ.setdefault(
    "DJANGO_ALLOW_ASYNC_UNSAFE", "true"
)  # Playwright's loop runs beside the ORM in browser tests
