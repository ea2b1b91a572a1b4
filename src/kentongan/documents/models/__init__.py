"""Tables of the documents stage: issued products with their files, and the leaders' brief with what it asks."""

from __future__ import annotations

from kentongan.documents.models.brief import Brief, BriefAnswer, BriefRequest
from kentongan.documents.models.product import (
    UNSIGNED,
    Delivery,
    NumberSeries,
    OfficeLayout,
    Product,
    ProductFile,
    ProductKind,
    ProductState,
)

__all__ = [
    "UNSIGNED",
    "Brief",
    "BriefAnswer",
    "BriefRequest",
    "Delivery",
    "NumberSeries",
    "OfficeLayout",
    "Product",
    "ProductFile",
    "ProductKind",
    "ProductState",
]
