"""The layout in force for an office on a day, and its history."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from kentongan.accounts.models import Agency
from kentongan.documents.decisions import Layout
from kentongan.documents.models import OfficeLayout
from kentongan.edge import stored_files


def layout_row(office: int, *, on: date) -> OfficeLayout | None:
    """The newest row in force; rows set later for the same day replace earlier ones."""
    rows = OfficeLayout.objects.filter(office_id=office, valid_from__lte=on)
    return rows.order_by("-valid_from", "-pk").first()


def layout_of(office: int, *, on: date) -> Layout:
    row = layout_row(office, on=on)
    return Layout.from_plain(row.values) if row is not None else usual_layout(Agency.objects.get(pk=office))


def usual_layout(agency: Agency) -> Layout:
    """What an office prints that has set nothing: its own name, and the usual order."""
    code = "".join(letter for letter in agency.short_name.upper() if letter.isalnum())[:12] or "KANTOR"
    return Layout(government="", office=agency.name, office_code=code)


def layouts_of(office: int) -> QuerySet[OfficeLayout]:
    return OfficeLayout.objects.filter(office_id=office).order_by("-valid_from", "-pk")


def own_word_template(office: int, *, on: date) -> bytes | None:
    """The Word template the office uploaded, or None where the usual one holds."""
    row = layout_row(office, on=on)
    if row is None or not row.word_template:
        return None
    return stored_files.open_kept(row.word_template, context=word_context(office))


def word_context(office: int) -> str:
    return f"word_template:{office}"


def auto_draft_offices(*, on: date) -> list[int]:
    """The offices that turned the automatic draft on."""
    offices = OfficeLayout.objects.order_by("office").values_list("office", flat=True).distinct()
    return [office for office in offices if layout_of(office, on=on).auto_draft]
