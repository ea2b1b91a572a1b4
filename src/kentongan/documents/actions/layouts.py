"""Head and layout of an office's documents: new rows from a day on; the old ones stay with who and when."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from kentongan.accounts.access import require
from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.audit import actions as audit
from kentongan.documents.decisions import Layout, pattern_fault
from kentongan.documents.models import OfficeLayout
from kentongan.documents.queries import layout_of, layout_row, word_context
from kentongan.documents.rendering.trial import require_usable
from kentongan.edge import stored_files
from kentongan.edge.decoding.runner import decode
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action

MOST_HEAD = 160
LARGEST_TEMPLATE = 2_000_000  # bytes


@action
def set_layout(office: int, layout: Layout, *, valid_from: date, by: Actor, at: datetime) -> OfficeLayout:
    """Lines of the head, signatory, section order and titles, number pattern, automatic draft."""
    _require(by, office)
    for line in (*layout.letterhead().values(), layout.office_code, layout.basis):
        if len(line) > MOST_HEAD:
            raise Problem("documents.head_too_long", value=line[:30], most=MOST_HEAD)
    if not layout.office.strip() or not layout.office_code.strip():
        raise Problem("documents.head_missing")
    fault = pattern_fault(layout.number_pattern)
    if fault:
        raise Problem(f"documents.pattern_{fault}", value=layout.number_pattern[:60])
    before = layout_row(office, on=valid_from)
    return _add(office, layout, before, valid_from=valid_from, by=by, at=at)


def _add(
    office: int, layout: Layout, before: OfficeLayout | None, *, valid_from: date, by: Actor, at: datetime
) -> OfficeLayout:
    row = OfficeLayout.objects.create(
        office_id=office,
        valid_from=valid_from,
        values=layout.as_plain(),
        word_template=before.word_template if before else "",
        word_name=before.word_name if before else "",
        word_sha256=before.word_sha256 if before else "",
        set_by=by.audit_name,
        set_at=at,
    )
    audit.record(
        "layout.set",
        actor=by.audit_name,
        at=at,
        subject=f"layout:{row.pk}",
        detail={"office": office, "from": valid_from.isoformat()},
    )
    return row


@action
def set_word_template(
    office: int, *, stored: str, sha256: str, name: str, on: date, by: Actor, at: datetime
) -> OfficeLayout:
    """Put a checked Word template in force, or the usual one again with an empty name."""
    _require(by, office)
    row = OfficeLayout.objects.create(
        office_id=office,
        valid_from=on,
        values=layout_of(office, on=on).as_plain(),
        word_template=stored,
        word_name=name[:120],
        word_sha256=sha256,
        set_by=by.audit_name,
        set_at=at,
    )
    audit.record(
        "layout.template_set",
        actor=by.audit_name,
        at=at,
        subject=f"layout:{row.pk}",
        detail={"office": office, "sha256": sha256},
    )
    return row


def _require(by: Actor, office: int) -> None:
    require(by, Permission.DOCUMENT_SIGN)
    if not by.system and office not in by.agency_ids:
        raise Problem("documents.not_your_office", office=str(office))


def put_word_template(
    office: int, content: bytes, *, name: str, on: date, by: Actor, at: datetime
) -> OfficeLayout:
    """Look into an uploaded template in the limited process, fill it in once with a sample, then put it in force."""
    _require(by, office)
    if len(content) > LARGEST_TEMPLATE:
        raise Problem("documents.word_too_large", value=name[:60], most=LARGEST_TEMPLATE // 1_000_000)
    decode("word_template", content, options={"most_parts": 300, "most_unpacked": 20_000_000})
    require_usable(content)
    stored = stored_files.keep(content, context=word_context(office))
    digest = hashlib.sha256(content).hexdigest()
    return set_word_template(office, stored=stored, sha256=digest, name=name, on=on, by=by, at=at)
