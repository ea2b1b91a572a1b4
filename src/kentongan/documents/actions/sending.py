"""Sending a signed product to its distribution list, and the receipts that come back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from kentongan.accounts.access import require
from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.audit import actions as audit
from kentongan.documents.actions.rows import locked, require_move
from kentongan.documents.models import Delivery, Product, ProductState
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action

MOST_ADDRESSEES = 60


@action
def send_product(number: int, *, to: Sequence[str], by: Actor, at: datetime) -> Product:
    """Write down to whom the signed product goes; a further list may follow while receipts are open."""
    product = locked(number)
    require(by, Permission.DOCUMENT_MAKE, area=product.area)
    if product.state != ProductState.SENT:
        require_move(product, ProductState.SENT, on=at.date())
    names = list(dict.fromkeys(each.strip()[:120] for each in to if each.strip()))
    if not names or len(names) > MOST_ADDRESSEES:
        raise Problem("documents.addressees_wrong", count=len(names), most=MOST_ADDRESSEES)
    known = set(product.deliveries.values_list("to", flat=True))
    Delivery.objects.bulk_create(
        [Delivery(product=product, to=name, sent_at=at) for name in names if name not in known]
    )
    product.state = ProductState.SENT
    product.save(update_fields=["state"])
    _record("product.sent", product, by=by, at=at, count=len(names))
    return product


@action
def confirm_receipt(number: int, *, delivery: int, by: Actor, at: datetime) -> Product:
    """One addressee has it. When all have, the product counts as received."""
    product = locked(number)
    require(by, Permission.DOCUMENT_MAKE, area=product.area)
    row = product.deliveries.filter(pk=delivery).first()
    if row is None:
        raise Problem("documents.delivery_unknown", number=delivery)
    if row.received_at is None:
        row.received_at, row.received_by = at, by.audit_name
        row.save(update_fields=["received_at", "received_by"])
    open_ones = product.deliveries.filter(received_at=None).count()
    if not open_ones and product.state == ProductState.SENT:
        require_move(product, ProductState.RECEIVED, on=at.date())
        product.state = ProductState.RECEIVED
        product.save(update_fields=["state"])
    _record("product.receipted", product, by=by, at=at, count=open_ones)
    return product


def _record(what: str, product: Product, *, by: Actor, at: datetime, count: int) -> None:
    audit.record(
        what,
        actor=by.audit_name,
        at=at,
        area=product.area,
        subject=f"product:{product.pk}",
        detail={"count": count},
    )
