"""Serials of an office and year: one row to wait on gives distinct, consecutive numbers, however many sign at once."""

from __future__ import annotations

from kentongan.documents.models import NumberSeries


def take_serial(office: int, *, year: int) -> int:
    """The next serial. Called inside the signing transaction: a signature that fails gives its serial back."""
    NumberSeries.objects.get_or_create(office_id=office, year=year)
    series = NumberSeries.objects.select_for_update().get(office_id=office, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return series.last
