"""Which renderer made a file: the same version makes the same bytes again, another one the same figures."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from kentongan.documents.rendering.pdf import TEMPLATES

_LIBRARIES = ("typst", "docxtpl", "python-docx", "jinja2", "lxml", "segno")


@cache
def renderer_version() -> str:
    """A short name over the code, the templates and the libraries that make the bytes."""
    digest = hashlib.sha256()
    for library in _LIBRARIES:
        digest.update(f"{library} {version(library)}\n".encode())
    for path in sorted([*Path(__file__).parent.glob("*.py"), *TEMPLATES.iterdir()]):
        if path.is_file():
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]
