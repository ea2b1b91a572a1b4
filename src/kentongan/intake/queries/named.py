"""Reports by their numbers, in the order of the numbers: for a list that was sorted without reading the texts."""

from __future__ import annotations

from collections.abc import Sequence

from kentongan.accounts.scopes import Scope
from kentongan.intake.models import Report


def reports_named(scope: Scope, numbers: Sequence[int]) -> list[Report]:
    """The reports of the scope among these numbers, with what is guessed about them at hand."""
    rows = Report.objects.in_scope(scope).filter(pk__in=numbers).prefetch_related("suggestions")
    found = {report.pk: report for report in rows}
    return [found[number] for number in numbers if number in found]
