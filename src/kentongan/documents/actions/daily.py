"""Issuing products: figures frozen at their cut-off, the bytes kept with their hash and the audit head of that moment."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from functools import partial

from django.conf import settings
from django.db import transaction

from kentongan.accounts.access import require
from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.audit import actions as audit
from kentongan.audit import heads
from kentongan.audit.queries import current_head
from kentongan.documents.decisions import daily_text
from kentongan.documents.models import Product, ProductKind
from kentongan.documents.queries import daily_figures, local_day
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action
from kentongan.places.models import Region
from kentongan.places.queries import region_by_key


@action
def look_at_product(product: Product, *, by: Actor, at: datetime, taken_away: bool) -> None:
    """Somebody read a product on the screen, or took its text away."""
    what = "product.exported" if taken_away else "product.read"
    audit.look(what, actor=by.audit_name, at=at, area=product.area, subject=f"product:{product.pk}")


@action
def issue_daily_report(*, area: int, day: date, office: str, by: Actor, at: datetime) -> Product:
    """Freeze the day's text report of an area. Issued again, it is a further edition; the earlier one stays."""
    require(by, Permission.DOCUMENT_MAKE, area=area)
    if day > local_day(area, at):
        raise Problem("documents.day_in_future", value=day.isoformat())
    # Two people issuing the same report at once wait for each other here, so that editions are numbered one by one.
    Region.objects.select_for_update().filter(key=area).first()
    scope = by.scope_for(Permission.DOCUMENT_MAKE).within(region_by_key(area).range)
    figures = daily_figures(scope, area=area, day=day, cut_off=at)
    earlier = Product.objects.for_action().filter(kind=ProductKind.DAILY, area=area, day=day).count()
    head = current_head()
    text = daily_text(figures, office=office, edition=earlier + 1, audit_head=str(head) if head else "–")
    product: Product = Product.objects.create(
        kind=ProductKind.DAILY,
        area=area,
        day=day,
        edition=earlier + 1,
        figures=figures.as_plain(),
        text=text,
        sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
        audit_head=str(head) if head else "",
        made_by=by.audit_name,
        made_at=at,
    )
    if head is not None:
        # After the commit alone: a head of entries that were rolled back would look like a cut tail for ever.
        why = f"product:{product.pk}"
        keep = partial(heads.write_down, settings.AUDIT_HEAD_DIR, head, why=why, on=at.isoformat())
        transaction.on_commit(keep, robust=True)
    audit.record(
        "product.issued",
        actor=by.audit_name,
        at=at,
        area=area,
        subject=f"product:{product.pk}",
        detail={"kind": product.kind, "sha256": product.sha256},
    )
    return product
