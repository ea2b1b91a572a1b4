"""PDF through typst: a template of ours, and data that can only ever be shown.

A template reads its data by `json(bytes(sys.inputs.data))`; nothing a person wrote is joined to markup. Typst reads
files below the template folder alone, knows no network here (our templates import no packages), and uses the fonts it
carries, so that every machine makes the same pages.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path

import typst

from kentongan.documents.rendering.inert import inert

TEMPLATES = Path(__file__).parent.parent / "templates"
_NO_GLYPH = "could not be displayed with font"


def pdf_of(template: str, data: Mapping[str, object], *, at: datetime, folder: Path = TEMPLATES) -> bytes:
    """Render `templates/<template>.typ` with `data`; `at` is the date inside the file.

    PDF/A-2b, made for archives, wherever every character has a glyph; a text with one that has none (an emoji, say)
    still becomes a plain PDF, with an empty box in that place.
    """
    words = json.dumps(inert(data), ensure_ascii=False, sort_keys=True)
    try:
        return _compile(folder, template, words, at=at, standard="a-2b")
    except typst.TypstError as error:
        if _NO_GLYPH not in str(error):
            raise
    return _compile(folder, template, words, at=at, standard="1.7")


def _compile(folder: Path, template: str, words: str, *, at: datetime, standard: typst.PDFStandard) -> bytes:
    made = typst.compile(
        folder / f"{template}.typ",
        root=folder,
        font_paths=_fonts(),
        sys_inputs={"data": words},
        format="pdf",
        timestamp=int(at.timestamp()),
        pdf_standards=standard,
        package_path=folder,
        package_cache_path=folder,
    )
    assert isinstance(made, bytes)  # noqa: S101 (said by the format)
    return made


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)
