"""QR codes: the check address of a document, as a picture for either kind of file."""

from __future__ import annotations

import io

import segno


def qr_svg(content: str) -> str:
    """The code as an SVG of black squares; error correction M survives a photocopy."""
    file = io.BytesIO()
    segno.make(content, error="m", micro=False).save(file, kind="svg", border=1, xmldecl=False)
    return file.getvalue().decode("ascii")


def qr_png(content: str, *, scale: int = 6) -> bytes:
    file = io.BytesIO()
    segno.make(content, error="m", micro=False).save(file, kind="png", border=1, scale=scale)
    return file.getvalue()
