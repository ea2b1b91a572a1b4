"""The files of a signed product, made by the worker: kept sealed, hashed, and never made over."""

from __future__ import annotations

import hashlib
from datetime import datetime

from kentongan.audit import actions as audit
from kentongan.documents.actions.rows import locked
from kentongan.documents.models import Product, ProductFile
from kentongan.documents.queries import FORMS, context_of, own_word_template
from kentongan.documents.rendering import renderer_version
from kentongan.documents.rendering.product import rendered
from kentongan.edge import stored_files
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action


def render_product(number: int, *, at: datetime) -> list[ProductFile]:
    """Make the files of a signed product, once. Made already by this renderer, they are given back as they are."""
    product = _signed(number)
    made = _made(product, renderer=renderer_version())
    if len(made) == len(FORMS):
        return made
    template = own_word_template(product.office_id or 0, on=product.day)
    again = ProductFile.objects.filter(product=product).exclude(renderer=renderer_version()).exists()
    contents = rendered(product, word_template=template, again=again)
    return _keep(number, contents, again=again, at=at)


@action
def _keep(number: int, contents: dict[str, bytes], *, again: bool, at: datetime) -> list[ProductFile]:
    """Two workers with the same product wait here; the second finds the files of the first."""
    product = locked(number)
    made = _made(product, renderer=renderer_version())
    if len(made) == len(FORMS):
        return made
    for form, content in contents.items():
        ProductFile.objects.create(
            product=product,
            form=form,
            stored=stored_files.keep(content, context=context_of(product.pk, form)),
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
            renderer=renderer_version(),
            again=again,
            made_at=at,
        )
    files = _made(product, renderer=renderer_version())
    audit.record(
        "product.rendered",
        actor="sistem:dokumen",
        at=at,
        area=product.area,
        subject=f"product:{product.pk}",
        detail={"renderer": renderer_version(), **{file.form: file.sha256 for file in files}},
    )
    return files


@action
def _signed(number: int) -> Product:
    product = locked(number)
    if not product.is_signed or product.content is None:
        raise Problem("documents.not_signed", number=number)
    return product


def _made(product: Product, *, renderer: str) -> list[ProductFile]:
    return list(ProductFile.objects.filter(product=product, renderer=renderer).order_by("form"))
