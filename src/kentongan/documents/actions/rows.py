"""Rows for the actions of this stage: locked, and only after the permission was checked."""

from __future__ import annotations

from datetime import date

from kentongan.documents.models import Product, ProductState
from kentongan.edge.problems import Problem
from kentongan.policy import policy_on


def locked(number: int) -> Product:
    product: Product | None = Product.objects.for_action().select_for_update().filter(pk=number).first()
    if product is None:
        raise Problem("documents.product_unknown", number=number)
    return product


def require_move(product: Product, to: ProductState, *, on: date) -> None:
    """The life of a product is policy data: a move that it does not know is refused with both states in words."""
    machine = policy_on(on).lifecycles["period_report"]
    if not machine.allowed(product.state, to):
        raise Problem(
            "documents.move_refused", state=machine.label_of(product.state).id, to=machine.label_of(to).id
        )


def require_draft(product: Product) -> None:
    if product.state != ProductState.DRAFTING:
        raise Problem("documents.not_a_draft", number=product.pk)


def next_edition(*, kind: str, area: int, day: date) -> int:
    editions = Product.objects.for_action().filter(kind=kind, area=area, day=day)
    return int(editions.count()) + 1
