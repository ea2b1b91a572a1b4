"""Drafting: figures are read once and locked with their cut-off; only texts are edited."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import QuerySet

from kentongan.accounts.access import require
from kentongan.accounts.actors import Actor
from kentongan.accounts.labels import Label
from kentongan.accounts.models import Agency
from kentongan.accounts.permissions import Permission
from kentongan.audit import actions as audit
from kentongan.documents.actions.rows import locked, next_edition, require_draft
from kentongan.documents.decisions import SECTIONS, DailyFigures, late_lines
from kentongan.documents.models import UNSIGNED, Product, ProductKind
from kentongan.documents.queries import daily_figures, local_day
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action
from kentongan.places.models import Region
from kentongan.places.queries import region_by_key

MOST_TEXT = 8000
NIL_ANALYSIS = (
    "Situasi terpantau aman dan terkendali menurut laporan yang masuk. Nihil bukan senyap: lihat kelengkapan."
)


@action
def draft_daily_report(*, area: int, day: date, office: int, by: Actor, at: datetime) -> Product:
    """Write the draft of a day from the live figures. A draft of the same day that is not signed yet is given back."""
    require(by, Permission.DOCUMENT_MAKE, area=area)
    _require_office(by, office)
    if day > local_day(area, at):
        raise Problem("documents.day_in_future", value=day.isoformat())
    # Two people drafting the same report at once wait for each other here: one draft, editions one by one.
    Region.objects.select_for_update().filter(key=area).first()
    standing = Product.objects.for_action().filter(
        kind=ProductKind.DAILY, area=area, day=day, office_id=office, addendum=0, state__in=UNSIGNED
    )
    found: Product | None = standing.first()
    if found is not None:
        return found
    figures = _live(by, area=area, day=day, at=at)
    texts = {"analisis": NIL_ANALYSIS} if figures.is_nil else {}
    return _draft(figures, texts, area=area, day=day, office=office, by=by, at=at)


@action
def draft_addendum(number: int, *, by: Actor, at: datetime) -> Product:
    """What came after the cut-off of a signed report: a document of its own that refers to it."""
    original = locked(number)
    require(by, Permission.DOCUMENT_MAKE, area=original.area)
    if not original.is_signed or original.office_id is None or original.amends_id is not None:
        raise Problem("documents.no_addendum", number=number)
    _require_office(by, original.office_id)
    standing: Product | None = _addenda(original).filter(state__in=UNSIGNED).first()
    if standing is not None:
        return standing
    live = _live(by, area=original.area, day=original.day, at=at).as_plain()
    told = [original.figures, *_addenda(original).order_by("addendum").values_list("figures", flat=True)]
    known = {
        "events": list({each["number"]: each for figures in told for each in figures["events"]}.values())
    }
    late = late_lines(known, live)
    if not late:
        raise Problem("documents.nothing_late", number=original.number)
    figures = DailyFigures.from_plain({**live, "events": late})
    return _draft(
        figures,
        {},
        area=original.area,
        day=original.day,
        office=original.office_id,
        by=by,
        at=at,
        amends=original,
    )


@action
def edit_texts(number: int, texts: Mapping[str, str], *, label: int, by: Actor, at: datetime) -> Product:
    """Change what people write in a draft. Figures are not among the things that can be written."""
    product = locked(number)
    require(by, Permission.DOCUMENT_MAKE, area=product.area)
    require_draft(product)
    if label not in (Label.TERBUKA, Label.INTERNAL, Label.TERBATAS):
        raise Problem("documents.label_unknown", value=label)
    for code, text in texts.items():
        if code not in SECTIONS:
            raise Problem("documents.section_unknown", value=code)
        if len(text) > MOST_TEXT:
            raise Problem("documents.text_too_long", length=len(text), most=MOST_TEXT)
    product.texts = {**product.texts, **{code: text.strip() for code, text in texts.items()}}
    product.label, product.edited_by, product.edited_at = label, by.audit_name, at
    product.save(update_fields=["texts", "label", "edited_by", "edited_at"])
    _record("product.edited", product, by=by, at=at)
    return product


@action
def refresh_figures(number: int, *, by: Actor, at: datetime) -> Product:
    """Read the figures again: they move to the newest cut-off together, never one alone."""
    product = locked(number)
    require(by, Permission.DOCUMENT_MAKE, area=product.area)
    require_draft(product)
    if product.amends_id is not None:
        raise Problem("documents.addendum_keeps_figures", number=number)
    product.figures = _live(by, area=product.area, day=product.day, at=at).as_plain()
    product.cut_off, product.edited_by, product.edited_at = at, by.audit_name, at
    product.save(update_fields=["figures", "cut_off", "edited_by", "edited_at"])
    _record("product.refreshed", product, by=by, at=at)
    return product


def _live(by: Actor, *, area: int, day: date, at: datetime) -> DailyFigures:
    scope = by.scope_for(Permission.DOCUMENT_MAKE).within(region_by_key(area).range)
    return daily_figures(scope, area=area, day=day, cut_off=at)


def _draft(
    figures: DailyFigures,
    texts: Mapping[str, str],
    *,
    area: int,
    day: date,
    office: int,
    by: Actor,
    at: datetime,
    amends: Product | None = None,
) -> Product:
    product: Product = Product.objects.create(
        kind=ProductKind.DAILY,
        area=area,
        day=day,
        edition=next_edition(kind=ProductKind.DAILY, area=area, day=day),
        office_id=office,
        label=amends.label if amends is not None else Label.INTERNAL,
        figures=figures.as_plain(),
        texts=dict(texts),
        cut_off=at,
        amends=amends,
        addendum=_addenda(amends).count() + 1 if amends is not None else 0,
        made_by=by.audit_name,
        made_at=at,
    )
    _record("product.drafted", product, by=by, at=at)
    return product


def _addenda(original: Product) -> QuerySet[Product]:
    rows: QuerySet[Product] = Product.objects.for_action().filter(amends=original)
    return rows


def _require_office(by: Actor, office: int) -> None:
    if not by.system and office not in by.agency_ids:
        raise Problem("documents.not_your_office", office=Agency.objects.get(pk=office).short_name)


def _record(what: str, product: Product, *, by: Actor, at: datetime) -> None:
    audit.record(
        what,
        actor=by.audit_name,
        at=at,
        area=product.area,
        subject=f"product:{product.pk}",
        detail={"kind": product.kind, "day": product.day.isoformat()},
    )
