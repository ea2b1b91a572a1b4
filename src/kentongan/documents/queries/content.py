"""Everything a document says, drawn together: the frozen figures, the texts, and the office's layout."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings

from kentongan.accounts.labels import Label
from kentongan.documents.decisions import DailyFigures, Layout, daily_sections, one_line, unverified_items
from kentongan.documents.models import Product
from kentongan.documents.queries.daily import local_day
from kentongan.edge.formats import format_date
from kentongan.places.queries import region_by_key

CHECK_PATH = "/cek-dokumen/"
TITLES = {"daily": "Laporan situasi daerah harian"}


def content_of(
    product: Product, layout: Layout, *, signer: str, synthetic: bool, at: datetime
) -> dict[str, Any]:
    """Everything the document says, as plain values: what all renderers show and the hash is taken of."""
    figures = DailyFigures.from_plain(product.figures)
    title = TITLES[product.kind]
    region = region_by_key(product.area)
    head = {**layout.letterhead(), "government": layout.government or f"Pemerintah {region.official_name}"}
    day = format_date(local_day(product.area, at))
    return {
        "title": f"Adendum {title}" if product.addendum else title,
        "subtitle": f"{figures.area} · {figures.day}",
        "number": product.number,
        "amends": f"Adendum atas nomor {product.amends.number}" if product.amends else "",
        "label": Label(product.label).word,
        "basis": f"Dasar: {layout.basis}",
        "office_code": layout.office_code,
        "synthetic": synthetic,
        "letterhead": head,
        "cut_off": figures.cut_off,
        "sections": [
            each.as_plain() for each in daily_sections(figures, product.texts, order=layout.sections)
        ],
        "unverified": unverified_items(figures),
        "place_date": f"{one_line(layout.city)}, {day}" if layout.city else day,
        "signatory_title": layout.signatory_title,
        "signed_by": signer,
        "audit_head": product.audit_head,
        "check_address": _check_address(),
    }


def _check_address() -> str:
    """Where a printed code is checked: this instance, by the first name it answers to."""
    host = settings.ALLOWED_HOSTS[0].lstrip(".")
    if host == "*":
        return CHECK_PATH
    scheme = "http" if host in {"localhost", "127.0.0.1"} else "https"
    return f"{scheme}://{host}{CHECK_PATH}"
