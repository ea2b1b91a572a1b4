"""Reading products, their files and receipts, always through a scope."""

from __future__ import annotations

from django.db.models import QuerySet

from kentongan.accounts.scopes import Scope
from kentongan.documents.decisions import check_code
from kentongan.documents.models import UNSIGNED, Delivery, OfficeLayout, Product, ProductFile
from kentongan.edge import stored_files
from kentongan.edge.problems import Problem
from kentongan.places.queries import region_by_key

FORMS = ("pdf", "docx", "txt")


def products_in(scope: Scope) -> QuerySet[Product]:
    """Products of the scope, newest first."""
    rows: QuerySet[Product] = Product.objects.in_scope(scope).select_related("office", "amends")
    return rows.order_by("-day", "-made_at", "-pk")


def unsigned_in(scope: Scope) -> QuerySet[Product]:
    return products_in(scope).filter(state__in=UNSIGNED)


def signed_in(scope: Scope) -> QuerySet[Product]:
    return products_in(scope).exclude(state__in=UNSIGNED)


def product_in(scope: Scope, number: int) -> Product:
    """One product inside the scope; what lies outside is not even said to exist."""
    product: Product | None = products_in(scope).filter(pk=number).first()
    if product is None:
        raise Problem("documents.product_unknown", number=number)
    return product


def files_of(product: Product) -> dict[str, ProductFile]:
    """The files a product went out as, by form."""
    return {each.form: each for each in ProductFile.objects.filter(product=product, again=False)}


def bytes_of(file: ProductFile) -> bytes:
    return stored_files.open_kept(file.stored, context=context_of(file.product_id, file.form))


def context_of(product: int, form: str) -> str:
    return f"product:{product}:{form}"


def deliveries_of(product: Product) -> QuerySet[Delivery]:
    return Delivery.objects.filter(product=product).order_by("to")


def addenda_of(product: Product, scope: Scope) -> QuerySet[Product]:
    rows: QuerySet[Product] = Product.objects.in_scope(scope).filter(amends=product)
    return rows.order_by("addendum")


def is_genuine(number: str, code: str) -> bool:
    """Whether a signed document bears this number and this code. Says nothing else about it, to anybody."""
    asked = "".join(letter for letter in code.lower() if letter in "0123456789abcdef")
    if len(asked) != 16 or not number.strip():
        return False
    everything = Scope.system("cek dokumen")
    known = Product.objects.in_scope(everything).filter(number=number.strip(), content_hash__startswith=asked)
    return bool(known.exclude(state__in=UNSIGNED).exists())


def code_of(product: Product) -> str:
    return check_code(product.content_hash)


def kept_product_files() -> list[str]:
    """The stored names that rows of this stage own: what a clean-up of stray files leaves alone."""
    templates = OfficeLayout.objects.exclude(word_template="").values_list("word_template", flat=True)
    return [*ProductFile.objects.values_list("stored", flat=True), *templates]


def file_name(product: Product, form: str) -> str:
    """situasi-harian_BKP_99.01_2026-11-12_v1.pdf"""
    layout = product.content or {}
    office = "".join(letter for letter in str(layout.get("office_code", "")) if letter.isalnum()) or "KANTOR"
    region = region_by_key(product.area).code
    return f"lapsitda-harian_{office}_{region}_{product.day:%Y-%m-%d}_v{product.edition}.{form}"
