"""Reading products, and the figures they are made of, always through a scope."""

from __future__ import annotations

from kentongan.documents.queries.daily import (
    daily_figures,
    day_bounds,
    local_day,
    product_in,
    products_in,
)

__all__ = ["daily_figures", "day_bounds", "local_day", "product_in", "products_in"]
