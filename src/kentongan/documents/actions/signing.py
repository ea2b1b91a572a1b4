"""From a draft to a signed document: reviewed by another person, numbered, frozen, hashed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction

from kentongan.accounts.access import require
from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.audit import actions as audit
from kentongan.audit import heads
from kentongan.audit.queries import current_head
from kentongan.documents.actions.numbers import take_serial
from kentongan.documents.actions.rows import locked, require_move
from kentongan.documents.decisions import (
    Layout,
    check_code,
    content_hash,
    number_for,
    plain_text,
)
from kentongan.documents.models import Product, ProductState
from kentongan.documents.queries import content_of, layout_of, local_day
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action

CODES = {"daily": "LSD"}  # of each kind in a number: Laporan Situasi Daerah


@action
def review_product(number: int, *, comment: str = "", by: Actor, at: datetime) -> Product:
    """Another person than the writer read it and lets it go to be signed."""
    product = locked(number)
    require(by, Permission.DOCUMENT_MAKE, area=product.area)
    require_move(product, ProductState.REVIEWED, on=at.date())
    if by.audit_name in {product.made_by, product.edited_by}:
        raise Problem("documents.own_review", number=number)
    product.state, product.comment = ProductState.REVIEWED, comment.strip()[:500]
    product.reviewed_by, product.reviewed_at = by.audit_name, at
    product.save(update_fields=["state", "comment", "reviewed_by", "reviewed_at"])
    _record("product.reviewed", product, by=by, at=at)
    return product


@action
def return_product(number: int, *, comment: str, by: Actor, at: datetime) -> Product:
    """Back to the writer, with what is to be mended; from a draft the comment alone is added."""
    product = locked(number)
    require(by, Permission.DOCUMENT_MAKE, area=product.area)
    if not comment.strip():
        raise Problem("documents.comment_missing", number=number)
    if product.state != ProductState.DRAFTING:
        require_move(product, ProductState.DRAFTING, on=at.date())
    product.state, product.comment = ProductState.DRAFTING, comment.strip()[:500]
    product.reviewed_by, product.reviewed_at = "", None
    product.save(update_fields=["state", "comment", "reviewed_by", "reviewed_at"])
    _record("product.returned", product, by=by, at=at)
    return product


@action
def sign_product(number: int, *, synthetic: bool = False, by: Actor, at: datetime) -> Product:
    """Give the number, freeze everything the document says, and write down its hash. Nothing of it changes after."""
    product = locked(number)
    require(by, Permission.DOCUMENT_SIGN, area=product.area)
    require_move(product, ProductState.SIGNED, on=at.date())
    if product.office_id is None:
        raise Problem("documents.not_your_office", office="–")
    head = current_head()
    layout = layout_of(product.office_id, on=local_day(product.area, at))
    _give_number(product, layout, at=at)
    product.audit_head = str(head) if head else ""
    product.signed_by, product.signed_at, product.state = by.audit_name, at, ProductState.SIGNED
    product.content = content_of(
        product, layout, signer=_signer(by, product.area), synthetic=synthetic, at=at
    )
    product.content_hash = content_hash(product.content)
    seal = f"Kode periksa {check_code(product.content_hash)} · SHA-256 isi {product.content_hash}"
    product.text = plain_text(product.content, seal=seal)
    product.sha256 = hashlib.sha256(product.text.encode("utf-8")).hexdigest()
    product.save()
    if head is not None:
        # After the commit alone: a head of entries that were rolled back would look like a cut tail for ever.
        why = f"product:{product.pk}"
        keep = partial(heads.write_down, settings.AUDIT_HEAD_DIR, head, why=why, on=at.isoformat())
        transaction.on_commit(keep, robust=True)
    detail = {"number": product.number, "content": product.content_hash, "sha256": product.sha256}
    _record("product.signed", product, by=by, at=at, detail=detail)
    return product


def _give_number(product: Product, layout: Layout, *, at: datetime) -> None:
    day = local_day(product.area, at)
    original = product.amends
    if original is not None:
        day = local_day(original.area, original.signed_at or at)
        product.serial = original.serial or 0
    else:
        product.serial = take_serial(product.office_id or 0, year=day.year)
    product.number = number_for(
        layout.number_pattern,
        serial=product.serial,
        product=CODES[product.kind],
        office=layout.office_code,
        day=day,
        addendum=product.addendum,
    )


def _signer(by: Actor, area: int) -> str:
    """The office a person signs in, with Plh. or Plt. before it; never more than name and office."""
    posts = [post for post in by.posts if post.may(Permission.DOCUMENT_SIGN, area)]
    if not posts:
        return by.name
    post = posts[0]
    title = post.title or post.role.name["id"]
    acting = f"{post.delegated.capitalize()}. " if post.delegated else ""
    return f"{by.name}, {acting}{title}"


def _record(
    what: str, product: Product, *, by: Actor, at: datetime, detail: Mapping[str, Any] | None = None
) -> None:
    audit.record(
        what,
        actor=by.audit_name,
        at=at,
        area=product.area,
        subject=f"product:{product.pk}",
        detail=dict(detail or {"kind": product.kind}),
    )
