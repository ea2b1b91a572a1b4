"""Readers of a product are written down, like those of any other row."""

from __future__ import annotations

from datetime import datetime

from kentongan.accounts.actors import Actor
from kentongan.audit import actions as audit
from kentongan.documents.models import Product
from kentongan.edge.transactions import action


@action
def look_at_product(product: Product, *, by: Actor, at: datetime, taken_away: bool) -> None:
    """Somebody read a product on the screen, or took it away."""
    what = "product.exported" if taken_away else "product.read"
    audit.look(what, actor=by.audit_name, at=at, area=product.area, subject=f"product:{product.pk}")
