"""The only writers of the documents stage."""

from __future__ import annotations

from kentongan.documents.actions.brief import answer_request, issue_brief
from kentongan.documents.actions.drafting import (
    draft_addendum,
    draft_daily_report,
    edit_texts,
    refresh_figures,
)
from kentongan.documents.actions.exporting import export_performance, export_recap
from kentongan.documents.actions.files import render_product
from kentongan.documents.actions.layouts import put_word_template, set_layout, set_word_template
from kentongan.documents.actions.looking import look_at_product
from kentongan.documents.actions.sending import confirm_receipt, send_product
from kentongan.documents.actions.signing import return_product, review_product, sign_product

__all__ = [
    "answer_request",
    "confirm_receipt",
    "draft_addendum",
    "draft_daily_report",
    "edit_texts",
    "export_performance",
    "export_recap",
    "issue_brief",
    "look_at_product",
    "put_word_template",
    "refresh_figures",
    "render_product",
    "return_product",
    "review_product",
    "send_product",
    "set_layout",
    "set_word_template",
    "sign_product",
]
