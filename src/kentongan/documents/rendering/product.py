"""The three files of a product out of its frozen content."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import urlencode

from kentongan.documents.decisions.content import check_code, words_of
from kentongan.documents.rendering.codes import qr_png, qr_svg
from kentongan.documents.rendering.pdf import pdf_of
from kentongan.documents.rendering.version import renderer_version
from kentongan.documents.rendering.word import docx_of
from kentongan.documents.rendering.word_layout import usual_template

CHECK_ADDRESS = "/cek-dokumen/"


class Signed(Protocol):
    """What the renderers know of a signed product."""

    kind: str
    content: Any
    content_hash: str
    signed_at: datetime | None
    text: str


def rendered(product: Signed, *, word_template: bytes | None, again: bool) -> dict[str, bytes]:
    """The bytes by form. `again` marks files of another renderer than the first: *dirender ulang*."""
    at = product.signed_at
    assert at is not None  # noqa: S101 (a signed product has its moment)
    data = sheet_data(product.content, content_hash=product.content_hash, again=again)
    code = str(data["qr_words"])
    return {
        "pdf": pdf_of("daily_report", {**data, "qr": qr_svg(code)}, at=at),
        "docx": docx_of(word_template or usual_template(), data, at=at, pictures={"qr": qr_png(code)}),
        "txt": (product.text + (f"{data['remark']}\n" if again else "")).encode("utf-8"),
    }


def sheet_data(content: Mapping[str, Any], *, content_hash: str, again: bool = False) -> dict[str, Any]:
    """The values a template may use: the content, and what is printed of its seal."""
    code = check_code(content_hash)
    address = content.get("check_address", CHECK_ADDRESS)
    return {
        **content,
        "sections": [
            {
                **section,
                "words": [words_of(line) for line in section["lines"]],
                "paragraphs": [line for line in section["written"].split("\n") if line.strip()],
            }
            for section in content["sections"]
        ],
        "running": f"{content['title']} · {content['subtitle']}",
        "remark": f"dirender ulang oleh perender {renderer_version()}; angka dan naskah sama"
        if again
        else "",
        "check_address": address,
        "code": code,
        "content_hash": content_hash,
        "qr_words": f"{address}?{urlencode({'nomor': content['number'], 'kode': code})}",
    }
