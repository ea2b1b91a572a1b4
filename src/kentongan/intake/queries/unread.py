"""Reports that wait and that nobody in this instance may read: silence of our own making, told on the health page."""

from __future__ import annotations

from datetime import date

from django.db.models import Count

from kentongan.accounts.queries import desk_reads
from kentongan.accounts.scopes import Scope
from kentongan.intake.models import Report, ReportState


def without_a_reader(*, on: date) -> int:
    """How many waiting reports about an office have no desk high enough to read them; no content, no place."""
    waiting = Report.objects.in_scope(Scope.system("laporan tanpa pembaca")).filter(
        state=ReportState.RECEIVED, read_from_level__isnull=False
    )
    groups = waiting.order_by().values("area", "desk_id", "read_from_level").annotate(number=Count("pk"))
    return sum(row["number"] for row in groups if not _is_read(row, on=on))


def _is_read(row: dict[str, int | None], *, on: date) -> bool:
    """A placed report is read by a desk over its place, and by the desk that received it when that is high enough."""
    level, area, desk = row["read_from_level"] or 1, row["area"], row["desk_id"]
    at_place = area is not None and desk_reads(area, level=level, on=on)
    return at_place or (desk is not None and desk_reads(None, level=level, on=on, agency=desk))
