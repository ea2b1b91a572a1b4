"""A trial of a Word template: filled in with a sample before it may ever carry a real report."""

from __future__ import annotations

import io
from datetime import datetime, timezone
from typing import Any
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import PackageNotFoundError
from jinja2.exceptions import SecurityError, TemplateError

from kentongan.documents.decisions import DailyFigures, EventLine, Layout, daily_sections, unverified_items
from kentongan.documents.rendering.codes import qr_png
from kentongan.documents.rendering.product import sheet_data
from kentongan.documents.rendering.word import docx_of
from kentongan.edge.problems import Problem

_AT = datetime(2026, 11, 12, 8, tzinfo=timezone.utc)
_CODE = "0123456789abcdef" * 4


def require_usable(template: bytes) -> None:
    """Raise the problem that says what is wrong; return quietly for a template that shows all required matter."""
    data = sheet_data(sample_content(), content_hash=_CODE)
    try:
        made = docx_of(template, data, at=_AT, pictures={"qr": qr_png("contoh")})
        words = _words_of(made)
    except (TemplateError, SecurityError) as error:
        raise Problem("documents.word_placeholder_wrong", why=str(error)[:160]) from None
    except (PackageNotFoundError, BadZipFile, SyntaxError, KeyError, ValueError, TypeError) as error:
        raise Problem("documents.word_not_a_document", why=type(error).__name__) from None
    for what, needed in _REQUIRED.items():
        if needed not in words:
            raise Problem("documents.word_without_box", what=what)


_REQUIRED = {
    "BELUM TERVERIFIKASI": "BELUM TERVERIFIKASI",
    "unverified": "PR-0002 Selebaran",
    "sections.items": "PR-0001 Sengketa",
    "sections.words": "Laporan masuk: 3",
    "sections.paragraphs": "Contoh analisis",
    "number": "1/LSD/CONTOH/XI/2026",
    "label": "INTERNAL",
    "cut_off": "12 Nov 2026, 15.00 WIB",
    "code": "0123-4567-89AB-CDEF",
    "signed_by": "Nama Contoh, Kabid",
    "basis": "Dasar: UU 7/2012",
}
"""What every document must show, by the name of its placeholder, as the sample spells it."""


def sample_content() -> dict[str, Any]:
    confirmed = EventLine("PR-0001", "Sengketa lahan", "terverifikasi", "B2", "Contoh.", "", confirmed=True)
    unverified = EventLine("PR-0002", "Selebaran", "belum", "F6", "Contoh.", "", confirmed=False)
    figures = DailyFigures(
        "Kab. Contoh", "Kam 12 Nov 2026", "12 Nov 2026, 15.00 WIB", 3, 1, [confirmed, unverified], [], []
    )
    return {
        "title": "Laporan situasi daerah harian",
        "subtitle": f"{figures.area} · {figures.day}",
        "number": "1/LSD/CONTOH/XI/2026",
        "amends": "",
        "label": "Internal",
        "basis": "Dasar: UU 7/2012",
        "office_code": "CONTOH",
        "synthetic": False,
        "letterhead": Layout("Pemerintah Kabupaten Contoh", "Kantor Contoh", "CONTOH").letterhead(),
        "cut_off": figures.cut_off,
        "sections": [each.as_plain() for each in daily_sections(figures, {"analisis": "Contoh analisis"})],
        "unverified": unverified_items(figures),
        "place_date": "Contoh, 12 Nov 2026",
        "signatory_title": "Kepala Bidang",
        "signed_by": "Nama Contoh, Kabid",
        "audit_head": "1:aa",
    }


def _words_of(made: bytes) -> str:
    document = docx.Document(io.BytesIO(made))
    page = document.sections[0]
    around = [*page.header.paragraphs, *page.footer.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in [*around, *document.paragraphs]), *cells]).replace("\u2060", "")
