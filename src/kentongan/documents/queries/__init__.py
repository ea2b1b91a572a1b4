"""Reading products, and the figures they are made of, always through a scope."""

from __future__ import annotations

from kentongan.documents.queries.brief import brief_facts, brief_in, briefs_in
from kentongan.documents.queries.content import TITLES, content_of
from kentongan.documents.queries.daily import FIGURE_NAMES, daily_figures, day_bounds, local_day
from kentongan.documents.queries.layouts import (
    auto_draft_offices,
    layout_of,
    layout_row,
    layouts_of,
    own_word_template,
    usual_layout,
    word_context,
)
from kentongan.documents.queries.products import (
    FORMS,
    addenda_of,
    bytes_of,
    code_of,
    context_of,
    deliveries_of,
    file_name,
    files_of,
    is_genuine,
    kept_product_files,
    product_in,
    products_in,
    signed_in,
    unsigned_in,
)

__all__ = [
    "FIGURE_NAMES",
    "FORMS",
    "TITLES",
    "addenda_of",
    "auto_draft_offices",
    "brief_facts",
    "brief_in",
    "briefs_in",
    "bytes_of",
    "code_of",
    "content_of",
    "context_of",
    "daily_figures",
    "day_bounds",
    "deliveries_of",
    "file_name",
    "files_of",
    "is_genuine",
    "kept_product_files",
    "layout_of",
    "layout_row",
    "layouts_of",
    "local_day",
    "own_word_template",
    "product_in",
    "products_in",
    "signed_in",
    "unsigned_in",
    "usual_layout",
    "word_context",
]
